"""An article to figures and facts: the stages in order, and an account of every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from feed.model.article import Article
from feed.model.fact import Scheme
from feed.model.figure import Figure, Measure, Span, Status
from feed.model.period import Basis, Period
from feed.model.quantity import interval
from feed.model.reading import Fate, FoundFact, FoundFigure, Leftover, Reading, Weighed
from feed.model.topic import Topic
from feed.read.assertion import ahead, status
from feed.read.attach import attached
from feed.read.cast import stage
from feed.read.claim import Claim, Memory
from feed.read.dating.carrying import Asked
from feed.read.dating.dated import dated
from feed.read.dating.referred import said
from feed.read.dating.setting import labelled, sets
from feed.read.doubt.refusing import adds, barred, beside_refused, heading_refused, refused, under_refused
from feed.read.doubt.trust import trusted
from feed.read.doubt.untold import untold
from feed.read.english import English
from feed.read.facts import facts
from feed.read.facts.mentions import Mention, mentions
from feed.read.grammar.roles import role
from feed.read.likely import likely, worded
from feed.read.measured import grown, measured
from feed.read.narrowing.pointed import place_named
from feed.read.onward.announced import HEADED, idle, strongest, subject_named
from feed.read.onward.columns import heads_times, heads_values, lead_unit, named_near, parted
from feed.read.onward.recalled import equals, remember
from feed.read.scene import Scene, scene
from feed.read.speakers import Speech, attribute, speech
from feed.read.tables import Tables, tables
from feed.read.text.budget import FOUND, within
from feed.read.text.lexer import lex
from feed.read.text.quotes import quoted
from feed.read.text.sentences import Document, Layout, Sentence, cut
from feed.read.times import Shape
from feed.read.times.periods import Windows
from feed.read.version import VERSION

OPENING = 15  # the sentences that tell an article's subject
LATELY = 2  # sentences back in which words of a left-out noun were lately used
STALE = 92  # days after which a window is not that of the article's own release
Mentions = Mapping[int, tuple[int, str]]


def read(article: Article, topic: Topic, english: English, *, doubtful: bool = False) -> Reading:
    """The figures and facts of an article, in order of appearance, and what became of every other number.

    Pure and deterministic; linear in the article's length. An article that breaks a law on size (`budget`) is read up
    to there, and `unread` says so. A number that two readings claim equally is unplaced, and one that is too likely
    read wrong (`trust`), unless `doubtful` asks for those.
    """
    compiled = tables(topic, english)
    document = cut(article, english)
    published = article.published.day(ZoneInfo(topic.zone)) if article.published else None
    voices = speech(document, topic, english.telling)
    named = mentions(voices.cast, _titled(article, topic, english))
    schemes = _mentions(document, named)
    scenes = _scenes(document, compiled, published, schemes)
    told = facts(voices, named, english)
    claims, leftovers = _claims(document, scenes, schemes, _windows(scenes, topic, published), compiled)
    found = [_figure(claim, voices, told) for claim in claims]
    figures, doubted = trusted(claims, found, leftovers, 0.0 if doubtful else english.trust.least)
    rest = tuple(sorted((*leftovers, *doubted), key=lambda row: row.start))
    reading = Reading(figures, told, rest, f"reader {VERSION}", f"{topic.name} {topic.version}", document.unread)
    return within(reading, found, len(article.text))


# --- the article set for reading


def _titled(article: Article, topic: Topic, english: English) -> tuple[Mention, ...]:
    """The schemes that an article's title names."""
    if not article.title:
        return ()
    return mentions(stage(cut(replace(article, text=article.title), english), topic, english.telling))


def _mentions(document: Document, named: Sequence[Mention]) -> Mentions:
    """Where one scheme is meant: token -> (token after the mention, id). A bare "it" counts only after "under"."""
    found = {}
    for mention in named:
        bare = mention.again and mention.last - mention.first == 1
        if len(mention.schemes) == 1 and not (bare and document.tokens[mention.first - 1].folded != "under"):
            found[mention.first] = (mention.last, mention.schemes[0])
    return found


