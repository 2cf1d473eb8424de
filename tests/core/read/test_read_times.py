"""What time a phrase names, seen from 22 August 2025."""

from __future__ import annotations

from datetime import date

import pytest

from feed.read.times import Shape, add_months
from tests.core.read.reading import times

WINDOWS = {
    "in the year to June": ("2024-07-01", "2025-06-30"),
    "in the year ending 30 June 2025": ("2024-07-01", "2025-06-30"),
    "year ending at the end of June": ("2024-07-01", "2025-06-30"),
    "in the twelve months to the end of June": ("2024-07-01", "2025-06-30"),
    "in the YE June 2025": ("2024-07-01", "2025-06-30"),
    "in 2023/24": ("2023-04-01", "2024-03-31"),
    "in 2024 to 2025": ("2024-04-01", "2025-03-31"),
    "Between 2021/22 and 2023/24": ("2021-04-01", "2024-03-31"),
    "from 5 July 2024 to 31 January 2025": ("2024-07-05", "2025-01-31"),
    "between July 5, 2024, and March 22, 2025": ("2024-07-05", "2025-03-22"),
    "between July and September 2024": ("2024-07-01", "2024-09-30"),
    "from January to March this year": ("2025-01-01", "2025-03-31"),
    "in Q2 2025": ("2025-04-01", "2025-06-30"),
    "in the first half of this year": ("2025-01-01", "2025-06-30"),
    "in the first 11 months of 2024": ("2024-01-01", "2024-11-30"),
    "in the last three months of 2024": ("2024-10-01", "2024-12-31"),
    "in the three months to June": ("2025-04-01", "2025-06-30"),
    "in 2024": ("2024-01-01", "2024-12-31"),
    "last year": ("2024-01-01", "2024-12-31"),
    "last month": ("2025-07-01", "2025-07-31"),
    "last week": ("2025-08-11", "2025-08-17"),
    "in the past seven days": ("2025-08-16", "2025-08-22"),
    "in the week to Sunday": ("2025-08-11", "2025-08-17"),
    "in July": ("2025-07-01", "2025-07-31"),
    "in September": ("2024-09-01", "2024-09-30"),
    "in July and August": ("2025-07-01", "2025-08-31"),
    "on Tuesday": ("2025-08-19", "2025-08-19"),
    "yesterday": ("2025-08-21", "2025-08-21"),
    "on 21 August": ("2025-08-21", "2025-08-21"),
    "on August 23": ("2024-08-23", "2024-08-23"),
    "on the 4th": ("2025-08-04", "2025-08-04"),
    "in Labour’s first year in office": ("2024-07-05", "2025-07-04"),
    "in our first year": ("2024-07-05", "2025-07-04"),
    "on Christmas Day": ("2024-12-25", "2024-12-25"),
    "on New Year’s Eve 2022": ("2022-12-31", "2022-12-31"),
    "on Tuesday of last week": ("2025-08-12", "2025-08-12"),
    "when the busiest was May": ("2025-05-01", "2025-05-31"),
    "over 2023 and 2024": ("2023-01-01", "2024-12-31"),
    "in 2019 and 2020 together": ("2019-01-01", "2020-12-31"),
    "in the four weeks to 17 August": ("2025-07-21", "2025-08-17"),
    "in the month to 17 August": ("2025-07-18", "2025-08-17"),
    "in the week beginning 11 August": ("2025-08-11", "2025-08-17"),
    "over the weekend": ("2025-08-16", "2025-08-17"),
    "two days ago": ("2025-08-20", "2025-08-20"),
    "in the past fortnight": ("2025-08-09", "2025-08-22"),
    "in the five years to 2024": ("2020-01-01", "2024-12-31"),
    "in the year which ended in June": ("2024-07-01", "2025-06-30"),
    "in H1 2025": ("2025-01-01", "2025-06-30"),
    "over the two financial years to March 2025": ("2023-04-01", "2025-03-31"),
    # the year told by its distance
    "on 5 October last year": ("2024-10-05", "2024-10-05"),
    "on March 3 this year": ("2025-03-03", "2025-03-03"),
    "in May of last year": ("2024-05-01", "2024-05-31"),
    "in Q4 last year": ("2024-10-01", "2024-12-31"),
    "between July 5 last year and the end of July": ("2024-07-05", "2025-07-31"),
    "from 1 April last year to 31 March this year": ("2024-04-01", "2025-03-31"),
    "between October and December last year": ("2024-10-01", "2024-12-31"),
    # days, months and years told together
    "between 1 and 17 August": ("2025-08-01", "2025-08-17"),
    "from 11 to 17 August": ("2025-08-11", "2025-08-17"),
    "on 16 and 17 August": ("2025-08-16", "2025-08-17"),
    "on 11-17 August": ("2025-08-11", "2025-08-17"),
    "on August 11-17": ("2025-08-11", "2025-08-17"),
    "on Saturday and Sunday": ("2025-08-16", "2025-08-17"),
    "in the January-March quarter": ("2025-01-01", "2025-03-31"),
    "across 2023-24 and 2024-25": ("2023-04-01", "2025-03-31"),
    "in the years 2018 to 2024": ("2018-01-01", "2024-12-31"),
    # a year up to a day
    "in the year to 30 June": ("2024-07-01", "2025-06-30"),
    "in the year to 20 August": ("2024-08-21", "2025-08-20"),
    "in the year to end-June": ("2024-07-01", "2025-06-30"),
    "in the half-year to June": ("2025-01-01", "2025-06-30"),
    "in the 24 hours to midnight on Tuesday": ("2025-08-19", "2025-08-19"),
    # counted from a day on
    "in the year from July 2024": ("2024-07-01", "2025-06-30"),
    "in the 12 months from July 2024": ("2024-07-01", "2025-06-30"),
    "over the six years from 2018": ("2018-01-01", "2023-12-31"),
    "in the year after the election": ("2024-07-05", "2025-07-04"),
    "in the year before the election": ("2023-07-05", "2024-07-04"),
    "in its first nine months in office": ("2024-07-05", "2025-04-04"),
    # what is just over
    "in the month just gone": ("2025-07-01", "2025-07-31"),
    "in the year just ended": ("2024-01-01", "2024-12-31"),
    "in the quarter just past": ("2025-04-01", "2025-06-30"),
    "in the financial year just ended": ("2024-04-01", "2025-03-31"),
    "over the past decade": ("2015-08-23", "2025-08-22"),
    "the day before yesterday": ("2025-08-20", "2025-08-20"),
    # parts of a month or year
    "in the opening three months of 2025": ("2025-01-01", "2025-03-31"),
    "in the third quarter of 2023-24": ("2023-10-01", "2023-12-31"),
    "in the first week of June": ("2025-06-01", "2025-06-07"),
    "in the last ten days of July": ("2025-07-22", "2025-07-31"),
    # what is to come
    "next month": ("2025-09-01", "2025-09-30"),
    "in the next financial year": ("2026-04-01", "2027-03-31"),
}


