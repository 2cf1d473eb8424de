"""The words of patterns: all forms of a word, and word classes, found along a sentence in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from feed.read.patterns.walk import BREAK, QUANTITY, TIME, Alphabet, Met
from feed.read.text.lexer import split

GAPS = {"..": 3, "...": 8}
NO_FORM: frozenset[str] = frozenset()

Irregular = Mapping[str, Sequence[str]]


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


class Step(NamedTuple):
    """One step of a pattern."""

    forms: frozenset[str]
    group: str  # the word class to be met here, "" for none
    gap: int  # how many atoms may be passed before it


class Literals(dict[str, tuple[frozenset[str], ...]]):
    """What each written word of a pattern stands for: one after another, the forms of which one must stand there."""

    def __init__(self, irregular: Irregular) -> None:
        super().__init__((sign, (frozenset({sign}),)) for sign in (QUANTITY, TIME, BREAK, "'s"))
        self._irregular = irregular

    def __missing__(self, part: str) -> tuple[frozenset[str], ...]:
        told = [frozenset({word}) for word in split(part.removeprefix("~"))]
        if part.startswith("~") and len(told) == 1:
            told = [frozenset(forms(part[1:], self._irregular))]
        elif part.startswith("~"):  # of "~ex-cook" the last word has forms
            told[-1] = frozenset(form for last in told[-1] for form in forms(last, self._irregular))
        found = tuple(told)
        self[part] = found
        return found

    def steps(self, line: str) -> list[Step]:
        """A pattern as steps."""
        found = []
        gap = 0
        for part in line.split():
            if part in GAPS:
                gap = GAPS[part]
            elif part.startswith("@"):
                found.append(Step(NO_FORM, part[1:], gap))
                gap = 0
            else:
                for step in self[part]:
                    found.append(Step(step, "", gap))
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
        self.literals = Literals(irregular)
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
