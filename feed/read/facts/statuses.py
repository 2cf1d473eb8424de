"""How far a scheme has come, as an article says it: what was done to it, what became of it, what is thought of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.dates import Almanac
from feed.read.facts.asof import Dated, dates
from feed.read.facts.mentions import Mention
from feed.read.lexer import Kind
from feed.read.sentences import Sentence
from feed.read.surfaces import Found, Surfaces, phrases
from feed.read.telling import Assertion, StatusRow, Telling


class Form(StrEnum):
    """In which form of words a status is told."""

    BARE = "bare"
    DONE = "done"
    DOING = "doing"
    BEFORE = "before"
    AFTER = "after"
    NOW = "now"
    ADJECTIVE = "adjective"


class Tense(StrEnum):
    """Whether it is told as holding now or as something that happened then."""

    NOW = "now"
    THEN = "then"


class Cue(NamedTuple):
    """Words that tell a status: the row of the table and the form."""

    rank: int
    row: StatusRow
    form: Form


class Told(NamedTuple):
    """A status told of a mention: rank in the table, from which day, and the tokens of cue and mention together."""

    mention: Mention
    row: StatusRow
    rank: int
    form: Form
    as_of: date | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of statuses, compiled."""

    left: Surfaces[tuple[Cue, ...]]
    right: Surfaces[tuple[Cue, ...]]
    denials: Surfaces[str]
    modals: Surfaces[str]
    deciding: Surfaces[str]
    recent: Surfaces[str]
    gerund_after: frozenset[str]
    has: frozenset[str]
    had: frozenset[str]
    be: frozenset[str]
    breaks: frozenset[str]
    adverbs: frozenset[str]
    needs: Surfaces[str]


LEFT = (Form.BARE, Form.DONE, Form.DOING, Form.BEFORE, Form.ADJECTIVE)


def _forms(row: StatusRow) -> dict[Form, tuple[str, ...]]:
    return {
        Form.BARE: row.bare,
        Form.DONE: row.done,
        Form.DOING: row.doing,
        Form.BEFORE: row.before,
        Form.AFTER: row.after,
        Form.NOW: row.now,
        Form.ADJECTIVE: row.adjectives,
    }


@lru_cache(maxsize=8)
def _compiled(rows: tuple[StatusRow, ...], assertion: Assertion) -> Cues:
    sides: tuple[dict[str, tuple[Cue, ...]], dict[str, tuple[Cue, ...]]] = ({}, {})
    for rank, row in enumerate(rows):
        for form, words in _forms(row).items():
            side = sides[form not in LEFT]
            for word in words:
                side[word] = (*side.get(word, ()), Cue(rank, row, form))
    return Cues(
        left=Surfaces(sides[0].items()),
        right=Surfaces(sides[1].items()),
        denials=phrases(assertion.denials),
        modals=phrases(assertion.modals),
        deciding=phrases(assertion.deciding),
        recent=phrases(assertion.recent),
        gerund_after=frozenset(assertion.gerund_after),
        has=frozenset(assertion.has),
        had=frozenset(assertion.had),
        be=frozenset(assertion.be),
        breaks=frozenset(assertion.breaks),
        adverbs=frozenset(assertion.adverbs),
        needs=phrases(word for row in rows for word in row.needs),
    )


def cues(telling: Telling) -> Cues:
    """The table compiled. The same values give the same object."""
    return _compiled(telling.status, telling.assertion)


REACH = 9  # tokens between a cue and the scheme after it
CLOSE = 4  # tokens between a scheme and what is told of it
BACK = 12  # tokens before a cue in which a denial counts
MARKS = frozenset({Kind.SEMICOLON, Kind.DASH, Kind.STOP, Kind.COLON})


class Scene(NamedTuple):
    """One sentence with what all its mentions need."""

    cast: Cast
    table: Cues
    sentence: Sentence
    spoken: frozenset[int]
    almanac: Almanac | None
    days: tuple[Dated, ...]


def statuses(cast: Cast, found: tuple[Mention, ...], spoken: frozenset[int], almanac: Almanac | None) -> Iterator[Told]:
    """Every status told of a mentioned scheme, in order. `spoken` are tokens of quoted speech, which are left out.

    Leaves out what is denied, asked, wished or merely possible, unless that is the status. `almanac` resolves dates;
    without it nothing is dated. Linear in the article's length.
    """
    table = cues(cast.telling)
    scene: Scene | None = None
    for index, mention in enumerate(found):
        if mention.first in spoken:
            continue
        sentence = cast.sentence_at(mention.first)
        if scene is None or scene.sentence is not sentence:
            days = dates(cast.document, sentence, almanac) if almanac else ()
            scene = Scene(cast, table, sentence, spoken, almanac, days)
        if cast.tokens[sentence.last - 1].text == "?":
            continue
        low = found[index - 1].last if index else 0
        high = found[index + 1].first if index + 1 < len(found) else len(cast.tokens)
        yield from _of(scene, mention, max(low, sentence.first), min(high, sentence.last))


