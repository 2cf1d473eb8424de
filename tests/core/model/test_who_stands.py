"""Which of two figures of one series and frame stands: each rule of it, with the one that it must not be taken for."""

from __future__ import annotations

from datetime import date

import pytest

from feed.model.figure import Measure
from feed.model.line import Line, line, same_bounds
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported
from tests.told import figure, since, told, window

OFFICE, CRUMB, DOUGH = "Biscuit Office", "Crumb", "Dough"


def says(
    text: str,
    end: str,
    on: str | None,
    by: str = CRUMB,
    *,
    hedge: Hedge = Hedge.EXACT,
    basis: Basis = Basis.STATED,
) -> Reported:
    """A running total up to that day, printed on another."""
    return told(figure(text, hedge, since(end, basis=basis)), f"{by} {on}", by, on)


def stands(*figures: Reported) -> Reported | None:
    """In whatever order they arrive."""
    one, other = line(figures).standing, line(reversed(figures)).standing
    assert one is other
    return one


OUT = Basis.PUBLISHED
BEFORE = says("24,103", "2025-03-22", "2025-03-28", OFFICE)


def test_a_total_that_fell_stands_unless_it_is_a_number_that_was_known_before() -> None:
    lower = says("21,300", "2025-04-30", "2025-05-01", DOUGH)
    known = says("21,300", "2025-02-10", "2025-02-12")
    assert stands(BEFORE, lower) == lower
    assert stands(known, BEFORE, lower) == BEFORE


def test_a_number_known_before_that_is_no_fall_stands() -> None:
    """Within three days, and not what "nearly 19,000" rounds: it contradicts, but nothing fell."""
    known = says("18,200", "2024-12-31", "2025-01-02")
    nearly = says("19,000", "2025-01-31", "2025-01-31", hedge=Hedge.NEARLY)
    again = says("18,200", "2025-02-02", "2025-02-02", DOUGH, basis=OUT)
    assert stands(known, nearly, again) == again


def test_a_later_time_stands_and_an_earlier_one_that_is_told_later_does_not() -> None:
    later = says("25,000", "2025-04-30", "2025-05-01")
    assert stands(BEFORE, later) == later
    assert stands(BEFORE, says("18,987", "2025-01-31", "2025-05-01")) == BEFORE
    assert stands(BEFORE, says("18,987", "2025-01-31", "2025-05-01", OFFICE)) == BEFORE


def test_a_number_told_again_stands_only_when_it_tells_up_to_when() -> None:
    vague = says("19,000", "2025-02-10", "2025-02-10", basis=OUT)
    vaguer = says("19,000", "2025-03-01", "2025-03-01", DOUGH, basis=OUT)
    known = says("19,000", "2025-01-31", "2025-02-20", DOUGH)
    assert stands(vague, vaguer) == vague
    assert stands(vague, known) == known
    first = says("19,000", "2025-01-31", "2025-02-01", DOUGH)
    assert stands(first, vague) == first


def test_a_finer_number_within_three_days_stands_by_its_rank() -> None:
    about = says("19,000", "2025-01-31", "2025-01-31", hedge=Hedge.ABOUT, basis=OUT)
    finer = says("19,050", "2025-02-02", "2025-02-02", DOUGH, basis=OUT)
    own = says("19,000", "2025-01-31", "2025-01-31", OFFICE, hedge=Hedge.ABOUT, basis=OUT)
    assert stands(about, finer) == finer
    assert stands(own, finer) == own


def change(end: str, on: str, baseline: Period | None, text: str = "21%") -> Reported:
    made = figure(text, period=since(end), measure=Measure.CHANGE, unit="percent", baseline=baseline)
    return told(made, f"a {on} {text}", CRUMB, on)


def test_what_cannot_be_compared_stands_by_the_time_that_it_is_about() -> None:
    old, other = window("2023-07-05", "2024-03-31"), window("2010-01-01", "2010-12-31")
    march = change("2025-03-31", "2025-04-01", old)
    assert stands(march, change("2025-04-30", "2025-05-01", other)) != march
    assert stands(march, change("2025-01-31", "2025-05-01", other)) == march


