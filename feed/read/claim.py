"""What is decided about one number, and what is remembered from the numbers before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from feed.model.figure import Measure, Status, Whole
from feed.model.period import Period
from feed.model.reading import Weighed
from feed.model.topic import Metric
from feed.read.grammar.roles import Role
from feed.read.numbers import Quantity
from feed.read.patterns.lexicon import Hit
from feed.read.scene import Scene
from feed.read.tables import Named
from feed.read.times import Time

NO_DIMS: Mapping[str, str] = {}
NOT_LEARNED: Mapping[str, float] = {}


class Attached(NamedTuple):
    """The metric of a number, its unit and dimensions, and the rule that found it.

    `population`: those dimensions that tell who is counted. `at`: the atom where its cue begins, -1 when the metric
    goes on from the text before (`inherited`). `counted`: its own noun alone named the metric ("12 boats").
    `measure`: the only one that the cue's words tell. `stock`: what is counted is a state at one time. `own`: when
    the metric goes on, the dimensions that the number's own words tell; `again`, those of them that its whole told,
    too. `counts`: the unit of its levels, where it is no level. `several`: its words narrow it to several countries.
    """

    metric: Metric
    rule: str
    unit: str
    dims: Mapping[str, str]
    population: Mapping[str, str]
    of: Whole | None = None
    inherited: bool = False
    measure: str | None = None
    at: int = -1
    counted: bool = False
    stock: bool = False
    own: Mapping[str, str] = NO_DIMS
    again: Mapping[str, str] = NO_DIMS
    counts: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The time of a number. `told`: its own sentence tells it. `shifted`: only as another time moved back."""

    period: Period | None
    baseline: Period | None
    told: bool
    shifted: bool
    by: Time | None = None  # the time that told the period


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with everything decided; `main` when it is not only what another is compared with.

    `likely`: of each metric, how likely the words around the number speak of it; empty where a pack learned nothing.
    """

    scene: Scene
    atom: int
    quantity: Quantity
    role: Role
    attached: Attached
    status: Status
    dated: Dated
    weighed: tuple[Weighed, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)

    @property
    def main(self) -> bool:
        """Whether later numbers may be compared with it."""
        return not self.role.compared and not self.dated.shifted

    @property
    def partitioned(self) -> bool:
        """Whether it is a whole of which the sentence goes on to tell parts: "of the 127,834 ..."."""
        at = self.atom - 2 if self.scene.form(self.atom - 1) == "the" else self.atom - 1
        before = self.scene.form(at - 1)
        return self.scene.form(at) == "of" and not (before[:1].isalpha() and before not in PARTITIVE)

    @property
    def beside(self) -> bool:
        """Whether it only tells more of another count: "in 19 vans"."""
        return self.attached.counted and self.scene.form(self.atom - 1) in BESIDE

    @property
    def period(self) -> Period | None:
        """What time it is about."""
        return self.dated.period


class Said(NamedTuple):
    """A time as a sentence told it. `main`: nothing is compared with it, and it stands in no bracket with a number.

    In a sentence that counts something, only the times of what is counted are main.
    """

    scene: Scene
    time: Time
    atom: int
    period: Period
    main: bool


BESIDE = frozenset({"in", "on", "aboard", "board", "from", "by", "with", "across", "over"})
PARTITIVE = frozenset({"that", "and", "but", "out", "said", "says"})  # "a total of 1,499" is no whole told apart
Cue = tuple[Scene, Hit[Named]]
WHOLE_YEAR = 360  # days; the least that "the year" of the text before may be


@dataclass(slots=True)
class Memory:
    """What an article said so far.

    Claims: `last`, of all; `main`, that others may be compared with; `levels`, the last two such levels; `year`, about
    a whole year; `totals`, about a running total, by metric; `latest`, of a few days, that which ended last, by metric;
    `aside`, told beside another; `row`, those of the sentence that was counted last, and `before`, of the one before
    it; `known`, the levels by their number. One claim may stand in several of them: `last` is the end of `row`, but
    that behind a bracket it is again the level told before it; `main` keeps its claim where `last` goes on to what is
    compared with it, and so do `levels` for levels alone.
    Numbers without one: `refused`, the last that was refused; `lost`, that no metric claimed. None stands in both.
    Cues of lines without numbers: `named`, the last of all; `heading`, only while it heads what follows; `topic`, of
    running text, until a number is claimed. `refusing`: the last short line of which words refuse what it heads, by
    its paragraph, and why. `grid`: the line that heads a table's columns with times, and what `named` was before it.
    `label`: the last question of a word or two. `over`: the last heading. `lead`: the unit of "the number of people
    ...", as the last line without numbers told it, and its paragraph.
    Times: `said`, the last that sentences told; `release`, the last sentence that told what its figures are for,
    without a number. `counted`: the last sentence of which a number was claimed.
    Words: `spoken`, the classes used so far; `lately`, those of this sentence and the two before. `schemes`: each
    mention with its sentence. `place`: the one place that a sentence names, with its index. `likewise`: the last
    paragraph that says that it goes on ("Other routes have shrunk as well").
    `weighed`: which metrics could claim the number at hand.
    """

    spoken: set[str] = field(default_factory=set)
    lately: frozenset[str] = frozenset()
    schemes: list[tuple[str, int]] = field(default_factory=list)
    last: Claim | None = None
    main: Claim | None = None
    heading: Cue | None = None
    named: Cue | None = None
    refusing: tuple[int, str] | None = None
    grid: tuple[Scene, Cue | None] | None = None
    topic: Cue | None = None
    refused: tuple[Scene, int] | None = None
    lost: tuple[Scene, int] | None = None
    year: Claim | None = None
    totals: dict[str, Claim] = field(default_factory=dict)
    levels: list[Claim] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    counted: Scene | None = None
    likewise: int = -1
    release: tuple[Scene, Period] | None = None
    aside: Claim | None = None
    place: tuple[str, int] | None = None
    known: dict[tuple[str | Decimal, ...], Claim] = field(default_factory=dict)
    row: list[Claim] = field(default_factory=list)
    before: list[Claim] = field(default_factory=list)
    label: Scene | None = None
    over: Scene | None = None
    lead: tuple[str, int] = ("", 0)
    latest: dict[str, Claim] = field(default_factory=dict)
    weighed: tuple[Weighed, ...] = ()

    def begin(self, view: Scene, atom: int) -> None:
        """Begin another number: nothing was weighed for it yet, and what brackets told stays inside them."""
        self.weighed = ()
        last = self.last
        if last is None or last.scene is not view or not view.enclosed(last.atom) or view.enclosed(atom):
            return
        outer = next((claim for claim in reversed(self.row) if not view.enclosed(claim.atom)), None)
        if outer is not None and outer.scene is view:
            self.last = outer

    def keep(self, claim: Claim) -> None:
        """Remember a claim."""
        self.last = claim
        if self.row and self.row[0].scene is not claim.scene:
            self.before = self.row
        self.row = [*self.row, claim] if self.row and self.row[0].scene is claim.scene else [claim]
        self.spoken |= claim.scene.tables.closely.get(claim.attached.metric.id, frozenset())
        self.topic = None
        self.aside = claim if claim.beside else self.aside
        back = self._looks_back(claim)
        told = claim.main and claim.status in (Status.ACTUAL, Status.ESTIMATE)
        self._tell(claim, main=told and not (back and self._long_ago(claim)))
        if claim.main and not back and claim.period and WHOLE_YEAR < (claim.period.days or 0) <= WHOLE_YEAR + 6:
            self.year = claim
        if _of_days(claim) and _end(claim) >= _end(self.latest.get(claim.attached.metric.id, claim)):
            self.latest[claim.attached.metric.id] = claim
        total = claim.role.measure in (Measure.LEVEL, Measure.CHANGE) and claim.main
        if total and claim.period and claim.period.start and claim.period.running:
            self.totals[claim.attached.metric.id] = claim
        if self.main is None or (claim.main and not self._aside(claim) and not back):
            self.main = claim
        if claim.main and claim.role.measure is Measure.LEVEL:
            self.levels = [*self.levels[-1:], claim]
        scheme = claim.attached.dims.get("scheme")
        if scheme:
            self.schemes.append((scheme, claim.scene.sentence.index))

    def _tell(self, claim: Claim, *, main: bool) -> None:
        """Mark the times of a sentence that counts something: only what it is about is told for what follows."""
        for index, row in enumerate(self.said):
            if row.scene is claim.scene:
                mine = row.time is claim.dated.by
                first = self.counted is not claim.scene
                period = claim.period if mine and main and claim.period else row.period
                self.said[index] = row._replace(main=(mine and main) or (row.main and not first), period=period)
        self.counted = claim.scene

    def _long_ago(self, claim: Claim) -> bool:
        """Whether a claim looks back within a paragraph, or by a year and more."""
        main = self.main
        if main is None or main.period is None or claim.period is None:
            return False
        within = main.scene.sentence.paragraph == claim.scene.sentence.paragraph
        return within or (main.period.end - claim.period.end).days >= WHOLE_YEAR

    def _aside(self, claim: Claim) -> bool:
        """As in "1,154 have come in 19 vans": a count beside the one that the sentence is about."""
        return claim.beside or (claim.attached.counted and self.main is not None and self.main.scene is claim.scene)

    def _looks_back(self, claim: Claim) -> bool:
        """As in "..., down to 60; at the height, in 2021, there had been 350": the sentence's own time stays."""
        main = self.main
        if main is None or main.period is None or claim.period is None:
            return False
        if main.scene is not claim.scene and not claim.attached.inherited:
            return False
        if main.status is not claim.status:  # what is planned is told of no time to look back from
            return False
        return claim.dated.told and claim.period.end < main.period.end


FEW_DAYS = 7


def _of_days(claim: Claim) -> bool:
    """Whether a claim counts what came in a day or a few of them."""
    days = claim.period.days if claim.period else None
    level = claim.role.measure is Measure.LEVEL and claim.status in (Status.ACTUAL, Status.ESTIMATE)
    return level and days is not None and days <= FEW_DAYS and not claim.attached.stock


def _end(claim: Claim) -> date:
    return claim.period.end if claim.period else date.min
