"""What the indexes over all series find: the same number told of something else, and where a fact is."""

from __future__ import annotations

from datetime import date

from feed.model.figure import Measure
from feed.model.period import Basis, Period
from feed.model.standing import Reported
from feed.model.standings import EMPTY, Standings
from tests.core.project.test_changes import ANN, BEA, record
from tests.told import figure, since, told

JANUARY, OUT = since("2025-01-31"), Basis.PUBLISHED


def says(
    text: str, metric: str, on: str = "2025-02-10", *, period: Period = JANUARY, measure: Measure = Measure.LEVEL
) -> Reported:
    made = figure(text, period=period, metric=metric, measure=measure)
    return told(made, f"{metric} {on}", "Crumb", on)


def alike(known: Standings, new: Reported) -> list[Reported]:
    return list(known.alike(new))


def test_a_number_of_another_metric_about_the_same_time_is_found() -> None:
    held, new = says("19,000", "biscuits"), says("19,000", "tins")
    assert alike(record(held), new) == [held]
    assert alike(record(held, new), says("19,000", "crumbs")) == [held, new]
    assert alike(record(held), says("19,001", "tins")) == []
    assert alike(record(held), says("19,000", "tins", period=since("2025-02-01"))) == []


def test_small_numbers_changes_and_times_without_a_beginning_coincide_by_chance() -> None:
    open_ended = since("2025-01-31", start=None)
    for text, period, measure in (
        ("99", JANUARY, Measure.LEVEL),
        ("19,000", JANUARY, Measure.CHANGE),
        ("19,000", open_ended, Measure.LEVEL),
    ):
        held = says(text, "biscuits", period=period, measure=measure)
        assert alike(record(held), says(text, "tins", period=period, measure=measure)) == []
    assert alike(record(says("100", "biscuits")), says("100", "tins")) != []
    assert alike(record(says("19,000", "biscuits")), says("99", "tins")) == []
    assert alike(record(says("19,000", "biscuits")), told(figure("19,000", metric="tins"))) == []


def test_of_one_number_and_time_the_first_that_was_published_is_found() -> None:
    first, again = says("19,000", "biscuits"), says("19,000", "biscuits", "2025-03-01")
    for known in (record(first, again), record(again, first)):
        assert alike(known, says("19,000", "tins")) == [first]
        assert alike(known.without([first.id]), says("19,000", "tins")) == [again]
        assert alike(known.without([first.id, again.id]), says("19,000", "tins")) == []


def test_a_total_printed_anew_up_to_its_own_day_is_about_the_time_that_was_told() -> None:
    held = says("19,000", "biscuits")
    later, earlier = (since(end, basis=OUT) for end in ("2025-03-01", "2025-01-01"))
    assert alike(record(held), says("19,000", "tins", "2025-03-01", period=later)) == [held]
    assert alike(record(held), says("19,000", "tins", "2025-01-01", period=earlier)) == []
    assert alike(record(held), says("19,000", "tins", period=since("2025-01-31", basis=OUT))) == [held]


def test_where_a_fact_is() -> None:
    held = says("19,000", "biscuits")
    known = record(held, ANN)
    ids = [held.id, ANN.id, "nowhere"]
    assert known.figures_of(ids) == [held]
    others = [says("19,000", "biscuits", "2025-02-11"), says("9,000", "tins"), says("9,100", "tins", "2025-02-01")]
    more = record(held, *others)
    assert more.figures_of(each.id for each in others) == [others[0], others[2], others[1]]
    assert known.states_of(ids) == [ANN]


def test_what_was_withdrawn_leaves_nothing_behind_and_comes_no_more() -> None:
    held = says("19,000", "biscuits")
    known = record(held, ANN, BEA)
    assert known.without([]) is known
    left = known.without([held.id, BEA.id])
    assert left == record(ANN).without([held.id, BEA.id])
    assert left.without([held.id]) is left
    assert left.with_figure(held) is left
    assert left.with_state(BEA) is left
    assert (list(left.without([ANN.id]).reigns), list(left.lines)) == ([], [])
    assert list(left.about("biscuits", date(2020, 1, 1), date(2030, 1, 1))) == []
    assert EMPTY.figure(held.group) is None
