"""A reading told to a journalist: each number in its sentence, what it was read as or why not, and by which rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feed.model.article import Article
from feed.model.figure import Figure, Measure, Status
from feed.model.period import Basis, Period, frame
from feed.model.reading import Fate, FoundFigure, Leftover, Reading, Weighed
from feed.model.topic import Topic
from feed.model.wording import TIMES, day, narrowed

DOUBTS = 3  # named for each figure
SLIGHT = -0.3  # log odds; what speaks less against a figure than this is not worth a word
AROUND = 140  # characters of the sentence on each side of the number
DATED = {
    Basis.STATED: "its sentence says so",
    Basis.NAMED: "a named event of the calendar",
    Basis.INHERITED: "carried from the text before",
    Basis.PUBLISHED: "up to the day of the article",
}
MEASURED = {Measure.LEVEL: "", Measure.CHANGE: "change of ", Measure.SHARE: "share of ", Measure.RATIO: "multiple of "}


class Told(NamedTuple):
    """One number told: its marked sentence, and lines of (head, text)."""

    sentence: str
    lines: tuple[tuple[str, str], ...]


def explained(article: Article, reading: Reading, topic: Topic) -> Iterator[Told]:
    """Every number of an article in order, reserved ones too: what became of it, why, and what else was weighed."""
    rows: list[FoundFigure | Leftover] = [*reading.figures, *reading.leftovers]
    for row in sorted(rows, key=_start):
        if isinstance(row, FoundFigure):
            figure = row.figure
            yield Told(marked(article.text, figure.span.start, figure.span.end), _read(row, topic))
        else:
            yield Told(marked(article.text, row.start, row.end), _left(row, topic))


def _start(row: FoundFigure | Leftover) -> int:
    return row.figure.span.start if isinstance(row, FoundFigure) else row.start


def marked(text: str, start: int, end: int) -> str:
    """The line around a number with the number in square brackets, cut at words."""
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + AROUND)
    before, after = text[first:start], text[end:last]
    if first and text[first - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if last < len(text) and text[last] != "\n":
        after = after.rpartition(" ")[0] + "…"
    return f"{before}[{text[start:end]}]{after}".strip()


def _read(found: FoundFigure, topic: Topic) -> tuple[tuple[str, str], ...]:
    figure = found.figure
    how = "" if figure.status is Status.ACTUAL else f" ({figure.status})"
    what = f"{MEASURED[figure.measure]}{narrowed(topic.labels, figure.metric, figure.dims)}{how}"
    lines = [("read", f"{figure.printed}: {what}; unit {figure.unit}"), ("when", _when(figure, topic))]
    lines.append(("because", ", ".join(filter(None, found.rules)) + _cost(found)))
    lines.append(("trust", _trust(found)))
    if figure.attribution.named:
        lines.append(("says", figure.attribution.named))
    return (*lines, *_lost(found.weighed, figure.metric, topic))


def _cost(found: FoundFigure) -> str:
    """What the reading taken cost, to be held against the others."""
    own = next((w for w in found.weighed if w.metric == found.figure.metric and w.rule in found.rules), None)
    return f", at {own.cost:g}" if own else ""


def _trust(found: FoundFigure) -> str:
    """The odds that it is right, with what speaks most against it."""
    against = "; ".join(name for name, weight in found.signs[:DOUBTS] if weight < SLIGHT)
    return f"{found.trust:.2f}{', against it: ' if against else ''}{against}"


def _when(figure: Figure, topic: Topic) -> str:
    period = figure.period
    if period is None:
        return "the text does not say"
    bases = dict.fromkeys(DATED[basis] for basis in (period.start_basis, period.end_basis))
    since = f", compared with {_named(figure.baseline, figure, topic)}" if figure.baseline else ""
    return f"{_named(period, figure, topic)}{since} ({', '.join(bases)})"


def _named(period: Period, figure: Figure, topic: Topic) -> str:
    stock = topic.metric(figure.metric).has_state
    told = TIMES[frame(period, stock=stock, starts=topic.starts).window](period.bounds)
    return told if period.start else f"{told}, up to {day(period.end)}"


def _left(row: Leftover, topic: Topic) -> tuple[tuple[str, str], ...]:
    return ((row.fate.value, row.why), *_lost(row.weighed, "", topic))


def _lost(weighed: Iterable[Weighed], taken: str, topic: Topic) -> Iterator[tuple[str, str]]:
    for other in weighed:
        if other.metric != taken:
            yield "weighed", f"{topic.metric(other.metric).title} ({other.rule}), at {other.cost:g}"


# --- what no metric claims


class Unclaimed(NamedTuple):
    """Numbers that no metric claimed, alike in the words behind them, with one of them."""

    words: str
    times: int
    articles: int
    example: str


def unplaced(read: Iterable[tuple[Article, Reading]]) -> list[Unclaimed]:
    """The work list of a pack's editor: what no metric claimed, the most frequent first, then by the alphabet."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for article, reading in read:
        for row in reading.leftovers:
            if row.fate is Fate.UNPLACED:
                found[_behind(article.text, row.end)].append((article.name, marked(article.text, row.start, row.end)))
    rows = [Unclaimed(words, len(met), len({name for name, _ in met}), met[0][1]) for words, met in found.items()]
    return sorted(rows, key=lambda row: (-row.times, row.words))


def _behind(text: str, end: int) -> str:
    """The two words behind a number, folded; fewer where a sentence ends."""
    after = re.match(r"(?:[ \u00a0]+[^\W\d_][\w'’-]*){0,2}", text[end : end + 60])
    words = " ".join(after.group().split()).casefold() if after else ""
    return f"# {words}".strip()
