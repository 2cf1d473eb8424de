"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from feed.read.endless import blank, endless
from feed.read.lexer import made, split
from feed.read.walk import BREAK, QUANTITY, TIME, Alphabet, Edges, Met, State, Walk

__all__ = ["BREAK", "QUANTITY", "TIME", "Atom", "Classes", "Hit", "Irregular", "Lexicon", "Line", "Needs", "forms"]

GAPS = {"..": 3, "...": 8}
NO_FORMS = blank("")
NO_FORM: frozenset[str] = frozenset()

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


class _Literals(dict[str, tuple[frozenset[str], ...]]):
    """What each written word of a pattern stands for: one after another, the forms of which one must stand there."""

    def __init__(self, irregular: Irregular) -> None:
        super().__init__((sign, (frozenset({sign}),)) for sign in (QUANTITY, TIME, BREAK, "'s"))
        self._irregular = irregular

    def __missing__(self, part: str) -> tuple[frozenset[str], ...]:
        if part.startswith("~"):
            found: tuple[frozenset[str], ...] = (frozenset(forms(part[1:], self._irregular)),)
        else:
            found = tuple([frozenset({word}) for word in split(part)])
        self[part] = found
        return found

    def steps(self, line: str) -> list[_Step]:
        """A pattern as steps."""
        found = []
        gap = 0
        for part in line.split():
            if part in GAPS:
                gap = GAPS[part]
            elif part.startswith("@"):
                found.append(_Step(NO_FORM, part[1:], gap))
                gap = 0
            else:
                for step in self[part]:
                    found.append(_Step(step, "", gap))
                    gap = 0
        return found


class _Node:
    """Where the words of class phrases lead; `ends` are the classes of which a phrase is complete here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[str, ...] = ()


class Known(NamedTuple):
    """What begins at an atom: class phrases, longest first, their names, and the symbol for patterns."""

    met: tuple[Met, ...]
    names: frozenset[str]
    symbol: int


UNKNOWN = Known((), frozenset(), 0)
NOTHING: Mapping[str, _Node] = {}
ROOM = 30_000  # words remembered


class Classes:
    """Word classes: which phrases of which class begin at an atom. Longest first.

    `alphabet` grows with the lexicons that are made for these classes; all of them are made before a text is read.
    `literals` are the written words of phrases and patterns.
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], irregular: Irregular) -> None:
        self.alphabet = Alphabet()
        self.literals = _Literals(irregular)
        self._known: dict[str, tuple[Known, Mapping[str, _Node]]] = {}
        self._root = _Node()
        for name, phrases in classes.items():
            for phrase in phrases:
                parts = [part for word in phrase.split() for part in self.literals[word]]
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
        starts = [index for index, form in enumerate(forms_) if form in first]
        return frozenset([name for index in starts for name, _ in self._at(forms_, index)])

    def along(self, forms_: Sequence[str]) -> list[Known]:
        """What begins at each atom."""
        remembered = self._known
        found = []
        for index, form in enumerate(forms_, 1):
            known, following = remembered.get(form) or self._learned(form)
            if following and index < len(forms_) and forms_[index] in following:
                known = self.known(form, self._at(forms_, index - 1))
            found.append(known)
        return found

    def _learned(self, form: str) -> tuple[Known, Mapping[str, _Node]]:
        """What begins at a word by itself, and the words with which a longer phrase may go on."""
        if len(self._known) > ROOM:
            self._known.clear()
        node = self._root.next.get(form)
        found = self._known[form] = self.known(form, self._at((form,), 0)), node.next if node else NOTHING
        return found

    def known(self, form: str, met: tuple[Met, ...]) -> Known:
        """What an atom of that form is where these class phrases begin."""
        if not met and form not in self.alphabet.forms:
            return UNKNOWN
        return Known(met, frozenset([name for name, _ in met]), self.alphabet.number(form, met))

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

    def __init__(self, rows: Iterable[tuple[str, Value]], classes: Classes) -> None:
        self._values: list[Value] = []
        start = State()
        for line, value in rows:
            states = [start]
            for step in classes.literals.steps(line):
                states = [after for state in states for after in _add(state, step)]
                classes.alphabet.forms |= step.forms
            for state in states:
                state.ends = (*state.ends, len(self._values))
            self._values.append(value)
        self._walk = Walk(start, classes.alphabet)

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest."""
        values, found = self._values, self._walk.find(line.symbols)
        if QUANTITY not in line.forms:
            return [made(Hit, (first, last, -1, values[key])) for first, last, key in found]
        counted = line.counted
        return [made(Hit, (first, last, counted(first, last), values[key])) for first, last, key in found]


class Needs:
    """The words without which none of some patterns can stand: a look before a sentence is searched for them."""

    def __init__(self, patterns: Iterable[str], irregular: Irregular) -> None:
        self._by_word: dict[str, list[list[frozenset[str]]]] = {}
        literals = _Literals(irregular)
        for pattern in patterns:
            words = [step.forms for step in literals.steps(pattern) if step.forms]
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

    __slots__ = ("atoms", "classes", "form", "forms", "names", "symbols")

    def __init__(
        self, atoms: Sequence[Atom], classes: Classes, also: Mapping[int, Met] | None = None, forms: Sequence[str] = ()
    ) -> None:
        self.atoms = tuple(atoms)
        self.forms = forms or [atom.form for atom in atoms]
        self.form: Callable[[int], str] = endless(self.forms, NO_FORMS)
        along = classes.along(self.forms)
        for index, extra in (also or {}).items():
            along[index] = classes.known(self.forms[index], (*along[index].met, extra))
        self.classes = [known.met for known in along]
        self.names = [known.names for known in along]
        self.symbols = [known.symbol for known in along]

    def has(self, index: int, name: str) -> bool:
        """Whether a phrase of that class begins at that atom."""
        return 0 <= index < len(self.names) and name in self.names[index]

    def counted(self, first: int, last: int) -> int:
        """The first quantity between two atoms, -1 for none."""
        return self.forms.index(QUANTITY, first, last) if QUANTITY in self.forms[first:last] else -1
