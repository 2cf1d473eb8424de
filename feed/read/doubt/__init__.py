"""Which numbers are refused, left alone or too likely read wrong to be told."""
