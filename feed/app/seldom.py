"""Work that makes much and nothing that holds itself: hardly any time goes into looking for what does."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OFTEN = 100_000, 20, 100  # objects more than before, and so many times each: memory for some 2,000 figures


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within, what holds itself is looked for seldom, and never among what was there before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*OFTEN)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
