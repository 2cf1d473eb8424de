"""Every question that is asked of the view, each by name; nothing else in the product holds a SELECT on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from feed.model.alert import AlertClass, Severity
from feed.model.asked import named
from feed.model.errors import NotFound
from feed.model.instant import parse_instant
from feed.model.notice import Notice, Shown, StateShown
from feed.model.window import Days
from feed.view.database import Database, Row

if TYPE_CHECKING:  # what only some questions ask for is loaded by them
    from feed.model.mute import Mute
    from feed.model.support import Support

NO_SERIES = ("office ", "scheme ", "statement ", "incident ")  # how the subjects of other facts begin
FIGURES_BY_ID = (
    "select f.*, a.url from figures f left join articles a on a.capture = f.capture "
    "where f.id in (select value from json_each(?))"
)
STATES_BY_ID = (
    "select s.*, a.url from states s left join articles a on a.capture = s.capture "
    "where s.id in (select value from json_each(?))"
)


def totals(db: Database) -> list[Shown]:
    """The standing figures: exactly one for each series and frame, in the order of their names."""
    return [
        _shown(row)
        for row in db.query(
            "select f.*, a.url from standing s join figures f on f.id = s.figure "
            "left join articles a on a.capture = f.capture order by s.series, s.frame"
        )
    ]


def states_now(db: Database) -> list[Row]:
    """How each office and scheme stands: subject, value, as_of, article, publisher, time, quote, url, id."""
    return [
        _state_row(row)
        for row in db.query(
            "select s.*, a.url from state_now n join states s on s.id = n.state "
            "left join articles a on a.capture = s.capture order by s.subject"
        )
    ]


def figures(db: Database, ids: Iterable[str]) -> dict[str, Shown]:
    """Figures by id, withdrawn ones too; unknown ids are left out."""
    wanted = sorted(set(ids))
    return {row["id"]: _shown(row) for row in db.query(FIGURES_BY_ID, [json.dumps(wanted)])}


def support(db: Database, fact: str) -> Support:
    """Who stands behind a figure: every article that prints the same number in its series and frame."""
    from feed.model.support import Print
    from feed.model.support import support as support_of

    rows = db.query(
        "select f.capture, coalesce(f.publisher, f.article) as outlet, f.source from figures f "
        "join figures g on g.series = f.series and g.frame = f.frame and g.number = f.number "
        "and g.qualifier = f.qualifier where g.id = ? and f.withdrawn = 0",
        [fact],
    )
    prints = [Print(row["capture"], row["outlet"], row["source"]) for row in rows]
    known = db.query("select capture, copies from articles where copies is not null")
    return support_of(prints, {row["capture"]: row["copies"] for row in known})


class Past(NamedTuple):
    """One figure in the history of a series: as shown, when recorded, and what came of it."""

    shown: Shown
    recorded: str
    outcome: str
    relation: str | None
    held: str | None
    stands: bool


def history(db: Database, pattern: str) -> list[Past]:
    """All figures of the series that a pattern names, by series, frame and publication.

    A pattern is a whole series name, its slug, or the beginning of a name up to a `/`: `sales` means the whole only,
    `sales{shop=leeds}` that part of it, `sales/level` one measure; `sales*` everything that begins so. Raises
    NotFound, naming what comes near.
    """
    names = [
        row["series"] for row in db.query("select distinct series from figures where withdrawn = 0 order by series")
    ]
    slugs = {row["slug"]: row["series"] for row in db.query("select distinct slug, series from figures")}
    wanted = [name for name in names if named(name, pattern)] or [slugs[s] for s in slugs if s == pattern]
    if not wanted:
        near = [name for name in names if pattern.split("{")[0].split("/")[0].rstrip("*")[:6] in name][:5]
        raise NotFound(
            f"no series {pattern!r} is on record",
            mend=f"Near it: {', '.join(near)}." if near else "`feed totals` lists what is on record.",
        )
    rows = db.query(
        "select f.*, a.url, s.figure is not null as stands from figures f "
        "left join articles a on a.capture = f.capture left join standing s on s.figure = f.id "
        "where f.withdrawn = 0 and f.series in (select value from json_each(?)) "
        "order by f.series, f.frame, f.time, f.article, f.place",
        [json.dumps(wanted)],
    )
    return [Past(_shown(r), r["recorded"], r["outcome"], r["relation"], r["held"], bool(r["stands"])) for r in rows]


class Wanted(NamedTuple):
    """Which alerts are asked for; empty means all. `since` is a day of recording."""

    classes: tuple[str, ...] = ()
    severity: Severity = Severity.LOW
    since: date | None = None
    after: int = 0
    series: str | None = None
    ids: tuple[str, ...] = ()


def notices(db: Database, wanted: Wanted | None = None, glosses: Any = None) -> list[Notice]:
    """Alerts with both sides resolved, in the order of the log. `glosses(metric, dims)` gives context lines."""
    asked = wanted or Wanted()
    rows = [
        row
        for row in db.query(
            "select l.*, a.url, a.publisher from alerts l left join articles a "
            "on a.capture = l.capture where l.sequence > ? order by l.sequence",
            [asked.after],
        )
        if _asked(row, asked)
    ]
    sides = {row[side] for row in rows for side in ("old", "new") if row[side]}
    known, states, silenced = figures(db, sides), _states(db, sides), mutes(db)
    found = [_notice(row, known, states, glosses) for row in rows]
    if not silenced:
        return found
    from feed.model.mute import muted

    return [each._replace(muted=muted(each, silenced)) for each in found]


def mutes(db: Database) -> list[Mute]:
    """Every muting, in the order of the log."""
    from feed.model.mute import Mute

    rows = db.query("select sequence, scope, name, start, until, reason, by from mutes order by sequence")
    return [Mute(**{**row, "start": _time(row["start"]), "until": _time(row["until"])}) for row in rows]


def _asked(row: Row, asked: Wanted) -> bool:
    return (
        (not asked.classes or row["alert"] in asked.classes)
        and Severity(row["severity"]).rank >= asked.severity.rank
        and (asked.since is None or row["recorded"][:10] >= asked.since.isoformat())
        and (asked.series is None or named(row["subject"], asked.series))
        and (not asked.ids or any(row["id"].startswith(i) for i in asked.ids))
    )


def notice(db: Database, name: str, glosses: Any = None) -> Notice:
    """The alert of that id, or of the one id that begins so. Raises NotFound."""
    found = notices(db, Wanted(ids=(name,)), glosses) if len(name) >= 4 else []
    if len(found) != 1:
        what = f"{len(found)} alerts begin with {name!r}" if found else f"no alert {name!r} is on record"
        raise NotFound(what, mend="`feed alerts` lists them; four characters or more of an id will do.")
    return found[0]


def _states(db: Database, ids: set[str]) -> dict[str, StateShown]:
    return {
        row["id"]: StateShown(
            id=row["id"],
            value=row["value"],
            article=row["article"],
            publisher=row["publisher"],
            url=row["url"],
            time=_time(row["time"]),
            quote=row["quote"],
        )
        for row in db.query(STATES_BY_ID, [json.dumps(sorted(ids))])
    }


def _notice(row: Row, known: dict[str, Shown], states: dict[str, StateShown], glosses: Any) -> Notice:
    alert: AlertClass = row["alert"]
    old, new = known.get(row["old"] or ""), known.get(row["new"] or "")
    old_state, new_state = states.get(row["old"] or ""), states.get(row["new"] or "")
    return Notice(
        id=row["id"],
        sequence=row["sequence"],
        alert=alert,
        severity=Severity(row["severity"]),
        sentence=row["sentence"],
        article=row["article"],
        publisher=row["publisher"],
        url=row["url"],
        time=_time(row["time"]),
        recorded=parse_instant(row["recorded"]),  # type: ignore[arg-type]
        series=None if row["subject"].startswith(NO_SERIES) else row["subject"],
        old=old,
        new=new,
        subject=row["subject"] if old_state or new_state else None,
        old_state=old_state,
        new_state=new_state,
        why=row["why"],
        context=(
            *(glosses(side.metric, side.dims) if glosses and (side := new or old) else ()),
            *json.loads(row["beside"]),
        ),
        trace=tuple(json.loads(row["trace"])),
        event=json.loads(row["event"]),
    )


def checks(db: Database) -> list[Row]:
    """Every check made, in the order it was made: article, law, verdict, what, formula, operands, results, rounding."""
    return [
        {**row, "operands": json.loads(row["operands"]), "results": json.loads(row["results"])}
        for row in db.query("select * from checks order by id")
    ]


def outcome(db: Database, fact: str) -> Row:
    """What came of one fact and which rule held it back. Raises NotFound."""
    for table in ("figures", "states"):
        rows = list(db.query(f"select * from {table} where id like ? || '%'", [fact]))  # noqa: S608 - a fixed name
        if len(rows) == 1:
            return dict(rows[0])
    raise NotFound(f"no fact {fact!r} is on record", mend="`feed history` lists figures with their ids.")


def counts(db: Database) -> dict[str, int]:
    """How many rows each table has."""
    counted = {name: _count(db, name) for name in ("articles", "figures", "facts", "alerts", "checks")}
    return {**counted, "standing": _count(db, "standing where figure is not null")}


def unknown(db: Database) -> dict[str, int]:
    """How many events of each type a newer version wrote, which this one keeps and cannot interpret."""
    rows = db.query("select type, count(*) as count from unknown group by type order by type")
    return {row["type"]: row["count"] for row in rows}


def _count(db: Database, rows: str) -> int:
    return int(db.execute(f"select count(*) from {rows}").fetchone()[0])  # noqa: S608 - fixed names


def captured(db: Database, article: str) -> list[Row]:
    """Every capture of an article by the name that answers call it, oldest first."""
    return list(db.query("select * from articles where article = ? order by sequence", [article]))


def said_by(db: Database, article: str) -> tuple[list[Row], list[Row]]:
    """The rows of every figure and every other fact that any capture of an article stated, withdrawn or not."""
    return (
        list(db.query("select * from figures where article = ? order by sequence", [article])),
        list(db.query("select * from facts where article = ? order by sequence", [article])),
    )


def dump(db: Database) -> list[str]:
    """Every row of every table as text, in one order: what two views are compared by."""
    lines = []
    for name in sorted(t for t in db.tables() if not t.startswith("sqlite_")):
        rows = db.query(f'select * from "{name}"')  # noqa: S608 - its own names
        lines += sorted(f"{name}: {json.dumps(row, ensure_ascii=False, sort_keys=True)}" for row in rows)
    return lines


def _shown(row: Row) -> Shown:
    return Shown(
        **{
            key: row[key]
            for key in (
                "id",
                "metric",
                "measure",
                "unit",
                "status",
                "frame",
                "series",
                "printed",
                "number",
                "qualifier",
                "low",
                "high",
                "article",
                "publisher",
                "url",
                "quote",
                "attribution",
            )
        },
        dims=json.loads(row["dims"]),
        period=_period(row),
        time=_time(row["time"]),
        low_open=bool(row["low_open"]),
        high_open=bool(row["high_open"]),
    )


def _period(row: Row) -> Days | None:
    if row["period_end"] is None:
        return None
    start = row["period_start"]
    return Days(start=start and date.fromisoformat(start), end=date.fromisoformat(row["period_end"]))


def _time(text: str | None) -> Any:
    return None if text is None else parse_instant(text)


def _state_row(row: Row) -> Row:
    return {
        key: row[key] for key in ("id", "subject", "value", "as_of", "article", "publisher", "url", "time", "quote")
    }
