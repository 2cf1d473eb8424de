"""Patterns of a pack or of the table of English, compiled once and found in one pass over a sentence.

A pattern is a line of words. `~word` stands for all forms of the word, `@name` for any phrase of a word class, `#` for
a quantity, `[T]` for a time, `..` for up to three and `...` for up to eight words of the same clause. Times between
words are stepped over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Generic, NamedTuple, TypeVar

from feed.read.patterns.classes import Classes, Irregular, Literals
from feed.read.patterns.walk import BREAK, QUANTITY, TIME, Met, State, Walk
from feed.read.text.endless import blank, endless
from feed.read.text.lexer import made

__all__ = ["BREAK", "QUANTITY", "TIME", "Hit", "Lexicon", "Line", "Needs", "Shelf"]

NO_FORMS = blank("")
NOTHING: Mapping[int, Met] = {}
NO_COLUMNS: tuple[tuple[()], tuple[()], tuple[()]] = (), (), ()

Value = TypeVar("Value")


class Hit(NamedTuple, Generic[Value]):
    """A pattern found: atom indexes `first` to `last`, end excluded; `counted` is the atom of its `#`, else -1."""

    first: int
    last: int
    counted: int
    value: Value


class Shelf:
    """Patterns of several lexicons, walked along a line together: once for all of them, and remembered with the line.

    All of them are put there before the first line is searched.
    """

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._start = State()
        self._walk: Walk | None = None
        self._patterns: list[tuple[int, Any]] = []  # of each pattern its lexicon's number and its value
        self._lexicons = 0

    def put(self, rows: Iterable[tuple[str, object]]) -> int:
        """Take in the patterns of a lexicon, each with its value; the lexicon's number."""
        number = self._lexicons
        self._lexicons += 1
        for pattern, value in rows:
            state = self._start
            for step in self._classes.literals.steps(pattern):
                state = state.after(step.gap).lead(step.forms, step.group)
                self._classes.alphabet.forms |= step.forms
            state.ends = (*state.ends, len(self._patterns))
            self._patterns.append((number, value))
        return number

    def found(self, line: Line) -> Sequence[list[Hit[Any]]]:
        """By lexicon, the hits of its patterns in the line, by where they begin."""
        if line.walked is None:
            line.walked = self._found(line)
        return line.walked

    def _found(self, line: Line) -> Sequence[list[Hit[Any]]]:
        if self._walk is None:
            self._walk = Walk(self._start, self._classes.alphabet)
        hits: list[list[Hit[Any]]] = [[] for _ in range(self._lexicons)]
        patterns, following = self._patterns, line.following
        for first, last, pattern in self._walk.find(line.symbols):
            lexicon, value = patterns[pattern]
            counted = following[first] if following else last
            hits[lexicon].append(made(Hit, (first, last, counted if counted < last else -1, value)))
        return hits


class Lexicon(Generic[Value]):
    """Patterns on a shelf, each with a value."""

    def __init__(self, rows: Iterable[tuple[str, Value]], shelf: Shelf) -> None:
        self._shelf = shelf
        self._number = shelf.put(rows)

    def find(self, line: Line) -> list[Hit[Value]]:
        """Every hit of every pattern in the line, by where it begins; of one pattern at one place, the shortest.

        Lines are searched for the patterns of one shelf only.
        """
        return self._shelf.found(line)[self._number]


class Needs:
    """The words without which none of some patterns can stand: a look before a sentence is searched for them."""

    def __init__(self, patterns: Iterable[str], irregular: Irregular) -> None:
        self._by_word: dict[str, list[list[frozenset[str]]]] = {}
        literals = Literals(irregular)
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


class Line:
    """A sentence as atoms, with the word classes that begin at each, and what patterns can tell of it (`symbols`).

    An atom is a word, a whole quantity, a whole time, or a break between clauses: one step of a sentence. `forms` are
    what patterns compare, `form` gives that of an atom, "" beyond the ends; `firsts` are the words that atoms begin
    with. `walked`: the patterns found in it, once it was searched.
    """

    __slots__ = ("classes", "firsts", "form", "forms", "names", "symbols", "walked")

    def __init__(
        self, forms: Sequence[str], classes: Classes, firsts: Sequence[int] = (), also: Mapping[int, Met] = NOTHING
    ) -> None:
        self.forms = forms
        self.firsts = firsts
        self.form: Callable[[int], str] = endless(forms, NO_FORMS)
        along = classes.along(forms)
        for index, extra in also.items():
            along[index] = classes.known(forms[index], (*along[index].met, extra))
        self.classes: Sequence[tuple[Met, ...]]
        self.names: Sequence[frozenset[str]]
        self.symbols: Sequence[int]
        self.classes, self.names, self.symbols = zip(*along, strict=True) if along else NO_COLUMNS
        self.walked: Sequence[list[Hit[Any]]] | None = None

    def has(self, index: int, name: str) -> bool:
        """Whether a phrase of that class begins at that atom."""
        return 0 <= index < len(self.names) and name in self.names[index]

    @property
    def following(self) -> Sequence[int]:
        """Of each atom, the quantity there or next behind it, the line's length for none; empty without quantities."""
        forms = self.forms
        if QUANTITY not in forms:
            return ()
        found: list[int] = []
        for _ in range(forms.count(QUANTITY)):
            at = forms.index(QUANTITY, len(found))
            found += [at] * (at + 1 - len(found))
        return found + [len(forms)] * (len(forms) - len(found))
