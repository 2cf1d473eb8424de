"""What a short sentence without numbers sets for the next one: its time, and whom it counts.

"Figures for the year to June are out. There were 2,000", "And in 2024? 300 came", "Students? 486,107 tickets".
"""

from __future__ import annotations

from feed.model.period import Period
from feed.read.claim import Attached, Memory, Said
from feed.read.dating.referred import referred
from feed.read.grammar.fences import SUPERLATIVE
from feed.read.narrowing.narrow import everywhere
from feed.read.patterns.lexicon import BREAK, TIME
from feed.read.scene import Scene
from feed.read.text.sentences import Layout
from feed.read.times import Shape, periods

LABEL = 5  # atoms of a question that is only a label, the question mark among them
SHORT = 11  # atoms of what a sentence says that is about nothing but a time


def sets(view: Scene, memory: Memory, windows: periods.Windows) -> None:
    """Take in what a sentence without numbers sets for the next one; its times were taken in before."""
    if view.quantities:
        return
    if _asks(view) and len(view.line.forms) <= LABEL:
        memory.label = view
    time = _time(view, memory, windows)
    memory.release = (view, time) if time else memory.release


def _asks(view: Scene) -> bool:
    return view.form(len(view.line.forms) - 1) == "?"


def _time(view: Scene, memory: Memory, windows: periods.Windows) -> Period | None:
    """As in "Figures for the year to June are out.", "And in 2024?", "Take the year to June."."""
    rows = [row for row in memory.said if row.scene is view and row.main]
    long = [row for row in rows if row.period.days != 1]
    back = [time for time in view.times.values() if time.shape is Shape.BACK]
    if _asks(view) and not rows and len(back) == 1:  # "Tea sold over the same 12 months?"
        return referred(view, len(view.line.forms), back[0], memory, windows)
    if (view.told("release") and long) or _titles(view, long):
        return long[0].period
    if rows and all(row.period.running for row in rows[1:]) and _about(view, rows[0]):
        return rows[0].period  # "August was the busiest month of the year so far."
    opens = len(rows) == 1 and (_asks(view) or _about(view, rows[0]) or any(h.first <= 1 for h in view.told("setting")))
    opens = opens or (len(rows) == 1 and (_only(view) or _tells(view, rows[0])))
    return rows[0].period if opens else None


def _tells(view: Scene, row: Said) -> bool:
    """As in "Record numbers came in the first six months of 2025.": what is counted, and over which closed time."""
    closed = row.period.days != 1 and not row.period.running and row.period.start is not None
    return closed and bool(view.metrics) and len(view.times) == 1 and view.layout is Layout.BODY


def _titles(view: Scene, long: list[Said]) -> bool:
    """As in "Tea sales: year ending June 2025": the title of a bulletin about one period."""
    title = view.layout is Layout.HEADING and view.sentence.paragraph == 0 and len(view.times) == 1
    return title and len(long) == 1 and not long[0].period.running


def _only(view: Scene) -> bool:
    """As in "So, yesterday.", "First, the year to June.": nothing but a time, and words that turn to it."""
    return view.tables.clauses.turning.issuperset({*view.line.forms} - MARKS)


MARKS = frozenset({TIME, BREAK, ",", ".", "!", ":"})


def _about(view: Scene, row: Said) -> bool:
    """As in "Yesterday was busier.", "The 2022 season was short.": a short sentence about nothing but a time."""
    if row.atom > 1 or (row.atom and view.form(0) != "the"):
        return False
    behind = row.atom + (2 if view.form(row.atom + 1) in SEASONS else 1)
    named = view.form(behind) in ("was", "were") and view.met(SUPERLATIVE, behind + 1, behind + SHORT)
    return (named or len(view.line.forms) - behind < SHORT) and view.form(behind) in ABOUT


ABOUT = frozenset({"was", "were", "saw", "brought", "is"})


SEASONS = frozenset({"season", "year", "figures", "picture", "story"})


def released(view: Scene, memory: Memory, *, stock: bool) -> Period | None:
    """The time that the sentence before set for this one, None when it set none that fits a stock or flow."""
    if memory.release is None:
        return None
    setter, time = memory.release
    if (stock and time.days != 1) or view.sentence.index - setter.sentence.index != 1:
        return None
    if view.told("perfect") and not setter.told("release"):
        return None  # "And in 2024? ... have been returned" tells of now
    last = memory.last
    return time if last is None or last.scene.sentence.index < setter.sentence.index else None


def answers(view: Scene, memory: Memory) -> bool:
    """Whether a sentence follows a question that is only a label."""
    return memory.label is not None and view.sentence.index - memory.label.sentence.index == 1


def labelled(view: Scene, found: Attached | None, memory: Memory) -> Attached | None:
    """What a number counts, narrowed by the question that its sentence answers, where its own words do not tell it."""
    if found is None or memory.label is None or not answers(view, memory):
        return found
    known = {*found.dims, *found.dims.values()}  # "And Afghans? From Afghanistan came 16,500" tells one thing
    told = everywhere(memory.label, found.metric).items()
    new = {dim: value for dim, value in told if known.isdisjoint((dim, value))}
    return found._replace(dims={**found.dims, **new}) if new else found