def test_of_two_without_a_time_the_later_told_stands() -> None:
    first, last = (told(figure(text), f"a{on}", CRUMB, on) for text, on in (("42", "2025-01-01"), ("43", "2025-02-01")))
    assert stands(first, last) == last


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (window("2025-01-01", "2025-01-31"), window("2025-01-01", "2025-01-31"), True),
        (window("2025-01-01", "2025-01-31"), window("2025-01-02", "2025-01-31"), False),
        (window("2025-01-01", "2025-01-31"), window("2025-01-01", "2025-01-30"), False),
        (None, window("2025-01-01", "2025-01-31"), False),
        (window("2025-01-01", "2025-01-31"), None, False),
        (None, None, False),
    ],
)
def test_the_same_bounds_are_the_same_days(one: Period | None, other: Period | None, same: bool) -> None:
    assert same_bounds(told(figure(period=one)), told(figure(period=other))) is same


def test_what_a_line_has_of_a_time() -> None:
    january = says("18,987", "2025-01-31", "2025-02-20")
    made = line([january, BEFORE])
    assert made.before(date(2025, 3, 22)) == january
    assert made.before(date(2025, 3, 23)) == BEFORE
    assert made.before(date(2025, 1, 31)) is None
    assert made.of_period(january.bounds) == (january,)
    assert made.of_period((0, 0, "")) == ()
    assert [made.on(day) for day in ("2025-02-19", "2025-02-20", "2025-03-27", "2025-03-28")] == [
        None, january, january, BEFORE,
    ]  # fmt: skip


def test_a_figure_nobody_knows_the_day_of_stands_now_and_on_no_day() -> None:
    undated = says("25,000", "2025-04-30", None)
    later = says("26,000", "2025-05-31", "2025-06-02")
    for made in (line([BEFORE, undated, later]), line([undated, later, BEFORE]), line([later, BEFORE, undated])):
        assert [made.on(day) for day in ("2025-05-30", "2025-06-02")] == [BEFORE, later]
        assert list(made.figures) == [BEFORE, undated, later]
    assert line([BEFORE, undated]).standing == undated
    assert Line().on("2025-01-01") is None


def test_of_one_time_four_that_print_something_else_are_kept() -> None:
    several = [says(f"24,10{n}", "2025-03-22", f"2025-04-0{n + 1}") for n in range(6)]
    made = line(several)
    assert [one.figure.text for one in made.of_period(several[0].bounds)] == ["24,105", "24,104", "24,103", "24,102"]
    assert made.peer(says("24,103", "2025-03-25", "2025-05-01", basis=OUT)) is None  # 24,105 cannot be that
    assert made.peer(says("24,105", "2025-03-25", "2025-05-01", basis=OUT)) == several[5]
    assert made.peer(says("24,105", "2025-03-26", "2025-05-01", basis=OUT)) is None


def test_who_said_it_last_is_kept_for_each_publisher() -> None:
    crumb = [says("24,103", "2025-03-22", f"2025-04-{day}") for day in ("01", "05", "09")]
    dough = says("24,103", "2025-03-22", "2025-04-03", DOUGH)
    nobody = told(figure("24,103", period=since("2025-03-22")), "x", None, "2025-04-04")
    for order in (
        [*crumb, dough, nobody],
        [crumb[2], nobody, dough, crumb[1], crumb[0]],
        [dough, *reversed(crumb), nobody],
    ):
        made = line(order)
        assert made.first_to_say(dough) == crumb[0]
        assert made.last_time(crumb[0]) == crumb[2]
        assert made.last_time(dough) == dough
        assert made.last_time(nobody) == nobody


def test_the_first_to_call_a_number_old_is_kept_whoever_arrives_first() -> None:
    old = [
        told(figure("728,000", period=since("2025-01-31"), superseded=True), f"o{n}", CRUMB, f"2025-05-0{n}")
        for n in (1, 2)
    ]
    new = says("649,000", "2025-01-31", "2025-04-30", OFFICE)
    for order in ([*old, new], [new, *reversed(old)]):
        made = line(order)
        assert made.first_to_call_old(old[1]) == old[0]
        assert made.standing == new
    late = says("728,000", "2025-01-31", "2025-06-01", DOUGH)
    press = says("649,000", "2025-01-31", "2025-04-30", DOUGH)
    assert stands(old[0], press, late) == press
