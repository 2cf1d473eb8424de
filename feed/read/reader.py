"""An article to figures and facts: the stages in order, and an account of every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from feed.model.article import Article
from feed.model.figure import Dims, Figure, Measure, Quote, ReadBy, Span, Status, Whole
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier, interval
from feed.model.reading import Fate, FoundFigure, Leftover, Reading
from feed.model.topic import Metric, Topic
from feed.read import attach, when
from feed.read.english import English
from feed.read.facts import facts
from feed.read.facts.mentions import mentions
from feed.read.lexicon import BREAK, QUANTITY, Atom, Hit, Line
from feed.read.numbers import PERCENT, TIMES, Quantity
from feed.read.roles import Role, role
from feed.read.scene import Scene, scene
from feed.read.sentences import Document, Layout, Sentence, cut
from feed.read.speakers import Speech, attribute, speech
from feed.read.tables import Named, Tables, split, tables
from feed.read.times import Shape
from feed.read.when import Windows

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with everything decided but its place in the article."""

    scene: Scene
    atom: int
    quantity: Quantity
    role: Role
    attached: attach.Attached
    status: Status
    period: Period | None
    baseline: Period | None
    rules: tuple[str, ...]
    main: bool
    timed: bool

    @property
    def counted(self) -> bool:
        """Whether its own noun alone named the metric ("12 boats")."""
        return self.attached.counted


@dataclass(slots=True)
class Memory:
    """What was read so far: the last claim, the last one that was not only compared with, and the classes spoken of."""

    spoken: set[str] = field(default_factory=set)
    last: Claim | None = None
    main: Claim | None = None
    day: when.Period | None = None
    schemes: list[tuple[str, int]] = field(default_factory=list)
    heading: tuple[Scene, Hit[Named]] | None = None
    topic: tuple[Scene, Hit[Named]] | None = None
    refused: tuple[Scene, int] | None = None


def read(article: Article, topic: Topic, english: English) -> Reading:
    """The figures and facts of an article, in order of appearance, and what became of every other number.

    Pure and deterministic; linear in the article's length. A number that two readings claim equally is unplaced.
    """
    compiled = tables(topic, english)
    document = cut(article, english)
    published = article.published.day(ZoneInfo(topic.zone)) if article.published else None
    voices = speech(document, topic, english.telling)
    schemes = {
        m.first: (m.last, m.schemes[0])
        for m in mentions(voices.cast)
        if len(m.schemes) == 1 and not (m.again and m.last - m.first == 1 and not _beneath(document, m.first))
    }
    scenes = _scenes(document, compiled, published, schemes)
    windows = _windows(scenes, topic, published)
    memory = Memory()
    _speak(memory, article.title, compiled)
    for view in scenes[:HEAD]:
        _hear(memory, view)
    claims: list[Claim] = []
    leftovers: list[Leftover] = []
    for index, view in enumerate(scenes):
        _enter(memory, view, scenes, index)
        for atom in view.quantities:
            outcome = _claim(view, atom, memory, windows)
            if isinstance(outcome, Claim):
                claims.append(outcome)
                memory.last = outcome
                if memory.main is None or (outcome.main and not outcome.counted):
                    memory.main = outcome
                memory.topic = None
            else:
                leftovers.append(_leftover(view, view.quantities[atom], *outcome))
        leftovers += _reserved(view)
    claims = _settled(claims)
    figures = tuple(_figure(claim, document, voices) for claim in claims)
    return Reading(figures, facts(voices, english), tuple(sorted(leftovers, key=lambda row: row.start)), f"reader {VERSION}",
                   f"{topic.name} {topic.version}")


def _beneath(document: Document, at: int) -> bool:
    return at > 0 and document.tokens[at - 1].folded == "under"


def _scenes(document: Document, compiled: Tables, published: date | None,
            schemes: Mapping[int, tuple[int, str]]) -> list[Scene]:
    calendar = compiled.calendar(published)
    read_ = [s for s in document.sentences if document.paragraphs[s.paragraph].layout not in (Layout.BOILERPLATE,)]
    return [scene(document, sentence, compiled, calendar, schemes) for sentence in read_]


