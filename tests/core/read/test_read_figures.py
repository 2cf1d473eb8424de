"""Sentences to figures, told in one line each: number, unit, metric, dimensions, measure, period, status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from feed.model.period import Basis
from feed.model.reading import Fate
from tests.core.read.reading import figure, figures, reading, told

SINCE = "2024-07-05..2025-08-22"
YEAR = "2024-07-01..2025-06-30"

# A sentence, and the figures in it.
SENTENCES: dict[str, list[str]] = {
    "More than 24,000 migrants have been deported since Labour came to office.": [
        f"more than 24,000 people returns {SINCE}",
    ],
    "In the year to June, 3,002 Iraqis arrived on small boats but only 26 were deported, while a further 193 agreed to "
    "return home voluntarily.": [
        f"3,002 people small_boat_arrivals nationality=IQ {YEAR}",
        f"26 people returns nationality=IQ type=enforced {YEAR}",
        f"193 people returns nationality=IQ type=voluntary {YEAR}",
    ],
    "There was a 25 per cent increase in deportations of foreign criminals (to 1,249) and a 12 per cent increase in "
    "voluntary returns (to 6,247) in the year to June.": [
        f"25 per cent percent returns group=fno change {YEAR}",
        f"1,249 people returns group=fno {YEAR}",
        f"12 per cent percent returns type=voluntary change {YEAR}",
        f"6,247 people returns type=voluntary {YEAR}",
    ],
    "Home Office spending on asylum rose by 36 per cent to £5.38bn in 2023/24.": [
        "36 per cent percent asylum_spending change 2023-04-01..2024-03-31",
        "£5.38bn GBP asylum_spending 2023-04-01..2024-03-31",
    ],
    "Between 5 July 2024 and 31 January 2025, enforced returns are up 24%, removals of foreign national offenders up "
    "21% and illegal working raids up by 38%.": [
        "24% percent returns type=enforced change 2024-07-05..2025-01-31",
        "21% percent returns group=fno change 2024-07-05..2025-01-31",
        "38% percent illegal_working_visits change 2024-07-05..2025-01-31",
    ],
    "A total of 32,059 asylum seekers were living in hotels at the end of June, 8 per cent more than a year earlier.": [
        "32,059 people asylum_hotel_residents 2025-06-30..2025-06-30",
        "8 per cent percent asylum_hotel_residents change 2025-06-30..2025-06-30",
    ],
    "Small boats: of the 127,834 migrants to reach Britain since 2018, only 3,788 have been sent home.": [
        "127,834 people small_boat_arrivals 2018-01-01..2025-08-22",
        "3,788 people returns group=small_boat 2018-01-01..2025-08-22",
    ],
    "She has set a target of 14,500 deportations this year.": [
        "14,500 people returns 2025-01-01..2025-12-31 (target)",
    ],
    "The asylum backlog fell to 70,532.": ["70,532 people asylum_backlog 2025-08-22..2025-08-22"],
    "Net migration was provisionally 728,000 in the year to June.": [f"728,000 people net_migration {YEAR} (estimate)"],
    "Small boat arrivals could hit 50,000 this year.": [
        "50,000 people small_boat_arrivals 2025-01-01..2025-12-31 (forecast)",
    ],
    "We’ve already removed more than 24,000 people with no right to be here.": [
        "more than 24,000 people returns ?..2025-08-22",
    ],
    "Some 50,976 asylum appeals were outstanding at the end of March.": [
        "about 50,976 cases asylum_backlog stage=appeal 2025-03-31..2025-03-31",
    ],
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items(), ids=lambda value: str(value)[:40])
def test_what_a_sentence_tells(text: str, expected: list[str]) -> None:
    assert [told(found) for found in figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "A crowd of 500 cheered in the square.",
        "An average of 59 people were on board each small boat.",
        "Spain had more than 9,000 arrivals in small boats.",
        "It is wrong to say that 35,000 people were deported.",
        "In all, 139,961 asylum seekers had been waiting for an initial decision for more than 6 months.",
        "The town has 761 signatures on its petition about the Channel migrants.",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert figures(text) == []
    assert reading(text).leftovers, "and yet the number is accounted for"


def test_a_number_goes_on_about_what_was_counted_before() -> None:
    first, second, third = figures(
        "The Home Office said 526 migrants crossed the Channel on Tuesday.\n"
        "It brought the total since the general election to 6,246, and the total since the start of the year to 19,820."
    )
    assert told(first) == "526 people small_boat_arrivals 2025-08-19..2025-08-19"
    assert told(second) == "6,246 people small_boat_arrivals 2024-07-05..2025-08-19"
    assert told(third) == "19,820 people small_boat_arrivals 2025-01-01..2025-08-19"


def test_the_day_of_a_running_total_keeps_how_it_is_known() -> None:
    found = figure("More than 24,000 migrants have been deported since Labour came to office.")
    assert found.period is not None
    assert (found.period.start_basis, found.period.end_basis, found.period.running) == (
        Basis.NAMED,
        Basis.PUBLISHED,
        True,
    )


def test_one_data_window_ends_the_running_totals_of_its_release() -> None:
    text = (
        "Nearly 19,000 illegal migrants have been returned since the election.\n"
        "Between 5 July 2024 and 31 July 2025 enforced returns are up 24%."
    )
    total, _ = figures(text)
    assert total.period is not None
    assert (str(total.period.end), total.period.end_basis) == ("2025-07-31", Basis.INHERITED)


def test_a_comparison_has_both_sides() -> None:
    main, change, base = figures(
        "So far this year 20,433 have crossed the Channel. That is down 21 per cent on the 25,065 who had arrived by "
        "the same point in 2022."
    )
    assert main.period is not None
    assert main.period.end == date(2025, 8, 22)
    assert (change.number, str(change.baseline and change.baseline.start)) == (Decimal(-21), "2022-01-01")
    assert told(base) == "25,065 people small_boat_arrivals 2022-01-01..2022-08-22"


def test_a_share_tells_its_whole() -> None:
    found = figure("Only three per cent of the total number of small boat migrants since 2018 have been removed.")
    assert found.of is not None
    assert (found.metric, found.measure, found.of.metric) == ("returns", "share", "small_boat_arrivals")


def test_the_quote_is_the_whole_sentence() -> None:
    text = "It is hot. Some 210 asylum hotels are still in use. It rains."
    found = figure(text)
    assert found.quote.exact == "Some 210 asylum hotels are still in use."
    assert text[found.quote.start : found.quote.end] == found.quote.exact
    assert text[found.span.start : found.span.end] == "210"
    assert found.quote.prefix == "It is hot. "


def test_a_row_counts_what_its_heading_names() -> None:
    rows = figures("Enforced returns from the UK\n2018: 9,236\n2024, January to June: 3,736")
    assert [told(row) for row in rows] == [
        "9,236 people returns type=enforced 2018-01-01..2018-12-31",
        "3,736 people returns type=enforced 2024-01-01..2024-06-30",
    ]


def test_every_number_is_accounted_for() -> None:
    found = reading("On 3 May 2024, 26 were deported. One resident, 67, saw 31 seagulls.")
    fates = {row.text: row.fate for row in found.leftovers}
    assert fates["3 May 2024"] is Fate.RESERVED
    assert fates["67"] is Fate.RESERVED
    assert fates["31"] is Fate.UNPLACED
    assert [one.figure.text for one in found.figures] == ["26"]


def test_reading_twice_gives_the_same() -> None:
    text = "More than 24,000 migrants have been deported since Labour came to office."
    assert reading(text) == reading(text)


ABROAD = "\nFrom January to June 61,336 asylum applications were made, and 11,800 people were deported."


def test_what_stands_under_a_line_that_asks_after_another_country_is_that_countrys() -> None:
    assert figures(f"The treaty was signed.\nAnd in Germany?{ABROAD}") == []
    assert len(figures(f"The treaty was signed.\nAnd in Britain?{ABROAD}")) == 2
    assert len(figures(f"The treaty was signed.\nAnd in Germany?{ABROAD.replace('made', 'made in the UK')}")) == 2
