"""What stood on any day, as the view keeps it batch by batch, is what a fold from scratch of what was known says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feed.app.asking import IN_MEMORY
from feed.app.fold import Step, one_step
from feed.app.judge import cut_of
from feed.app.packs import load
from feed.app.wiring import apply, fill
from feed.model import standing
from feed.model.chain import EMPTY as START_OF_LOG
from feed.model.event import Draft, Event, decode, identity, seal
from feed.model.fact import Office, Scheme
from feed.model.figure import Quote
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier as Hedge
from feed.model.report import FactWithdrawn
from feed.model.standing import Cut, Reported, reported
from feed.model.standings import EMPTY, Standings
from feed.model.stood import Clock
from feed.model.topic import Topic
from feed.project import as_of, rows
from feed.record.places import events_at
from feed.view import days
from feed.view.store import View
from tests.commands import ROOT
from tests.told import START, draft, figure

FIRST = date(2024, 12, 28)
DAYS = st.dates(FIRST, FIRST + timedelta(days=9))
QUOTE = Quote(exact="q", start=0, end=1)
PRINTED = st.sampled_from(["18,200", "19,000", "20,000", "24,103"])
HEDGES = st.sampled_from([Hedge.EXACT, Hedge.NEARLY, Hedge.OVER])


@st.composite
def facts(draw: st.DrawFn) -> Draft:
    """A figure, or a state of an office or scheme, published on some day or on one that nobody knows."""
    published = draw(st.none() | DAYS)
    period = Period(start=START, end=draw(DAYS), end_basis=draw(st.sampled_from(Basis)), running=True)
    said = draw(
        st.one_of(
            st.builds(lambda text, hedge, at: figure(text, hedge, period, at=at), PRINTED, HEDGES, st.integers(0, 99)),
            st.builds(
                lambda holder, held: Office(office="baker", country="GB", holder=holder, as_of=held, quote=QUOTE),
                st.sampled_from(["Ann", "Bea"]), st.none() | DAYS,
            ),
            st.builds(
                lambda status, held: Scheme(scheme="oven", status=status, as_of=held, quote=QUOTE),
                st.sampled_from(["announced", "blocked", "scrapped"]), st.none() | DAYS,
            ),
        )
    )  # fmt: skip
    publisher = draw(st.sampled_from(["Biscuit Office", "Crumb", None]))
    return draft(said, f"{publisher}-{published}", publisher, published.isoformat() if published else None)


def withdrawal(fact: Draft) -> Draft:
    gone = FactWithdrawn(fact=fact.id, why="reviewed", by="A. Reader", reason="a caption")
    return Draft(id=identity(gone), origin="review", subject=fact.subject, time=None, data=gone)


@st.composite
def batches(draw: st.DrawFn) -> list[list[Draft]]:
    """Facts in any order of arrival, some of them withdrawn later, cut into batches in any way."""
    told = draw(st.lists(facts(), min_size=1, max_size=9, unique_by=lambda each: each.id))
    taken = [withdrawal(each) for each in draw(st.lists(st.sampled_from(told), max_size=3, unique_by=lambda d: d.id))]
    everything = draw(st.permutations([*told, *taken]))
    cuts = sorted(draw(st.sets(st.integers(1, len(everything)), max_size=5)) | {len(everything)})
    return [list(everything[start:end]) for start, end in zip((0, *cuts), cuts, strict=False)]


def recorded(told: list[list[Draft]]) -> list[tuple[Event, ...]]:
    """Each batch as it stands in the log, a day after the one before."""
    head, made = START_OF_LOG, []
    for number, batch in enumerate(told):
        now = datetime(2025, 1, 1, 22, 30, tzinfo=UTC) + timedelta(days=number)
        lines, head = seal(tuple(batch), head, now)
        made.append(tuple(decode(line) for line in lines))
    return made


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load(ROOT / "tests" / "packs" / "biscuits")


def stood(known: Standings) -> set[str]:
    return {told.id for side in rows(known) for told in side}


def brought_in(view: View, batch: tuple[Event, ...], before: Standings, topic: Topic) -> Step:
    """As the pipeline does it: a part of the batch first, then the whole of it."""
    part = one_step(before, batch[:1], topic)
    apply(view, part, topic)
    whole = one_step(before, batch, topic, part.after)
    apply(view, whole, topic)
    return whole


def total(on: str | None) -> Draft:
    """The same total, as an article of that day prints it."""
    period = Period(start=START, end=FIRST, end_basis=Basis.STATED, running=True)
    return draft(figure("18,200", period=period), f"Biscuit Office-{on}", "Biscuit Office", on)


def baker(holder: str, on: str) -> Draft:
    """Who holds the office from that day on, as an article of that day tells it."""
    held = Office(office="baker", country="GB", holder=holder, as_of=date.fromisoformat(on), quote=QUOTE)
    return draft(held, f"Crumb-{on}", "Crumb", on)


FIRST_OUT, LATER_OUT = total("2024-12-28"), total("2024-12-29")
ANN, BEA, BEA_LATER = baker("Ann", "2024-12-28"), baker("Bea", "2024-12-29"), baker("Bea", "2024-12-30")


@example(told=[[total(None)], [LATER_OUT], [withdrawal(LATER_OUT), FIRST_OUT, total("2024-12-30")]])
@example(told=[[LATER_OUT], [withdrawal(LATER_OUT)], [FIRST_OUT]])  # out before what was withdrawn
@example(told=[[ANN, BEA_LATER], [withdrawal(BEA_LATER)], [BEA]])
@example(told=[[BEA], [withdrawal(BEA), ANN]])
@example(told=[[withdrawal(BEA), withdrawal(LATER_OUT)], [LATER_OUT, BEA]])  # withdrawn before they came
@settings(max_examples=40, deadline=None)
@given(told=batches())
def test_any_batches_tell_of_any_day_what_a_fold_from_scratch_tells(topic: Topic, told: list[list[Draft]]) -> None:
    log, zone, cut = recorded(told), ZoneInfo(topic.zone), cut_of(topic)
    view, before = View(IN_MEMORY), EMPTY
    view.create()
    for batch in log:
        before = brought_in(view, batch, before, topic).after
    events = [event for batch in log for event in batch]
    for clock, first in ((Clock.PUBLISHED, FIRST), (Clock.RECORDED, date(2024, 12, 31))):
        for day in (first + timedelta(days=number) for number in range(11)):
            wanted = stood(as_of(events, day, cut, zone, recorded=clock is Clock.RECORDED))
            assert days.stood(view.db, day, clock) == wanted, (clock, day)
            assert {told.id for told in days.totals(view.db, day, clock)} <= wanted
            assert {row["id"] for row in days.states(view.db, day, clock)} <= wanted
    marked = [view.db.query(f"select id from {table} where withdrawn") for table in ("figures", "states")]
    assert {row["id"] for found in marked for row in found} == {
        event.data.fact for event in events if isinstance(event.data, FactWithdrawn)
    }
    view.close()


def test_what_a_figure_of_the_log_is_takes_working_out_once(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[str] = []

    def counted(event: Event | Draft, cut: Cut) -> Reported:
        worked_out.append(event.id)
        return reported(event, cut)

    monkeypatch.setattr(standing, "reported", counted)
    view = View(IN_MEMORY)
    (batch,) = recorded([[FIRST_OUT, LATER_OUT, ANN, withdrawal(LATER_OUT)]])
    assert fill(view, topic, batch) == len(batch)
    view.close()
    assert worked_out == [FIRST_OUT.id, LATER_OUT.id]


def test_an_event_is_found_by_its_place(tmp_path: Path) -> None:
    log = ROOT / "events.jsonl"
    lines = log.read_bytes().splitlines()
    (tmp_path / "events.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    asked = (1, 72, len(lines))
    found: Iterable[Event] = events_at(tmp_path / "events.jsonl", asked)
    assert [event.position for event in found] == list(asked)