def _windows(scenes: list[Scene], topic: Topic, published: date | None) -> Windows:
    by_start: dict[date, date] = {}
    for view in scenes:
        for time in view.times.values():
            if time.shape is Shape.WINDOW and time.start in topic.starts and time.end and time.rule == "range" and _fresh(time.end, published):
                by_start.setdefault(time.start, time.end)
    return Windows(by_start, published)


STALE = 92


def _fresh(end: date, published: date | None) -> bool:
    """Whether a window ended so shortly before the article that it is the window of its release."""
    return published is not None and 0 <= (published - end).days <= STALE


def _speak(memory: Memory, text: str, compiled: Tables) -> None:
    atoms = [Atom(form, i, i + 1) for i, form in enumerate(split(text))]
    for at in Line(atoms, compiled.classes).classes:
        memory.spoken.update(name for name, _ in at)


HEAD = 6  # the sentences that tell an article's subject


def _hear(memory: Memory, view: Scene) -> None:
    for at in view.line.classes:
        memory.spoken.update(name for name, _ in at)


def _enter(memory: Memory, view: Scene, scenes: list[Scene], index: int) -> None:
    _hear(memory, view)
    memory.schemes += [(scheme, view.sentence.index) for scheme in view.schemes.values()]
    if view.layout in HEADED:
        if not view.quantities:
            best = _strongest(view)
            memory.heading = (view, best) if best else memory.heading
    else:
        memory.heading = None
        if not view.quantities:
            best = _strongest(view)
            memory.topic = (view, best) if best else None
    del scenes, index


HEADED = frozenset({Layout.HEADING, Layout.ROW, Layout.BULLET, Layout.STAMP})


def _strongest(view: Scene) -> Hit[Named] | None:
    """The first full cue of the highest metric in a sentence without numbers."""
    hits = [hit for hit in view.metrics if not hit.value.cue.weak]
    return max(hits, key=lambda hit: (hit.value.metric.rank, hit.last - hit.first), default=None)


# --- one number


def _claim(view: Scene, atom: int, memory: Memory, windows: Windows) -> Claim | tuple[Fate, str]:
    quantity = view.quantities[atom]
    refused = _refused(view, atom)
    if refused:
        memory.refused = (view, atom)
        return Fate.REFUSED, refused
    what = role(view, atom)
    found = _attached(view, atom, what, memory)
    if found is None:
        return Fate.UNPLACED, "no metric claims it"
    if memory.refused and memory.refused[0] is view and found.at < memory.refused[1]:
        return Fate.REFUSED, "goes on about a number that was refused"
    if what.measure is None:
        if found.metric.kind == "rate":
            what = what._replace(measure=Measure.LEVEL)
        elif memory.last and memory.last.scene is view and memory.last.role.measure is Measure.CHANGE:
            what = what._replace(measure=Measure.CHANGE, sign=memory.last.role.sign, rule="change goes on")
        else:
            return Fate.UNPLACED, "a percentage of what is not told"
    if found.metric.kind == "rate" and what.measure is Measure.SHARE:
        what = what._replace(measure=Measure.LEVEL)
    if found.change and what.measure is Measure.LEVEL:
        what = what._replace(measure=Measure.CHANGE)
    status = _status(view, atom, found, what)
    period, baseline, timed, shifted = _periods(view, atom, what, found, status, memory, windows)
    return Claim(view, atom, quantity, what, found, status, period, baseline,
                 (found.rule, what.rule), main=not what.compared and not shifted, timed=timed)


def _refused(view: Scene, atom: int) -> str:
    for hit in view.refusals:
        if hit.counted == atom and hit.value.money is (view.quantities[atom].unit in ("GBP", "EUR")):
            return hit.value.why
    if any(hit.first < atom for hit in view.told("denied")):
        return "the text denies it"
    return ""


