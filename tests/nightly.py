"""Whether the heavy versions of tests are asked for: `./run test --nightly`, which sets FEED_NIGHTLY.

The two longest can be gone on with where they were interrupted. FEED_NIGHTLY_FIRST is the number of the first state
after a power cut that is tried, from 0. FEED_NIGHTLY_HOME is a folder in which the log lives its long life: a life that
is found there goes on.
"""

from __future__ import annotations

import os

NIGHTLY = bool(os.environ.get("FEED_NIGHTLY"))  # noqa: TID251 - a switch of the tests, not of the product
FIRST = int(os.environ.get("FEED_NIGHTLY_FIRST", "0"))  # noqa: TID251 - as above
HOME = os.environ.get("FEED_NIGHTLY_HOME", "")  # noqa: TID251 - as above