def _scenes(document: Document, compiled: Tables, published: date | None, schemes: Mentions) -> dict[int, Scene]:
    """The sentences that hold a number or may name what the next one counts, by index."""
    calendar = compiled.calendar(published)
    numeric = [compiled.numeric(*document.seen(sentence)) for sentence in document.sentences]
    numeric.append(False)
    found = {}
    for sentence in document.sentences:
        layout = document.paragraphs[sentence.paragraph].layout
        needed = numeric[sentence.index] or numeric[sentence.index + 1] or layout in HEADED
        needed = needed or _before_table(document, sentence)
        if needed and layout is not Layout.BOILERPLATE:
            found[sentence.index] = scene(document, sentence, compiled, calendar, schemes)
    return found


def _before_table(document: Document, sentence: Sentence) -> bool:
    """Whether the next line is one of a table, of which the sentence may tell what it counts."""
    after = sentence.paragraph + 1
    return after < len(document.paragraphs) and parted(document, after)


def _windows(scenes: Mapping[int, Scene], topic: Topic, published: date | None) -> Windows:
    """The article's own data windows: ranges from a day that people count from, which ended shortly before it."""
    by_start: dict[date, date] = {}
    for view in scenes.values():
        for time in view.times.values():
            ranged = time.shape is Shape.WINDOW and time.rule == "range" and time.start in topic.starts
            if ranged and time.start and time.end and published and 0 <= (published - time.end).days <= STALE:
                by_start.setdefault(time.start, time.end)
    return Windows(by_start, published)


# --- sentence by sentence


def _claims(
    document: Document, scenes: Mapping[int, Scene], schemes: Mentions, windows: Windows, compiled: Tables
) -> tuple[list[Claim], list[Leftover]]:
    title = lex(document.article.title)
    heard = [compiled.heard(*document.seen(sentence)) for sentence in document.sentences]
    memory = Memory(spoken=set(compiled.heard(title.kinds, title.forms)).union(*heard[:OPENING]))
    claims: list[Claim] = []
    leftovers: list[Leftover] = []
    mentioned = sorted((token, scheme) for token, (_, scheme) in schemes.items())
    for sentence in document.sentences:
        memory.spoken |= heard[sentence.index]
        memory.lately = frozenset[str]().union(*heard[max(0, sentence.index - LATELY) : sentence.index + 1])
        while mentioned and mentioned[0][0] < sentence.last:
            memory.schemes.append((mentioned.pop(0)[1], sentence.index))
        view = scenes.get(sentence.index)
        if view is None:
            continue
        if len(claims) > FOUND:
            break  # what follows would not be told
        _enter(memory, view)
        said(view, memory, windows)
        sets(view, memory, windows)
        for atom in view.quantities:
            outcome = _claim(view, atom, memory, windows)
            if isinstance(outcome, Claim):
                claims.append(outcome)
                memory.keep(outcome)
                remember(outcome, memory)
            else:
                memory.lost = (view, atom) if outcome in LOST else memory.lost
                leftovers.append(_leftover(view, atom, *outcome, memory.weighed))
        leftovers += _reserved(view)
    return claims, leftovers


def _enter(memory: Memory, view: Scene) -> None:
    """Take in which metric a line without numbers names."""
    without = not view.quantities or idle(view)
    named = strongest(view) if without else None
    memory.refusing = heading_refused(view) or memory.refusing
    memory.named = (view, named) if named else memory.named
    lead = "" if view.quantities else lead_unit(view)
    memory.lead = (lead, view.sentence.paragraph) if lead else memory.lead
    place = place_named(view, len(view.line.forms))
    memory.place = (place, view.sentence.index) if place else memory.place
    near = named_near(view, memory.named)
    if heads_times(view) or heads_values(view, near):
        memory.grid = view, near
    memory.over = view if view.layout is Layout.HEADING else memory.over
    if view.layout in HEADED:
        memory.heading = (view, named) if named else memory.heading
        return
    leads = view.words.form(len(view.words) - 1) == ":" or bool(view.told("leads"))
    memory.heading = (view, named) if named and leads else None
    if without:
        told = named or subject_named(view, memory.spoken)
        memory.topic = (view, told) if told else None


# --- one number

UNCLAIMED, TIED = LOST = ((Fate.UNPLACED, "no metric claims it"), (Fate.UNPLACED, "two metrics claim it alike"))


