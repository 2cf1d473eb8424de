"""Alerts as JSON Feed 1.1 (jsonfeed.org): the same alerts give the same bytes, on any machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from feed.model.chain import canonical
from feed.model.notice import Notice
from feed.model.report import instant
from feed.publish import words
from feed.publish.clean import line, link
from feed.publish.render import Renderer
from feed.publish.site import Site, series_path
from feed.publish.told import told

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"
PAGE = 50
ALL = "feed"


def feed(
    notices: Iterable[Notice],
    site: Site,
    render: Renderer,
    *,
    title: str,
    home_page_url: str,
    feed_url: str,
    next_url: str | None = None,
) -> bytes:
    """One page of a feed with these alerts, newest first. Addresses are absolute. Does not cut: see `pages`."""
    whole = {
        "version": VERSION,
        "title": line(title),
        "description": line(site.description),
        "home_page_url": home_page_url,
        "feed_url": feed_url,
        "next_url": next_url,
        "language": site.language,
        "authors": [{"name": line(site.author), "url": site.url()}],
        "items": [item(notice, site, render) for notice in _newest_first(notices)],
    }
    return canonical(_known(whole))


def item(notice: Notice, site: Site, render: Renderer) -> dict[str, Any]:
    """One alert as an item. `id` never changes; `url` is our page; `external_url` the article's, when it has one.

    Under `_figures`: `about` says what this is, `alert` is the alert as commands print it, `event` its line of the log.
    """
    alert = told(notice, site)
    return _known(
        {
            "id": f"urn:feed-of-record:alert:{notice.id}",
            "url": alert.url,
            "external_url": link(notice.url),
            "title": alert.sentence,
            "content_html": render("item.html", alert=alert),
            "content_text": render("item.txt", alert=alert),
            "date_published": instant(notice.recorded),
            "authors": [{"name": alert.publisher}],
            "tags": [notice.alert, *([alert.metric] if alert.metric else [])],
            "language": site.language,
            "_figures": {"about": site.about, "alert": notice.as_json(), "event": notice.event},
        }
    )


def pages(notices: Sequence[Notice], site: Site, render: Renderer) -> dict[str, bytes]:
    """Every feed file by its path: `feed.json` with all alerts, `series/<slug>.json` for each series.

    At most 50 alerts a file; `next_url` leads to older ones: `feed/2.json`, `series/<slug>/2.json`, ...
    """
    files = dict(_chunks(notices, site, render, ALL, site.title, ""))
    series: dict[str, list[Notice]] = {}
    for notice in notices:
        if notice.series is not None:
            series.setdefault(notice.series, []).append(notice)
    for name, alerts in series.items():
        path = series_path(name)
        files |= _chunks(alerts, site, render, path, f"{words.series(site.words, name)} – {site.title}", path)
    return files


def _chunks(
    notices: Sequence[Notice], site: Site, render: Renderer, stem: str, title: str, home: str
) -> Iterator[tuple[str, bytes]]:
    newest = _newest_first(notices)
    count = max(1, -(-len(newest) // PAGE))
    for number in range(1, count + 1):
        path = _file(stem, number)
        yield (
            path,
            feed(
                newest[(number - 1) * PAGE : number * PAGE],
                site,
                render,
                title=title,
                home_page_url=site.url(home),
                feed_url=site.url(path),
                next_url=site.url(_file(stem, number + 1)) if number < count else None,
            ),
        )


def _file(stem: str, number: int) -> str:
    return f"{stem}.json" if number == 1 else f"{stem}/{number}.json"


def _newest_first(notices: Iterable[Notice]) -> list[Notice]:
    return sorted(notices, key=lambda notice: notice.sequence, reverse=True)


def _known(whole: dict[str, Any]) -> dict[str, Any]:
    # JSON Feed has no nulls: what is not known is not there.
    return {key: value for key, value in whole.items() if value is not None}
