"""Story 11: the release, its copy, a paper that names the office and one that counted itself."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from feed.view import queries
from tests.stories import desk, seeds, tell

RELEASE = {"seed": "seed-2-nearly-19000"}
COPY = {"id": "copy", "seed": "seed-2-nearly-19000", "publisher": "The Beacon", "on": "2025-02-11"}
NAMING = {
    "id": "naming",
    "publisher": "The Herald",
    "on": "2025-02-12",
    "text": "Nearly 19,000 people were returned between 5 July 2024 and 31 January 2025, the Home Office said.",
}
OWN = {
    "id": "own",
    "publisher": "The Echo",
    "on": "2025-02-13",
    "text": "Nearly 19,000 people were returned between 5 July 2024 and 31 January 2025.",
}
ORDERS = [order for at, order in enumerate(permutations((RELEASE, COPY, NAMING, OWN))) if at % 9 == 0]


@pytest.mark.parametrize("order", ORDERS, ids=["release first", "copy second", "own early"])
def test_four_outlets_two_sources_in_any_order(order: tuple[dict[str, Any], ...], tmp_path: Path) -> None:
    assert seeds()
    with contextmanager(desk)(tmp_path / "record") as open_desk:
        for number, row in enumerate(order):
            assert tell(open_desk, row, number).alerts == ()
        (total,) = [
            shown
            for shown in queries.totals(open_desk.view.db)
            if (shown.series, shown.frame) == ("returns/level/people", "since 2024-07-05")
        ]
        made = queries.support(open_desk.view.db, total.id)
    assert made.outlets == ("Home Office", "The Beacon", "The Echo", "The Herald")
    assert made.independent == 2
