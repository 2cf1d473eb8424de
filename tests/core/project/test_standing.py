"""What stands, whatever the order in which it arrived."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.chain import EMPTY as START_OF_LOG
from feed.model.event import Draft, Event, decode, identity, seal
from feed.model.fact import Office, Scheme
from feed.model.figure import Quote
from feed.model.line import standing
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier as Hedge
from feed.model.report import AlertRaised, FactWithdrawn
from feed.model.standing import Reported, figures_of, reported
from feed.model.standings import EMPTY, Standings
from feed.project import as_of, evolve, rows
from tests.events import every_type
from tests.told import CUT, day, draft, figure, since, told, window

LONDON = ZoneInfo("Europe/London")


def events(*drafts: Draft, recorded: str = "2026-01-01") -> tuple[Event, ...]:
    lines, _ = seal(drafts, START_OF_LOG, datetime.fromisoformat(recorded).replace(tzinfo=UTC))
    return tuple(decode(line) for line in lines)


def stands(*figures: Reported) -> str | None:
    now = standing(figures)
    return None if now is None else now.figure.printed


def names(standings: Standings) -> list[str]:
    figures, states = rows(standings)
    return [f"{f.series} {f.frame}: {f.figure.printed}" for f in figures] + [f"{s.subject}: {s.value}" for s in states]


NEARLY = figure("19,000", Hedge.NEARLY, since("2025-01-31"))
MORE = figure("24,000", Hedge.OVER, since("2025-03-31"))


def test_the_latest_period_stands() -> None:
    old, new = told(NEARLY, "b", published="2025-02-10"), told(MORE, "c", published="2025-03-31")
    assert stands(old, new) == stands(new, old) == "more than 24,000"


def test_among_equals_the_originators_own_stands_then_the_official_then_the_later_then_the_finer() -> None:
    january = since("2025-01-31")
    own = told(figure("18,987", period=january, originator="Biscuit Office"), "own", "Biscuit Office", "2025-02-10")
    quoting = told(figure("18,987", period=january, originator="Biscuit Office"), "quoting", "Crumb", "2025-02-12")
    press = told(figure("18,900", period=january), "press", "Crumb", "2025-02-20")
    late = told(figure("18,950", period=january), "late", "Dough", "2025-02-21")
    finer = told(figure("18,951", period=january), "press too", "Crumb", "2025-02-20")
    assert standing([own, quoting, press, late]) is own
    assert standing([quoting, press, late]) is quoting
    assert standing([press, late]) is late
    assert standing([press, finer]) is finer


def test_somebody_who_repeats_a_known_number_changes_nothing() -> None:
    known = told(figure("6,246", period=since("2024-08-27")), "a", published="2024-08-29")
    vague = told(
        figure("6,000", Hedge.OVER, since("2024-08-29", basis=Basis.PUBLISHED), at=9), "a", published="2024-08-29"
    )
    assert stands(known, vague) == "6,246"


def test_who_quotes_the_old_number_does_not_bring_it_back() -> None:
    first, second = told(NEARLY, "b", published="2025-02-10"), told(MORE, "c", published="2025-03-31")
    quoting = told(
        figure("19,000", Hedge.NEARLY, since("2025-05-02", basis=Basis.PUBLISHED)), "d", published="2025-05-02"
    )
    assert stands(first, second, quoting) == "more than 24,000"


def test_a_withdrawn_figure_stands_no_more() -> None:
    old, new = draft(NEARLY, "b"), draft(MORE, "c", published="2025-03-31")
    gone = FactWithdrawn(fact=new.id, why="reviewed", by="A. Reader", reason="the quote is a caption")
    withdrawal = Draft(id=identity(gone), origin="review", subject="fact", time=None, data=gone)
    after = evolve(EMPTY, events(old, new, withdrawal), CUT)
    assert names(after) == ["biscuits/level/packets since 2024-07-05: nearly 19,000"]


def test_what_was_withdrawn_later_was_never_known_but_our_log_knew_it_until_then() -> None:
    gone = FactWithdrawn(fact=draft(MORE, "c", published="2025-03-31").id, why="reviewed", by="A. Reader", reason="no")
    old, new = draft(NEARLY, "b"), draft(MORE, "c", published="2025-03-31")
    taken = Draft(id=identity(gone), origin="review", subject="fact", time=None, data=gone)
    log = (*events(old, new, recorded="2025-04-01"), *events(taken, recorded="2025-04-09"))

    def stood(on: str, *, recorded: bool = False) -> str:
        return names(as_of(log, day(on), CUT, LONDON, recorded=recorded))[0].split(": ")[1]

    assert stood("2025-04-02") == stood("2025-04-10") == "nearly 19,000"
    assert stood("2025-04-08", recorded=True) == "more than 24,000"
    assert stood("2025-04-09", recorded=True) == "nearly 19,000"


def test_what_states_no_figure_is_none() -> None:
    no_figure = draft(holds("Ann", "2024-08-29"))
    assert figures_of([no_figure], CUT) == {}
    with pytest.raises(TypeError, match=no_figure.id):
        reported(no_figure, CUT)


def test_what_its_own_text_calls_old_is_on_record_but_stands_nowhere() -> None:
    old = draft(figure("728,000", period=since("2025-06-30"), superseded=True))
    after = evolve(EMPTY, events(old), CUT)
    assert [each.id for each in after.line(("biscuits/level/packets", "since 2024-07-05")).figures] == [old.id]
    assert rows(after) == ((), ())


def test_arithmetic_that_people_were_told_of_is_known_and_other_alerts_leave_no_trace() -> None:
    told_of = [each for each in every_type() if isinstance(each.data, AlertRaised)]
    plain = [each.model_copy(update={"data": each.data.model_copy(update={"check": None})}) for each in told_of]
    assert evolve(EMPTY, events(*plain), CUT) == EMPTY
    check = "difference: nearly 19,000"
    assert list(evolve(EMPTY, events(*told_of), CUT).failed.items()) == [(check, told_of[0].id)]


QUOTE = Quote(exact="q", start=0, end=1)


def holds(holder: str, as_of: str, *, over: bool = False) -> Office:
    until = day(as_of) if over else None
    return Office(office="baker", country="GB", holder=holder, as_of=day(as_of), until=until, quote=QUOTE)


def test_an_office_is_held_by_whom_the_latest_day_tells_and_history_flips_nothing() -> None:
    first = draft(holds("Ann", "2024-08-29"), "a", published="2024-08-29")
    second = draft(holds("Bea", "2025-10-24"), "b", published="2025-10-24")
    over = draft(holds("Cyd", "2026-01-01", over=True), "c")
    past = draft(Scheme(scheme="oven", status="blocked", quote=QUOTE, as_of=None), "d")
    for order in permutations((first, second, over, past)):
        assert names(evolve(EMPTY, events(*order), CUT)) == ["office GB/baker: Bea"]


def test_what_was_known_on_a_day_is_asked_by_publication_or_by_our_log() -> None:
    log = events(draft(MORE, "c", published="2025-03-31"), draft(NEARLY, "b", published="2025-02-10"),
                 draft(figure("7", period=since("2025-01-31"), metric="tins"), "undated", published=None),
                 recorded="2025-06-01")  # fmt: skip
    assert names(as_of(log, day("2024-12-01"), CUT, LONDON)) == []
    assert names(as_of(log, day("2025-02-15"), CUT, LONDON)) == [
        "biscuits/level/packets since 2024-07-05: nearly 19,000"
    ]
    for on in ("2025-03-31", "2025-04-01"):  # from the day on which it was out
        assert "more than 24,000" in names(as_of(log, day(on), CUT, LONDON))[0]
    assert names(as_of(log, day("2025-04-01"), CUT, LONDON, recorded=True)) == []
    assert len(names(as_of(log, day("2025-06-01"), CUT, LONDON, recorded=True))) == 2


DAYS = st.dates(date(2024, 12, 1), date(2025, 1, 15))
FIGURES = st.builds(
    lambda text, hedge, end, published, publisher, basis, at: draft(
        figure(text, hedge, Period(start=date(2024, 7, 5), end=end, end_basis=basis, running=True), at=at),
        f"{publisher}-{published}", publisher, published and published.isoformat(),
    ),
    st.sampled_from(["18,200", "18,950", "19,000", "20,000", "24,103"]),
    st.sampled_from([q for q in Hedge if q is not Hedge.BETWEEN]),
    DAYS, st.none() | DAYS, st.sampled_from(["Biscuit Office", "Crumb", None]), st.sampled_from(Basis),
    st.integers(0, 99),
)  # fmt: skip


@given(st.lists(FIGURES, max_size=6, unique_by=lambda d: d.id), st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_in_the_same_standing_figures(drafts: list[Draft], shuffle: object) -> None:
    shuffled = list(drafts)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (evolve(EMPTY, events(*order), CUT) for order in (drafts, shuffled))
    assert names(one) == names(other)
    later = [names(as_of(events(*order), day("2025-01-05"), CUT, LONDON)) for order in (drafts, shuffled)]
    assert later[0] == later[1]


@given(st.lists(FIGURES, max_size=6, unique_by=lambda d: d.id), st.integers(0, 6))
def test_replay_in_two_halves_equals_replay_in_one(drafts: list[Draft], cut_at: int) -> None:
    log = events(*drafts)
    whole = evolve(EMPTY, log, CUT)
    halves = evolve(evolve(EMPTY, log[:cut_at], CUT), log[cut_at:], CUT)
    assert halves == whole


@given(st.lists(FIGURES, min_size=1, max_size=6, unique_by=lambda d: d.id))
def test_exactly_one_row_stands_for_each_series_and_frame(drafts: list[Draft]) -> None:
    figures, _ = rows(evolve(EMPTY, events(*drafts), CUT))
    groups = [(f.series, f.frame) for f in figures]
    assert len(groups) == len(set(groups))


def test_a_later_calendar_year_is_a_new_frame_not_a_fall() -> None:
    last = draft(figure("20,433", period=Period(start=day("2024-01-01"), end=day("2024-08-28"), running=True)), "a")
    this = draft(figure("6,600", Hedge.OVER, Period(start=day("2025-01-01"), end=day("2025-03-31"), running=True)), "b")
    whole = draft(figure("36,816", period=window("2024-01-01", "2024-12-31")), "c", published="2025-10-24")
    assert names(evolve(EMPTY, events(last, this, whole), CUT)) == [
        "biscuits/level/packets calendar year 2024: 36,816",
        "biscuits/level/packets calendar year 2025: more than 6,600",
    ]