def _attached(view: Scene, atom: int, what: Role, memory: Memory) -> attach.Attached | None:
    quantity = view.quantities[atom]
    noun = attach.noun_unit(view, atom) if not quantity.unit else ""
    scheme = _scheme(view, atom, memory)
    near = memory.schemes and view.sentence.index - memory.schemes[-1][1] <= 1
    spoken = frozenset((memory.spoken - {"scheme"}) | ({"scheme"} if scheme else set()) | ({"scheme near"} if near else set()))
    ranked = attach.candidates(view, atom, what, noun, spoken)
    part, whole = attach.share_of(view, atom, ranked) if what.measure is Measure.SHARE else (attach.chosen(ranked), None)
    inherited = _inherited(view, atom, quantity, noun, memory)
    if part is None:
        return (inherited or _headed(view, quantity, noun, memory)) if not ranked else None
    if part.value.cue.weak and inherited and not (part.first <= atom < part.last):
        same = inherited.metric.id == part.value.metric.id
        far = min(abs(part.first - atom), abs(atom - part.last)) > 4
        if far and not same and _anaphoric(view, atom):
            return inherited
    metric = part.value.metric
    where = attach.region(view, atom, part)
    told = list(attach.narrowed(view, metric, atom, where))
    told += [attach.Narrowed(dim, value, population=False, first=part.first) for dim, value in part.value.cue.dims.items()]
    dims, population = attach.agreed(told, view, atom)
    for row, _ in attach.beside(view, metric, where):
        if row.dim not in dims and any(h.value.dim == row.dim and h.value.value == row.beside for h in view.narrowing):
            dims[row.dim] = row.value
    last = memory.last
    follows = part.first > atom and what.measure is Measure.LEVEL
    if follows and not noun and last and last.scene is view and last.attached.population and not population:
        fitting = _fitting(last.attached.population, metric)
        dims = {**fitting, **dims}
        population = fitting
    members = _members(view, atom, metric, memory)
    dims = {**members, **dims}
    of = None
    if whole and whole.value.metric.id != metric.id:
        of = Whole(metric=whole.value.metric.id, dims={})
        dims = {**_fitting(whole.value.metric.members, metric), **dims}
    if metric.needs:
        dims = {metric.needs: scheme, **dims}
        memory.schemes.append((dims[metric.needs], view.sentence.index))
    elif _under(view, where):
        dims = {**dims, "scheme": _under(view, where)}
    unit = _unit(view, atom, quantity, metric, noun, part)
    change = part.value.cue.measure == "change"
    return attach.Attached(metric, part.value.rule, unit, dims, population, of, change=change, at=part.first,
                           counted=part.counted == atom and bool(part.value.cue.unit))


NEAR = 3


def _scheme(view: Scene, atom: int, memory: Memory) -> str:
    """The scheme that a sentence is about: the nearest mention in it, else the last one near, else the only one so far."""
    here = sorted(view.schemes, key=lambda at: abs(at - atom))
    if here:
        return view.schemes[here[0]]
    if not memory.schemes:
        return ""
    name, index = memory.schemes[-1]
    alone = len({scheme for scheme, _ in memory.schemes}) == 1
    return name if alone or view.sentence.index - index <= NEAR else ""


def _under(view: Scene, where: range) -> str:
    """The scheme under which something was done: "under the deal", "through the X scheme"."""
    for at, scheme in view.schemes.items():
        before = {view.form(at - 1), view.form(at - 2), view.form(at - 3)}
        if at in where and before & {"under", "through", "by", "via"}:
            return scheme
    return ""


def _fitting(dims: Mapping[str, str], metric: Metric) -> dict[str, str]:
    """Of a population's dimensions those that may narrow the metric."""
    limits = PERMITTED.get(metric.id)
    del limits
    return dict(dims)


PERMITTED: dict[str, str] = {}


def _members(view: Scene, atom: int, metric: Metric, memory: Memory) -> dict[str, str]:
    """"of the 127,834 <arrivals>, only 3,788 have been <returned>": the part's people are the whole's."""
    last = memory.last
    if last is None or last.scene is not view or last.attached.metric.id == metric.id:
        return {}
    return dict(last.attached.metric.members) if view.form(last.atom - 1) in ("of", "the") and "of" in (view.form(last.atom - 1), view.form(last.atom - 2)) else {}


