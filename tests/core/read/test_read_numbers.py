"""What a number is: its value, unit, qualifier; and numbers that are no quantities."""

from __future__ import annotations

import pytest

from feed.model.quantity import plain
from tests.core.read.reading import numbers, reading, words

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
    "one migrant in three came": ("one migrant in three", "33.3", "exact", "percent"),
    "no fewer than 857 came": ("857", "857", "at_least", ""),
    "fewer than 100 came": ("100", "100", "under", ""),
    "up to 60,000 came": ("60,000", "60000", "at_most", ""),
    "a total of more than 850 came": ("850", "850", "over", ""),
    "More than half a billion pounds was spent": ("half a billion pounds", "500000000", "over", "GBP"),
    "about half a million people came": ("half a million", "500000", "about", ""),
    "It cost half a million": ("half a million", "500000", "exact", ""),
    "a quarter of a million people came": ("a quarter of a million", "250000", "exact", ""),
    "three-quarters of a billion pounds went": ("three-quarters of a billion pounds", "750000000", "exact", "GBP"),
    "one and a half million people came": ("one and a half million", "1500000", "exact", ""),
    "a million and a half people came": ("a million and a half", "1500000", "exact", ""),
    "£9m over three calendar years": ("£9m", "9000000", "exact", "GBP"),
    "more than a billion pounds went": ("a billion pounds", "1000000000", "over", "GBP"),
    "two and a half times as many came": ("two and a half times", "2.5", "exact", "times"),
    "one and a half times as many came": ("one and a half times", "1.5", "exact", "times"),
    "just over a third of them": ("a third", "33.3", "over", "percent"),
    "just under two-thirds of them": ("two-thirds", "66.7", "nearly", "percent"),
    "two thirds of them": ("two thirds", "66.7", "exact", "percent"),
    "three quarters of them left": ("three quarters", "75", "exact", "percent"),
    "one in 20 of them": ("one in 20", "5", "exact", "percent"),
    "six out of ten claims": ("six out of ten", "60", "exact", "percent"),
    "six of every ten claims": ("six of every ten", "60", "exact", "percent"),
    "three in every 10 left": ("three in every 10", "30", "exact", "percent"),
    "one in every 5 left": ("one in every 5", "20", "exact", "percent"),
    "nine in ten were men": ("nine in ten", "90", "exact", "percent"),
    "a dozen boats came": ("a dozen", "12", "exact", ""),
    "two dozen boats came": ("two dozen", "24", "exact", ""),
    "half a dozen boats came": ("half a dozen", "6", "exact", ""),
    "a hundred and ten people came": ("a hundred and ten", "110", "exact", ""),
    "one hundred and ten people came": ("one hundred and ten", "110", "exact", ""),
    "twelve hundred people came": ("twelve hundred", "1200", "exact", ""),
    "fifteen hundred people came": ("fifteen hundred", "1500", "exact", ""),
    "two thousand five hundred people came": ("two thousand five hundred", "2500", "exact", ""),
    "forty-two thousand came": ("forty-two thousand", "42000", "exact", ""),
    "a thousand people came": ("a thousand", "1000", "exact", ""),
    "it rose by half": ("half", "50", "exact", "percent"),
    "half as many again came": ("half", "50", "exact", "percent"),
    "half as many came": ("half", "0.5", "exact", "times"),
    "a third as many came": ("a third", "0.333", "exact", "times"),
    "half the number of a year ago": ("half", "0.5", "exact", "times"),
    "it more than doubled": ("doubled", "2", "over", "times"),
    "it nearly trebled": ("trebled", "3", "nearly", "times"),
    "it almost quadrupled": ("quadrupled", "4", "nearly", "times"),
    "twice as many came": ("twice", "2", "exact", "times"),
    "twice the number of people came": ("twice", "2", "exact", "times"),
    "more than twice as many came": ("twice", "2", "over", "times"),
    "nearly twice the 2019 figure": ("twice", "2", "nearly", "times"),
    "three times as many as last year came": ("three times", "3", "exact", "times"),
    "three times the level of 2020": ("three times", "3", "exact", "times"),
    "a 2.5-fold rise in claims": ("2.5-fold", "2.5", "exact", "times"),
    "a five-fold increase in claims": ("five-fold", "5", "exact", "times"),
    "a tenfold rise in claims": ("tenfold", "10", "exact", "times"),
    "a sixfold rise": ("sixfold", "6", "exact", "times"),
    "it went up more than sixfold": ("sixfold", "6", "over", "times"),
    "a twentyfold rise": ("twentyfold", "20", "exact", "times"),
    "a doubling of visits": ("doubling", "2", "exact", "times"),
    "claims halved": ("halved", "0.5", "exact", "times"),
    "net migration halves": ("halves", "0.5", "exact", "times"),
    "claims have more than halved": ("halved", "0.5", "over", "times"),
    "the figure trebles": ("trebles", "3", "exact", "times"),
    "visits were +12% on the year": ("+12%", "12", "exact", "percent"),
    "visits (+12%) and arrests": ("+12%", "12", "exact", "percent"),
    "Net migration was +230,000 then": ("+230,000", "230000", "exact", ""),
    "12.3k came": ("12.3k", "12300", "exact", ""),
    "£12,000,000 was spent": ("£12,000,000", "12000000", "exact", "GBP"),
    "19pc of them": ("19pc", "19", "exact", "percent"),
    "19 pc of them": ("19 pc", "19", "exact", "percent"),
    "£8m a day is spent": ("£8m", "8000000", "exact", "GBP"),
    "£4.7 billion was spent": ("£4.7 billion", "4700000000", "exact", "GBP"),
    "£1 bn was spent": ("£1 bn", "1000000000", "exact", "GBP"),
    "€541 million was spent": ("€541 million", "541000000", "exact", "EUR"),
    "541 million euros was spent": ("541 million euros", "541000000", "exact", "EUR"),
    "476 million pounds was spent": ("476 million pounds", "476000000", "exact", "GBP"),
    "two billion pounds was spent": ("two billion pounds", "2000000000", "exact", "GBP"),
    "a billion pounds was spent": ("a billion pounds", "1000000000", "exact", "GBP"),
    "a cool £2bn was spent": ("£2bn", "2000000000", "exact", "GBP"),
    "well over 300 came": ("300", "300", "over", ""),
    "north of 300 came": ("300", "300", "over", ""),
    "getting on for 300 came": ("300", "300", "nearly", ""),
    "the best part of 300 came": ("300", "300", "nearly", ""),
    "touching 300 came": ("300", "300", "nearly", ""),
    "some 300 came": ("300", "300", "about", ""),
    "300 give or take came": ("300", "300", "about", ""),
    "roughly 300 came": ("300", "300", "about", ""),
    "300, if not more, came": ("300", "300", "at_least", ""),
    "300 or more came": ("300", "300", "at_least", ""),
    "300 and counting came": ("300", "300", "at_least", ""),
    "no fewer than 300 came": ("300", "300", "at_least", ""),
    "a little under 300 came": ("300", "300", "nearly", ""),
    "as many as 300 came": ("300", "300", "at_most", ""),
    "as high as 300": ("300", "300", "exact", ""),
    "as few as 300 came": ("300", "300", "exact", ""),
    "upwards of 300 came": ("300", "300", "over", ""),
    "in the region of 300 came": ("300", "300", "about", ""),
    "comfortably over 300 came": ("300", "300", "over", ""),
    "comfortably more than 300 came": ("300", "300", "over", ""),
    "a shade over 300 came": ("300", "300", "over", ""),
    "a touch over 300 came": ("300", "300", "over", ""),
    "a whisker under 300 came": ("300", "300", "nearly", ""),
    "fractionally under 300 came": ("300", "300", "nearly", ""),
    "marginally more than 300 came": ("300", "300", "over", ""),
    "somewhat fewer than 300 came": ("300", "300", "under", ""),
    "considerably more than 300 came": ("300", "300", "over", ""),
    "far more than 300 came": ("300", "300", "over", ""),
    "beyond 300": ("300", "300", "over", ""),
    "at best 300 came": ("300", "300", "at_most", ""),
    "at worst 300 came": ("300", "300", "at_least", ""),
    "at the very least 300 came": ("300", "300", "at_least", ""),
    "300 at the very least came": ("300", "300", "at_least", ""),
    "a minimum of 300 came": ("300", "300", "at_least", ""),
    "no more than 300 came": ("300", "300", "at_most", ""),
    "a maximum of 300 came": ("300", "300", "at_most", ""),
    "300 at the most came": ("300", "300", "at_most", ""),
    "virtually 300 came": ("300", "300", "nearly", ""),
    "practically 300 came": ("300", "300", "nearly", ""),
    "not far off 300 came": ("300", "300", "nearly", ""),
    "not far short of 300 came": ("300", "300", "nearly", ""),
    "just shy of 300 came": ("300", "300", "nearly", ""),
    "shy of 300 came": ("300", "300", "nearly", ""),
    "nigh on 300 came": ("300", "300", "nearly", ""),
    "verging on 300 came": ("300", "300", "nearly", ""),
    "300-odd came": ("300", "300", "about", ""),
    "300ish came": ("300", "300", "about", ""),
    "300 plus came": ("300", "300", "over", ""),
    "300+ came": ("300", "300", "over", ""),
    "over 300+ came": ("300", "300", "over", ""),
    "in excess of 300 came": ("300", "300", "over", ""),
    "an estimated 300 came": ("300", "300", "exact", ""),
    "an estimated 300 or so came": ("300", "300", "about", ""),
    "in the order of 300 came": ("300", "300", "about", ""),
    "of the order of 300 came": ("300", "300", "about", ""),
    "in the neighbourhood of 300 came": ("300", "300", "about", ""),
    "to the tune of £3m": ("£3m", "3000000", "exact", "GBP"),
    "closer to 300 came": ("300", "300", "nearly", ""),
    "something like 300 came": ("300", "300", "about", ""),
    "anything up to 300 came": ("300", "300", "at_most", ""),
    "up to and including 300": ("300", "300", "at_most", ""),
    "fully 300 came": ("300", "300", "exact", ""),
    "exactly 300 came": ("300", "300", "exact", ""),
    "precisely 300 came": ("300", "300", "exact", ""),
    "more or less 300 came": ("300", "300", "about", ""),
    "~300 came": ("300", "300", "about", ""),
    "c.300 came": ("300", "300", "about", ""),
    "c. 300 came": ("300", "300", "about", ""),
    "circa 300 came": ("300", "300", "about", ""),
    ">300 came": ("300", "300", "over", ""),
    "<300 came": ("300", "300", "under", ""),
    "a further 300 or so came": ("300", "300", "about", ""),
    "an additional 300 came": ("300", "300", "exact", ""),
    "another 300 came": ("300", "300", "exact", ""),
    "only just over 300 came": ("300", "300", "over", ""),
    "not more than 300 came": ("300", "300", "at_most", ""),
    "not less than 300 came": ("300", "300", "at_least", ""),
    "less than a third of them": ("a third", "33.3", "under", "percent"),
    "a little over half of them": ("half", "50", "over", "percent"),
    "well over half of them": ("half", "50", "over", "percent"),
    "not quite half of them": ("half", "50", "nearly", "percent"),
    "1.2 million people came": ("1.2 million", "1200000", "exact", ""),
    "1.2m people came": ("1.2m", "1200000", "exact", ""),
    "28K came": ("28K", "28000", "exact", ""),
    "2,100-odd came": ("2,100", "2100", "about", ""),
    "the 30,000 or so who came": ("30,000", "30000", "about", ""),
    "over the 30,000 mark": ("30,000", "30000", "over", ""),
    "past the 30,000 mark": ("30,000", "30000", "over", ""),
    "it has passed the 30,000 mark": ("30,000", "30000", "over", ""),
    "more than the 30,000 of last year": ("30,000", "30000", "exact", ""),
    "topping 30,000": ("30,000", "30000", "over", ""),
    "it broke through the 30,000 barrier": ("30,000", "30000", "over", ""),
    "hit the 30,000 mark": ("30,000", "30000", "exact", ""),
    "crossed the 30,000 mark": ("30,000", "30000", "over", ""),
    "at 30,000 it was": ("30,000", "30000", "exact", ""),
    "0.5% of them": ("0.5%", "0.5", "exact", "percent"),
    "half of one per cent of them": ("half of one per cent", "0.5", "exact", "percent"),
    "half a per cent": ("half a per cent", "0.5", "exact", "percent"),
    "one and a half per cent": ("one and a half per cent", "1.5", "exact", "percent"),
    "two and a half per cent": ("two and a half per cent", "2.5", "exact", "percent"),
    "2½ per cent": ("2½ per cent", "2.5", "exact", "percent"),
    "100% of them": ("100%", "100", "exact", "percent"),
    "one-third of them": ("one-third", "33.3", "exact", "percent"),
    "one third of them": ("one third", "33.3", "exact", "percent"),
    "one-in-five of them": ("one-in-five", "20", "exact", "percent"),
    "a tenth of them": ("a tenth", "10", "exact", "percent"),
    "nine-tenths of them": ("nine-tenths", "90", "exact", "percent"),
    "a twentieth of them": ("a twentieth", "5", "exact", "percent"),
    "five-sixths of them": ("five-sixths", "83.3", "exact", "percent"),
    "three-eighths of them": ("three-eighths", "37.5", "exact", "percent"),
    "a sixth of them": ("a sixth", "16.7", "exact", "percent"),
    "a seventh of them": ("a seventh", "14.3", "exact", "percent"),
    "one hundredth of them": ("one hundredth", "1", "exact", "percent"),
    "£2.5 million-plus was spent": ("£2.5 million", "2500000", "over", "GBP"),
    "up to £3m a year": ("£3m", "3000000", "at_most", "GBP"),
}


