"""What stood at the end of a day gone by: a few steps for each series and frame, however long the record is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from feed.model.notice import Shown
from feed.model.stood import Clock
from feed.view.database import Database, Row
from feed.view.queries import figures as figures_by_id

FIGURE_ON = (
    "(select s.figure from stood s where s.series = n.series and s.frame = n.frame and s.clock = ? and s.day <= ? "
    "order by s.day desc limit 1)"
)
STATE_ON = (
    "(select r.state from reigned r where r.subject = n.subject and r.clock = ? and r.day <= ? "
    "order by r.day desc limit 1)"
)
STATES = (
    "select s.id, s.subject, s.value, s.as_of, s.article, s.publisher, a.url, s.time, s.quote from state_now n "  # noqa: S608 - fixed texts
    f"join states s on s.id = {STATE_ON} left join articles a on a.capture = s.capture order by n.subject"
)


def totals(db: Database, day: date, clock: Clock) -> list[Shown]:
    """The figures that stood: one for each series and frame, in the order of their names."""
    found = db.query(
        f"select {FIGURE_ON} as figure from standing n order by n.series, n.frame",  # noqa: S608 - a fixed text
        [clock.value, day.isoformat()],
    )
    stood = [row["figure"] for row in found if row["figure"] is not None]
    known = figures_by_id(db, stood)
    return [known[figure] for figure in stood]


def states(db: Database, day: date, clock: Clock) -> list[Row]:
    """How each office and scheme stood, in the order of their names: as `queries.states_now` tells it."""
    return list(db.query(STATES, [clock.value, day.isoformat()]))


def stood(db: Database, day: date, clock: Clock) -> frozenset[str]:
    """The ids of all figures and states that stood."""
    found = db.query(
        f"select {FIGURE_ON} as fact from standing n union select {STATE_ON} from state_now n",  # noqa: S608 - the same
        [clock.value, day.isoformat()] * 2,
    )
    return frozenset(row["fact"] for row in found if row["fact"] is not None)


def places(db: Database, facts: Iterable[str]) -> list[int]:
    """Where in the log these figures and states are reported, in its order."""
    wanted = json.dumps(sorted(set(facts)))
    found = db.query(
        "select sequence from figures where id in (select value from json_each(:ids)) "
        "union select sequence from states where id in (select value from json_each(:ids)) order by 1",
        {"ids": wanted},
    )
    return [row["sequence"] for row in found]


def places_of(db: Database, series: Iterable[str]) -> list[int]:
    """Where in the log all figures of these series are reported that are not withdrawn, in its order."""
    found = db.query(
        "select sequence from figures where withdrawn = 0 and series in (select value from json_each(?)) order by 1",
        [json.dumps(sorted(set(series)))],
    )
    return [row["sequence"] for row in found]