def _of_topic(view: Scene, atom: int, quantity: Quantity, noun: str, topic: tuple[Scene, Hit[Named]]) -> attach.Attached | None:
    """The metric that the sentence before named without a number: "Data on X are in table 1. The total was ..." """
    above, hit = topic
    metric = hit.value.metric
    if view.sentence.index - above.sentence.index > 1 or view.sentence.paragraph - above.sentence.paragraph > 1:
        return None
    asked = above.words.form(len(above.words) - 1) == "?"
    if not (asked or _anaphoric(view, atom)) or noun == attach.FOREIGN or (noun and noun not in metric.units):
        return None
    money = metric.units[0].startswith("GBP")
    if (quantity.unit == "GBP") is not money and quantity.unit not in (PERCENT, TIMES):
        return None
    told = list(attach.narrowed(above, metric, hit.first, range(len(above.line.atoms))))
    told += [attach.Narrowed(dim, value, population=False, first=hit.first) for dim, value in hit.value.cue.dims.items()]
    dims, population = attach.agreed(told, above, hit.first)
    if metric.needs and metric.needs not in dims:
        return None
    unit = quantity.unit if quantity.unit in (PERCENT, TIMES) else _unit(above, 0, quantity, metric, noun, hit)
    return attach.Attached(metric, f"topic: {hit.value.rule}", unit, dims, population, inherited=True)


def _headed(view: Scene, quantity: Quantity, noun: str, memory: Memory) -> attach.Attached | None:
    """A line of a table or list that only labels its number counts what the heading names."""
    if memory.heading is None or quantity.unit or noun or view.layout not in HEADED:
        return None
    above, hit = memory.heading
    metric = hit.value.metric
    where = range(len(above.line.atoms))
    told = list(attach.narrowed(above, metric, hit.first, where))
    told += [attach.Narrowed(dim, value, population=False, first=hit.first) for dim, value in hit.value.cue.dims.items()]
    dims, population = attach.agreed(told, above, hit.first)
    return attach.Attached(metric, f"heading: {hit.value.rule}", _unit(above, 0, quantity, metric, "", hit), dims, population)


def _unit(view: Scene, atom: int, quantity: Quantity, metric: Metric, noun: str, part: Hit[Named]) -> str:
    cued = part.value.cue.unit
    if quantity.unit in (PERCENT, TIMES):
        return quantity.unit
    if quantity.unit:
        yearly = view.told("yearly")
        average = yearly and any(hit.counted == atom for hit in view.told("average"))
        if quantity.unit == "GBP" and (average or any(hit.counted == atom for hit in yearly)):
            return "GBP/year"
        return quantity.unit
    if cued:
        return cued
    if noun and noun in metric.units:
        return noun
    named = next((u for at in (*range(max(0, part.first - 2), part.first), part.first, part.first + 1)
                  if 0 <= at < len(view.line.atoms) and (u := attach.unit_at(view, at)) in metric.units), "")
    if named and part.counted < 0:
        return named
    return next((u for u in metric.units if not u.startswith(("GBP", "EUR"))), metric.units[0])


def _anaphoric(view: Scene, atom: int = 99) -> bool:
    """Whether a sentence goes on about what was counted before it: by pronoun, by "the total", by a shifted time."""
    if any(time.shape is Shape.SHIFT for time in view.times.values()) or view.told("of them"):
        return True
    if any(hit.value.near and hit.counted == atom for hit in view.narrowing):
        return True
    if any(hit.first < atom and view.form(hit.last) != "of" for hit in view.told("the total")):
        return True
    return any(hit.first <= _lead(view) for hit in view.told("anaphor"))


def _lead(view: Scene) -> int:
    """How far a sentence's beginning reaches: past a leading time."""
    time = next((at for at in view.times if at <= 2), None)
    return 2 if time is None else time + 2


def _inherited(view: Scene, atom: int, quantity: Quantity, noun: str, memory: Memory) -> attach.Attached | None:
    """The metric of the figure before, where the sentence only goes on about it."""
    last = memory.last
    if memory.topic and (last is None or last.scene.sentence.index < memory.topic[0].sentence.index):
        return _of_topic(view, atom, quantity, noun, memory.topic)
    if last is None or quantity.unit not in ("", PERCENT, TIMES, last.quantity.unit):
        return None
    near = view.sentence.index - last.scene.sentence.index
    if near > 2 or view.sentence.paragraph - last.scene.sentence.paragraph > 1:
        return None
    if near and not _anaphoric(view, atom):
        return None
    after = view.form(atom + 1)
    if not noun and not quantity.unit and after in view.tables.known_words and after not in view.tables.open_words and not after.endswith("ed"):
        return None
    if noun and noun not in last.attached.metric.units:
        return None
    if noun == attach.FOREIGN:
        return None
    base = memory.main if memory.main and (quantity.unit in (PERCENT, TIMES) or last.counted) else last
    return replace(base.attached, inherited=True, rule=f"goes on: {base.attached.rule.removeprefix('goes on: ')}",
                   unit=quantity.unit or (base.attached.unit if base.attached.unit not in (PERCENT, TIMES) else base.attached.metric.units[0]), of=None)


