"""What a number is: its value, unit, qualifier; and numbers that are no quantities."""

from __future__ import annotations

import pytest

from feed.model.quantity import plain
from tests.core.read.reading import numbers, words

QUANTITIES = {
    "nearly 19,000 came": ("19,000", "19000", "nearly", ""),
    "£5.38bn was spent": ("£5.38bn", "5380000000", "exact", "GBP"),
    "£15million was spent": ("£15million", "15000000", "exact", "GBP"),
    "some 1.2 million came": ("1.2 million", "1200000", "about", ""),
    "60K came": ("60K", "60000", "exact", ""),
    "three per cent of them": ("three per cent", "3", "exact", "percent"),
    "down by just over 16% there": ("16%", "16", "over", "percent"),
    "twenty-eight thousand came": ("twenty-eight thousand", "28000", "exact", ""),
    "more than a quarter of them": ("a quarter", "25", "over", "percent"),
    "two-fifths of them": ("two-fifths", "40", "exact", "percent"),
    "about one in five of them": ("one in five", "20", "about", "percent"),
    "seven in 10 of them": ("seven in 10", "70", "exact", "percent"),
    "it more than tripled there": ("tripled", "3", "over", "times"),
    "almost five times as many": ("five times", "5", "nearly", "times"),
    "25,000-plus came": ("25,000", "25000", "over", ""),
    "70,000 or so came": ("70,000", "70000", "about", ""),
    "no fewer than 857 came": ("857", "857", "at_least", ""),
    "fewer than 100 came": ("100", "100", "under", ""),
    "up to 60,000 came": ("60,000", "60000", "at_most", ""),
    "a total of more than 850 came": ("850", "850", "over", ""),
}


@pytest.mark.parametrize(("text", "told"), QUANTITIES.items(), ids=str)
def test_quantities(text: str, told: tuple[str, str, str, str]) -> None:
    (quantity,), _ = numbers(text)
    line = words(text)
    start, end = line.at(quantity.first).token.start, line.at(quantity.last - 1).token.end
    (number,) = quantity.numbers
    assert (text[start:end], plain(number), quantity.qualifier, quantity.unit) == told


@pytest.mark.parametrize("text", ["between 10 and 20 came", "10-20 came", "10 to 20 came"])
def test_ranges(text: str) -> None:
    (quantity,), _ = numbers(text)
    assert [plain(n) for n in quantity.numbers] == ["10", "20"]


def test_from_and_to_are_two_levels() -> None:
    found, _ = numbers("It rose from 414,000 to 479,000 there")
    assert [plain(n) for quantity in found for n in quantity.numbers] == ["414000", "479000"]


RESERVED = {
    "It began at 9.30am there": "clock time",
    "It is the 10th country": "ordinal",
    "See Section 12 there": "part of a name",
    "The 27-member group": "part of an adjective",
    "One resident, 67, spoke": "age",
    "A man aged 29 spoke": "age",
    "It was so in 2019, 2020 and then 1999 again": None,
    "They won 22 to 14 there": None,
    "Ring 01952 555 014 now": "telephone or reference number",
    "It rose 5 percentage points": "percentage points",
    "He came three times this week": "how often",
}


@pytest.mark.parametrize(("text", "why"), RESERVED.items(), ids=str)
def test_numbers_that_are_no_quantities(text: str, why: str | None) -> None:
    found, reserved = numbers(text)
    if why:
        assert found == []
        assert why in {row.why for row in reserved}
    else:
        assert all(plain(n) not in ("2019", "2020", "1999") for quantity in found for n in quantity.numbers)


@pytest.mark.parametrize("text", ["half a decade", "half a million times", "a third country", "double standards"])
def test_words_that_only_look_like_shares(text: str) -> None:
    found, _ = numbers(f"It was {text} to them.")
    assert found == []
