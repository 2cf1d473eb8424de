"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from feed.read.lexer import Kind, lex

QUANTITY = "#"
TIME = "[T]"
BREAK = "|"
GAPS = {"..": 3, "...": 8}
LONGEST = 8  # words of a class phrase
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

    def among(self, forms_: Sequence[str]) -> frozenset[str]:
        """The classes of which some phrase stands among these words."""
        found: set[str] = set()
        for index, form in enumerate(forms_):
            if form in self._root.next:
                found.update(name for name, _ in self.at([Atom(f, 0, 0) for f in forms_[index : index + LONGEST]], 0))
        return frozenset(found)

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


class _State:
    """Where a walk along patterns may go on: by gap, to the state that a form or a class leads to."""

    __slots__ = ("edges", "ends")

    def __init__(self) -> None:
        self.edges: dict[int, tuple[dict[str, _State], dict[str, _State]]] = {}
        self.ends: list[int] = []

    def add(self, step: _Step) -> list[_State]:
        """The states that a step leads to, made where they are missing."""
        by_form, by_class = self.edges.setdefault(step.gap, ({}, {}))
        if step.group:
            return [by_class.setdefault(step.group, _State())]
        return [by_form.setdefault(form, _State()) for form in step.forms]


class Lexicon(Generic[Value]):
    """Compiled patterns, each with a value. Immutable once made."""

    def __init__(self, rows: Iterable[tuple[str, Value]], irregular: Irregular) -> None:
        self._values: list[Value] = []
        self._start = _State()
        for line, value in rows:
            states = [self._start]
            for step in _steps(line, irregular):
                states = [after for state in states for after in state.add(step)]
            for state in states:
                state.ends.append(len(self._values))
            self._values.append(value)

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest."""
        hits: list[Hit[Value]] = []
        for index in range(len(line.atoms)):
            ends: dict[int, int] = {}
            _walk(self._start, line, index, 0, ends)
            hits += [Hit(index, end, line.counted(index, end), self._values[key]) for key, end in sorted(ends.items())]
        return hits


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

    def counted(self, first: int, last: int) -> int:
        """The first quantity between two atoms, -1 for none."""
        return next((at for at in range(first, last) if self.atoms[at].form == QUANTITY), -1)


def _walk(state: _State, line: Line, index: int, gap: int, ends: dict[int, int]) -> None:
    """Note where every pattern that goes on from that state at that atom ends; the earliest end of each."""
    for allowed, (by_form, by_class) in state.edges.items():
        for at in _reach(line, index, allowed) if allowed or gap else (index,):
            after = by_form.get(line.atoms[at].form)
            if after is not None:
                _arrive(after, line, at + 1, ends)
            if by_class:
                for name, length in line.classes[at]:
                    after = by_class.get(name)
                    if after is not None:
                        _arrive(after, line, at + length, ends)


def _arrive(state: _State, line: Line, index: int, ends: dict[int, int]) -> None:
    for pattern in state.ends:
        if ends.get(pattern, index) >= index:
            ends[pattern] = index
    if state.edges and index < len(line.atoms):
        _walk(state, line, index, 1, ends)


def _reach(line: Line, index: int, gap: int) -> Iterator[int]:
    """The atoms where the next step may stand: at most `gap` atoms on, times stepped over, nothing opaque passed."""
    passed = 0
    while index < len(line.atoms):
        form = line.atoms[index].form
        yield index
        if form != TIME:
            if form in OPAQUE or passed == gap:
                return
            passed += 1
        index += 1
