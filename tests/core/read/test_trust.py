"""What is too likely wrong is left out, and says why."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.reading import Fate, Reading
from feed.read.doubt.signs import SIGNS
from feed.read.reader import read
from tests.core.read.reading import article, english, reading, topic

WHOLE = "Some 36,816 people crossed the Channel in small boats in 2024."
OF_ONE_PLACE = (
    "Near Harrowden, where Quill and Brandt of Tolmond keep 23 vats by the gasworks, 12 crossed the Channel in"
    " small boats in 2024."
)


def told(text: str) -> Reading:
    """As an article is read for the record."""
    return read(article(text), topic(), english())


def signs(text: str, number: str) -> set[str]:
    """What speaks for and against a figure."""
    found = next(found for found in reading(text).figures if found.figure.text == number)
    return {name for name, _ in found.signs}


def test_a_plain_sentence_is_trusted() -> None:
    (found,) = told(WHOLE).figures
    assert found.figure.text == "36,816"
    assert found.trust > 0.8


def test_where_much_is_doubtful_at_once_the_number_is_left_out_and_says_why() -> None:
    kept = told(f"{WHOLE} {OF_ONE_PLACE}")
    assert [found.figure.text for found in kept.figures] == ["36,816"]
    doubted = [row for row in kept.leftovers if row.why.startswith("too likely wrong")]
    assert [(row.text, row.fate) for row in doubted] == [("12", Fate.UNPLACED)]
    assert "a number beside it that nothing claims" in doubted[0].why


def test_whoever_asks_sees_what_is_left_out() -> None:
    shown, kept = (how(f"{WHOLE} {OF_ONE_PLACE}").figures for how in (reading, told))
    assert [found.figure.text for found in shown] == ["36,816", "12"]
    assert [found.figure.text for found in kept] == ["36,816"]


OTHERWISE = "another number for the same thing and time"


@pytest.mark.parametrize(
    ("second", "doubtful"),
    [
        ("In 2024, 12,400 people crossed the Channel in small boats.", True),
        ("In 2024, nearly 37,000 people crossed the Channel in small boats.", False),  # the same, less exactly
        ("In 2023, 29,437 people crossed the Channel in small boats.", False),  # another time
        ("In 2024, 14,500 people were returned.", False),  # another thing
        ("In 2024, 12,400 people crossed the Channel in small boats, the Refugee Council said.", False),  # who says so
    ],
)
def test_an_article_that_tells_one_thing_twice_otherwise_is_doubted(second: str, doubtful: bool) -> None:
    number = next(found.figure.text for found in reading(second).figures)
    assert (OTHERWISE in signs(f"{WHOLE} {second}", number)) is doubtful


def test_a_number_told_again_speaks_for_itself() -> None:
    assert "told again" in signs(f"{WHOLE} In 2024, 36,816 people crossed the Channel in small boats.", "36,816")


def test_every_weight_is_that_of_a_sign_and_every_sign_has_one() -> None:
    assert set(english().trust.weights) == set(SIGNS)


def test_the_odds_are_the_base_and_what_the_signs_add() -> None:
    (found,) = told(WHOLE).figures
    log = english().trust.base + sum(weight for _, weight in found.signs)
    assert found.trust == pytest.approx(1 / (1 + math.exp(-log)))
    assert [weight for _, weight in found.signs] == sorted(weight for _, weight in found.signs)


@given(
    st.lists(st.sampled_from((WHOLE, "In May, 40 of them were Welsh.", "They paid £3m.", "Half were men.")), max_size=4)
)
def test_what_is_left_out_changes_nothing_else(sentences: list[str]) -> None:
    text = " ".join(sentences)
    all_of_it, kept = reading(text), told(text)
    places = [(found.figure.span.start, found.figure) for found in all_of_it.figures]
    assert all((found.figure.span.start, found.figure) in places for found in kept.figures)
    assert len(kept.figures) + len(kept.leftovers) == len(all_of_it.figures) + len(all_of_it.leftovers)
