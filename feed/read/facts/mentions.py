"""Where an article speaks of a scheme of the pack: by its name, by partner and noun, or by "the scheme" again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feed.read.cast import Cast
from feed.read.facts.book import Book, book, conditions, fits
from feed.read.facts.deals import NOUNY, Mention, deals
from feed.read.text.lexer import Kind
from feed.read.text.sentences import Sentence

__all__ = ["Mention", "mentions"]


class _Recall(NamedTuple):
    """What was named so far: the last mention with its sentence (at most one), and all schemes by then.

    `called`: by what nouns each scheme goes. `proper`: nouns that only schemes go by which have them, named before.
    """

    last: list[tuple[tuple[str, ...], int]]
    every: set[str]
    called: Mapping[str, frozenset[str]]
    proper: frozenset[str]

    def keep(self, mention: Mention, at: int) -> None:
        """`at`: the index of its sentence."""
        self.last[:] = [(mention.schemes, at)]
        self.every.update(mention.schemes)

    def meant(self, sentence: Sentence, noun: str) -> tuple[str, ...]:
        """What "the scheme" means: the last one, when it is near or the only one so far; "it" must be nearer still.

        A noun that the last one does not go by means the one of those named so far that does, if there is only one.
        """
        if not self.last:
            return ()
        schemes, index = self.last[0]
        it = noun == "it"
        fitting = [scheme for scheme in self.every if noun in self.called[scheme]]
        if noun in self.proper:
            return tuple(fitting) if len(fitting) == 1 else ()
        if len(fitting) == 1 and not it and fitting[0] not in schemes and len(schemes) == 1:
            return tuple(fitting) if noun not in self.called[schemes[0]] else schemes
        far = sentence.index - index
        near = far <= (1 if it else NEAR) or (len(self.every) == 1 and not it)
        return schemes if len(schemes) == 1 and near else ()


NEAR = 3  # sentences
BEFORE = -1  # the title's place among them


def mentions(cast: Cast, titled: Sequence[Mention] = ()) -> tuple[Mention, ...]:
    """Every mention of a scheme, in order, none overlapping. Pure; linear in the article's length.

    `titled`: those in its title, which "the scheme" may mean in its first sentences.
    """
    table = book(cast.topic.actors.schemes, cast.telling.anaphors)
    found: list[Mention] = []
    before: frozenset[str] = frozenset()
    recall = _Recall([], set(), table.called, table.proper)
    for mention in titled:
        recall.keep(mention, BEFORE)
    for sentence in cast.document.sentences:
        here = conditions(cast, table, sentence)
        plain = _merged(
            [*deals(cast, table, sentence, here, before, recall.every), *_named(cast, table, sentence, here)]
        )
        both = _merged([*plain, *_themed(cast, table, sentence, here)])
        for mention in _again(cast, table, sentence, both, recall):
            recall.keep(mention, sentence.index)
            found.append(mention)
        before = here
    return tuple(found)


def _named(cast: Cast, table: Book, sentence: Sentence, here: frozenset[str]) -> Iterator[Mention]:
    for found in table.names.find(cast.tokens, sentence.first, sentence.last):
        row = next((row for row in found.value if fits(row, here, here)), None)
        if row:
            last = _with_head(cast, table, found.last, sentence.last)
            yield Mention(found.first, last, (row.id,), again=False, inner=last)


def _with_head(cast: Cast, table: Book, last: int, stop: int) -> int:
    """The end of a name with its quotation mark and noun: "“one in, one out” pilot", "the X scheme"."""
    for at in range(last, min(stop, last + 3)):
        head = table.heads.at(cast.tokens, at, stop)
        if head:
            return head.last
        if cast.tokens[at].kind not in NOUNY or cast.tokens[at].folded in cast.telling.closed:
            break
    return last


def _themed(cast: Cast, table: Book, sentence: Sentence, here: frozenset[str]) -> Iterator[Mention]:
    """A theme beside one of its nouns with nothing but words between: "legislation to protect <theme>"."""
    tokens = cast.tokens
    for found in table.themes.find(tokens, sentence.first, sentence.last):
        for row in (row for row in found.value if fits(row, here, here)):
            heads = {form for head in row.heads for form in (head, f"{head}s")}
            low, high = max(sentence.first, found.first - 4), min(sentence.last, found.last + 3)
            left = next((i for i in range(found.first - 1, low - 1, -1) if tokens[i].folded in heads), None)
            right = next((i for i in range(found.last, high) if tokens[i].folded in heads), None)
            first, last = found.first if left is None else left, found.last if right is None else right + 1
            if (left is not None or right is not None) and all(t.kind is Kind.WORD for t in tokens[first:last]):
                yield Mention(first, last, (row.id,), again=False, inner=last)


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
    if not plain and not recall.last:
        return
    queue = list(plain)
    at = sentence.first
    forms = cast.tokens.forms
    while at < sentence.last:
        if queue and queue[0].first <= at:
            mention = queue.pop(0)
            at = max(at, mention.last)
        elif forms[at] not in BEGINNING:
            at += 1
            continue
        else:
            size = _anaphor(cast, at, queue[0].first if queue else sentence.last, table)
            if size < 0:
                recall.last.clear()
            meant = recall.meant(sentence, cast.tokens[at + size - 1].folded) if size > 0 else ()
            if not meant:
                at += 1
                continue
            mention = Mention(at, at + size, meant, again=True, inner=at + size)
            at += size
        yield mention


def _anaphor(cast: Cast, at: int, stop: int, table: Book) -> int:
    """How many tokens of "the scheme" or "it" begin there, 0 for none; -1 where "a similar scheme" is another one."""
    tokens = cast.tokens
    word = tokens[at].folded
    if word == "it":
        return 1
    if word not in DEFINITE and word not in INDEFINITE:
        return 0
    for size in (2, 3):
        if at + size > stop or tokens[at + size - 1].kind is not Kind.WORD:
            return 0
        noun = tokens[at + size - 1].folded
        if noun in table.anaphors:
            return size if word in DEFINITE else -1
        if noun in table.proper:
            return size if word in DEFINITE and size == 2 else 0
        if tokens[at + size - 1].folded in cast.telling.closed:
            return 0
    return 0


DEFINITE = frozenset({"the", "this", "that"})
INDEFINITE = frozenset({"a", "an", "another"})
BEGINNING = DEFINITE | INDEFINITE | {"it"}
