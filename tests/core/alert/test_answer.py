"""Is the number that somebody says still the number? Told of biscuits."""

from __future__ import annotations

import pytest

from feed.alert.answer import answer, explain
from feed.model.figure import Figure
from feed.model.period import Basis
from feed.model.quantity import Qualifier
from feed.model.standings import EMPTY, Standings
from tests.standings import with_told
from tests.told import figure, since, told, window

NEARLY = told(figure("19,000", Qualifier.NEARLY, since("2025-01-31")), "first", "Biscuit Office", "2025-02-10")
MORE = told(figure("24,000", Qualifier.OVER, since("2025-03-31")), "second", "Crumb", "2025-03-31")
FEBRUARY = with_told(EMPTY, [NEARLY], [], frozenset())
APRIL = with_told(EMPTY, [NEARLY, MORE], [], frozenset())
TODAY = since("2025-04-01", basis=Basis.PUBLISHED)


@pytest.mark.parametrize(
    ("known", "claim", "said"),
    [
        (
            FEBRUARY,
            figure("19,000", period=since("2025-02-15", basis=Basis.PUBLISHED)),
            "19,000 is current: nearly 19,000 since 5 July 2024 to 31 January 2025 "
            "(Biscuit Office, 10 February 2025) stands.",
        ),
        (
            APRIL,
            figure("19,000", period=TODAY),
            "19,000 is stale: it says nearly 19,000 since 5 July 2024 to 31 January 2025 (Biscuit Office, 10 February "
            "2025); since then more than 24,000 since 5 July 2024 to 31 March 2025 (Crumb, 31 March 2025) stands.",
        ),
        (
            APRIL,
            figure("24,500", period=TODAY),
            "24,500 is current: more than 24,000 since 5 July 2024 to 31 March 2025",
        ),
        (APRIL, figure("12,345", period=TODAY), "12,345 is contradicted: on record is more than 24,000 since"),
        (APRIL, figure("18,987", period=since("2025-01-31")), "18,987 is stale: it says nearly 19,000 since"),
        (
            APRIL,
            figure("25,000", period=since("2025-01-31")),
            "25,000 is contradicted: on record is nearly 19,000 since",
        ),
        (APRIL, figure("19,000", period=since("2025-04-01", start=None)), "19,000 is stale: it says nearly 19,000"),
        (APRIL, figure("12,345"), "12,345 is unknown: nothing on record measures this."),
        (APRIL, figure("19,000", period=window("2025-01-01", "2025-01-31")), "19,000 is unknown: "),
        (APRIL, figure("19,000", period=TODAY, dims={"kind": "plain"}), "19,000 is unknown: "),
        (EMPTY, figure("19,000", period=TODAY), "19,000 is unknown: "),
    ],
)
def test_what_the_record_says_of_a_claim(known: Standings, claim: Figure, said: str) -> None:
    given = answer(known, told(claim, "said", None, "2025-04-01"))
    assert explain(given).startswith(said)
    assert (given.stands is None) == (given.verdict == "unknown")
