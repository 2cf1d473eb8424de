"""Where an article speaks of a scheme of the pack: by its name, by partner and noun, or by "the scheme" again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from feed.model.actors import Scheme, Schemes
from feed.model.topic import Topic
from feed.read.cast import Cast
from feed.read.lexer import Kind, Token
from feed.read.sentences import Sentence
from feed.read.surfaces import Found, Surfaces, phrases


class Mention(NamedTuple):
    """Some schemes named at tokens `first` to `last`, end excluded. `again`: by a general noun or "it" only.

    `inner` is the first token of a relative clause inside it ("the deal <he struck with X>"), else `last`.
    """

    first: int
    last: int
    schemes: tuple[str, ...]
    again: bool
    inner: int


@dataclass(frozen=True, slots=True)
class Book:
    """The pack's schemes, compiled."""

    rows: tuple[Scheme, ...]
    names: Surfaces[tuple[Scheme, ...]]
    heads: Surfaces[str]
    general: frozenset[str]
    also: Surfaces[str]
    themes: Surfaces[tuple[Scheme, ...]]
    conditions: Surfaces[str]
    deal_context: frozenset[str]
    deal_unless: frozenset[str]
    about: frozenset[str]
    home: str
    anaphors: frozenset[str]


def _plural(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(form, word) for word in words for form in (word, f"{word}s")]


def _grouped(pairs: Iterable[tuple[str, Scheme]]) -> list[tuple[str, tuple[Scheme, ...]]]:
    groups: dict[str, tuple[Scheme, ...]] = {}
    for phrase, row in pairs:
        groups[phrase] = (*groups.get(phrase, ()), row)
    return list(groups.items())


@lru_cache(maxsize=8)
def book(schemes: Schemes, anaphors: tuple[str, ...]) -> Book:
    """The pack's schemes compiled. The same values give the same object."""
    rows, deals = schemes.scheme, schemes.deals
    general = deals.heads if deals else ()
    heads = dict.fromkeys([*general, *(head for row in rows for head in row.heads)])
    asked = {word for row in rows for word in (*row.owner, *row.unless, *row.context)}
    context = deals.context if deals else ()
    unless = deals.unless if deals else ()
    about = deals.about if deals else ()
    return Book(
        rows=rows,
        names=Surfaces(_grouped((name, row) for row in rows for name in row.names)),
        heads=Surfaces(_plural(heads)),
        general=frozenset(general),
        also=Surfaces((word, row.partners[0]) for row in rows if row.partners for word in row.also),
        themes=Surfaces(_grouped((theme, row) for row in rows for theme in row.theme)),
        conditions=phrases({*asked, *context, *unless, *about}),
        deal_context=frozenset(context),
        deal_unless=frozenset(unless),
        about=frozenset(about),
        home=deals.home if deals else "",
        anaphors=frozenset(anaphors),
    )


def mentions(cast: Cast) -> tuple[Mention, ...]:
    """Every mention of a scheme, in order, none overlapping. Pure; linear in the article's length."""
    topic: Topic = cast.topic
    table = book(topic.actors.schemes, cast.telling.anaphors)
    found: list[Mention] = []
    before: frozenset[str] = frozenset()
    recall = _Recall([], set())
    for sentence in cast.document.sentences:
        here = _conditions(cast, table, sentence)
        plain = _merged([*_deals(cast, table, sentence, here, before, recall), *_named(cast, table, sentence, here)])
        both = _merged([*plain, *_themed(cast, table, sentence)])
        for mention in _again(cast, table, sentence, both, recall):
            recall.keep(mention, sentence)
            found.append(mention)
        before = here
    return tuple(found)


class _Recall(NamedTuple):
    """What was named so far: the last mention with its sentence (at most one), and all schemes by then."""

    last: list[tuple[tuple[str, ...], int]]
    every: set[str]

    def keep(self, mention: Mention, sentence: Sentence) -> None:
        self.last[:] = [(mention.schemes, sentence.index)]
        self.every.update(mention.schemes)

    def meant(self, sentence: Sentence, *, it: bool) -> tuple[str, ...]:
        """What "the scheme" means: the last one, when it is near or the only one so far; "it" must be nearer still."""
        if not self.last:
            return ()
        schemes, index = self.last[0]
        far = sentence.index - index
        near = far <= (1 if it else NEAR) or (len(self.every) == 1 and not it)
        return schemes if len(schemes) == 1 and near else ()


