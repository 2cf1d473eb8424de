"""How far a scheme has come, as an article says it: what was done to it, what became of it, what is thought of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.english.telling import StatusRow
from feed.read.facts.asof import Dated, dates
from feed.read.facts.cues import BACK, LEFT, MARKS, Cue, Form, Scene, Tense, broken, cues, governing
from feed.read.facts.led import EARLY, lefts
from feed.read.facts.mentions import Mention
from feed.read.text.lexer import Kind
from feed.read.text.surfaces import Found
from feed.read.times.dates import Almanac


class Told(NamedTuple):
    """A status told of a mention: rank in the table, from which day, and the tokens of cue and mention together."""

    mention: Mention
    row: StatusRow
    rank: int
    form: Form
    as_of: date | None
    first: int
    last: int


REACH = 9  # tokens between a cue and the scheme after it
PLAIN = 3  # words that are needed to tell something of "it"
CLOSE = 4  # tokens between a scheme and what is told of it


def statuses(cast: Cast, found: tuple[Mention, ...], spoken: frozenset[int], almanac: Almanac | None) -> Iterator[Told]:
    """Every status told of a mentioned scheme, in order. `spoken` are tokens of quoted speech, which are left out.

    Leaves out what is denied, asked, wished or merely possible, unless that is the status. `almanac` resolves dates;
    without it nothing is dated. Linear in the article's length.
    """
    table = cues(cast.telling, cast.topic.actors.schemes.deals)
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
        if left.row.status in EARLY:  # "talks on a deal are under way": what follows is told of the talks
            return
    for told in _right(scene, mention, high, reach=0 if it else CLOSE):
        if not it or told.row.needs or (told.form is Form.NOW and told.last - mention.last >= PLAIN):
            yield told
    yield from _relative(scene, mention, high)
    if mention.inner < mention.last:
        yield from _inner(scene, mention)


def _left(scene: Scene, mention: Mention, low: int, reach: int) -> Told | None:
    """What is told before a mention, by the cue nearest to it."""
    tokens = scene.cast.tokens
    start = max(low, mention.first - reach - 5)
    hits = scene.table.left.find(tokens, start, mention.first)
    hits = [h for h in hits if mention.first - h.last <= reach and not broken(scene, h.last, mention.first)]
    for hit in reversed(hits):
        if hit.first in scene.spoken:
            continue
        for cue in hit.value:
            tense = lefts(scene, cue, hit, mention)
            if tense:
                return _told(scene, mention, cue, hit, tense)
        return None
    return None


def _right(scene: Scene, mention: Mention, high: int, reach: int) -> Iterator[Told]:
    """What is told right after a mention: "was scrapped", "is working", "posted online"."""
    tokens = scene.cast.tokens
    stop = min(high, mention.last + reach + 8)
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


RELATIVES = frozenset({"which", "that"})
CLAUSE = 7  # tokens between "which" and the verb that it is the object of


def _relative(scene: Scene, mention: Mention, high: int) -> Iterator[Told]:
    """What a clause after a mention tells that it is the object of: "X, which the court ruled unlawful last year"."""
    tokens = scene.cast.tokens
    at = _about(scene, mention.last, high)
    if at + 2 >= high:
        return
    at += tokens[at].kind is Kind.COMMA
    if tokens[at].folded not in RELATIVES or _sided(tokens[at + 1].folded, scene):
        return
    stop = min(high, at + CLAUSE + 2)
    for hit in scene.table.left.find(tokens, at + 2, stop):
        plain = hit.first not in scene.spoken and not broken(scene, at, hit.first)
        done = next((cue for cue in hit.value if cue.form is Form.DONE), None)
        if done and plain and not _wished_between(scene, at, hit.first):
            perfect = tokens[governing(scene, hit.first)].folded in scene.table.has
            yield _told(scene, mention, done, hit, Tense.NOW if perfect else Tense.THEN)
            return


def _sided(word: str, scene: Scene) -> bool:
    """Whether a verb follows "which" at once, so that it is the subject of its clause."""
    return word in scene.table.has | scene.table.be | scene.table.had


def _passable(scene: Scene, first: int, last: int, reach: int) -> bool:
    """Whether nothing but adverbs, commas, quotation marks and what it is about ("on returns") stands between a
    mention and what is told of it."""
    between = scene.cast.tokens[_about(scene, _sides(scene, first, last), last) : last]
    plain = all(t.kind is not Kind.WORD or t.folded in PASSED or t.folded in scene.table.adverbs for t in between)
    return plain and len(between) <= max(reach, 1) and not any(t.kind in MARKS for t in between)


def _sides(scene: Scene, first: int, last: int) -> int:
    """The token after "between the two countries", else `first`."""
    tokens = scene.cast.tokens
    if first + 4 <= last and tokens[first].folded == "between" and tokens[first + 2].folded in ("two", "three"):
        return first + 4
    return first


def _about(scene: Scene, first: int, last: int) -> int:
    """The token after "on tea exports", "to send back teapots", else `first`."""
    tokens, at = scene.cast.tokens, first
    if first < last and tokens[first].folded in ABOUT:
        at = first + 1 + (tokens[first].folded == "to")
        while at < last and (tokens[at].folded in scene.table.about or tokens[at].folded in WITHIN):
            at += 1
    return at if at > first + 1 and tokens[at - 1].folded in scene.table.about else first


ABOUT = frozenset({"on", "for", "of", "about", "over", "to"})
WITHIN = frozenset({"the", "of", "and", "back", "from", "illegal", "failed", "people", "those", "home", "send"})


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
    verb = governing(scene, hit.first)
    past = verb >= scene.sentence.first and scene.cast.tokens[verb].folded in scene.table.had
    when = _since(scene, hit) if cue.form is Form.SINCE else as_of(scene, first, last, Tense.THEN if past else tense)
    if when is None and not past and _leads(scene, cue, hit):
        when = scene.cast.published
    return Told(mention, cue.row, cue.rank, cue.form, when, first, last)


def _since(scene: Scene, hit: Found[tuple[Cue, ...]]) -> date | None:
    """The day after "in force since", else now."""
    day = next((day for day in scene.days if hit.last <= day.first <= hit.last + 1), None)
    today = scene.cast.published
    return min(day.end, today) if day and today else today


LEAD = 1  # the first two paragraphs tell what is new
WERE = frozenset({"was", "were"})


def _leads(scene: Scene, cue: Cue, hit: Found[tuple[Cue, ...]]) -> bool:
    """Whether an undated past is the article's news: a whole clause of its first paragraphs."""
    clause = cue.form in LEFT or scene.cast.tokens[hit.first].folded in WERE
    return clause and scene.sentence.paragraph <= LEAD and not scene.days


DATED = 10  # tokens after the words that a date may stand


def as_of(scene: Scene, first: int, last: int, tense: Tense) -> date | None:
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
    return bound or (between[0] < between[1] and broken(scene, *between))


BOUNDS = frozenset({"since", "until", "before", "from", "to", "by", "for"})
