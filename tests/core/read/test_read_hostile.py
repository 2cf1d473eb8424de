"""Reading stays linear in the text's length, whatever the text."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.core.read.reading import reading

HOSTILE = {
    "numbers": "1,234 ",
    "years": "2024 ",
    "ranges": "10-20-",
    "scales": "two hundred and ",
    "since": "since the ",
    "open quotes": "“said ",
    "brackets": "((3 ",
    "cues": "5 returns ",
    "small boats": "small boat 7 arrivals ",
    "of the": "of the 9 ",
    "digits": "7",
    "commas": ",",
    "digits and commas": "1,",
    "quotation marks": '"',
    "hedges": "nearly ",
    "brackets of brackets": "(" * 7 + "1" + ")" * 7,
    "dashes": "1-1-1-",
    "hundreds": "one hundred and ",
    "months": "January ",
    "shares": "one in ",
    "lines": "1\n",
    "speech": "“x,” he said. ",
    "one line": "Some 12 migrants crossed the Channel in 2024 and ",
    "sentences": "Some 12 migrants crossed the Channel in 2024. ",
    "figures": "Returns of Albanians fell to 4,000 in 2023. ",
    "clauses": "returns of Albanians fell to 4,000 in 2023, ",
    "nouns": "returns of 4,000 and ",
}


def steps(work: Callable[[], object]) -> int:
    """How many calls of our own code a piece of work takes: the same on any machine, unlike seconds."""
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_is_about_twice_the_work(part: str) -> None:
    reading(part * 8)
    once, twice = steps(lambda: reading(part * 80)), steps(lambda: reading(part * 160))
    assert twice <= 2.6 * once


@pytest.mark.parametrize("part", ["figures", "nouns"])
def test_what_is_beyond_the_laws_on_size_costs_nothing(part: str) -> None:
    text = HOSTILE[part]
    within, beyond = steps(lambda: reading(text * 400)), steps(lambda: reading(text * 8_000))
    assert beyond <= 1.5 * within
