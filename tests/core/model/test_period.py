"""How periods are cut into frames."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.period import Frame, Period, frame
from feed.model.window import Window
from tests.told import START, day, since, window

STARTS = frozenset({START})


@pytest.mark.parametrize(
    ("period", "stock", "written"),
    [
        (None, False, "unknown"),
        (since("2025-01-31"), False, "since 2024-07-05"),
        (window("2024-07-05", "2025-01-31"), False, "since 2024-07-05"),
        (since("2025-01-31", start=None), False, "since unknown"),
        (since("2024-08-29", start=date(2018, 1, 1)), False, "since 2018-01-01"),
        (since("2024-08-28", start=date(2024, 1, 1)), False, "calendar year 2024"),
        (since("2025-03-31", start=date(2025, 1, 1)), False, "calendar year 2025"),
        (window("2024-01-01", "2024-12-31"), False, "calendar year 2024"),
        (window("2025-01-01", "2025-01-31"), False, "month"),
        (window("2025-01-01", "2025-03-31"), False, "quarter"),
        (window("2025-01-01", "2025-06-30"), False, "calendar year 2025"),
        (window("2023-04-01", "2024-03-31"), False, "financial year"),
        (window("2023-07-01", "2024-06-30"), False, "year ending June"),
        (window("2024-02-01", "2024-02-29"), False, "month"),
        (window("2024-08-19", "2024-08-25"), False, "week"),
        (window("2024-08-27", "2024-08-27"), False, "day"),
        (window("2024-09-30", "2024-09-30"), True, "at"),
        (window("2021-04-01", "2024-03-31"), False, "span 2021-04-01"),
        # Months and quarters are whole months: neither end may lie within one.
        (window("2025-02-03", "2025-02-28"), False, "span 2025-02-03"),
        (window("2025-02-01", "2025-02-27"), False, "span 2025-02-01"),
        (window("2025-04-02", "2025-06-30"), False, "span 2025-04-02"),
        (window("2025-04-01", "2025-06-29"), False, "span 2025-04-01"),
        (window("2023-07-02", "2024-06-30"), False, "span 2023-07-02"),
        (window("2023-07-01", "2024-06-29"), False, "span 2023-07-01"),
    ],
)
def test_a_period_belongs_to_one_frame(period: Period | None, stock: bool, written: str) -> None:
    assert str(frame(period, stock=stock, starts=STARTS)) == written


def test_what_is_not_said_to_be_a_stock_is_none() -> None:
    assert str(frame(window("2024-08-27", "2024-08-27"))) == "day"


def test_a_period_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="runs backwards"):
        window("2025-01-02", "2025-01-01")


def test_length_counts_both_ends() -> None:
    assert window("2025-01-01", "2025-01-31").days == 31
    assert since("2025-01-31", start=None).days is None


DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))


@given(DAYS, DAYS, st.booleans(), st.booleans())
def test_every_period_has_a_frame_and_it_survives_its_line(a: date, b: date, running: bool, stock: bool) -> None:
    period = Period(start=min(a, b), end=max(a, b), running=running)
    assert isinstance(frame(period, stock=stock, starts=STARTS), Frame)
    assert Period.model_validate_json(period.model_dump_json()) == period


@given(DAYS, st.integers(0, 2000))
def test_a_running_total_stays_in_its_frame_as_it_grows(start: date, days: int) -> None:
    if (start.month, start.day) == (1, 1) or days == 0:
        return
    ends = [date.fromordinal(start.toordinal() + n) for n in (days, days + 1)]
    frames = {frame(Period(start=start, end=end, running=True)) for end in ends}
    assert frames == {Frame(window=Window.SINCE, anchor=start.isoformat())}


def test_a_day_is_written_as_iso() -> None:
    assert day("2024-07-05") == START
