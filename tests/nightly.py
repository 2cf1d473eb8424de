"""Whether the heavy versions of tests are asked for: `./run test --nightly`, which sets FEED_NIGHTLY."""

from __future__ import annotations

import os

NIGHTLY = bool(os.environ.get("FEED_NIGHTLY"))  # noqa: TID251 - a switch of the tests, not of the product