@pytest.mark.parametrize(("phrase", "window"), WINDOWS.items(), ids=str)
def test_closed_windows(phrase: str, window: tuple[str, str]) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, str(time.start), str(time.end)) == (Shape.WINDOW, *window)


RUNNING = {
    "since Labour came to power": "2024-07-05",
    "since the general election in July 2024": "2024-07-05",
    "since July 2024": "2024-07-05",
    "since this government came into office": "2024-07-05",
    "since 2018": "2018-01-01",
    "since the start of the year": "2025-01-01",
    "so far this year": "2025-01-01",
    "this year": "2025-01-01",
    "in 2025 so far": "2025-01-01",
    "in 2025": "2025-01-01",
    "since last July": "2024-07-05",
    "since records began in 1979": "1979-01-01",
    "since the first of them flew out on 14 April": "2025-04-14",
    "so far in August": "2025-08-01",
    "since New Year": "2025-01-01",
    "since last year": "2024-01-01",
    "since 1 January this year": "2025-01-01",
    "in the current financial year": "2025-04-01",
    "in the year to date": "2025-01-01",
    "year-to-date": "2025-01-01",
    "since Labour won the election last year": "2024-07-05",
    "since 14 April": "2025-04-14",
    "since that announcement, on 14 April": "2025-04-14",
}


@pytest.mark.parametrize(("phrase", "start"), RUNNING.items(), ids=str)
def test_spans_that_still_run(phrase: str, start: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, str(time.start), time.end) == (Shape.RUNNING, start, None)


def test_a_running_span_may_name_its_end() -> None:
    (time,) = times("Since the start of the year up to Tuesday it was so.")
    assert (str(time.start), str(time.end)) == ("2025-01-01", "2025-08-19")


