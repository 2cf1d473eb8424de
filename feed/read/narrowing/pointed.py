"""Places that are pointed at and not named: "<sold> there", "were sent to it", behind a sentence about one place."""

from __future__ import annotations

from feed.model.topic import Metric
from feed.read.claim import Memory
from feed.read.narrowing.narrow import Dims, place_of
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import SCHEME, Scene

SENTENCES = 1  # how far back the place may have been named
NEAR = 8  # atoms from what is named to the number that it led to
DONE = 4  # atoms of "has now sent back"
HAVING = frozenset({"has", "have", "had"})
SEEN = frozenset({"seen", "saw", "sees", "led", "resulted"})
BEGAN = frozenset({"began", "started", "took", "launched", "opened", "came"})
STOPS = frozenset({BREAK, QUANTITY, ",", "and", "but"})
UNDER = frozenset({"under", "through", "by", "via", "for", "on"})
EXISTENTIAL = frozenset({"is", "are", "was", "were", "have", "has", "had", "will", "would", "may", "can"})


def place_named(view: Scene, last: int) -> str:
    """The only place that a sentence names before an atom; "" for none, and for several."""
    spoken = (names for names in view.line.names[:last] if names)
    codes = {name for names in spoken for name in names if name.startswith("place:")}
    return next(iter(codes)).removeprefix("place:") if len(codes) == 1 else ""


def pointed(view: Scene, metric: Metric, where: range, memory: Memory) -> Dims:
    """The values of dimensions that a pattern of the pack tells by "there" or "it", for the one place spoken of."""
    found: Dims = {}
    for hit in view.narrowing:
        row = hit.value
        bears = row.placed and (not row.metrics or metric.id in row.metrics)
        if not bears or not where.start <= hit.first or hit.last > where.stop or place_of(view, hit):
            continue
        if view.form(hit.last - 1) == "there" and view.form(hit.last) in EXISTENTIAL:
            continue
        code = place_named(view, hit.first) or _before(view, memory)
        if code:
            found[row.dim] = code
    return found


def scheme_pointed(view: Scene, where: range, atom: int) -> str:
    """As in "9,000 came under <scheme> and 12,000 tickets were sold for it": the one scheme that is named before."""
    named = {scheme for at, scheme in view.schemes.items() if at < atom}
    it = any(view.form(at) in UNDER and view.form(at + 1) == "it" for at in range(atom + 1, where.stop))
    return named.pop() if it and len(named) == 1 else ""


def brings(view: Scene, at: int, atom: int) -> bool:
    """As in "<the scheme> has seen 9,000 people leave": whether the one named there is what led to the number.

    "Since <the scheme> began 9,000 have left" tells it, too.
    """
    last = at + max((size for name, size in view.line.classes[at] if name == SCHEME), default=1)
    between = view.line.forms[last:atom]
    since = view.met({"since"}, at - 2, at) and not BEGAN.isdisjoint(between)
    done = atom <= last + DONE and not HAVING.isdisjoint(between)  # "<the scheme> has sent 300 people home"
    led = last <= atom <= last + NEAR and (since or done or not SEEN.isdisjoint(between))
    return led and STOPS.isdisjoint(between)


def _before(view: Scene, memory: Memory) -> str:
    """The one place of the sentence before."""
    if memory.place is None or view.sentence.index - memory.place[1] > SENTENCES:
        return ""
    return memory.place[0]
