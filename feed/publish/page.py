"""The pages: standing figures with the latest alerts, one alert with both quotes, one series with its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feed.model.chain import canonical
from feed.model.notice import Notice, Shown
from feed.publish import words
from feed.publish.render import Renderer
from feed.publish.site import Site, series_path
from feed.publish.told import side, told

MEDIA_TYPE = "text/html; charset=utf-8"
LATEST = 50


def index(standing: Iterable[Shown], notices: Iterable[Notice], site: Site, render: Renderer) -> bytes:
    """The first page: the standing figures as given, and the 50 latest alerts, newest first."""
    page = render(
        "index.html",
        site=site,
        standing=[side(each, site) for each in standing],
        alerts=[told(each, site) for each in _newest_first(notices)[:LATEST]],
    )
    return page.encode()


def alert(notice: Notice, site: Site, render: Renderer) -> bytes:
    """The page of one alert: both quotes side by side, the reason, and the line of the log."""
    page = render("alert.html", site=site, alert=told(notice, site), event=canonical(notice.event).decode())
    return page.encode()


def series(
    name: str,
    standing: Iterable[Shown],
    history: Iterable[Shown],
    notices: Iterable[Notice],
    site: Site,
    render: Renderer,
) -> bytes:
    """The page of one series: what stands in each frame, every figure ever told in the order given, its alerts."""
    page = render(
        "series.html",
        site=site,
        name=words.series(site.words, name),
        feed=site.path(f"{series_path(name)}.json"),
        standing=[side(each, site) for each in standing],
        history=[side(each, site) for each in history],
        alerts=[told(each, site) for each in _newest_first(notices)],
    )
    return page.encode()


@dataclass(frozen=True, slots=True)
class Door:
    """A question, or what was done: `{}` in `says` stands for names. `does` is on the button, if there is one."""

    heading: str
    says: str
    does: str = ""


def door(asks: Door, names: str, site: Site, render: Renderer) -> bytes:
    """The page of a question that a button answers, by a POST to the same address."""
    return render("door.html", site=site, door=asks, says=asks.says.format(names)).encode()


def style(render: Renderer) -> bytes:
    """The one style sheet, `style.css`."""
    return render("style.css").encode()


def _newest_first(notices: Iterable[Notice]) -> list[Notice]:
    return sorted(notices, key=lambda notice: notice.sequence, reverse=True)
