"""An alert or figure with every word that people see of it. Templates lay it out; they decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from feed.model import wording
from feed.model.alert import AlertClass
from feed.model.instant import instant
from feed.model.notice import Notice, Shown, StateShown
from feed.publish import words
from feed.publish.clean import line, link
from feed.publish.reasons import reasons
from feed.publish.site import Site, alert_path, series_path

NOT_NAMED = "publisher not named"
FIRST: frozenset[AlertClass] = frozenset({"contradicted", "inconsistent"})


@dataclass(frozen=True, slots=True)
class Side:
    """A figure, or one side of a change: what is said, the words that say it, and where they stand.

    `url` is an http(s) address or None; `published` is an ISO day or None, `day` the same in words.
    """

    id: str
    label: str
    what: str
    when: str
    printed: str
    period: str
    quote: str
    publisher: str
    day: str
    published: str | None
    url: str | None
    attribution: str | None
    series: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as it is laid out. `url` is its own page, `source` the article that gave rise to it."""

    id: str
    sequence: int
    url: str
    path: str
    sentence: str
    topic: str
    metric: str | None
    alert: AlertClass
    title: str
    meaning: str
    severity: str
    urgency: tuple[bool, int, int]
    publisher: str
    source: str | None
    day: str
    recorded: str
    recorded_day: str
    series: str | None
    sides: tuple[Side, ...]
    why: str | None
    context: tuple[str, ...]
    trace: tuple[str, ...]
    muted: str | None = None


def told(notice: Notice, site: Site) -> Told:
    """The alert in words. The newer side comes first."""
    name = words.CLASSES[notice.alert]
    return Told(
        id=notice.id,
        sequence=notice.sequence,
        url=site.url(alert_path(notice.id)),
        path=site.path(alert_path(notice.id)),
        sentence=line(notice.sentence),
        topic=line(topic(notice, site)),
        metric=metric(notice),
        alert=notice.alert,
        title=name.title,
        meaning=name.meaning,
        severity=notice.severity.value,
        urgency=(notice.alert not in FIRST, -notice.severity.rank, notice.sequence),
        publisher=line(source(notice.publisher, notice.article)),
        source=link(notice.url),
        day=words.day(notice.time, site.zone),
        recorded=instant(notice.recorded),
        recorded_day=words.day(notice.recorded, site.zone),
        series=notice.series and site.path(series_path(notice.series)),
        sides=tuple(_sides(notice, site)),
        why=notice.why and line(notice.why),
        context=tuple(line(text) for text in notice.context),
        trace=tuple(line(text) for text in reasons(notice, site.words)),
        muted=_muted(notice, site),
    )


def _muted(notice: Notice, site: Site) -> str | None:
    if notice.muted is None:
        return None
    return f"Muted until {words.day(notice.muted.until, site.zone)}: {line(notice.muted.reason)}"


def source(publisher: str | None, article: str) -> str:
    """Who printed it: the publisher, else the host of the article's address, else the article's name."""
    if publisher or "://" not in article:
        return publisher or article
    host = urlsplit(article).hostname or ""
    return host if any(letter.isalpha() for letter in host) else NOT_NAMED


def topic(notice: Notice, site: Site) -> str:
    """What an alert is about, for the heading that it stands under: its metric, office or scheme."""
    if notice.subject is not None:
        return site.words.subject(notice.subject)
    name = metric(notice)
    return "Other" if name is None else site.words.title(name)


def metric(notice: Notice) -> str | None:
    """The metric that an alert is about, None for an office or scheme."""
    if notice.new is not None:
        return notice.new.metric
    return None if notice.series is None else words.narrowing(notice.series)[0]


def groups(alerts: Iterable[Told]) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """Alerts under their topics, contradictions and failed arithmetic first, then the loudest, then the log's order."""
    grouped: dict[str, list[Told]] = {}
    for each in sorted(alerts, key=lambda each: each.urgency):
        grouped.setdefault(each.topic, []).append(each)
    return tuple((name, tuple(each)) for name, each in grouped.items())


def _sides(notice: Notice, site: Site) -> Iterable[Side]:
    if notice.new is not None:
        yield side(notice.new, site, "Now")
    if notice.old is not None:
        yield side(notice.old, site, "Before")
    if notice.new_state is not None:
        yield _state(notice.new_state, site, "Now")
    if notice.old_state is not None:
        yield _state(notice.old_state, site, "Before")


def side(shown: Shown, site: Site, label: str = "") -> Side:
    """A figure in words."""
    return Side(
        id=shown.id,
        label=label,
        what=line(wording.what(shown, site.words)),
        when=line(wording.when(shown)),
        printed=line(wording.number(shown)),
        period=words.period(shown.period, site.zone),
        quote=line(shown.quote),
        publisher=line(source(shown.publisher, shown.article)),
        day=words.day(shown.time, site.zone),
        published=_iso(shown.time, site),
        url=link(shown.url),
        attribution=_other(shown.attribution, shown.publisher),
        series=site.path(series_path(shown.series)),
    )


def _other(speaker: str | None, publisher: str | None) -> str | None:
    return None if speaker is None or speaker == publisher else line(speaker)


def _iso(time: datetime | None, site: Site) -> str | None:
    return None if time is None else time.astimezone(site.zone).date().isoformat()


def _state(state: StateShown, site: Site, label: str) -> Side:
    return Side(
        id=state.id,
        label=label,
        what="",
        when="",
        printed=line(state.value),
        period="",
        quote=line(state.quote),
        publisher=line(source(state.publisher, state.article)),
        day=words.day(state.time, site.zone),
        published=_iso(state.time, site),
        url=link(state.url),
        attribution=None,
        series=None,
    )
