"""Tables as wide as a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feed.app.cli.folding import fitting, folded, joined, wide

WORDS = st.text("abé\u0301\N{CJK UNIFIED IDEOGRAPH-79FB} ", max_size=20).map(lambda text: " ".join(text.split()))
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(WORDS, min_size=columns, max_size=columns), min_size=1, max_size=5)
)
ROWS = [["WHAT", "HOW MUCH", "TO"], ["bread and butter", "1,200 packets", "2025-01-31"]]


def test_with_room_enough_nothing_folds() -> None:
    assert list(folded(ROWS, 80)) == [
        ["WHAT              HOW MUCH       TO"],
        ["bread and butter  1,200 packets  2025-01-31"],
    ]


def test_the_widest_column_gives_way_first_and_folds_between_words() -> None:
    assert list(folded(ROWS, 38))[1] == ["bread and     1,200         2025-01-31", "butter        packets"]


def test_a_column_of_days_stays_whole() -> None:
    assert list(folded(ROWS, 24, whole=[2]))[1] == [
        "bread  1,200  2025-01-31",
        "and    packe",
        "butte  ts",
        "r",
    ]


def test_where_there_is_no_room_at_all_every_column_keeps_a_letter() -> None:
    assert fitting([9, 4, 0], 3) == [1, 1, 1]
    assert fitting([9, 4], 3, whole=[1]) == [1, 4]


def test_marks_stay_with_their_letters_and_wide_letters_take_two() -> None:
    assert list(folded([["e\u0301te\u0301"], ["\u79fb\u6c11"]], 2)) == [["e\u0301t", "e\u0301"], ["\u79fb", "\u6c11"]]
    assert joined(["\u79fb", "x"], [4, 1]) == "\u79fb    x"


@given(TABLES, st.integers(20, 60))
def test_nothing_is_lost_and_nothing_is_wider_than_the_room(rows: list[list[str]], room: int) -> None:
    told = list(folded(rows, room))
    assert all(wide(each) <= room for lines in told for each in lines)
    for row, lines in zip(rows, told, strict=True):
        kept, was = "".join(lines), "".join(row)
        assert sorted(kept.replace(" ", "")) == sorted(was.replace(" ", ""))
