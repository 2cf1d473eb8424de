"""One item of a feed, before it becomes JSON or XML: an alert, which never changes, or what stands, which does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from feed.model.chain import canonical, content_id
from feed.model.notice import Notice, Shown
from feed.publish import page
from feed.publish.clean import link
from feed.publish.render import Renderer
from feed.publish.site import Site, alert_path, series_path
from feed.publish.told import Side, side, told

EVENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True, slots=True)
class Attached:
    """What comes with an item: an address of ours, its media type, how it is called, and its length in bytes."""

    url: str
    media: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Item:
    """What every format tells. `html` is a fragment in which all that a source wrote is escaped; `text` says the same.

    `id` never changes; `url` is our page, `external_url` the article, when it has an address. `modified` is later than
    `published` only for what changes. `figures` is for machines.
    """

    id: str
    url: str
    external_url: str | None
    title: str
    html: str
    text: str
    published: datetime
    modified: datetime
    author: str
    tags: tuple[str, ...]
    figures: Mapping[str, Any]
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure that stands: `first` is when its series and frame were first told of, `since` when it came to stand."""

    shown: Shown
    first: datetime
    since: datetime


@dataclass(slots=True)
class Items:
    """Alerts as items and as pages. Each is rendered once, however often it is shown: on record it never changes."""

    site: Site
    render: Renderer
    _made: dict[str, Item] = field(default_factory=dict)
    _pages: dict[str, bytes] = field(default_factory=dict)

    def page(self, notice: Notice) -> bytes:
        """The page of that alert."""
        made = self._pages.get(notice.id)
        if made is None:
            made = self._pages[notice.id] = page.alert(notice, self.site, self.render)
        return made

    def __call__(self, notice: Notice, /) -> Item:
        """That alert."""
        made = self._made.get(notice.id)
        if made is None:
            made = self._made[notice.id] = of_alert(notice, self.site, self.render)
        return made


def of_alert(notice: Notice, site: Site, render: Renderer) -> Item:
    """One alert; its event, as the log has it, is attached.

    Its `figures`: `alert` is the alert as commands print it, `event` its line of the log.
    """
    alert = told(notice, site)
    event = Attached(
        site.url(f"{alert_path(notice.id)}.json"), EVENT_TYPE, "The line of the log", len(canonical(notice.event))
    )
    return Item(
        id=f"urn:feed-of-record:alert:{notice.id}",
        url=alert.url,
        external_url=link(notice.url),
        title=alert.sentence,
        html=render("item.html", alert=alert),
        text=render("item.txt", alert=alert),
        published=notice.recorded,
        modified=notice.recorded,
        author=alert.publisher,
        tags=(notice.alert, *([alert.metric] if alert.metric else []), *(["muted"] if notice.muted else [])),
        figures={"alert": notice.as_json(), "event": notice.event},
        attached=(event,),
    )


def of_standing(standing: Standing, site: Site, render: Renderer) -> Item:
    """One standing figure: an item for its series and frame, whose words change when another figure comes to stand."""
    shown = standing.shown
    laid_out = side(shown, site)
    return Item(
        id=f"urn:feed-of-record:standing:{content_id('standing', shown.series, shown.frame)}",
        url=site.url(series_path(shown.series)),
        external_url=link(shown.url),
        title=standing_title(laid_out),
        html=render("standing.html", side=laid_out),
        text=render("standing.txt", side=laid_out),
        published=standing.first,
        modified=standing.since,
        author=laid_out.publisher,
        tags=("standing", shown.metric),
        figures={"figure": shown.as_json()},
    )


def standing_title(laid_out: Side) -> str:
    """`Biscuits since 5 July 2024: more than 24,000`."""
    return f"{' '.join(filter(None, (laid_out.what, laid_out.when)))}: {laid_out.printed}"


def newest_first(items: Iterable[Item]) -> list[Item]:
    """Items by what changed last, then by id, so that their order is the same everywhere."""
    return sorted(items, key=lambda item: (-item.modified.timestamp(), item.id))
