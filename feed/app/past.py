"""What was known on days gone by, as standings: found by the view, read from the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from feed.app.asking import open_view
from feed.app.home import Home
from feed.app.judge import cut_of
from feed.app.packs import topic_of
from feed.model.event import Event
from feed.model.report import FigureReported
from feed.model.standing import Cut, reported, state
from feed.model.standings import EMPTY, Standings
from feed.model.stood import Clock
from feed.model.topic import Topic
from feed.project import as_of
from feed.record.places import events_at
from feed.view import days


def standings_on(home: Home, both: tuple[date, date], clock: Clock) -> tuple[Standings, Standings]:
    """What stood at the end of two days, as far as it differs: neither has what stood on both.

    Takes as long as what differs is, and what is on record of series, offices and schemes; the log may be any length.
    """
    with open_view(home) as view:
        stood = [days.stood(view.db, day, clock) for day in both]
        places = days.places(view.db, stood[0] ^ stood[1])
    told = {event.id: event for event in events_at(home.log, places)}
    cut = cut_of(topic_of(home))
    before, after = (_standing((told[fact] for fact in sorted(facts) if fact in told), cut) for facts in stood)
    return before, after


def known_of(home: Home, topic: Topic, series: Iterable[str], day: date) -> Standings:
    """All that was known of these series at the end of a day, by publication. Takes as long as these series are."""
    cut, zone = cut_of(topic), ZoneInfo(topic.zone)
    with open_view(home) as view:
        places = days.places_of(view.db, series)
    return as_of(events_at(home.log, places), day, cut, zone)


def _standing(events: Iterable[Event], cut: Cut) -> Standings:
    """Standings in which just these stand."""
    made = EMPTY
    for event in events:
        told = state(event)
        if isinstance(event.data, FigureReported):
            made = made.with_figure(reported(event, cut))
        elif told is not None:
            made = made.with_state(told)
    return made
