"""The step chart: every value is drawn from its own day to the next one's, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from feed.publish.chart import WIDTH, steps

DAY = date(2024, 7, 5)


def test_two_steps() -> None:
    points = [(DAY, Decimal(10)), (DAY + timedelta(days=10), Decimal(20)), (DAY + timedelta(days=20), Decimal(15))]
    assert steps(points, height=3, width=22) == [
        "20 ┤          ┌─────────┐",
        "   ┤          │         └─",
        "10 ┤──────────┘",
        "    2024-07-05  2024-07-25",
    ]


def test_one_day_is_no_chart_and_the_last_word_of_a_day_counts() -> None:
    assert steps([]) == steps([(DAY, Decimal(1))]) == steps([(DAY, Decimal(1)), (DAY, Decimal(2))]) == []
    again = [(DAY, Decimal(1)), (DAY, Decimal(2)), (DAY + timedelta(days=1), Decimal(2))]
    assert [line.partition("┤")[0].strip() for line in steps(again, height=2)][:2] == ["2", "2"]


POINTS = st.lists(
    st.tuples(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(-500, 500).map(Decimal)),
    min_size=2,
    max_size=20,
)


@given(POINTS)
def test_each_column_tells_one_value(points: list[tuple[date, Decimal]]) -> None:
    drawn = steps(points)
    if len({day for day, _ in points}) < 2:
        assert drawn == []
        return
    rows = [line.partition("┤")[2].ljust(WIDTH) for line in drawn[:-1]]
    for column in zip(*rows, strict=True):
        marks = "".join(column).strip()
        assert marks in ("─", "│") or set(marks) <= set("┌┘└┐│")
        assert len(marks) >= 1
    assert drawn[-1].split() == [min(points)[0].isoformat(), max(points)[0].isoformat()]
