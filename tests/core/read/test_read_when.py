"""Which of the times told a number is about: lists, clauses, brackets, comparisons, times that refer back."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figures

# A text read on 22 August 2025, and the period of each figure in it ("-" for none).
YEAR = "{0}-01-01..{0}-12-31"
PERIODS: dict[str, list[str]] = {
    # each number of a list has its own time
    "Small boat arrivals numbered 28,526 in 2021, 45,774 in 2022 and 29,437 in 2023.": [
        YEAR.format(2021),
        YEAR.format(2022),
        YEAR.format(2023),
    ],
    "In 2022 and 2023 small boat arrivals numbered 45,774 and 29,437 respectively.": [
        YEAR.format(2022),
        YEAR.format(2023),
    ],
    "Spending on asylum hotels was £400m in 2020-21 and £1.1bn in 2021-22. In those years asylum spending in all was "
    "£1.3bn and £2.1bn respectively.": [
        "2020-04-01..2021-03-31",
        "2021-04-01..2022-03-31",
        "2020-04-01..2021-03-31",
        "2021-04-01..2022-03-31",
    ],
    "There were 31,800 enforced returns in 2013; by 2019 they had fallen to 11,421, and in 2020, with planes grounded, "
    "they sank to 6,000.": [YEAR.format(2013), YEAR.format(2019), YEAR.format(2020)],
    # a table's columns count what the line above names; its own heading tells the time
    "A. Asylum claims by nationality, year ending June 2025\nNationality; claims; grant rate\nIran; 7,397; 86%\n"
    "India; 5,253; 6%": ["2024-07-01..2025-06-30"] * 4,
    # the time of a line that heads a list is that of its bullets, each with its own metric
    "Headlines for the year ending June 2025\n- 111,084 people claimed asylum.\n- 43,600 people arrived by small "
    "boat.\nSmall boats brought 900 people.": ["2024-07-01..2025-06-30", "2024-07-01..2025-06-30", "-"],
    # a time in brackets with a number is that number's alone
    "In the year to June the asylum grant rate was 48% (in the year to June 2023: 71%).": [
        "2024-07-01..2025-06-30",
        "2022-07-01..2023-06-30",
    ],
    # what comes behind "and" or "where" has a time of its own
    "The Home Office refused 38,450 asylum claims in the year to June, where two years before it had refused 6,750.": [
        "2024-07-01..2025-06-30",
        "2022-07-01..2023-06-30",
    ],
    "At the end of June 1,984 people were in immigration detention, and in May 900 illegal working visits were made.": [
        "2025-06-30..2025-06-30",
        "2025-05-01..2025-05-31",
    ],
    # a time that is only compared with is not that of another number
    "From January 1 to Wednesday 29,292 people crossed the Channel in small boats, well above the 19,816 of the whole "
    "of 2020, in 542 boats.": ["2025-01-01..2025-08-20", YEAR.format(2020), "2025-01-01..2025-08-20"],
    "Some 12,607 people were granted asylum in the year to June, against 15,000 in 2019.": [
        "2024-07-01..2025-06-30",
        YEAR.format(2019),
    ],
    # among them, at another time
    "A total of 1,499 migrants crossed the Channel last week, including 114 in two dinghies on Sunday.": [
        "2025-08-11..2025-08-17",
        "2025-08-17..2025-08-17",
        "2025-08-17..2025-08-17",
    ],
    # a total: since when, and until when
    "Up to Thursday 2,255 people had crossed the Channel in small boats since 1 January.": ["2025-01-01..2025-08-21"],
    "Small boat arrivals for 2025 stand at 25,000.": ["2025-01-01..2025-08-22"],
    "Since the first of them left on July 18, 153 migrants have been deported.": ["2025-07-18..2025-08-22"],
    # times that refer back
    "At the end of June there were 1,984 people in immigration detention. On the same date there were 32,059 asylum "
    "seekers in hotels.": ["2025-06-30..2025-06-30", "2025-06-30..2025-06-30"],
    "At the end of June 1,984 people were in immigration detention. Enforced returns came to 9,000 in the year to that "
    "date.": ["2025-06-30..2025-06-30", "2024-07-01..2025-06-30"],
    "The tables go to the end of June. They are for the year to June. In that period 12,060 asylum claims were "
    "refused.": ["2024-07-01..2025-06-30"],
    "There were 9,000 enforced returns in the year to June, up from 8,000 in 2019. Over the same 12 months 27,000 "
    "people left voluntarily.": ["2024-07-01..2025-06-30", YEAR.format(2019), "2024-07-01..2025-06-30"],
    "In January 609 illegal workers were arrested on raids. The same month 1,098 people crossed the Channel in small "
    "boats.": ["2025-01-01..2025-01-31", "2025-01-01..2025-01-31"],
    "On 2 August 416 people crossed the Channel in small boats. Three people drowned in the Channel that day.": [
        "2025-08-02..2025-08-02",
        "2025-08-02..2025-08-02",
    ],
    # two ends of a way
    "Net migration was 431,000 in 2024, down from 860,000.": [YEAR.format(2024), YEAR.format(2023)],
    "Net migration fell from 860,000 to 431,000 in 2024.": [YEAR.format(2023), YEAR.format(2024)],
    "Between 2022 and 2023 net migration fell from 764,000 to 685,000.": [YEAR.format(2022), YEAR.format(2023)],
    "Small boat arrivals fell from 45,774 in 2022 to 29,437 in 2023.": [YEAR.format(2022), YEAR.format(2023)],
    "In May raids rose from 560 to 930.": ["-", "2025-05-01..2025-05-31"],
    "At the end of June 32,059 asylum seekers were in hotels, down from 38,000.": ["2025-06-30..2025-06-30", "-"],
    # what plainly goes on, from one paragraph to the next
    "Small boat crossings fell by 36 per cent last year.\nA total of 29,437 migrants crossed the Channel in them.": [
        YEAR.format(2024),
        YEAR.format(2024),
    ],
    "Some 9,000 raids have been made since Labour came to power.\nRaids are up 51% on the same spell last year.": [
        "2024-07-05..2025-08-22",
        "2024-07-05..2025-08-22",
    ],
    "In 2024 there were 9,000 enforced returns.\nThere were 2,000 visa overstayers among those who were deported.": [
        YEAR.format(2024),
        "-",
    ],
    # a total that goes on from the count before it
    "So far this year 24,000 people have crossed the Channel in small boats. By close of play yesterday the tally of "
    "arrivals stood at 25,476.": ["2025-01-01..2025-08-22", "2025-01-01..2025-08-21"],
    # what is told of the same count goes on, what is told of another begins anew
    "Figures for the quarter to the end of June are out.\nThere were 22,000 initial decisions on asylum.": [
        "2025-04-01..2025-06-30",
    ],
    "More than 160,000 people have crossed the Channel in small boats since 2018.\nThe Home Office said 35,000 people "
    "had been returned.": ["2018-01-01..2025-08-22", "-"],
    "The number of asylum hotels fell from 400 in 2023 to 210.": [YEAR.format(2023), "2025-08-22..2025-08-22"],
    "There are 70,532 people waiting for an initial decision on asylum, down from 85,839.": [
        "2025-08-22..2025-08-22",
        "-",
    ],
    # a time set beside a number, and a time without bounds
    "The most in a day this year was 1,195 small boat arrivals; the record for 2025 had been 825, on 21 May.": [
        "2025-01-01..2025-08-22",
        "2025-05-21..2025-05-21",
    ],
    "Last summer 12,000 people crossed the Channel in small boats.": ["-"],
    "There were 400 asylum hotels in the summer of 2023.": ["2023-06-01..2023-08-31"],
    # one time told from another
    "On Saturday 1,195 people crossed the Channel in small boats. The day before it was 300.": [
        "2025-08-16..2025-08-16",
        "2025-08-15..2025-08-15",
    ],
    "Net migration was 906,000 in the year to June 2023. A year on it was 728,000. A year later it had fallen to "
    "431,000.": ["2022-07-01..2023-06-30", "2023-07-01..2024-06-30", "2024-07-01..2025-06-30"],
    "In 2024 36,816 people crossed the Channel in small boats, compared with 29,437 the year before and 45,774 the "
    "year before that.": [YEAR.format(2024), YEAR.format(2023), YEAR.format(2022)],
    "Last year’s 36,816 small boat arrivals were well up on 2023’s 29,437.": [YEAR.format(2024), YEAR.format(2023)],
    "Of all asylum claims in the year to June 14% were made by Afghans.": ["2024-07-01..2025-06-30"],
    # a state in the present tense
    "At the end of June 1,984 people were in immigration detention. There are 2,200 places in immigration detention.": [
        "2025-06-30..2025-06-30",
        "2025-08-22..2025-08-22",
    ],
    # what is told of an act is no period
    "Under last November’s deal 800 people have been returned to Iraq.": ["None..2025-08-22"],
    "Under the deal that was struck with Tirana last December 8,000 Albanians have been returned.": [
        "None..2025-08-22"
    ],
}


@pytest.mark.parametrize("text", PERIODS, ids=lambda text: text[-48:])
def test_each_number_has_its_own_time(text: str) -> None:
    found = [f"{one.period.start}..{one.period.end}" if one.period else "-" for one in figures(text)]
    assert found == PERIODS[text]


# A text, and for its last figure the period and the one that it is compared with.
COMPARED: dict[str, tuple[str, str]] = {
    "Small boat arrivals came to 29,437 in 2023. In 2022 it was 45,774. That is a fall of a third.": (
        YEAR.format(2023),
        YEAR.format(2022),
    ),
    "Net migration was 204,000 in the year to June. It was 649,000 in the year to June 2024, so this is a fall of "
    "two-thirds.": ("2024-07-01..2025-06-30", "2023-07-01..2024-06-30"),
    "Initial decisions on asylum came to 112,138 in 2023, four times as many as in 2022.": (
        YEAR.format(2023),
        YEAR.format(2022),
    ),
    "People lodged 27,900 asylum appeals in 2023-24, more than double the number in 2022-23.": (
        "2023-04-01..2024-03-31",
        "2022-04-01..2023-03-31",
    ),
}


@pytest.mark.parametrize("text", COMPARED, ids=lambda text: text[-48:])
def test_a_change_runs_from_the_earlier_to_the_later_time(text: str) -> None:
    last = figures(text)[-1]
    assert last.period
    assert last.baseline
    assert (f"{last.period.start}..{last.period.end}", f"{last.baseline.start}..{last.baseline.end}") == COMPARED[text]