@pytest.mark.parametrize(("text", "told"), QUANTITIES.items(), ids=str)
def test_quantities(text: str, told: tuple[str, str, str, str]) -> None:
    (quantity,), _ = numbers(text)
    line = words(text)
    start, end = line.token(quantity.first).start, line.token(quantity.last - 1).end
    (number,) = quantity.numbers
    assert (text[start:end], plain(number), quantity.qualifier, quantity.unit) == told


RANGES = {
    "between 10 and 20 came": ("10 and 20", ["10", "20"], ""),
    "10-20 came": ("10-20", ["10", "20"], ""),
    "10 to 20 came": ("10 to 20", ["10", "20"], ""),
    "10,000-12,000 came": ("10,000-12,000", ["10000", "12000"], ""),
    "10,000 to 12,000 came": ("10,000 to 12,000", ["10000", "12000"], ""),
    "10-12,000 came": ("10-12,000", ["10000", "12000"], ""),
    "between 10 and 20 thousand came": ("10 and 20 thousand", ["10000", "20000"], ""),
    "between 10,000 and 20,000 came": ("10,000 and 20,000", ["10000", "20000"], ""),
    "£1.2bn-£1.5bn was spent": ("£1.2bn-£1.5bn", ["1200000000", "1500000000"], "GBP"),
    "£1.2bn to £1.5bn was spent": ("£1.2bn to £1.5bn", ["1200000000", "1500000000"], "GBP"),
    "between £1.2bn and £1.5bn was spent": ("£1.2bn and £1.5bn", ["1200000000", "1500000000"], "GBP"),
    "between £1.2 and £1.5 billion was spent": ("£1.2 and £1.5 billion", ["1200000000", "1500000000"], "GBP"),
    "£3-5 billion was spent": ("£3-5 billion", ["3000000000", "5000000000"], "GBP"),
    "5 to 7 per cent of them": ("5 to 7 per cent", ["5", "7"], "percent"),
    "5-7% of them": ("5-7%", ["5", "7"], "percent"),
    "5% to 7% of them": ("5% to 7%", ["5", "7"], "percent"),
    "between 5% and 7% of them": ("5% and 7%", ["5", "7"], "percent"),
}


