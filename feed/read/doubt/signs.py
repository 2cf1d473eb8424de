"""What speaks for and against a figure that was read: signs, each by its name in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from feed.model.classifier import NONE
from feed.model.figure import Figure, Measure, Status
from feed.model.reading import Fate, FoundFigure, Leftover
from feed.read.claim import Claim
from feed.read.likely import AROUND
from feed.read.numbers import PERCENT
from feed.read.patterns.lexicon import TIME
from feed.read.scene import SOMEWHERE, Scene
from feed.read.text.sentences import Layout

NEAR = 8  # atoms behind a number in which a clause may begin that narrows it
RIVAL = 10.0  # a metric that costs no more than this above the one taken is near as well
UNSURE = 2.0  # what a candidate costs that stands somewhat far from its number
LONG, LATE, WIDE = 20, 8, 3  # atoms of a sentence; sentences before it; numbers in it
SMALL, TINY, LARGE = 20, 5, 1000
MONTH = 31  # days
MOST = 40  # figures of one series that each is held against; only a text made to cost time has more
SURE, LIKELY, UNLIKELY, HARDLY = 0.9, 0.5, 0.2, 0.05  # how likely the words around a number speak of a metric
STRANGE = 0.1  # the part of a sentence's words that no table knows


class Around(NamedTuple):
    """What a sentence has beside its figures: a number that nothing claims, the part of words and the names unknown.

    `places`: which of its numbers stands at an atom, from 0.
    """

    lost: bool
    strange: float
    names: int
    places: Mapping[int, int]


class Seen(NamedTuple):
    """A figure with what it was read from, and with what the article says beside it.

    `before`: the claim before it. `alike`: the article's other figures of its series, but for what another one is
    compared with; `rivals`: those of them that tell another number for the same time. `times`: how many figures its
    metric has; `first`: none of those stands before it.
    """

    claim: Claim
    found: FoundFigure
    before: Claim | None
    around: Around
    alike: Sequence[Figure]
    rivals: Sequence[Figure]
    times: int
    first: bool

    @property
    def figure(self) -> Figure:
        """What is to be trusted or not."""
        return self.found.figure

    @property
    def view(self) -> Scene:
        """The sentence that it stands in."""
        return self.claim.scene

    @property
    def gap(self) -> int:
        """How many sentences ago the claim before it stands; -1 for the first."""
        return self.view.sentence.index - self.before.scene.sentence.index if self.before else -1

    @property
    def cost(self) -> float | None:
        """What its metric cost, None when no words of it were weighed for this number."""
        return next((row.cost for row in self.found.weighed if row.metric == self.figure.metric), None)

    @property
    def between(self) -> Sequence[str]:
        """The atoms between the number and the words that name its metric, in its own sentence."""
        at, atom = self.claim.attached.at, self.claim.atom
        return self.view.line.forms[min(at, atom) + 1 : max(at, atom)] if at >= 0 else ()

    @property
    def behind(self) -> Sequence[str]:
        """The next few atoms."""
        return self.view.line.forms[self.claim.atom + 1 : self.claim.atom + NEAR]

    @property
    def place(self) -> int:
        """Which number of its sentence it is, from 0."""
        return self.around.places[self.claim.atom]

    @property
    def days(self) -> int:
        """The length of its time in days, 0 when it has no two ends."""
        return (self.figure.period.days or 0) if self.figure.period else 0

    @property
    def largest(self) -> Decimal:
        """Its number, the upper one of two."""
        return max(self.claim.quantity.numbers)

    @property
    def likely(self) -> float:
        """How likely the words around it speak of its metric; 1 where the pack has learned nothing."""
        return self.claim.likely.get(self.figure.metric, 0.0) if self.claim.likely else 1.0

    def likelier(self, name: str) -> bool:
        """Whether they speak of that class instead."""
        return self.claim.likely.get(name, 0.0) > LIKELY and name != self.figure.metric

    def says(self, words: frozenset[str]) -> bool:
        """Whether its sentence has one of these."""
        return not words.isdisjoint(self.view.line.forms)


def _rival(seen: Seen) -> bool:
    """Whether the words of another metric stand near, too."""
    others = [row.cost for row in seen.found.weighed if row.metric != seen.figure.metric]
    return bool(others) and seen.cost is not None and min(others) - seen.cost < RIVAL


def _open(seen: Seen) -> bool:
    period = seen.figure.period
    return period is not None and (period.start is None or period.end is None)


SIGNS: Mapping[str, Callable[[Seen], bool]] = {
    # the words that name its metric
    "goes on from the text before with nothing of its own": lambda s: (
        s.claim.attached.inherited and not s.claim.attached.own
    ),
    "goes on from its own sentence": lambda s: s.claim.attached.inherited and s.gap == 0,
    "goes on from two sentences ago or more": lambda s: s.claim.attached.inherited and s.gap > 1,
    "its metric's words stand around it": lambda s: 0 <= s.claim.attached.at <= s.claim.atom and (s.cost or 0) < 0,
    "its metric is told by one word": lambda s: s.claim.attached.at >= 0 and s.found.rules[0].count(" ") <= 1,
    "its metric's words are weak": lambda s: s.found.rules[0].endswith("#") or " # " in s.found.rules[0],
    "a time between it and its metric": lambda s: TIME in s.between,
    '"and" between it and its metric': lambda s: "and" in s.between,
    "its metric's words stand off": lambda s: (s.cost or 0) > UNSURE,
    "no words of its metric were weighed": lambda s: s.cost is None,
    "words of another metric are near": _rival,
    # what the words around it speak of
    "the words around it speak of its metric and hardly of another": lambda s: s.likely > SURE,
    "the words around it speak more of its metric than of others": lambda s: LIKELY < s.likely <= SURE,
    "the words around it speak of its metric and of others": lambda s: UNLIKELY < s.likely <= LIKELY,
    "the words around it hardly speak of its metric": lambda s: HARDLY < s.likely <= UNLIKELY,
    "the words around it do not speak of its metric": lambda s: s.likely <= HARDLY,
    "the words around it speak of nothing that is counted": lambda s: s.likelier(NONE),
    "only the words around it name its metric": lambda s: s.found.rules[0].endswith(AROUND),
    # its time
    "no time": lambda s: s.figure.period is None,
    "a time with an open end": _open,
    "one day": lambda s: s.days == 1,
    "a few days or weeks": lambda s: 1 < s.days <= MONTH,
    "its sentence tells its time": lambda s: s.claim.dated.told,
    "a time that no words tell": lambda s: s.figure.period is not None and s.claim.dated.by is None,
    # the number
    "a small number": lambda s: s.largest < SMALL and not s.claim.quantity.unit,
    "a handful": lambda s: s.largest <= TINY and not s.claim.quantity.unit,
    "a large count": lambda s: s.largest >= LARGE and not s.claim.quantity.unit,
    "a percentage": lambda s: s.claim.quantity.unit == PERCENT,
    "a share": lambda s: s.figure.measure is Measure.SHARE,
    "a multiple": lambda s: s.figure.measure is Measure.RATIO,
    "a forecast": lambda s: s.figure.status is Status.FORECAST,
    "told as a fact": lambda s: s.figure.status is Status.ACTUAL,
    "a state": lambda s: s.claim.attached.stock,
    "a clause behind it": lambda s: not s.view.tables.english.trust.clause.isdisjoint(s.behind),
    "the first number of its sentence": lambda s: s.place == 0,
    "the third number of its sentence or later": lambda s: s.place > 1,
    # its sentence
    "a number beside it that nothing claims": lambda s: s.around.lost,
    "no words of a metric in its sentence": lambda s: not s.view.metrics,
    "a long sentence": lambda s: len(s.view.line.forms) > LONG,
    "several numbers": lambda s: len(s.view.quantities) > 1,
    "many numbers": lambda s: len(s.view.quantities) > WIDE,
    "many words that are not known": lambda s: s.around.strange > STRANGE,
    "names that are not known": lambda s: s.around.names > 1,
    "who or which": lambda s: s.says(s.view.tables.english.trust.relative),
    "negation": lambda s: s.says(s.view.tables.english.trust.negation),
    "if": lambda s: s.says(s.view.tables.english.trust.condition),
    # its article
    "in running text": lambda s: s.view.layout is Layout.BODY,
    "in a heading": lambda s: s.view.layout is Layout.HEADING,
    "late in the article": lambda s: s.view.sentence.index > LATE,
    "another number for the same thing and time": lambda s: bool(s.rivals),
    "told again": lambda s: any(other.numbers == s.figure.numbers for other in s.alike),
    "alone of its metric": lambda s: s.times == 1,
    "the first of its metric": lambda s: s.first,
}
"""What speaks for or against a figure; what each weighs stands in trust.toml."""


def signs(claims: Sequence[Claim], figures: Sequence[FoundFigure], rest: Iterable[Leftover]) -> list[frozenset[str]]:
    """The signs of each figure of an article, by name. `claims`: what each was read from; `rest`: the other numbers."""
    unclaimed = {row.sentence for row in rest if row.fate is Fate.UNPLACED}
    around = {claim.scene.sentence.index: _around(claim.scene, unclaimed) for claim in claims}
    times = Counter(found.figure.metric for found in figures)
    met: set[str] = set()
    rows = []
    for claim, found, alike, before in zip(claims, figures, _alike(claims, figures), (None, *claims), strict=False):
        metric = found.figure.metric
        rivals = [other for other in alike if _told_otherwise(found.figure, other)]
        sentence = around[claim.scene.sentence.index]
        seen = Seen(claim, found, before, sentence, alike, rivals, times[metric], metric not in met)
        rows.append(frozenset(name for name, holds in SIGNS.items() if holds(seen)))
        met.add(metric)
    return rows


def _around(view: Scene, unclaimed: set[str]) -> Around:
    tables, forms = view.tables, view.line.forms
    words = [form for form in forms if form[:1].isalpha()]
    strange = sum(form not in tables.known_words and form not in tables.open_words for form in words)
    names = sum(view.line.has(at, SOMEWHERE) for at in range(len(forms)))
    places = {atom: place for place, atom in enumerate(view.quantities)}
    return Around(view.document.text(view.sentence) in unclaimed, strange / max(len(words), 1), names, places)


def _alike(claims: Sequence[Claim], figures: Sequence[FoundFigure]) -> list[Sequence[Figure]]:
    """To each figure the others of its series, but for those that another one is compared with."""
    by_series: dict[tuple[object, ...], list[Figure]] = {}
    for claim, found in zip(claims, figures, strict=True):
        held = by_series.setdefault(_series(found.figure), [])
        if not claim.role.compared and len(held) < MOST:
            held.append(found.figure)
    rows: list[Sequence[Figure]] = []
    for claim, found in zip(claims, figures, strict=True):
        others = () if claim.role.compared else by_series[_series(found.figure)]
        rows.append([other for other in others if other is not found.figure])
    return rows


def _series(figure: Figure) -> tuple[object, ...]:
    return figure.metric, tuple(sorted(figure.dims.items())), figure.measure, figure.unit


def _told_otherwise(figure: Figure, other: Figure) -> bool:
    """Whether the same article gives another number for the same: a part that was taken for the whole, most often."""
    ends = [(one.period.start, one.period.end) if one.period else None for one in (figure, other)]
    if figure.measure is not Measure.LEVEL or ends[0] != ends[1] or figure.status is not other.status:
        return False
    if figure.superseded or other.superseded or figure.attribution != other.attribution:
        return False
    return not figure.value.meets(other.value)
