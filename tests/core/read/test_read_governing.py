"""Which number of a sentence a word belongs to, and which others may borrow it: a table of constructions."""

from __future__ import annotations

from datetime import date

import pytest

from feed.read.narrowing.whose import EVERYONE, governor, told_of
from feed.read.scene import Scene, scene
from tests.core.read.reading import compiled, document

# A sentence with one word marked, and the number that governs it; "" for none.
GOVERNED: dict[str, str] = {
    "500 people were sold tea and 300 were *brides.": "300",
    "500 were *brides, 300 were grooms and 90 guests.": "500",
    "500 were brides, 300 were *grooms and 90 guests.": "300",
    "500 people, 31 of whom were *brides, came in May.": "31",
    "500 people, 31 of whom were brides, came by *train.": "500",
    "300 of the 900 people who *left were brides.": "900",
    "300 of the 900 people who left were *brides.": "300",
    "Half, or 450, were *brides.": "Half",
    "Half of them (450) were *brides.": "Half",
    "500 people (31 of them *brides) came by train.": "31",
    "500 people (31 of them brides) came by *train.": "500",
    "The largest group (500) were *brides.": "500",
    "Among *brides it was 500 in May and 300 in June.": "",
    "Cake was dearer for *brides, at 500, and cheaper for grooms, at 300.": "",
    "Cake was dearer for brides, at 500, and cheaper for *grooms, at 300.": "300",
}

# A sentence with a word marked and a number marked: whether the word may tell something of the number.
LENT: dict[str, bool] = {
    "500 people were *wrongly sold tea and =300 brides.": True,  # the statement is told once for both
    "500 people were *wrongly sold tea and =300 brides were asked.": False,
    "500 were *brides and =300 people.": False,
    "There were 500 *brides in May and =300 in June.": True,  # a number without a noun
    "500 *brides came by train, and =300 people walked.": False,
    "500 *brides came by train, =300 of them in May.": True,
    "=26 brides and 18 grooms were sent home by *train.": True,  # a statement behind all that it is told of
    "=500 people, 31 of whom were *brides, came by train.": False,
    "Of the 900 *brides who left, =300 were sold tea.": True,
}


def _scene(text: str) -> Scene:
    cut = document(text)
    return scene(cut, cut.sentences[0], compiled(), compiled().calendar(date(2025, 8, 22)), {})


def _at(view: Scene, place: int) -> int:
    """The atom that begins at a place of the text."""
    starts = [view.words.token(first).start for first in view.line.firsts]
    return max(at for at, start in enumerate(starts) if start <= place)


@pytest.mark.parametrize("marked", GOVERNED)
def test_a_word_belongs_to_the_number_in_whose_part_it_stands(marked: str) -> None:
    text = marked.replace("*", "")
    view = _scene(text)
    owner = governor(view, _at(view, marked.index("*")))
    number = view.quantities.get(owner)
    assert ("" if owner == EVERYONE or number is None else view.words.token(number.first).text) == GOVERNED[marked]


@pytest.mark.parametrize("marked", LENT)
def test_a_number_borrows_only_what_its_own_part_leaves_out(marked: str) -> None:
    word, number = (marked.replace(other, "").index(mark) for mark, other in (("*", "="), ("=", "*")))
    view = _scene(marked.replace("*", "").replace("=", ""))
    assert told_of(view, _at(view, word), _at(view, number)) is LENT[marked]
