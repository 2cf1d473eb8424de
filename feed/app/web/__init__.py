"""What others see over HTTP: prerendered pages and feeds, single events, and how we are doing."""