NEAR = 3  # sentences


def _conditions(cast: Cast, table: Book, sentence: Sentence) -> frozenset[str]:
    """Which of the pack's condition words stand in a sentence."""
    tokens = cast.tokens
    hits = table.conditions.every(tokens, sentence.first, sentence.last)
    return frozenset(word for hit in hits for word in _inner(table, tokens, hit))


def _inner(table: Book, tokens: tuple[Token, ...], hit: Found[str]) -> Iterator[str]:
    yield hit.value
    if hit.last - hit.first > 1:
        first = table.conditions.at(tokens, hit.first, hit.last - 1)
        if first:
            yield first.value


def _fits(row: Scheme, here: frozenset[str], before: frozenset[str]) -> bool:
    owned = not row.owner or any(word in here for word in row.owner)
    placed = not row.context or any(word in here or word in before for word in row.context)
    return owned and placed and not any(word in here for word in row.unless)


def _named(cast: Cast, table: Book, sentence: Sentence, here: frozenset[str]) -> Iterator[Mention]:
    for found in table.names.find(cast.tokens, sentence.first, sentence.last):
        row = next((row for row in found.value if _fits(row, here, here)), None)
        if row:
            last = _with_head(cast, table, found.last, sentence.last)
            yield Mention(found.first, last, (row.id,), again=False, inner=last)


def _with_head(cast: Cast, table: Book, last: int, stop: int) -> int:
    """The end of a name with its quotation mark and noun: "“one in, one out” pilot", "the X scheme"."""
    for at in range(last, min(stop, last + 3)):
        head = table.heads.at(cast.tokens, at, stop)
        if head:
            return head.last
        if cast.tokens[at].kind not in NOUNY or cast.tokens[at].folded in CLOSED:
            break
    return last


def _themed(cast: Cast, table: Book, sentence: Sentence) -> Iterator[Mention]:
    """A theme beside one of its nouns with nothing but words between: "legislation to protect <theme>"."""
    tokens = cast.tokens
    for found in table.themes.find(tokens, sentence.first, sentence.last):
        for row in found.value:
            heads = frozenset(row.heads)
            low, high = max(sentence.first, found.first - 4), min(sentence.last, found.last + 3)
            left = next((i for i in range(found.first - 1, low - 1, -1) if tokens[i].folded in heads), None)
            right = next((i for i in range(found.last, high) if tokens[i].folded in heads), None)
            first, last = found.first if left is None else left, found.last if right is None else right + 1
            if (left is not None or right is not None) and all(t.kind is Kind.WORD for t in tokens[first:last]):
                yield Mention(first, last, (row.id,), again=False, inner=last)


def _deals(
    cast: Cast, table: Book, sentence: Sentence, here: frozenset[str], before: frozenset[str], recall: _Recall
) -> Iterator[Mention]:
    """Schemes named by partner and noun: "the X plan", "deals with X, Y and Z", "the deal he struck with X"."""
    for head in table.heads.find(cast.tokens, sentence.first, sentence.last):
        left, first = _left(cast, table, head.first, sentence.first)
        right, last, inner = _right(cast, table, head.last, sentence.last)
        partners = [code for code in (*left, *right) if code != table.home]
        rows = [_row(table, head.value, code, here, before, recall) for code in dict.fromkeys(partners)]
        ids = tuple(row.id for row in rows if row)
        if ids and not _foreign(cast, table, head.first, sentence, partners, here):
            yield Mention(first, last, ids, again=False, inner=inner)


def _row(
    table: Book, head: str, partner: str, here: frozenset[str], before: frozenset[str], recall: _Recall
) -> Scheme | None:
    """The first row of that partner that goes with that noun in this context."""
    context = bool((here | before) & table.deal_context)
    off = bool(here & table.deal_unless)
    for row in table.rows:
        if partner not in row.partners or head not in (row.heads or table.general) or not _fits(row, here, before):
            continue
        if not off and (row.heads or context or row.id in recall.every):
            return row
    return None


def _left(cast: Cast, table: Book, head: int, start: int) -> tuple[list[str], int]:
    """Countries right before a noun, and where the noun phrase begins: "the X-Y <deal>"."""
    tokens, codes, at, first = cast.tokens, [], head, head
    low = max(start, head - 7)
    while at > low:
        place = cast.country_until(at) or table.also.ending(tokens, max(low, at - 3), at)
        if place and place.first >= low:
            codes.append(place.value)
            at = first = place.first
        elif tokens[at - 1].kind in NOUNY and tokens[at - 1].folded not in CLOSED:
            at -= 1
        else:
            break
    return codes, first


