"""Many patterns walked along a sentence at once. Each step is worked out when it is first taken, then looked up.

A symbol is what patterns can tell of an atom: its form, if any pattern asks for it, and the class phrases that begin
there. Where a walk stands is the set of all steps that may come next, so that walks of different patterns meet again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

QUANTITY = "#"
TIME = "[T]"
BREAK = "|"
OPAQUE = frozenset({QUANTITY, BREAK})
ROOM = 30_000  # steps remembered; a text that is made to need more finds the memory emptied, never full

Met = tuple[str, int]  # a word class, and the number of atoms of its phrase


class Edges:
    """The states that a form or a word class leads to. Several forms that lead on alike lead to one state."""

    __slots__ = ("_alike", "by_class", "by_form")

    def __init__(self) -> None:
        self.by_form: dict[str, tuple[State, ...]] = {}
        self.by_class: dict[str, State] = {}
        self._alike: dict[Set[str], State] = {}

    def lead(self, forms: frozenset[str], group: str) -> State:
        """The state that one of these forms, or else a word class, leads to; made where it is missing."""
        found = self.by_class.get(group) if group else self._alike.get(forms)
        if found is None:
            found = State()
            if group:
                self.by_class[group] = found
            else:
                self._alike[forms] = found
                for form in forms:
                    self.by_form[form] = (*self.by_form.get(form, ()), found)
        return found


class State:
    """Where patterns may go on, by how many atoms may be passed before; `ends` are the patterns complete here."""

    __slots__ = ("edges", "ends")

    def __init__(self) -> None:
        self.edges: dict[int, Edges] = {}
        self.ends: tuple[int, ...] = ()

    def after(self, gap: int) -> Edges:
        """Where patterns go on after a gap of so many atoms at most."""
        found = self.edges.get(gap)
        if found is None:
            found = self.edges[gap] = Edges()
        return found


class Alphabet:
    """The symbols that patterns tell apart, as numbers. 0 is an atom of which they know nothing."""

    __slots__ = ("_numbers", "forms", "meanings")

    def __init__(self) -> None:
        self.forms = {QUANTITY, TIME, BREAK}
        self.meanings: list[tuple[str, Sequence[Met]]] = [("", ())]
        self._numbers: dict[tuple[str, Sequence[Met]], int] = {("", ()): 0}

    def number(self, form: str, met: Sequence[Met]) -> int:
        """The symbol of an atom of that form where those class phrases begin."""
        meaning = (form if form in self.forms else "", met)
        number = self._numbers.get(meaning)
        if number is None:
            number = self._numbers[meaning] = len(self.meanings)
            self.meanings.append(meaning)
        return number


class _Place(dict[int, "_Taken"]):
    """Where a walk stands, and the steps from there by their symbols, each worked out when it is first taken.

    `waits` for a next word and how many atoms may still be passed; `due` after so many.
    """

    __slots__ = ("_walk", "due", "waits")

    def __init__(self, walk: Walk, waits: Mapping[Edges, int], due: Sequence[tuple[State, int]]) -> None:
        super().__init__()
        self._walk = walk
        self.waits = tuple(waits.items())
        self.due = tuple(due)

    def __missing__(self, symbol: int) -> _Taken:
        taken = self[symbol] = self._walk.step(self, symbol)
        return taken


class _Entries(dict[int, "_Taken"]):
    """The first steps of a walk by their symbols."""

    __slots__ = ("_walk",)

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk

    def __missing__(self, symbol: int) -> _Taken:
        taken = self[symbol] = self._walk.enter(symbol)
        return taken


_Taken = tuple[_Place | None, tuple[int, ...]]  # where a step leads, None for nowhere, and the patterns it completes
NOWHERE: _Taken = (None, ())


class Walk:
    """The walks of all patterns that begin at `start`. What it remembers changes its speed, never its answers."""

    __slots__ = ("_alphabet", "_entries", "_places", "_room", "_start")

    def __init__(self, start: State, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._start = start.edges.get(0, Edges())
        self._forget()

    def _forget(self) -> None:
        self._entries = _Entries(self)
        self._places: dict[object, _Place] = {}
        self._room = ROOM

    def find(self, symbols: Sequence[int]) -> list[tuple[int, int, int]]:
        """(first atom, atom after it, pattern) of each pattern that begins somewhere, where it ends first."""
        found: list[tuple[int, int, int]] = []
        entries, size = self._entries, len(symbols)
        for first, symbol in enumerate(symbols):
            taken = entries[symbol]
            if taken is NOWHERE:
                continue
            place, done = taken
            last = first + 1
            ends = dict.fromkeys(done, last) if done else None
            while place is not None and last < size:
                place, done = place[symbols[last]]
                last += 1
                if done:
                    ends = {} if ends is None else ends
                    for pattern in done:
                        ends.setdefault(pattern, last)
            if ends:
                found += [(first, end, pattern) for pattern, end in sorted(ends.items())]
        return found

    def enter(self, symbol: int) -> _Taken:
        """The first step of all walks by that symbol."""
        form, met = self._alphabet.meanings[symbol]
        arriving: list[State] = []
        due: dict[tuple[State, int], None] = {}
        _follow(self._start, form, met, arriving, due)
        return self._arrived(arriving, {}, due)

    def step(self, place: _Place, symbol: int) -> _Taken:
        """The step of all walks from that place by that symbol."""
        form, met = self._alphabet.meanings[symbol]
        arriving = [state for state, after in place.due if after == 1]
        due = {(state, after - 1): None for state, after in place.due if after > 1}
        waits: dict[Edges, int] = {}
        for edges, left in place.waits:
            _follow(edges, form, met, arriving, due)
            if form == TIME:
                waits[edges] = left
            elif left and form not in OPAQUE:
                waits[edges] = left - 1
        return self._arrived(arriving, waits, due)

    def _arrived(
        self, arriving: Sequence[State], waits: dict[Edges, int], due: Mapping[tuple[State, int], None]
    ) -> _Taken:
        done: dict[int, None] = {}
        for state in arriving:
            done.update(dict.fromkeys(state.ends))
            for gap, edges in state.edges.items():
                waits[edges] = max(gap, waits.get(edges, 0))
        if not waits and not due:
            return (None, tuple(done)) if done else NOWHERE
        key = (frozenset(waits.items()), frozenset(due))
        place = self._places.get(key)
        self._room -= 1
        if self._room < 0:
            self._forget()
        if place is None:
            place = self._places[key] = _Place(self, waits, tuple(due))
        return place, tuple(done)


def _follow(
    edges: Edges, form: str, met: Sequence[Met], arriving: list[State], due: dict[tuple[State, int], None]
) -> None:
    """Take in where one step leads: at once, or after the rest of a class phrase."""
    arriving += edges.by_form.get(form, ())
    if edges.by_class:
        for name, length in met:
            after = edges.by_class.get(name)
            if after is not None and length == 1:
                arriving.append(after)
            elif after is not None:
                due[after, length - 1] = None
