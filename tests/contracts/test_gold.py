"""The reader against annotated articles. Floors are what it reached; they only ever rise.

`seeds` are the first five articles; `dev` and `dev2` hold fifty more, `dev3` to `dev6` fifty-three more, written by
people who did not know the reader, and so does `dev9`. docs/reading.md says what each reached before anyone learned
from it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.read.guide import record
from feed.read.reader import read
from tests.core.read.reading import english, topic

GOLD = Path(__file__).parents[1] / "gold"

# Set, the gold file's digest, and the least (precision, recall) of its layers.
FLOORS = {
    "seeds": (
        "ef7d1ed43a52816f1bca11f9e454e286dd61a491e64ed181638588007ecba6f7",
        {"value": (1.0, 1.0), "series": (1.0, 1.0), "fact": (1.0, 1.0)},
    ),
    "dev": (
        "cd12993daae6b3eaccd322d9caafa366964b897fd6a363d748296a68687a2619",
        {"value": (0.967, 0.941), "series": (0.934, 0.909), "fact": (0.934, 0.909)},
    ),
    "dev2": (
        "4165fc716f034ae490bccc62fcaa1fb3ea0b0daf2d0f0513aed59f2561ec7241",
        {"value": (0.962, 0.934), "series": (0.904, 0.878), "fact": (0.886, 0.86)},
    ),
    "dev3": (
        "591d7422158ad3adfd056d7b2a8643d44e28b541fe9cb98e7f50b286cfa023b0",
        {"value": (0.978, 0.934), "series": (0.957, 0.914), "fact": (0.946, 0.904)},
    ),
    "dev4": (
        "0f93e745bd1324731a7010b879c49623d15ae6e5e7ffb19a6829ccecfb3272d3",
        {"value": (0.967, 0.879), "series": (0.92, 0.836), "fact": (0.92, 0.836)},
    ),
    "dev5": (
        "3a91b74dd3e1d3335eef94abcab0faaacd347df54afb31dce6653ede810ee62a",
        {"value": (0.957, 0.895), "series": (0.893, 0.834), "fact": (0.874, 0.817)},
    ),
    "dev6": (
        "de8b7f9a1e9408307b52a1f86eaa834e55d21d5c2c4b6dc43c71075bfcb53f8b",
        {"value": (0.968, 0.968), "series": (0.945, 0.945), "fact": (0.914, 0.914)},
    ),
    "dev9": (
        "e6fb729566667638072d224c1001fea391dbe2220850c27b291bc9fcfa26e4e3",