NOUNY = frozenset({Kind.WORD, Kind.HYPHEN, Kind.OPEN, Kind.CLOSE, Kind.DASH, Kind.SLASH})
CLOSED = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "of",
            "to",
            "in",
            "on",
            "for",
            "with",
            "from",
            "by",
            "and",
            "or",
            "that",
            "which",
            "is",
            "are",
        ),
        *("was", "were", "has", "have", "had", "will", "would", "could", "under", "its", "his", "her", "their", "as"),
    }
)


def _right(cast: Cast, table: Book, head: int, stop: int) -> tuple[list[str], int, int]:
    """Countries after a noun's "with" or "between"; the phrase's end, and where a clause inside it begins."""
    tokens = cast.tokens
    for at in range(head, min(stop, head + 8)):
        if tokens[at].folded in ("with", "between"):
            codes, last = _listed(cast, table, at + 1, stop)
            return (codes, last, head if at > head else last) if codes else ([], head, head)
        if tokens[at].kind not in NOUNY or tokens[at].folded in ("and", "while", "but"):
            break
    return [], head, head


def _listed(cast: Cast, table: Book, at: int, stop: int) -> tuple[list[str], int]:
    """The countries of a list "X, Y and the Z" that begins there, and its end."""
    codes: list[str] = []
    last = at
    while at < stop:
        place = cast.country_from(at) or table.also.at(cast.tokens, at, stop)
        if place:
            codes.append(place.value)
            at = last = place.last
        elif cast.tokens[at].folded in JOINING or cast.tokens[at].kind is Kind.COMMA:
            at += 1
        else:
            break
    return codes, last


JOINING = frozenset({"the", "and", "both", "or"})


def _foreign(cast: Cast, table: Book, head: int, sentence: Sentence, partners: list[str], here: frozenset[str]) -> bool:
    """Whether another country than the two is told before the noun, and nothing of home: then the deal is theirs."""
    others = {p.value for p in cast.countries(max(sentence.first, head - 40), head)} - {table.home, *partners}
    return bool(others) and not here & table.about


def _merged(found: Iterable[Mention]) -> list[Mention]:
    """In order of place; of overlapping ones the first given wins."""
    kept: list[Mention] = []
    ends: set[int] = set()
    for mention in found:
        covered = range(mention.first, mention.last)
        if ends.isdisjoint(covered):
            kept.append(mention)
            ends.update(covered)
    return sorted(kept, key=_place)


def _place(mention: Mention) -> int:
    return mention.first


def _again(cast: Cast, table: Book, sentence: Sentence, plain: list[Mention], recall: _Recall) -> Iterator[Mention]:
    """The sentence's mentions with "the scheme" and "it" among them, each meaning what was named last before it.

    Each mention must be kept in `recall` before the next is asked for.
    """
    tokens = cast.tokens
    queue = list(plain)
    at = sentence.first
    while at < sentence.last:
        if queue and queue[0].first <= at:
            mention = queue.pop(0)
            at = max(at, mention.last)
        else:
            size = _anaphor(tokens, at, queue[0].first if queue else sentence.last, table)
            if size < 0:
                recall.last.clear()
            meant = recall.meant(sentence, it=size == 1) if size > 0 else ()
            if not meant:
                at += 1
                continue
            mention = Mention(at, at + size, meant, again=True, inner=at + size)
            at += size
        yield mention


def _anaphor(tokens: tuple[Token, ...], at: int, stop: int, table: Book) -> int:
    """How many tokens of "the scheme" or "it" begin there, 0 for none; -1 where "a similar scheme" is another one."""
    word = tokens[at].folded
    if word == "it":
        return 1
    if word not in DEFINITE and word not in INDEFINITE:
        return 0
    for size in (2, 3):
        if at + size > stop or tokens[at + size - 1].kind is not Kind.WORD:
            return 0
        if tokens[at + size - 1].folded in table.anaphors:
            return size if word in DEFINITE else -1
        if tokens[at + size - 1].folded in CLOSED:
            return 0
    return 0


DEFINITE = frozenset({"the", "this", "that"})
INDEFINITE = frozenset({"a", "an", "another"})