def _claim(view: Scene, atom: int, memory: Memory, windows: Windows) -> Claim | tuple[Fate, str]:
    memory.begin(view, atom)
    why = refused(view, atom) or under_refused(view, memory)
    if why:
        memory.refused = (view, atom)
        return Fate.REFUSED, why
    what = role(view, atom)
    odds = likely(view, atom, what, memory)
    found = labelled(view, attached(view, atom, what, memory), memory)
    found = worded(view, atom, what, memory, found, odds)
    if found is None:
        return TIED if memory.weighed else UNCLAIMED
    why = "" if equals(view, found, what, memory) else untold(view, found, atom, what)
    if why:
        return Fate.UNPLACED, why
    if beside_refused(memory, view, atom, found, what):
        return Fate.REFUSED, "goes on about a number that was refused"
    why = adds(memory, view, atom, found) or barred(view, atom, found)
    if why:
        memory.refused = (view, atom)
        return Fate.REFUSED, why
    what = measured(what, found, view, atom, memory)
    if what.measure is None:
        return Fate.UNPLACED, "a percentage of what is not told"
    if view.quantities[atom].points and (what.measure is not Measure.CHANGE or found.metric.kind != "rate"):
        return Fate.UNPLACED, "percentage points of what is no percentage"
    how = status(view, atom, found, what, memory)
    what = grown(view, atom, what, found, how)
    time = dated(Asked(view, atom, what, found, how), memory, windows)
    how = ahead(view, atom, how, found, time.period, windows.published)
    return Claim(view, atom, view.quantities[atom], what, found, how, time, memory.weighed, odds)


# --- what comes out


def _reserved(view: Scene) -> Iterator[Leftover]:
    text = view.document.article.text
    for row in view.reserved:
        start, end = view.span(row.first, row.last)
        yield Leftover(text[start:end], start, end, view.document.text(view.sentence), Fate.RESERVED, row.why)


def _leftover(view: Scene, atom: int, fate: Fate, why: str, weighed: tuple[Weighed, ...]) -> Leftover:
    quantity = view.quantities[atom]
    start, end = view.span(quantity.first, quantity.last)
    text = view.document.article.text
    return Leftover(text[start:end], start, end, view.document.text(view.sentence), fate, why, weighed)


def _figure(claim: Claim, voices: Speech, told: Sequence[FoundFact]) -> FoundFigure:
    view, quantity, found = claim.scene, claim.quantity, claim.attached
    start, end = view.span(quantity.first, quantity.last)
    sign = claim.role.sign if claim.role.measure in (Measure.CHANGE, Measure.LEVEL) else 1
    numbers = tuple(number * sign for number in quantity.numbers)
    figure = Figure(
        text=view.document.article.text[start:end],
        span=Span(start=start, end=end),
        quote=quoted(view.document, view.sentence.start, view.sentence.end),
        numbers=numbers,
        step=quantity.step,
        value=interval(numbers, step=quantity.step, rounded=quantity.rounded, qualifier=quantity.qualifier),
        qualifier=quantity.qualifier,
        unit=found.unit,
        metric=found.metric.id,
        dims=dict(found.dims),
        measure=claim.role.measure or Measure.LEVEL,
        period=claim.period or _life(claim, told),
        baseline=claim.dated.baseline,
        status=claim.status,
        attribution=attribute(voices, view.sentence, start),
        of=found.of,
        superseded=claim.role.superseded,
    )
    return FoundFigure(figure, (found.rule, claim.role.rule), claim.weighed)


def _life(claim: Claim, told: Sequence[FoundFact]) -> Period | None:
    """Money planned for a whole scheme is for its life, when the article names its first and last day."""
    scheme = claim.attached.dims.get("scheme")
    if claim.status is not Status.PLAN or len(claim.attached.dims) > 1 or claim.attached.unit != "GBP" or not scheme:
        return None
    ends: dict[str, date] = {}
    for found in told:
        fact = found.fact
        if isinstance(fact, Scheme) and fact.scheme == scheme and fact.term in ("starts", "ends"):
            ends[fact.term] = date.fromisoformat(str(fact.value))
    if len(ends) < 2 or ends["starts"] > ends["ends"]:
        return None
    return Period(start=ends["starts"], end=ends["ends"], start_basis=Basis.INHERITED, end_basis=Basis.INHERITED)
