"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from feed.read.endless import Endless
from feed.read.lexer import Kind, lex

QUANTITY = "#"
TIME = "[T]"
BREAK = "|"
GAPS = {"..": 3, "...": 8}
LONGEST = 8  # words of a class phrase
OPAQUE = frozenset({QUANTITY, BREAK})
PARTING = frozenset({"which", "whom"})  # after "of": what follows tells of a part

Value = TypeVar("Value")
Irregular = Mapping[str, Sequence[str]]
Met = tuple[str, int]  # a word class, and the number of atoms of its phrase


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
    if part in (QUANTITY, TIME, BREAK, "'s"):
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
        first = self._root.next
        return frozenset(
            name
            for index, form in enumerate(forms_)
            if form in first
            for name, _ in self._at(forms_[index : index + LONGEST], 0)
        )

    def along(self, forms_: Sequence[str]) -> list[Sequence[Met]]:
        """(class, number of atoms) of every phrase that begins at each atom, longest first."""
        first = self._root.next
        return [self._at(forms_, index) if form in first else () for index, form in enumerate(forms_)]

    def _at(self, forms_: Sequence[str], index: int) -> list[Met]:
        found: list[Met] = []
        node = self._root
        end = len(forms_)
        here = index
        while here < end:
            following = node.next.get(forms_[here])
            if following is None:
                break
            node = following
            here += 1
            if node.ends:
                found += [(name, here - index) for name in node.ends]
        found.reverse()
        return found


class _Edges:
    """The states that a form or a word class leads to; `keys` names both."""

    __slots__ = ("by_class", "by_form", "keys")

    def __init__(self) -> None:
        self.by_form: dict[str, _State] = {}
        self.by_class: dict[str, _State] = {}
        self.keys: set[str] = set()


class _State:
    """Where a walk along patterns may go on, by gap; `ends` are the patterns that are complete here."""

    __slots__ = ("edges", "ends")

    def __init__(self) -> None:
        self.edges: dict[int, _Edges] = {}
        self.ends: list[int] = []

    def add(self, step: _Step) -> list[_State]:
        """The states that a step leads to, made where they are missing."""
        edges = self.edges.setdefault(step.gap, _Edges())
        edges.keys |= step.forms or {step.group}
        if step.group:
            return [edges.by_class.setdefault(step.group, _State())]
        return [edges.by_form.setdefault(form, _State()) for form in step.forms]


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

    def begins(self, forms_: Sequence[str]) -> bool:
        """Whether some pattern may begin with one of these words."""
        edges = self._start.edges.get(0)
        return edges is not None and (bool(edges.by_class) or not edges.keys.isdisjoint(forms_))

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest."""
        hits: list[Hit[Value]] = []
        edges = self._start.edges.get(0)
        if edges is None or edges.keys.isdisjoint(line.names):
            return hits
        by_form, classes, values = edges.by_form, line.classes, self._values
        for index, form in enumerate(line.forms):
            if form in by_form or classes[index]:
                ends: dict[int, int] = {}
                _step(edges, line, index, ends)
                if ends:
                    hits += [Hit(index, to, line.counted(index, to), values[key]) for key, to in sorted(ends.items())]
        return hits


class Line:
    """A sentence as atoms, with the word classes that begin at each.

    `form` gives the form of an atom, "" beyond the ends.
    """

    __slots__ = ("_reached", "atoms", "classes", "form", "forms", "names")

    def __init__(
        self, atoms: Sequence[Atom], classes: Classes, also: Mapping[int, Met] | None = None, forms: Sequence[str] = ()
    ) -> None:
        self.atoms = tuple(atoms)
        self.forms = forms or [atom.form for atom in atoms]
        self.form: Callable[[int], str] = Endless(self.forms, "").__getitem__
        self.classes = classes.along(self.forms)
        for index, extra in (also or {}).items():
            self.classes[index] = (*self.classes[index], extra)
        self.names = {*self.forms, *(name for met in self.classes for name, _ in met)}
        self._reached: dict[tuple[int, int], tuple[int, ...]] = {}

    def has(self, index: int, name: str) -> bool:
        """Whether a phrase of that class begins at that atom."""
        return 0 <= index < len(self.classes) and any(found == name for found, _ in self.classes[index])

    def counted(self, first: int, last: int) -> int:
        """The first quantity between two atoms, -1 for none."""
        return self.forms.index(QUANTITY, first, last) if QUANTITY in self.forms[first:last] else -1

    def reach(self, index: int, gap: int) -> tuple[int, ...]:
        """The atoms where a next word may stand: at most `gap` on, times stepped over, nothing opaque passed."""
        found = self._reached.get((index, gap))
        if found is None:
            found = self._reached[index, gap] = tuple(_reach(self.forms, index, gap))
        return found


def _step(edges: _Edges, line: Line, index: int, ends: dict[int, int]) -> None:
    """Note where every pattern ends that goes on with what stands at that atom; the earliest end of each."""
    after = edges.by_form.get(line.forms[index])
    if after is not None:
        _arrive(after, line, index + 1, ends)
    if edges.by_class:
        for name, length in line.classes[index]:
            after = edges.by_class.get(name)
            if after is not None:
                _arrive(after, line, index + length, ends)


def _arrive(state: _State, line: Line, index: int, ends: dict[int, int]) -> None:
    for pattern in state.ends:
        if ends.get(pattern, index) >= index:
            ends[pattern] = index
    if index >= len(line.forms):
        return
    for gap, edges in state.edges.items():
        if edges.keys.isdisjoint(line.names):  # most walks end here: the sentence has no such word
            continue
        for at in line.reach(index, gap) if gap or line.forms[index] == TIME else (index,):
            if line.classes[at] or line.forms[at] in edges.by_form:
                _step(edges, line, at, ends)


def _reach(forms_: Sequence[str], index: int, gap: int) -> Iterator[int]:
    passed = 0
    while index < len(forms_):
        form = forms_[index]
        yield index
        if form != TIME:
            if form in OPAQUE or passed == gap or (form in PARTING and index and forms_[index - 1] == "of"):
                return
            passed += 1
        index += 1
