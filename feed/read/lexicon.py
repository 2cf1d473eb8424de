"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from feed.read.endless import blank, endless
from feed.read.lexer import Kind, lex
from feed.read.walk import BREAK, QUANTITY, TIME, Alphabet, Edges, Met, State, Walk

__all__ = ["BREAK", "QUANTITY", "TIME", "Atom", "Classes", "Hit", "Irregular", "Lexicon", "Line", "Needs", "forms"]

GAPS = {"..": 3, "...": 8}
LONGEST = 8  # words of a class phrase
NO_FORMS = blank("")

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
    if part in (QUANTITY, TIME, BREAK, "'s"):
        yield frozenset({part})
    elif part.startswith("~"):
        yield frozenset(forms(part[1:], irregular))
    else:
        for word in _words(part):
            yield frozenset({word})


class _Node:
    """Where the words of class phrases lead; `ends` are the classes of which a phrase is complete here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[str, ...] = ()


Known = tuple[tuple[Met, ...], int]  # the class phrases that begin at an atom, longest first, and its symbol
UNKNOWN: Known = ((), 0)


class Classes:
    """Word classes: which phrases of which class begin at an atom. Longest first.

    `alphabet` grows with the lexicons that are made for these classes; all of them are made before a text is read.
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], irregular: Irregular) -> None:
        self.alphabet = Alphabet()
        self._known: dict[str, Known] = {}
        self._root = _Node()
        for name, phrases in classes.items():
            for phrase in phrases:
                parts = [part for word in phrase.split() for part in _literal(word, irregular)]
                for words in product(*parts):
                    self._add(words, name)

    def _add(self, words: tuple[str, ...], name: str) -> None:
        node = self._root
        for word in words:
            following = node.next.get(word)
            if following is None:
                following = node.next[word] = _Node()
            node = following
        if name not in node.ends:
            node.ends = (*node.ends, name)

    def begun(self, forms_: Iterable[str]) -> bool:
        """Whether the first word of some phrase stands among these words: a quick look."""
        return not self._root.next.keys().isdisjoint(forms_)

    def among(self, forms_: Sequence[str]) -> frozenset[str]:
        """The classes of which some phrase stands among these words."""
        first = self._root.next
        return frozenset(
            name
            for index, form in enumerate(forms_)
            if form in first
            for name, _ in self._at(forms_[index : index + LONGEST], 0)
        )

    def along(self, forms_: Sequence[str]) -> list[Known]:
        """(class, number of atoms) of every phrase that begins at each atom, longest first, and the atom's symbol."""
        known = self._known
        return [known.get(form) or self._look(forms_, index, form) for index, form in enumerate(forms_)]

    def _look(self, forms_: Sequence[str], index: int, form: str) -> Known:
        node = self._root.next.get(form)
        if node is None and form not in self.alphabet.forms:
            return UNKNOWN
        met = self._at(forms_, index) if node else ()
        found = met, self.alphabet.number(form, met)
        if node is None or not node.next:  # the same wherever it stands
            self._known[form] = found
        return found

    def _at(self, forms_: Sequence[str], index: int) -> tuple[Met, ...]:
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
        return tuple(found)


class Lexicon(Generic[Value]):
    """Compiled patterns, each with a value, for the sentences whose words have these classes."""

    def __init__(self, rows: Iterable[tuple[str, Value]], irregular: Irregular, classes: Classes) -> None:
        self._values: list[Value] = []
        start = State()
        for line, value in rows:
            states = [start]
            for step in _steps(line, irregular):
                states = [after for state in states for after in _add(state, step)]
                classes.alphabet.forms |= step.forms
            for state in states:
                state.ends = (*state.ends, len(self._values))
            self._values.append(value)
        self._walk = Walk(start, classes.alphabet)

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest."""
        values, counted = self._values, line.counted
        return [
            Hit(first, last, counted(first, last), values[key]) for first, last, key in self._walk.find(line.symbols)
        ]


class Needs:
    """The words without which none of some patterns can stand: a look before a sentence is searched for them."""

    def __init__(self, patterns: Iterable[str], irregular: Irregular) -> None:
        self._by_word: dict[str, list[list[frozenset[str]]]] = {}
        for pattern in patterns:
            words = [step.forms for step in _steps(pattern, irregular) if step.forms]
            # By its longest word: that is seldom a common one.
            for form in max(words, key=lambda word: len(min(word, key=len)), default=("",)):
                self._by_word.setdefault(form, []).append(words)

    def met(self, forms_: Set[str]) -> bool:
        """Whether some pattern has all of its words among these, in whatever order; never False where one stands."""
        by_word = self._by_word
        return "" in by_word or any(
            not any(forms_.isdisjoint(word) for word in words)
            for form in by_word.keys() & forms_
            for words in by_word[form]
        )


def _add(state: State, step: _Step) -> list[State]:
    """The states that a step leads to, made where they are missing."""
    edges = state.edges.get(step.gap)
    if edges is None:
        edges = state.edges[step.gap] = Edges()
    if step.group:
        return [_led(edges.by_class, step.group)]
    return [_led(edges.by_form, form) for form in step.forms]


def _led(states: dict[str, State], name: str) -> State:
    found = states.get(name)
    if found is None:
        found = states[name] = State()
    return found


class Line:
    """A sentence as atoms, with the word classes that begin at each, and what patterns can tell of it (`symbols`).

    `form` gives the form of an atom, "" beyond the ends.
    """

    __slots__ = ("atoms", "classes", "form", "forms", "symbols")

    def __init__(
        self, atoms: Sequence[Atom], classes: Classes, also: Mapping[int, Met] | None = None, forms: Sequence[str] = ()
    ) -> None:
        self.atoms = tuple(atoms)
        self.forms = forms or [atom.form for atom in atoms]
        self.form: Callable[[int], str] = endless(self.forms, NO_FORMS)
        along = classes.along(self.forms)
        self.classes = [met for met, _ in along]
        self.symbols = [symbol for _, symbol in along]
        for index, extra in (also or {}).items():
            self.classes[index] = (*self.classes[index], extra)
            self.symbols[index] = classes.alphabet.number(self.forms[index], self.classes[index])

    def has(self, index: int, name: str) -> bool:
        """Whether a phrase of that class begins at that atom."""
        return 0 <= index < len(self.classes) and any(found == name for found, _ in self.classes[index])

    def counted(self, first: int, last: int) -> int:
        """The first quantity between two atoms, -1 for none."""
        return self.forms.index(QUANTITY, first, last) if QUANTITY in self.forms[first:last] else -1
