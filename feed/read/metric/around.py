"""What a classifier sees of a number: the words around it by where they stand, its size, what was counted before."""

from __future__ import annotations

from collections.abc import Iterator

from feed.read.claim import Memory
from feed.read.grammar.nouns import noun_unit, part_of_noun
from feed.read.grammar.roles import Role
from feed.read.scene import Scene

NEAR = 6  # atoms on either side
NEXT = 2  # atoms on either side of which each place is told apart
TOUCH = 3  # atoms on either side that are told apart by the number's unit
NO_NAMES = frozenset[str]()


def features(view: Scene, atom: int, role: Role, memory: Memory) -> frozenset[str]:
    """The features of the number at that atom: each a kind and a word, as in "before hotel"."""
    return frozenset([*_sentence(view, atom), *_near(view, atom), *_number(view, atom, role), *_article(view, memory)])


def _sentence(view: Scene, atom: int) -> Iterator[str]:
    """The sentence's words, and the pack's classes on either side; each once, since there are hundreds."""
    forms, names = view.line.forms, view.line.names
    yield from (f"in {form}" for form in {*forms[:atom], *forms[atom + 1 :]})
    before, after = NO_NAMES.union(*names[:atom]), NO_NAMES.union(*names[atom + 1 :])
    yield from (f"class {name}" for name in before | after)
    yield from (f"class before {name}" for name in before)
    yield from (f"class after {name}" for name in after)


def _near(view: Scene, atom: int) -> Iterator[str]:
    """The words on either side, the nearest by their place."""
    forms = view.line.forms
    before, after = forms[max(atom - NEAR, 0) : atom][::-1], forms[atom + 1 : atom + 1 + NEAR]
    for side, words in (("before", before), ("after", after)):
        yield from (f"{side} {form}" for form in words)
        yield from (f"{side}{step} {form}" for step, form in enumerate(words[:NEXT], 1))


def _number(view: Scene, atom: int, role: Role) -> Iterator[str]:
    """The number's unit, size and noun, what it says, and the words that it touches."""
    quantity = view.quantities[atom]
    unit = quantity.unit or "count"
    digits = len(str(int(max(abs(number) for number in quantity.numbers))))
    yield f"size {unit} {digits}"
    yield f"noun {noun_unit(view, atom) or part_of_noun(view, atom) or 'none'}"
    yield f"measure {role.measure or 'none'}"
    yield from (f"{unit} before {view.form(at)}" for at in range(max(atom - TOUCH, 0), atom))
    yield from (f"{unit} after {view.form(at)}" for at in range(atom + 1, atom + 1 + TOUCH) if view.form(at))


def _article(view: Scene, memory: Memory) -> Iterator[str]:
    """Which metric was counted last, whether beside it, and which a heading names."""
    yield f"last {memory.last.attached.metric.id if memory.last else 'none'}"
    if memory.last and memory.last.scene is view:
        yield f"beside {memory.last.attached.metric.id}"
    if memory.heading:
        yield f"heading {memory.heading[1].value.metric.id}"