@pytest.mark.parametrize(("text", "told"), RANGES.items(), ids=str)
def test_ranges(text: str, told: tuple[str, list[str], str]) -> None:
    (quantity,), _ = numbers(text)
    line = words(text)
    start, end = line.token(quantity.first).start, line.token(quantity.last - 1).end
    assert (text[start:end], [plain(n) for n in quantity.numbers], quantity.unit) == told


SEVERAL = {
    "It rose 12 to 300 there": ["12", "300"],
    "It rose from about 12 to 300 there": ["12", "300"],
    "It rose by 12% to 30% there": ["12", "30"],
    "£541m and £576.8m went": ["541000000", "576800000"],
    "between 12 boats and 30 planes": ["12", "30"],
}


@pytest.mark.parametrize(("text", "each"), SEVERAL.items(), ids=str)
def test_two_numbers_that_are_no_range(text: str, each: list[str]) -> None:
    found, _ = numbers(text)
    assert [plain(n) for quantity in found for n in quantity.numbers] == each


def test_a_colon_before_a_list_makes_no_time_of_day() -> None:
    found, _ = numbers("The balance was 728,000: 1.2 million in and 479,000 out")
    assert [plain(n) for quantity in found for n in quantity.numbers] == ["728000", "1200000", "479000"]


def test_from_and_to_are_two_levels() -> None:
    found, _ = numbers("It rose from 414,000 to 479,000 there")
    assert [plain(n) for quantity in found for n in quantity.numbers] == ["414000", "479000"]