def _status(view: Scene, atom: int, found: attach.Attached, what: Role) -> Status:
    told = {hit.value for hit in view.cues if hit.counted == atom or (hit.counted < 0 and _reaches(view, hit, atom))}
    if "target" in told:
        return Status.TARGET
    if _aimed(view, atom):
        return Status.TARGET
    if found.unit.startswith(("GBP", "EUR")) and found.metric.needs and "plan" in told:
        return Status.PLAN
    if found.metric.needs and found.unit == "countries" and "plan" in told:
        return Status.PLAN
    if "forecast" in told:
        return Status.FORECAST
    if "estimate" in told and what.measure is Measure.LEVEL:
        return Status.ESTIMATE
    return Status.ACTUAL


def _reaches(view: Scene, hit: Hit[str], atom: int) -> bool:
    """Whether a word of assertion bears on the number: no other number stands between, save a change and its level."""
    if hit.value in ("forecast", "plan"):
        return True
    between = range(hit.last, atom) if hit.last <= atom else range(atom + 1, hit.first)
    return not any(view.form(at) == QUANTITY for at in between)


def _aimed(view: Scene, atom: int) -> bool:
    """"vowed to increase the number of people <returned>, including 14,500": the aim governs the metric's own cue."""
    for aim in view.told("aim"):
        cues = [hit for hit in view.metrics if aim.last <= hit.first < atom]
        if cues and not any(view.form(at) == QUANTITY for at in range(aim.first, atom)):
            return True
    return False


# --- its time


def _periods(view: Scene, atom: int, what: Role, found: attach.Attached, status: Status, memory: Memory,
             windows: Windows) -> tuple[Period | None, Period | None, bool, bool]:
    seen = when.sight(view, atom, as_base=what.compared)
    base = memory.main.period if memory.main and _goes_on(view, memory.main) else None
    stock = found.metric.kind == "stock"
    own: Period | None = None
    if seen.own:
        shifted_from = _base_of(base, windows) if _bracketed(view, atom, what) or seen.own.shape is Shape.SHIFT else None
        own = when.period(seen.own, windows, seen.end or _brought(view, seen.own, memory), shifted_from)
        if seen.own.rule == "the year" and base and (base.days or 0) > WHOLE_YEAR:
            own = base
    timed = own is not None
    if own is None:
        own = _carried(view, what, found, memory, windows)
    if own and stock and what.measure is not Measure.CHANGE and own.start != own.end and own.running:
        own = when.last_day(own)
    if own is None:
        own = _default(view, found, status, windows) if what.measure is Measure.LEVEL else None
    if own and status in (Status.TARGET, Status.FORECAST):
        own = when.to_come(own, windows.published, stock=stock)
    baseline = None
    if what.measure in (Measure.CHANGE, Measure.RATIO) and seen.base:
        baseline = when.period(seen.base, windows, None, own)
    shifted = bool(timed and seen.own and seen.own.shape is Shape.SHIFT)
    return own, baseline, timed, shifted


WHOLE_YEAR = 360


def _bracketed(view: Scene, atom: int, what: Role) -> bool:
    """"24% lower than in 2022 (39,883)": the level that a change was just compared with."""
    return what.compared and view.form(atom - 1) == BREAK


def _base_of(base: Period | None, windows: Windows) -> Period | None:
    if base or windows.published is None:
        return base
    start = windows.published.replace(month=1, day=1)
    return Period(start=start, end=windows.published, end_basis=Basis.PUBLISHED, running=True)


def _goes_on(view: Scene, before: Claim) -> bool:
    return view.sentence.paragraph - before.scene.sentence.paragraph <= 1


def _brought(view: Scene, own: when.Time, memory: Memory) -> date | None:
    """"It brought the total since ... to 6,246": as of the day of the figure before."""
    if own.shape is not Shape.RUNNING or memory.last is None or not view.told("bring"):
        return None
    if view.sentence.paragraph - memory.last.scene.sentence.paragraph > 1:
        return None
    period = memory.last.period
    if memory.last.scene is view:
        return period.end if period else None
    return period.end if period and period.start == period.end else None


