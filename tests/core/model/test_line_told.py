"""What stood on a day, who is the peer, and what late news of an old number bends: told one by one. Of biscuits."""

from __future__ import annotations

from itertools import permutations

from feed.model.figure import Measure
from feed.model.line import Line, line, standing
from feed.model.period import Basis, Period
from feed.model.standing import Reported
from tests.told import day, figure, since, told, window

JANUARY = since("2025-01-31")


def says(text: str, by: str, on: str | None, *, period: Period = JANUARY, old: bool = False, at: int = 0) -> Reported:
    return told(figure(text, period=period, superseded=old, at=at), f"{by} {on}", by, on)


FIRST = says("728,000", "Dough", "2025-02-10")
NEW = says("649,000", "Crumb", "2025-05-22")
OF_IT = says("728,000", "Crumb", "2025-05-22", old=True, at=20)
BETWEEN = says("649,000", "Dough", "2025-06-01")
LATE = says("728,000", "Rusk", "2025-07-01")


def steps(held: Line) -> list[Reported | None]:
    """What stood after each figure, in the order of publication."""
    return [after for _, after in held.steps.values()]


def test_a_number_known_long_before_counts_as_old_from_the_day_on_which_it_is_called_so() -> None:
    """In whatever order it is learned: also behind another figure that stands as it did before."""
    other = says("731,000", "Rusk", "2025-01-10")
    for held in permutations((FIRST, NEW, OF_IT, BETWEEN, LATE)):
        assert steps(line(held)) == [FIRST, NEW, NEW, BETWEEN, BETWEEN]
    for held in permutations((other, FIRST, NEW, OF_IT)):
        assert steps(line(held)) == [other, FIRST, NEW, NEW]
        assert line(held).on("2025-03-01") == FIRST  # nobody had called it old


def test_on_a_day_that_stands_which_stood_after_the_last_word_of_it() -> None:
    held = line([FIRST, NEW, OF_IT, LATE])
    assert (held.on("2025-02-09"), held.on("2025-02-10"), held.on("2025-05-22")) == (None, FIRST, NEW)
    assert held.on("2025-12-31") == NEW
    assert [held.out_on(f"2025-05-{n}") for n in (21, 22, 23)] == [False, True, False]


def test_what_came_out_on_no_known_day_stood_on_none() -> None:
    undated = says("731,000", "Rusk", None)
    for held in permutations((FIRST, undated, NEW)):
        assert (line(held).on("2025-02-10"), line(held).on("2025-12-31")) == (FIRST, NEW)


def test_the_figure_before_a_day_is_of_a_time_that_was_over_and_the_one_that_counts() -> None:
    february = since("2025-02-28")
    held = line(
        [
            FIRST,
            says("731,000", "Biscuit Office", "2025-02-11"),
            says("800,000", "Crumb", "2025-03-01", period=february),
        ]
    )
    before = held.before(day("2025-02-28"))
    assert before is not None
    assert before.figure.text == "731,000"  # the Office's own, of two that differ
    assert held.before(day("2025-01-31")) is None
    open_ended = line([says("19,000", "Crumb", "2025-02-01", period=since("2025-01-31", start=None))])
    assert open_ended.before(day("2025-01-31")) is None
    assert open_ended.before(day("2025-02-01")) is not None


def change(text: str, since_when: str, on: str) -> Reported:
    base = window(f"{since_when}-01-01", f"{since_when}-12-31")
    made = figure(
        text, period=window("2024-01-01", "2024-12-31"), unit="percent", measure=Measure.CHANGE, baseline=base
    )
    return told(made, f"{text} {since_when}", "Crumb", on)


def test_of_several_about_its_time_the_peer_is_one_that_can_be_compared_else_the_one_that_stands() -> None:
    on_last_year, on_long_ago = change("31%", "2023", "2025-01-15"), change("5%", "2010", "2025-01-16")
    held = line([on_last_year, on_long_ago])
    assert held.peer(change("30%", "2023", "2025-02-01")) == on_last_year
    assert held.peer(change("4%", "2010", "2025-02-01")) == on_long_ago
    assert held.peer(change("9%", "2022", "2025-02-01")) == standing([on_last_year, on_long_ago])


def test_the_peer_of_an_inferred_day_is_up_to_three_days_off() -> None:
    def total(end: str) -> Reported:
        return says("728,000", "Rusk", end, period=since(end, basis=Basis.PUBLISHED))

    held = line([FIRST])
    assert [held.peer(total(end)) for end in ("2025-01-28", "2025-02-03")] == [FIRST, FIRST]
    assert [held.peer(total(end)) for end in ("2025-01-27", "2025-02-04")] == [None, None]
    unsaid = says("728,000", "Dough", "2025-02-10", period=since("2025-01-31", start=None))
    late = says("728,000", "Rusk", "2025-02-03", period=since("2025-02-03", start=None, basis=Basis.PUBLISHED))
    assert line([unsaid]).peer(late) == unsaid


def test_the_stated_end_of_a_number_that_was_only_told_on_a_day_takes_its_place() -> None:
    printed = says("728,000", "Rusk", "2025-02-01", period=since("2025-02-01", basis=Basis.PUBLISHED))
    assert line([printed, FIRST]).standing == FIRST
    again = says("728,000", "Rusk", "2025-02-12", period=since("2025-02-02", basis=Basis.PUBLISHED))
    assert line([FIRST, again]).standing == FIRST


def test_a_publisher_whose_name_begins_like_anothers_is_another_publisher() -> None:
    short, long = says("728,000", "Crumb", "2025-02-12"), says("728,000", "Crumb Daily", "2025-02-11")
    for held in permutations((short, long, FIRST)):
        assert line(held).first_to_say(LATE) == FIRST
        assert [line(held).last_time(one) for one in (short, long)] == [short, long]
        assert line(each for each in held if each is not FIRST).first_to_say(LATE) == long