def _of(scene: Scene, mention: Mention, low: int, high: int) -> Iterator[Told]:
    tokens = scene.cast.tokens
    it = mention.again and tokens[mention.first].folded == "it"
    left = _left(scene, mention, low, reach=0 if it else REACH)
    if left:
        yield left
    yield from (told for told in _right(scene, mention, high, reach=0 if it else CLOSE) if not it or told.row.needs)
    if mention.inner < mention.last:
        yield from _inner(scene, mention)


def _left(scene: Scene, mention: Mention, low: int, reach: int) -> Told | None:
    """What is told before a mention, by the cue nearest to it."""
    tokens = scene.cast.tokens
    start = max(low, mention.first - reach - 5)
    hits = scene.table.left.find(tokens, start, mention.first)
    hits = [h for h in hits if mention.first - h.last <= reach and not _broken(scene, h.last, mention.first)]
    for hit in reversed(hits):
        if hit.first in scene.spoken:
            continue
        for cue in hit.value:
            tense = _lefts(scene, cue, hit, mention)
            if tense:
                return _told(scene, mention, cue, hit, tense)
        return None
    return None


def _broken(scene: Scene, first: int, last: int) -> bool:
    """Whether a clause ends between two tokens."""
    return any(t.kind in MARKS or t.folded in scene.table.breaks for t in scene.cast.tokens[first:last])


class Led(NamedTuple):
    """A cue before a mention: the sentence, the cue, and how many tokens stand between."""

    scene: Scene
    hit: Found[tuple[Cue, ...]]
    gap: int


def _lefts(scene: Scene, cue: Cue, hit: Found[tuple[Cue, ...]], mention: Mention) -> Tense | None:
    """In which tense a cue before a mention tells its status, None when it does not tell it."""
    if _denied(scene, hit.first, mention.first) or (cue.row.status in EARLY and not _new(scene, mention)):
        return None
    return LEFTS[cue.form](Led(scene, hit, mention.first - hit.last))


def _denied(scene: Scene, first: int, last: int) -> bool:
    """Whether the clause takes back what the cue tells, before the cue or between cue and mention."""
    start = max(scene.sentence.first, first - BACK)
    for at in range(first - 1, start - 1, -1):
        if scene.cast.tokens[at].kind in MARKS or scene.cast.tokens[at].folded in scene.table.breaks:
            start = at + 1
            break
    return bool(scene.table.denials.find(scene.cast.tokens, start, last))


def _lead(scene: Scene, at: int) -> int:
    """The index of the token that governs a verb at `at`: adverbs before it are passed."""
    low = max(scene.sentence.first, at - 4)
    while at > low and scene.cast.tokens[at - 1].folded in scene.table.adverbs:
        at -= 1
    return at - 1


def _done(led: Led) -> Tense | None:
    """A past form: perfect holds now; with an article before it, it is an adjective; else it happened then."""
    scene, hit = led.scene, led.hit
    governing = _lead(scene, hit.first)
    word = scene.cast.tokens[governing].folded if governing >= scene.sentence.first else ""
    if word in scene.table.has:
        return Tense.NOW
    if word in scene.table.be or word == "to" or scene.table.modals.at(scene.cast.tokens, max(governing, 0), hit.first):
        return None
    adjective = word in ARTICLES and led.gap <= 1
    return Tense.NOW if adjective else (None if word in ARTICLES else Tense.THEN)


ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "'s"})


def _bare(led: Led) -> Tense | None:
    """A bare verb tells something only after a decision: "the decision to <verb>"."""
    scene, hit = led.scene, led.hit
    decided = scene.table.deciding.ending(scene.cast.tokens, max(scene.sentence.first, hit.first - 4), hit.first)
    return Tense.NOW if decided else None


def _doing(led: Led) -> Tense | None:
    """An -ing form tells something at a sentence's start or after a few words: "by <verb>ing", "was <verb>ing"."""
    scene, hit = led.scene, led.hit
    governing = _lead(scene, hit.first)
    if governing < scene.sentence.first:
        return Tense.NOW
    if _wished(scene, hit.first):
        return None
    return Tense.NOW if scene.cast.tokens[governing].folded in scene.table.gerund_after else None


def _wished(scene: Scene, at: int) -> bool:
    start = max(scene.sentence.first, at - BACK)
    return bool(scene.table.modals.find(scene.cast.tokens, start, at))


def _before(led: Led) -> Tense | None:
    """A phrase that leads to the scheme; in the simple past it happened then."""
    scene, hit = led.scene, led.hit
    tokens, governing = scene.cast.tokens, _lead(scene, hit.first)
    perfect = governing >= scene.sentence.first and tokens[governing].folded in scene.table.has
    past = tokens[hit.first].folded.endswith("ed") and not perfect
    return Tense.THEN if past else Tense.NOW