SHIFTS = {
    "at the same point last year": (12, 0),
    "at the same point in 2022": (0, 2022),
    "in the same period 12 months prior": (12, 0),
    "a year earlier": (12, 0),
    "three months earlier": (3, 0),
    "in the previous 12 months": (12, 0),
    "the year before": (12, 0),
    "the previous quarter": (3, 0),
    "the equivalent total in 2023": (0, 2023),
    "the corresponding stage of 2023": (0, 2023),
    "the period 12 months prior": (12, 0),
    "by the same date in 2022": (0, 2022),
    "the same quarter of last year": (12, 0),
    "the year previous": (12, 0),
    "year-over-year": (12, 0),
    "quarter on quarter": (3, 0),
    "in the following year": (-12, 0),
    "in the year after": (-12, 0),
    "four years later": (-48, 0),
}


@pytest.mark.parametrize(("phrase", "shift"), SHIFTS.items(), ids=str)
def test_times_told_by_another(phrase: str, shift: tuple[int, int]) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, time.months, time.year) == (Shape.SHIFT, *shift)


@pytest.mark.parametrize("phrase", ["at the end of September 2024", "as of 30 September 2024", "by 30 September 2024"])
def test_points(phrase: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, time.end) == (Shape.POINT, date(2024, 9, 30))


DAYS = {
    "the day before": 1,
    "two days earlier": 2,
    "the previous week": 7,
    "the following day": -1,
    "a week earlier": 7,
}


@pytest.mark.parametrize(("phrase", "days"), DAYS.items(), ids=str)
def test_times_told_by_days_from_another(phrase: str, days: int) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, time.days) == (Shape.SHIFT, days)


POINTS = {
    "by last July": "2024-07-31",
    "when 2024 closed": "2024-12-31",
    "as the year began": "2025-01-01",
    "on the last day of June 2018": "2018-06-30",
    "by close of play yesterday": "2025-08-21",
    "at the turn of the year": "2025-01-01",
    "at end-June": "2025-06-30",
    "by end June 2024": "2024-06-30",
    "by the end of next year": "2026-12-31",
    "at the time of the election": "2024-07-05",
    "by the election": "2024-07-05",
}


@pytest.mark.parametrize(("phrase", "day"), POINTS.items(), ids=str)
def test_days_told_by_what_began_or_ended(phrase: str, day: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.shape, str(time.end)) == (Shape.POINT, day)


BACK = [
    "on the same date",
    "in the year to that date",
    "in those years",
    "over the latest 12 months",
    "in the period",
    "by then",
    "at that point",
    "since then",
    "in that time",
    "on the last of these dates",
    "in the 14 months",
    "during this period",
]


@pytest.mark.parametrize("phrase", BACK)
def test_times_that_refer_to_one_told_before(phrase: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert time.shape is Shape.BACK


@pytest.mark.parametrize("phrase", ["under the Theft Act 1968", "under the 2006 Health and Safety at Work Act"])
def test_the_year_of_a_law_tells_no_period(phrase: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert time.shape is Shape.DURATION


@pytest.mark.parametrize("phrase", ["for five days", "20 years ago", "a three-day visit"])
def test_lengths_tell_no_period(phrase: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert time.shape is Shape.DURATION


UNBOUNDED = ["in early 2024", "late last year", "last summer", "in mid-August"]
UNBOUNDED += ["in recent weeks", "over the next three years", "before the election", "in the closing months of 2024"]


@pytest.mark.parametrize("phrase", UNBOUNDED)
def test_times_without_bounds_tell_no_period(phrase: str) -> None:
    (time,) = times(f"It was so {phrase}.")
    assert (time.rule, time.start, time.end) == ("vague", None, None)


@pytest.mark.parametrize("phrase", ["It may rise.", "They march on.", "At the same time it rose.", "That is so."])
def test_words_that_only_look_like_times(phrase: str) -> None:
    assert times(phrase) == ()


def test_nothing_is_resolved_by_a_day_that_is_not_known() -> None:
    undated, dated, shifted = times("Last month, in the year to June 2024, it rose on a year earlier.", day=None)
    assert (undated.shape, dated.shape, shifted.shape) == (Shape.DURATION, Shape.WINDOW, Shape.SHIFT)
    assert dated.start == date(2023, 7, 1)


def test_months_keep_their_last_day() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 2, 28), -12) == date(2024, 2, 29)
    assert add_months(date(2025, 1, 15), 1) == date(2025, 2, 15)
