"""An article to figures and facts: the stages in order, and an account of every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from feed.model.article import Article
from feed.model.fact import Scheme
from feed.model.figure import Figure, Measure, Span, Status
from feed.model.period import Basis, Period
from feed.model.quantity import interval
from feed.model.reading import Fate, FoundFact, FoundFigure, Leftover, Reading, Weighed
from feed.model.topic import Topic
from feed.read.anaphora import HAPPENS
from feed.read.announced import HEADED, idle, strongest
from feed.read.assertion import ahead, status
from feed.read.attach import attached
from feed.read.budget import within
from feed.read.carrying import Asked
from feed.read.claim import Attached, Claim, Memory
from feed.read.columns import heads_times, heads_values, lead_unit, named_near, parted
from feed.read.dating import dated
from feed.read.english import English
from feed.read.facts import facts
from feed.read.facts.mentions import Mention, mentions
from feed.read.heard import MONEY
from feed.read.lexer import lex
from feed.read.lexicon import BREAK, QUANTITY, TIME
from feed.read.measured import grown, measured
from feed.read.nouns import PRONOUNS, partitive
from feed.read.periods import Windows
from feed.read.pointed import place_named
from feed.read.quotes import quoted
from feed.read.recalled import equals, remember
from feed.read.referred import said
from feed.read.refusing import adds, barred, beside_refused, heading_refused, refused, under_refused
from feed.read.roles import Role, role
from feed.read.scene import Scene, scene
from feed.read.sentences import Document, Layout, Sentence, cut
from feed.read.setting import labelled, sets
from feed.read.speakers import Speech, attribute, speech
from feed.read.tables import Tables, tables
from feed.read.times import Shape
from feed.read.version import VERSION

OPENING = 15  # the sentences that tell an article's subject
LATELY = 2  # sentences back in which words of a left-out noun were lately used
STALE = 92  # days after which a window is not that of the article's own release
Mentions = Mapping[int, tuple[int, str]]


def read(article: Article, topic: Topic, english: English) -> Reading:
    """The figures and facts of an article, in order of appearance, and what became of every other number.

    Pure and deterministic; linear in the article's length. An article that breaks a law on size (`budget`) is read up
    to there, and `unread` says so. A number that two readings claim equally is unplaced.
    """
    compiled = tables(topic, english)
    document = cut(article, english)
    published = article.published.day(ZoneInfo(topic.zone)) if article.published else None
    voices = speech(document, topic, english.telling)
    named = mentions(voices.cast)
    schemes = _mentions(document, named)
    scenes = _scenes(document, compiled, published, schemes)
    told = facts(voices, named, english)
    claims, leftovers = _claims(document, scenes, schemes, _windows(scenes, topic, published), compiled)
    figures = tuple(_figure(claim, voices, told) for claim in claims)
    rest = tuple(sorted(leftovers, key=lambda row: row.start))
    reading = Reading(figures, told, rest, f"reader {VERSION}", f"{topic.name} {topic.version}", document.unread)
    return within(reading, len(article.text))


# --- the article set for reading


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
    if view.layout in HEADED:
        memory.heading = (view, named) if named else memory.heading
        return
    leads = view.words.form(len(view.words) - 1) == ":" or bool(view.told("leads"))
    memory.heading = (view, named) if named and leads else None
    if without:
        memory.topic = (view, named) if named else None


# --- one number

UNCLAIMED, TIED = LOST = ((Fate.UNPLACED, "no metric claims it"), (Fate.UNPLACED, "two metrics claim it alike"))


def _claim(view: Scene, atom: int, memory: Memory, windows: Windows) -> Claim | tuple[Fate, str]:
    memory.begin(view, atom)
    why = refused(view, atom) or under_refused(view, memory)
    if why:
        memory.refused = (view, atom)
        return Fate.REFUSED, why
    what = role(view, atom)
    found = labelled(view, attached(view, atom, what, memory), memory)
    if found is None:
        return TIED if memory.weighed else UNCLAIMED
    why = "" if equals(view, found, what, memory) else _untold(view, found, atom, what)
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
    return Claim(view, atom, view.quantities[atom], what, found, how, time, memory.weighed)


def _untold(view: Scene, found: Attached, atom: int, what: Role) -> str:
    """Why a number is narrowed by what no dimension tells, "" when it is not."""
    if (
        found.unit in MONEY
        and what.measure is Measure.LEVEL
        and max(view.quantities[atom].numbers) < found.metric.least
    ):
        return "too small a sum to be the whole"
    if not found.dims and view.tells("some of them", atom):
        return "of some of them, and nothing tells of which"
    if found.several:
        return "of several countries together, which no dimension tells"
    alike = _of_itself(view, found, atom, what) or _another_part(view, found, atom, what)
    return "a part of it that nothing tells apart" if alike else ""


def _another_part(view: Scene, found: Attached, atom: int, what: Role) -> bool:
    """As in "Of the 5,000 <counted>, 300 were Welsh; 1,163 came by another road": a part of the whole that opens it."""
    parts = (
        view.form(0) in ("of", "out")
        and view.form(1) in DEFINITE
        and "," in view.line.forms[:atom]
        and not what.compared
    )
    if not parts or found.own or what.measure is not Measure.LEVEL or what.superseded:
        return False
    if not found.inherited and (found.at > atom or QUANTITY not in view.line.forms[found.at : atom]):
        return False
    timed = TIME in view.line.forms[atom + 1 : atom + 1 + PHRASE] or any(h.first > atom for h in view.told("present"))
    return not timed and not view.bracket(atom - 1)


def _of_itself(view: Scene, found: Attached, atom: int, what: Role) -> bool:
    """As in "cafes made up a fifth of the <counted>", "40 of them were <unknown>": a part that nothing tells apart."""
    if found.metric.kind == "rate" or found.of is not None or what.measure not in (Measure.SHARE, Measure.LEVEL):
        return False
    if found.inherited:
        whole = view.form(atom - 1) == "," and view.form(atom + 1) == "of" and view.numbered(atom + 2, atom + 4)
        alike = what.measure is Measure.SHARE or (partitive(view, atom) and not _timed(view, atom))
        return alike and not found.own and not whole
    if what.measure is Measure.LEVEL:
        return not found.dims and _definite(view, atom, found) and not _timed(view, atom)
    spoken = view.form(atom + 1) == "of" and view.form(atom + 2) not in PRONOUNS
    stated = view.form(found.at) in view.tables.stating.auxiliary  # "half <are in vans>" tells the part
    direct = spoken or (view.quantities[atom].fraction and found.at == atom + 1 and not stated)
    return direct and atom <= found.at <= atom + 3 and not found.dims


def _definite(view: Scene, atom: int, found: Attached) -> bool:
    """As in "one firm had 2,190 of the <counted>": the whole is known, and the number is only some of it."""
    known = view.form(atom + 1) == "of" and view.form(atom + 2) in DEFINITE and atom <= found.at <= atom + PHRASE
    return known and view.form(atom + 3) not in view.tables.stating.auxiliary  # "47 of those <were> sent back"


DEFINITE = frozenset({"the", "these", "those", "its", "their", "our", "his", "her"})
PHRASE = 4  # atoms from a number to the noun of its whole


GOING_ON = frozenset({TIME, "and", "but", "against", "compared", "up", "down", "more", "fewer", "about", "roughly"})


def _timed(view: Scene, atom: int) -> bool:
    """As in "six of them on 12 August alone", "six of them left in May": the time alone tells the part, or nothing."""
    if view.form(atom + 1) != "of":
        return False
    after = view.form(atom + 3)
    if after == ",":  # "40 of them, <others> ..." begins another statement
        parts = view.form(atom + 5) == "of" and view.form(atom + 6) in PRONOUNS
        return view.form(atom + 4) in GOING_ON or (view.form(atom + 4) == QUANTITY and not parts)
    happened = next((length for name, length in view.line.classes[atom + 3] if name == HAPPENS), 0)
    at = atom + 3 + happened
    told = view.form(at) in ("on", "in", "by", "during", "at") and view.form(at + 1) == TIME
    return (after in (TIME, BREAK, ".", "") and not happened) or told or (happened > 0 and view.form(at) == TIME)


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
