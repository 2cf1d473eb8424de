"""The site as bytes: every page and feed file by its path, made from the view alone and written out for any server."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from feed.app.settings import Settings
from feed.app.wording import TopicWords
from feed.model.errors import NotFound
from feed.model.figure import Dims
from feed.model.notice import Notice
from feed.model.topic import Topic
from feed.publish import jsonfeed, page, words
from feed.publish.render import Renderer
from feed.publish.site import Site, alert_path, series_path
from feed.view import queries

TEMPLATES = Path(__file__).resolve().parent.parent / "publish" / "templates"
STYLE, ABOUT = "style.css", "about.txt"
FILES = (".json", ".css", ".txt")
Glosses = Callable[[str, Dims], tuple[str, ...]]

TOLD = """\
{title}

{description}

Each item of our JSON Feeds carries an object `_figures`:
  alert   the alert with both figures, their intervals, periods, quotes and sources, and the reason for it
  event   the line of the log that says so, as a CloudEvent: what it compared can be found there by id
Item ids never change. `url` is our page of the alert, `external_url` the article that gave rise to it.
{feed} has all alerts, series/NAME.json those of one series; `next_url` leads to older ones.
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
        words=TopicWords(topic),
    )


@cache
def renderer() -> Renderer:
    """Renders the templates that come with the product."""
    return Renderer({path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.iterdir())})


def glosses(topic: Topic) -> Glosses:
    """The pack's explanations for a metric narrowed in a certain way: those for the metric and for each narrowing."""

    def found(metric: str, dims: Dims) -> tuple[str, ...]:
        return tuple(g.text for g in topic.rules.gloss if g.metric == metric and g.dims.items() <= dims.items())

    return found


def pages(db: Database, site: Site, topic: Topic) -> dict[str, bytes]:
    """Every page by its path from the root of the site, "" for the first one. The same view gives the same bytes."""
    render, notices = renderer(), queries.notices(db, glosses=glosses(topic))
    told = TOLD.format(title=site.title, description=site.description, feed=site.url("feed.json"))
    return {
        "": page.index(queries.totals(db), notices, site, render),
        STYLE: page.style(render),
        ABOUT: told.encode(),
        **jsonfeed.pages(notices, site, render),
        **{alert_path(each.id): page.alert(each, site, render) for each in notices},
        **_series(db, notices, site, render),
    }


def _series(db: Database, notices: list[Notice], site: Site, render: Renderer) -> dict[str, bytes]:
    try:
        past = queries.history(db, "*")
    except NotFound:  # nothing is on record yet
        return {}
    made = {}
    for name, held in groupby(past, key=lambda each: each.shown.series):
        told = list(held)
        stands = [each.shown for each in told if each.stands]
        alerts = [notice for notice in notices if notice.series == name]
        path = series_path(name)
        made[path] = page.series(name, stands, [each.shown for each in told], alerts, site, render)
        if not alerts:  # its page names a feed, so there is one
            made |= _empty_feed(name, path, site, render)
    return made


def _empty_feed(name: str, path: str, site: Site, render: Renderer) -> dict[str, bytes]:
    title, file = f"{words.series(site.words, name)} – {site.title}", f"{path}.json"
    return {file: jsonfeed.feed((), site, render, title=title, home_page_url=site.url(path), feed_url=site.url(file))}


def write(folder: Path, made: Mapping[str, bytes]) -> int:
    """Put pages into a folder that any web server can serve; gives how many files changed.

    Each file changes in one step: a reader finds the old bytes or the new. Files of pages that are no more stay.
    """
    changed = 0
    for path, content in made.items():
        file = folder / (path if path.endswith(FILES) else f"{path}/index.html".lstrip("/"))
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f".{file.name}.new")
            fresh.write_bytes(content)
            os.replace(fresh, file)  # noqa: PTH105 - atomic on every platform, and says so
            changed += 1
    return changed