RESERVED = {
    "It began at 9.30am there": "clock time",
    "It rang at five to midnight": "clock time",
    "It was out at 18:05 there": "clock time",
    "Property news, 27.10.23, updated": "date",
    "It sank in a force 4 wind": "part of a name",
    "It is the 10th country": "ordinal",
    "See Section 12 there": "part of a name",
    "The 27-member group": "part of an adjective",
    "One resident, 67, spoke": "age",
    "A man aged 29 spoke": "age",
    "It was so in 2019, 2020 and then 1999 again": None,
    "They won 22 to 14 there": None,
    "Ring 01952 555 014 now": "telephone or reference number",
    "It held under sections 4, 95 or 98 of it": "part of a name",
    "See cols 611-614 there": "part of a name",
    "To ask, (1) how it was, and (2) what it cost": "list mark",
    "Ring 0800 555 111": "telephone or reference number",
    "It is 21 miles wide": "measure",
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


@pytest.mark.parametrize(
    ("text", "sign"), [("+12% there", 1), ("it was -8% there", -1), ("it (−93,000) fell", -1), ("10-20 came", 0)]
)
def test_a_sign_that_touches_its_number_alone_is_its_sign(text: str, sign: int) -> None:
    (quantity,), _ = numbers(text)
    assert quantity.sign == sign


@pytest.mark.parametrize("text", ["It rose 5 percentage points", "a fall of 11 points", "up 3 per cent points"])
def test_points_are_told_apart_from_percentages(text: str) -> None:
    (quantity,), _ = numbers(text)
    assert quantity.points


@pytest.mark.parametrize(
    "text", ["the estate is up to 300 now", "three times as many as 300", "taking the tally up to 300"]
)
def test_words_that_set_no_bound(text: str) -> None:
    assert numbers(text)[0][-1].qualifier == "exact"


@pytest.mark.parametrize(
    "text", ["The shares may not sum to 100.", "It is rounded to the nearest 10.", "one or two left"]
)
def test_idioms_are_reserved(text: str) -> None:
    assert {row.fate for row in reading(text).leftovers} <= {"reserved"}
