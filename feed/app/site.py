"""The site as bytes: every page and feed file by its path, made from the view alone and written out for any server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from feed.app.settings import Settings
from feed.model.chain import canonical
from feed.model.errors import NotFound
from feed.model.notice import Notice
from feed.model.topic import Topic
from feed.publish import feeds, page
from feed.publish.channel import Seal
from feed.publish.item import Items, Standing
from feed.publish.render import Renderer
from feed.publish.site import Site, alert_path, series_path
from feed.record.evidence import Evidence
from feed.view import queries
from feed.view.database import Database
from feed.view.queries import Past

TEMPLATES = Path(__file__).resolve().parent.parent / "publish" / "templates"
STYLE, ABOUT = "style.css", "about.txt"
FILES = (".json", ".atom", ".css", ".txt")

TOLD = """\
{title}

{description}

Each item of our JSON Feeds carries an object `_figures`; Atom entries carry the same as JSON in `figures:figures`:
  alert   the alert with both figures, their intervals, periods, quotes and sources, and the reason for it
  event   the line of the log that says so, as a CloudEvent: what it compared can be found there by id
  figure  in the feed of standing figures: the figure that stands
The feed of all alerts has, in a `_figures` of its own (`figures:checkpoint`), the first `checkpoint` that covers all
alerts: keep it, and you can show later whether anything recorded by then was changed.
Item ids never change. `url` is our page of the alert, `external_url` the article that gave rise to it.

{feed} has all alerts. Beside it lie, each also with .atom for .json:
  series/NAME.json, metric/ID.json, source/NAME.json, class/CLASS.json   the alerts of one of them
  standing.json   what stands: an item for each series and frame, which changes when another figure comes to stand
`next_url` leads to older alerts, down to the first one. Those older pages never change.

Where this is served by `feed serve`, any question is a feed of its own:
  {feed}?metric=ID&class=CLASS&source=NAME&series=NAME&severity=LEAST&dim.KEY=VALUE
and machines may follow along:
  changes?since=SEQUENCE   the lines of the log after that one, each once, in order; `upto` is where to go on
  stream   alerts as server-sent events, with the same questions; Last-Event-ID goes on where it broke off
"""


def address(settings: Settings, port: int | None = None) -> str:
    """Where the site is reached, without a slash at its end: the operator's `base`, else where `serve` listens."""
    web = settings.web
    host = f"[{web.host}]" if ":" in web.host else web.host
    return web.base or f"http://{host}:{web.port if port is None else port}"


def site_of(settings: Settings, topic: Topic, base: str) -> Site:
    """How the site calls itself. `base` as `address` gives it."""
    return Site(
        base=base,
        title=settings.title,
        description=f"{topic.title}: which figure stands, what it replaced, and who said so.",
        about=f"{base}/{ABOUT}",
        author=settings.title,
        zone=ZoneInfo(topic.zone),
        words=topic.labels,
        hub=settings.web.hub,
    )


@cache
def renderer() -> Renderer:
    """Renders the templates that come with the product."""
    return Renderer({path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.iterdir())})


@dataclass(frozen=True, slots=True)
class Made:
    """The site at one moment: every page by its path from the root, "" for the first one, and the alerts on it."""

    pages: Mapping[str, bytes]
    notices: tuple[Notice, ...]


Sealed = Callable[[int], Seal | None]


def seal_of(settings: Settings, line: int) -> Seal | None:
    """The first checkpoint that covers a line of the log, as feeds pass it on; None while none does.

    It says where the newest one is found, where the site has an address.
    """
    kept = Evidence(settings.log).covering(line)
    return Seal(str(kept.note), settings.web.base and f"{settings.web.base}/checkpoint") if kept else None


def made(db: Database, items: Items, topic: Topic, sealed: Sealed = lambda _: None) -> Made:
    """The whole site, of the view and the checkpoint that covers all its alerts: the same two give the same bytes."""
    site, render = items.site, items.render
    notices = queries.notices(db, glosses=topic.labels.gloss)
    seal = sealed(max(each.sequence for each in notices)) if notices else None
    past = _past(db)
    told = TOLD.format(title=site.title, description=site.description, feed=site.url("feed.json"))
    pages = {
        "": page.index(queries.totals(db), notices, site, render),
        STYLE: page.style(render),
        ABOUT: told.encode(),
        **feeds.pages(notices, items, _standing(past), seal),
        **{alert_path(each.id): items.page(each) for each in notices},
        **{f"{alert_path(each.id)}.json": canonical(each.event) for each in notices},
        **_series(past, notices, items),
    }
    return Made(pages, tuple(notices))


def _past(db: Database) -> list[Past]:
    try:
        return queries.history(db, "*")
    except NotFound:  # nothing is on record yet
        return []


def _standing(past: Iterable[Past]) -> Iterator[Standing]:
    """What stands, with when its series and frame were first told of and when it came to stand, by our log."""
    first: dict[tuple[str, str], str] = {}
    stands: dict[tuple[str, str], Past] = {}
    for each in past:
        group = each.shown.series, each.shown.frame
        first[group] = min(each.recorded, first.get(group, each.recorded))
        if each.stands:
            stands[group] = each
    for group, each in stands.items():
        yield Standing(each.shown, datetime.fromisoformat(first[group]), datetime.fromisoformat(each.recorded))


def _series(past: Iterable[Past], notices: Iterable[Notice], items: Items) -> dict[str, bytes]:
    alerts: dict[str | None, list[Notice]] = {}
    for notice in notices:
        alerts.setdefault(notice.series, []).append(notice)
    pages: dict[str, bytes] = {}
    for name, held in groupby(past, key=lambda each: each.shown.series):
        told = list(held)
        stands = [each.shown for each in told if each.stands]
        history = [each.shown for each in told]
        pages[series_path(name)] = page.series(name, stands, history, alerts.get(name, ()), items.site, items.render)
        if name not in alerts:  # its page names a feed, so there is one
            pages |= feeds.empty(name, items)
    return pages


def is_feed(path: str) -> bool:
    """Whether a feed lies at a path."""
    return path.endswith(tuple(feeds.FORMATS)) and not path.startswith("alerts/")


def write(folder: Path, made: Mapping[str, bytes]) -> tuple[str, ...]:
    """Put pages into a folder that any web server can serve; gives the paths of those that changed.

    Each file changes in one step: a reader finds the old bytes or the new. Files of pages that are no more stay.
    """
    changed: list[str] = []
    for path, content in made.items():
        file = folder / (path if path.endswith(FILES) else f"{path}/index.html".lstrip("/"))
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f".{file.name}.new")
            fresh.write_bytes(content)
            os.replace(fresh, file)  # noqa: PTH105 - atomic on every platform, and says so
            changed.append(path)
    return tuple(changed)
