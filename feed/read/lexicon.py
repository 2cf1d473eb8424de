"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from feed.read.lexer import Kind, lex

QUANTITY = "#"
TIME = "[T]"
BREAK = "|"
GAPS = {"..": 3, "...": 8}
OPAQUE = frozenset({QUANTITY, BREAK})

Value = TypeVar("Value")
Irregular = Mapping[str, Sequence[str]]


class Atom(NamedTuple):
    """One step of a sentence: a word, a whole quantity, a whole time, or a break between clauses.

    `form` is what patterns compare; `first` to `last` are token indexes, end excluded.
    """

    form: str
    first: int
    last: int


class Hit(NamedTuple, Generic[Value]):
    """A pattern found: atom indexes `first` to `last`, end excluded; `counted` is the atom of its `#`, else -1."""

    first: int
    last: int
    counted: int
    value: Value


VOWELS = frozenset("aeiou")


def forms(word: str, irregular: Irregular) -> tuple[str, ...]:
    """All forms of a regular verb or noun; those of the table when it has the word. Some that no one uses, too."""
    if word in irregular:
        return tuple(irregular[word])
    if word.endswith("y") and word[-2] not in VOWELS:
        stem = word[:-1]
        return (word, f"{stem}ies", f"{stem}ied", f"{word}ing")
    if word.endswith("e"):
        return (word, f"{word}s", f"{word}d", f"{word[:-1]}ing")
    plural = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    doubled = word + word[-1]
    return (word, plural, f"{word}ed", f"{word}ing", f"{doubled}ed", f"{doubled}ing")


class _Step(NamedTuple):
    forms: frozenset[str]
    group: str  # the word class to be met here, "" for none
    gap: int  # how many atoms may be passed before it


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[Value]):
    steps: tuple[_Step, ...]
    value: Value


def _plain(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in lex(text) if token.kind not in (Kind.HYPHEN, Kind.OPEN, Kind.CLOSE))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return _plain(text)


def _steps(line: str, irregular: Irregular) -> Iterator[_Step]:
    gap = 0
    for part in line.split():
        if part in GAPS:
            gap = GAPS[part]
        elif part.startswith("@"):
            yield _Step(frozenset(), part[1:], gap)
            gap = 0
        else:
            for step in _literal(part, irregular):
                yield _Step(step, "", gap)
                gap = 0


def _literal(part: str, irregular: Irregular) -> Iterator[frozenset[str]]:
    if part in (QUANTITY, TIME, BREAK):
        yield frozenset({part})
    elif part.startswith("~"):
        yield frozenset(forms(part[1:], irregular))
    else:
        for word in _words(part):
            yield frozenset({word})


class _Node:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[str, ...] = ()


class Classes:
    """Word classes: which phrases of which class begin at an atom. Longest first."""

    def __init__(self, classes: Mapping[str, Iterable[str]], irregular: Irregular) -> None:
        self._root = _Node()
        for name, phrases in classes.items():
            for phrase in phrases:
                parts = [part for word in phrase.split() for part in _literal(word, irregular)]
                for words in product(*parts):
                    self._add(words, name)

    def _add(self, words: tuple[str, ...], name: str) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if name not in node.ends:
            node.ends = (*node.ends, name)

    def at(self, atoms: Sequence[Atom], index: int) -> list[tuple[str, int]]:
        """(class, number of atoms) of every phrase that begins at this atom, longest first."""
        found: list[tuple[str, int]] = []
        node = self._root
        here = index
        while here < len(atoms):
            following = node.next.get(atoms[here].form)
            if following is None:
                break
            node = following
            here += 1
            found += [(name, here - index) for name in node.ends]
        found.reverse()
        return found


class Lexicon(Generic[Value]):
    """Compiled patterns, each with a value. Immutable once made."""

    def __init__(self, rows: Iterable[tuple[str, Value]], classes: Classes, irregular: Irregular) -> None:
        self._classes = classes
        self._by_form: dict[str, list[_Pattern[Value]]] = {}
        self._by_class: dict[str, list[_Pattern[Value]]] = {}
        for line, value in rows:
            pattern = _Pattern(tuple(_steps(line, irregular)), value)
            first = pattern.steps[0]
            if first.group:
                self._by_class.setdefault(first.group, []).append(pattern)
            for form in first.forms:
                self._by_form.setdefault(form, []).append(pattern)

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest."""
        hits: list[Hit[Value]] = []
        for index, atom in enumerate(line.atoms):
            patterns = self._by_form.get(atom.form)
            for pattern in patterns or ():
                hits += self._try(pattern, line, index)
            for name, _ in line.classes[index]:
                for pattern in self._by_class.get(name, ()):
                    hits += self._try(pattern, line, index)
        return hits

    @staticmethod
    def _try(pattern: _Pattern[Value], line: Line, index: int) -> list[Hit[Value]]:
        end = _match(pattern.steps, 0, line, index)
        if end < 0:
            return []
        counted = next((i for i in range(index, end) if line.atoms[i].form == QUANTITY), -1)
        return [Hit(index, end, counted, pattern.value)]


class Line:
    """A sentence as atoms, with the word classes that begin at each."""

    __slots__ = ("atoms", "classes")

    def __init__(
        self, atoms: Sequence[Atom], classes: Classes, also: Mapping[int, tuple[str, int]] | None = None
    ) -> None:
        self.atoms = tuple(atoms)
        self.classes = tuple(classes.at(self.atoms, index) for index in range(len(self.atoms)))
        for index, extra in (also or {}).items():
            self.classes[index].append(extra)

    def has(self, index: int, name: str) -> bool:
        """Whether a phrase of that class begins at that atom."""
        return 0 <= index < len(self.classes) and any(found == name for found, _ in self.classes[index])


def _match(steps: tuple[_Step, ...], at: int, line: Line, index: int) -> int:
    """The atom after the match of `steps[at:]` that begins at `index`, else -1."""
    for length in _lengths(steps[at], line, index):
        end = index + length
        if at + 1 == len(steps):
            return end
        for start in _starts(line, end, steps[at + 1].gap):
            found = _match(steps, at + 1, line, start)
            if found >= 0:
                return found
    return -1


def _lengths(step: _Step, line: Line, index: int) -> list[int]:
    if step.group:
        return [length for name, length in line.classes[index] if name == step.group]
    return [1] if line.atoms[index].form in step.forms else []


def _starts(line: Line, index: int, gap: int) -> Iterator[int]:
    passed = 0
    while index < len(line.atoms):
        form = line.atoms[index].form
        yield index
        if form != TIME:
            if form in OPAQUE or passed == gap:
                return
            passed += 1
        index += 1
