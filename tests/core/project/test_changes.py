"""What stands otherwise on another day, and what the indexes of the record find. Told of biscuits."""

from __future__ import annotations

from feed.model.fact import Office
from feed.model.figure import Quote
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported, State, state
from feed.model.standings import EMPTY, Standings
from feed.project import changes
from tests.standings import with_told
from tests.told import day, draft, figure, since, told

NEARLY = told(figure("19,000", Hedge.NEARLY, since("2025-01-31")), "a", "Biscuit Office", "2025-02-10")
MORE = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "b", "Crumb", "2025-03-31")
TINS = told(figure("310", period=since("2025-03-31"), metric="tins"), "b", "Crumb", "2025-03-31")


def holds(holder: str, as_of: str, office: str = "baker") -> State:
    told = Office(office=office, country="GB", holder=holder, as_of=day(as_of), quote=Quote(exact="q", start=0, end=1))
    made = state(draft(told, as_of, published=as_of))
    assert made is not None
    return made


ANN, BEA = holds("Ann", "2024-08-29"), holds("Bea", "2025-03-31")


def record(*held: Reported | State) -> Standings:
    figures = [one for one in held if isinstance(one, Reported)]
    return with_told(EMPTY, figures, [one for one in held if isinstance(one, State)], frozenset())


def said(before: Standings, after: Standings, series: str = "") -> list[str]:
    return [
        f"{each.subject or each.group[0]} {each.how}: "
        f"{each.was.value if each.was else each.old.figure.printed if each.old else '-'} > "
        f"{each.becomes.value if each.becomes else each.new.figure.printed if each.new else '-'}"
        for each in changes(before, after, series)
    ]


def test_what_is_new_gone_or_otherwise() -> None:
    before, after = record(NEARLY, ANN), record(NEARLY, MORE, TINS, ANN, BEA)
    assert said(before, after) == [
        "biscuits/level/packets supersedes: nearly 19,000 > more than 24,000",
        "tins/level/packets new: - > 310",
        "office GB/baker changed: Ann > Bea",
    ]
    assert said(after, before) == [
        "biscuits/level/packets belated: more than 24,000 > nearly 19,000",
        "tins/level/packets gone: 310 > -",
        "office GB/baker changed: Bea > Ann",
    ]
    assert said(before, before) == []
    assert said(EMPTY, record(ANN)) == ["office GB/baker new: - > Ann"]
    assert said(record(ANN), EMPTY) == ["office GB/baker gone: Ann > -"]


def test_who_is_told_of_first_goes_by_name() -> None:
    cooks = [holds(f"Cook {name}", "2024-08-29", office=name) for name in "hgfedcba"]
    found = changes(EMPTY, record(*cooks, MORE, TINS))
    assert [each.group for each in found] == [MORE.group, TINS.group, *((f"office GB/{n}", "") for n in "abcdefgh")]
    assert [each.subject for each in found] == [None, None, *(f"office GB/{name}" for name in "abcdefgh")]


def test_of_one_series_only_what_it_names() -> None:
    assert said(record(NEARLY, ANN), record(MORE, TINS, BEA), "tins") == ["tins/level/packets new: - > 310"]
    assert said(record(NEARLY), record(MORE, TINS), "bis*") == [
        "biscuits/level/packets supersedes: nearly 19,000 > more than 24,000"
    ]


def test_figures_are_found_by_metric_and_the_end_of_their_period() -> None:
    known = record(NEARLY, MORE, TINS)
    assert list(known.about("biscuits", day("2025-01-31"), day("2025-01-31"))) == [NEARLY]
    assert list(known.about("biscuits", day("2025-01-31"), day("2025-03-31"))) == [NEARLY, MORE]
    assert list(known.about("biscuits", day("2025-02-01"), day("2025-03-30"))) == []
    assert list(known.about("tins", day("2025-01-01"), day("2025-12-31"))) == [TINS]
    assert list(known.about("oven", day("2025-01-01"), day("2025-12-31"))) == []


def test_a_state_that_was_withdrawn_before_it_came_sets_nothing() -> None:
    assert EMPTY.without([BEA.id]).with_state(BEA).state(BEA.subject) is None
    both = record(ANN, BEA)
    assert both.without([BEA.id]).state(ANN.subject) == ANN
    assert both.without([BEA.id, ANN.id]).state(ANN.subject) is None
    assert both.without([BEA.id]).without([BEA.id]) == record(ANN).without([BEA.id])