def _new(scene: Scene, mention: Mention) -> bool:
    """Whether the words bring a scheme in ("deals with X", "a new X") rather than speak of a known one ("the X")."""
    tokens, at = scene.cast.tokens, mention.first
    low = max(scene.sentence.first, at - 5)
    while at > low and tokens[at - 1].folded not in ARTICLES:
        at -= 1
    known = at > low and tokens[at - 1].folded in KNOWN
    return not mention.again and not known


KNOWN = frozenset({"the", "its", "their", "his", "her", "this", "'s", "our", "that"})
EARLY = frozenset({"considered", "proposed"})  # one does not consider what there is


def _adjective(led: Led) -> Tense | None:
    return Tense.NOW if led.gap <= 2 else None


LEFTS = {Form.DONE: _done, Form.BARE: _bare, Form.DOING: _doing, Form.BEFORE: _before, Form.ADJECTIVE: _adjective}


def _right(scene: Scene, mention: Mention, high: int, reach: int) -> Iterator[Told]:
    """What is told right after a mention: "was scrapped", "is working", "posted online"."""
    tokens = scene.cast.tokens
    stop = min(high, mention.last + reach + 6)
    hit = next((h for h in scene.table.right.find(tokens, mention.last, stop) if h.first not in scene.spoken), None)
    if hit is None or not _passable(scene, mention.last, hit.first, reach):
        return
    if scene.table.denials.find(tokens, max(scene.sentence.first, mention.first - 6), hit.last):
        return
    for cue in hit.value:
        if cue.row.needs and not _needed(scene, cue.row, mention):
            continue
        first = tokens[hit.first].folded
        then = cue.form is Form.AFTER and first not in scene.table.has and first not in PRESENT
        yield _told(scene, mention, cue, hit, Tense.THEN if then else Tense.NOW)
        return


PRESENT = frozenset({"is", "are"})
PASSED = frozenset({"which", "that", "who", "bill", "act"})


def _passable(scene: Scene, first: int, last: int, reach: int) -> bool:
    """Whether nothing but adverbs, commas and quotation marks stands between a mention and what is told of it."""
    between = scene.cast.tokens[first:last]
    plain = all(t.kind is not Kind.WORD or t.folded in PASSED or t.folded in scene.table.adverbs for t in between)
    return plain and len(between) <= max(reach, 1) and not any(t.kind in MARKS for t in between)


def _needed(scene: Scene, row: StatusRow, mention: Mention) -> bool:
    near = scene.table.needs.find(scene.cast.tokens, max(scene.sentence.first, mention.first - BACK), mention.first)
    return any(found.value in row.needs for found in near)


def _inner(scene: Scene, mention: Mention) -> Iterator[Told]:
    """What a clause inside a mention tells: "the deal he struck with X last year"."""
    for hit in scene.table.left.find(scene.cast.tokens, mention.inner, mention.last):
        for cue in hit.value:
            if cue.form is Form.DONE and not _wished_between(scene, mention.inner, hit.first):
                yield _told(scene, mention, cue, hit, Tense.THEN)
                return


def _wished_between(scene: Scene, first: int, last: int) -> bool:
    table, tokens = scene.table, scene.cast.tokens
    return bool(table.modals.find(tokens, first, last) or table.denials.find(tokens, first, last))


def _told(scene: Scene, mention: Mention, cue: Cue, hit: Found[tuple[Cue, ...]], tense: Tense) -> Told:
    first, last = min(hit.first, mention.first), max(hit.last, mention.last)
    governing = _lead(scene, hit.first)
    past = governing >= scene.sentence.first and scene.cast.tokens[governing].folded in scene.table.had
    when = _as_of(scene, first, last, Tense.THEN if past else tense)
    if when is None and not past and scene.sentence.paragraph <= LEAD and not scene.days:
        when = scene.cast.published
    return Told(mention, cue.row, cue.rank, cue.form, when, first, last)


LEAD = 1  # the first two paragraphs tell what is new
DATED = 10  # tokens after the words that a date may stand


def _as_of(scene: Scene, first: int, last: int, tense: Tense) -> date | None:
    """The day that it holds from: now, or a date in the same clause, or unknown."""
    today = scene.cast.published
    if tense is Tense.NOW or today is None:
        return today
    stop = min(scene.sentence.last, last + DATED)
    if scene.table.recent.find(scene.cast.tokens, first, stop):
        return today
    near = [day for day in scene.days if first - DATED <= day.first < stop and not _apart(scene, day, first, last)]
    after = [day for day in near if day.first >= first]
    chosen = after[0] if after else (near[-1] if near else None)
    return min(chosen.end, today) if chosen and chosen.start <= today else None


def _apart(scene: Scene, day: Dated, first: int, last: int) -> bool:
    """Whether a clause ends between the words and the date, or the date is a bound of something else."""
    between = (last, day.first) if day.first >= last else (day.last, first)
    bound = day.first > 0 and scene.cast.tokens[day.first - 1].folded in BOUNDS
    return bound or (between[0] < between[1] and _broken(scene, *between))


BOUNDS = frozenset({"since", "until", "before", "from", "to", "by", "for"})
