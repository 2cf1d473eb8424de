"""Every feed of the site: all alerts, those of one series, metric, source or class, and what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from feed.model.asked import Asked, publishers
from feed.model.notice import Notice
from feed.publish import atom, jsonfeed, words
from feed.publish.channel import PAGE, Channel, Seal, cut
from feed.publish.item import Item, Items, Standing, newest_first, of_standing
from feed.publish.site import Site, series_path
from feed.publish.told import metric

Format = Callable[[Iterable[Item], Channel, Site], bytes]
FORMATS: Mapping[str, Format] = MappingProxyType({jsonfeed.END: jsonfeed.feed, atom.END: atom.feed})
ALL, STANDING = "feed", "standing"


class Stem(NamedTuple):
    """Where a feed lies, without the ending of a format, what it is called, and the page that it belongs to."""

    path: str
    title: str
    home: str


@dataclass(frozen=True, slots=True)
class Question:
    """A feed that somebody asks for: `query` is the question as it stands in its address; `page` an archive."""

    asked: Asked
    query: str
    page: int | None = None


def pages(
    notices: Iterable[Notice], items: Items, standing: Iterable[Standing] = (), seal: Seal | None = None
) -> dict[str, bytes]:
    """Every feed file by its path, in each format: `feed.json`, `metric/<id>.atom`, ...; see `Channel` for archives.

    The newest page of all alerts passes on the checkpoint `seal`; no other file changes with it.
    """
    news = _oldest_first(notices)
    files = dict(_files(news, Stem(ALL, items.site.title, ""), items, seal))
    for stem, alerts in _gathered(news, items.site):
        files |= _files(alerts, stem, items)
    return files | dict(_standing(standing, items))


def empty(series: str, items: Items) -> dict[str, bytes]:
    """The feed of a series of which no alert was raised yet."""
    return dict(_files((), _series(series, items.site), items))


def answer(question: Question, notices: Iterable[Notice], items: Items, end: str) -> bytes | None:
    """The page of a feed of just those alerts, in the format of that ending; None when there is no such page."""
    found = _oldest_first(each for each in notices if question.asked.admits(each))
    site = items.site
    for number, older, held in cut(found):
        if number == question.page:
            channel = Channel(site.title, site.url(ALL), site.url(), number, older, question.query)
            return FORMATS[end](map(items, reversed(held)), channel, site)
    return None


def _gathered(news: Sequence[Notice], site: Site) -> Iterable[tuple[Stem, list[Notice]]]:
    """Alerts by the feeds that they belong to. Whoever spells a publisher first names its feed."""
    gathered: dict[str, tuple[Stem, list[Notice]]] = {}
    for notice in news:
        for stem in _stems(notice, site):
            gathered.setdefault(stem.path, (stem, []))[1].append(notice)
    return gathered.values()


def _stems(notice: Notice, site: Site) -> Iterator[Stem]:
    if notice.series is not None:
        yield _series(notice.series, site)
    about = metric(notice)
    if about is not None:
        yield Stem(f"metric/{about}", f"{site.words.title(about)} – {site.title}", "")
    for slug, publisher in publishers(notice).items():
        yield Stem(f"source/{slug}", f"{publisher} – {site.title}", "")
    yield Stem(f"class/{notice.alert}", f"{words.CLASSES[notice.alert].title} – {site.title}", "")


def _series(series: str, site: Site) -> Stem:
    path = series_path(series)
    return Stem(path, f"{words.series(site.words, series)} – {site.title}", path)


def _files(
    notices: Sequence[Notice], stem: Stem, items: Items, seal: Seal | None = None
) -> Iterator[tuple[str, bytes]]:
    site = items.site
    for number, older, held in cut(notices):
        passed_on = seal if number is None else None
        channel = Channel(stem.title, site.url(stem.path), site.url(stem.home), number, older, seal=passed_on)
        made = [items(each) for each in reversed(held)]
        for end, write in FORMATS.items():
            yield channel.address(end).removeprefix(site.url()), write(made, channel, site)


def _standing(standing: Iterable[Standing], items: Items) -> Iterator[tuple[str, bytes]]:
    """What changed last comes first, so its pages do change: there are as many as it takes."""
    site = items.site
    made = newest_first(of_standing(each, site, items.render) for each in standing)
    count = max(1, -(-len(made) // PAGE))
    for at in range(count):
        channel = Channel(
            f"Standing figures – {site.title}",
            site.url(STANDING),
            site.url(),
            at or None,
            at + 1 if at + 1 < count else None,
        )
        for end, write in FORMATS.items():
            yield channel.address(end).removeprefix(site.url()), write(made[at * PAGE : (at + 1) * PAGE], channel, site)


def _oldest_first(notices: Iterable[Notice]) -> list[Notice]:
    return sorted(notices, key=lambda notice: notice.sequence)