def _carried(view: Scene, what: Role, found: attach.Attached, memory: Memory, windows: Windows) -> Period | None:
    last = memory.last
    if last is None or view.layout in (Layout.HEADING, Layout.STAMP) and last.scene is not view:
        return None
    if not last.main and memory.main and memory.main.scene is view:
        last = memory.main
    if last.scene is view:
        if what.compared and what.measure is Measure.LEVEL:
            return when.moved(last.period, -12) if last.period and last.period.start else None
        return last.period
    if _same_day(view, what, found, last):
        return last.period
    apart = view.sentence.paragraph - last.scene.sentence.paragraph
    if apart > 1 or not (last.timed or last.period):
        return None
    if apart == 1 and not (any(hit.first <= 1 for hit in view.told("going_on")) or view.told("of them")):
        return None
    if found.metric.kind == "stock" and what.measure is Measure.LEVEL and view.told("present") and not _anaphoric(view):
        return None
    main = memory.main or last
    if what.compared and what.measure is Measure.LEVEL and main.period and main.period.start:
        return when.moved(main.period, -12)
    return main.period


DAY_REACH = 4


def _same_day(view: Scene, what: Role, found: attach.Attached, last: Claim) -> bool:
    """A bulletin about one day goes on about it, past bylines, until a time is told."""
    period = last.period
    one = period is not None and period.start == period.end and found.metric.kind == "flow"
    near = view.sentence.paragraph - last.scene.sentence.paragraph <= DAY_REACH and view.layout is Layout.BODY
    same = found.metric.id == last.attached.metric.id and not view.told("perfect")
    return one and near and same and what.measure is Measure.LEVEL and last.timed


def _default(view: Scene, found: attach.Attached, status: Status, windows: Windows) -> Period | None:
    if windows.published is None or status in (Status.TARGET, Status.FORECAST):
        return None
    if found.metric.kind == "stock":
        return when.at_day(windows.published, Basis.PUBLISHED)
    if status is Status.ACTUAL and view.told("perfect") and not found.unit.startswith("GBP") and found.unit not in (PERCENT, TIMES):
        return when.so_far(windows.published)
    return None


# --- the whole article


def _settled(claims: list[Claim]) -> list[Claim]:
    return claims


def _reserved(view: Scene) -> Iterator[Leftover]:
    for row in view.reserved:
        start, end = view.span(row.first, row.last)
        text = view.document.article.text
        yield Leftover(text[start:end], start, end, view.document.text(view.sentence), Fate.RESERVED, row.why)


def _leftover(view: Scene, quantity: Quantity, fate: Fate, why: str) -> Leftover:
    start, end = view.span(quantity.first, quantity.last)
    text = view.document.article.text
    return Leftover(text[start:end], start, end, view.document.text(view.sentence), fate, why)


CONTEXT = 30


def _quote(document: Document, sentence: Sentence) -> Quote:
    text = document.article.text
    return Quote(exact=text[sentence.start:sentence.end], start=sentence.start, end=sentence.end,
                 prefix=text[max(0, sentence.start - CONTEXT):sentence.start], suffix=text[sentence.end:sentence.end + CONTEXT])


def _figure(claim: Claim, document: Document, voices: Speech) -> FoundFigure:
    view, quantity = claim.scene, claim.quantity
    start, end = view.span(quantity.first, quantity.last)
    sign = claim.role.sign if claim.role.measure is Measure.CHANGE else 1
    numbers = tuple(number * sign for number in quantity.numbers)
    dims: Dims = dict(claim.attached.dims)
    figure = Figure(
        text=document.article.text[start:end], span=Span(start=start, end=end),
        quote=_quote(document, view.sentence), numbers=numbers, step=quantity.step,
        value=interval(numbers, step=quantity.step, rounded=quantity.rounded, qualifier=quantity.qualifier),
        qualifier=quantity.qualifier, unit=claim.attached.unit, metric=claim.attached.metric.id, dims=dims,
        measure=claim.role.measure or Measure.LEVEL, period=claim.period, baseline=claim.baseline, status=claim.status,
        attribution=attribute(voices, view.sentence, start), of=claim.attached.of,
    )
    return FoundFigure(figure, claim.rules)


__all__ = ["read", "VERSION", "ReadBy", "Qualifier", "Decimal", "QUANTITY"]
