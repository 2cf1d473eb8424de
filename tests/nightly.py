"""Whether the heavy versions of tests are asked for: `FEED_NIGHTLY=1 ./run test`."""

from __future__ import annotations

import os

NIGHTLY = bool(os.environ.get("FEED_NIGHTLY"))  # noqa: TID251 - a switch of the tests, not of the product
