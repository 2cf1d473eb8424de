"""Times that tell no period: when something was said, signed or set up, and how long a record has stood."""

from __future__ import annotations

from datetime import date

from feed.model.period import month_end
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene
from feed.read.times import COUNTED, Shape, Time
from feed.read.times.dates import Grain

NEAR_VERB = 4
SAID_LATER = 6


def times_of(scene: Scene, number: int) -> dict[int, Time]:
    """The times of a sentence that tell a period; not when something was said or published."""
    found: dict[int, Time] = {}
    told = _recorded_for(scene)
    again = min((hit.first for hit in scene.told("reissued")), default=len(scene.line.forms))
    for atom, time in scene.times.items():
        if found and atom > again and BREAK not in scene.line.forms[again:atom]:
            continue  # "published as 606,000 a year ago, revised to 745,000 in November"
        if _sum(scene, number) and _edge(scene, atom, time):
            continue
        early = told and time.rule == "so far"
        if early or time.shape is Shape.DURATION or _told_beside(scene, atom, time):
            continue
        if scene.form(atom - 1) == "of" and scene.form(atom - 2) in ("each", "either", "any"):
            found[atom] = time._replace(shape=Shape.WINDOW, rule=VAGUE, start=None, end=None)
        elif time.rule == "since date" and (_when_then(scene, atom, number) or _stood(scene, atom)):
            found[atom] = time._replace(shape=Shape.WINDOW, end=_closing(time))
        elif not _record(scene, atom, time):
            found[atom] = time
    return found


def _told_beside(scene: Scene, atom: int, time: Time) -> bool:
    """Whether a time is that of what is said or done beside the count, or tells of another time when it was."""
    return _apposed(scene, atom, time) or _of_telling(scene, atom, time) or _of_act(scene, atom, time)


def _apposed(scene: Scene, atom: int, time: Time) -> bool:
    """As in "By the end of June, days before the vote, it was 5,000": what only tells of a time when it was."""
    if time.rule != VAGUE and time.shape is not Shape.SHIFT:
        return False
    comma = atom - 1
    while scene.form(comma) in LENGTHS:
        comma -= 1
    first = scene.times.get(comma - 1)
    if scene.form(comma) != "," or first is None or first.shape not in (Shape.POINT, Shape.WINDOW):
        return False
    ends = next((at for at in range(atom + 1, atom + NEAR_VERB + 2) if scene.form(at) in EDGES), 0)
    return scene.form(ends) == "," and not scene.met(RELATING, atom + 1, ends)


LENGTHS = frozenset({"just", "only", "a", "few", "some", "hours", "days", "weeks", "months", "shortly", "or", "so"})
EDGES = frozenset({",", BREAK, QUANTITY, ""})
RELATING = frozenset({"when", "there", "it", "they", "had", "was", "were"})
VAGUE = "vague"


def _edge(scene: Scene, atom: int, time: Time) -> bool:
    """As in "the budget was £320m at the start of the year, the bill £5m at the end of it": sums of the whole of it."""
    if time.shape is Shape.POINT:
        return time.grain is Grain.YEAR
    return time.shape is Shape.BACK and time.rule == "at then" and scene.form(atom - 1) != "by"


def _sum(scene: Scene, number: int) -> bool:
    """Whether a number is a sum of money."""
    return number in scene.quantities and scene.quantities[number].unit not in ("", PERCENT, TIMES)


def _recorded_for(scene: Scene) -> bool:
    """As in "so far 15,000 have been recorded for 2018": a count of a time that is over, which may yet grow."""
    closed = (at for at, time in scene.times.items() if time.shape is Shape.WINDOW and scene.form(at - 1) == "for")
    return any(NOTED & {scene.form(at - 2), scene.form(at - 3)} for at in closed)


NOTED = frozenset({"recorded", "counted", "logged", "registered", "reported", "published", "released", "confirmed"})


def telling(scene: Scene, by: date) -> bool:
    """Whether a sentence tells that something was said by that day: "in October ministers promised"."""
    said = (time.start for atom, time in scene.times.items() if _of_telling(scene, atom, time))
    return any(start is not None and start <= by for start in said)


def _when_then(scene: Scene, atom: int, number: int) -> bool:
    """As in "since 2021, when 27 died": the number behind "when" is that time's alone."""
    if number == atom + 2 and scene.bracket(atom + 1) and scene.opens(atom + 1):  # "the most since 2018 (9,474)"
        return True
    if atom > number or scene.form(atom + 1) != "," or scene.form(atom + 2) != "when":
        return False
    return not scene.met({",", BREAK}, atom + 3, number)


def _stood(scene: Scene, atom: int) -> bool:
    """As in "the old mark of 592 had stood only since 12 August": the day on which a record was set."""
    stood = not STOOD.isdisjoint(scene.form(at) for at in (atom - 2, atom - 1))
    return stood and not MARKS.isdisjoint(scene.form(at) for at in range(atom))


STOOD = frozenset({"stood", "standing", "stands"})
MARKS = frozenset({"mark", "record", "best", "high", "peak", "worst"})


def _closing(time: Time) -> date:
    start = time.start or date.min
    if time.grain is Grain.DAY:
        return start
    return start.replace(month=12, day=31) if time.grain is Grain.YEAR else month_end(start)


RECORDS = frozenset({"since date", "since event", "so far", "so far in"})


def _record(scene: Scene, atom: int, time: Time) -> bool:
    """As in "the highest rate since 2018": how long a record stands, not what a number is about."""
    if time.rule not in RECORDS or (time.event and any(event.id == time.event for event in scene.tables.anchors)):
        return False
    for at in range(atom - 1, max(-1, atom - 10), -1):
        form = scene.form(at)
        if form in (QUANTITY, BREAK):
            return False
        if form in SUPERLATIVE or (len(form) > 5 and form.endswith("est")):
            return True
    return False


SUPERLATIVE = frozenset({"any", "most", "worst", "first", "best", "low", "high"})


def _of_telling(scene: Scene, atom: int, time: Time) -> bool:
    """As in "published on Thursday", "told the Commons on Monday"."""
    if time.shape is not Shape.WINDOW or time.start is None or time.end is None or (time.end - time.start).days > 31:
        return False
    before = scene.times.get(atom - 2) if time.rule == COUNTED and scene.form(atom - 1) == "," else None
    ends = next((at for at in range(atom + 1, len(scene.line.forms)) if scene.form(at) in (",", BREAK, QUANTITY)), -1)
    if before is not None and scene.form(ends) != QUANTITY and _of_telling(scene, atom - 2, before):
        return True  # "the minister said on Friday, a day after it ended"
    if _shown(scene, atom):
        return True
    for hit in (said for said in scene.told("telling") if not _handed_out(scene, said.first, said.last)):
        if 0 <= atom - hit.last <= NEAR_VERB and not any(
            scene.form(i) in (QUANTITY, BREAK, ",") for i in range(hit.last, atom)
        ):
            return True
        if hit.first == atom + 1 and scene.form(atom - 1) not in WHEN:
            return True  # "the office yesterday restated it"
        if 0 < hit.first - atom <= SAID_LATER and atom <= 1 and not scene.met({QUANTITY, BREAK}, atom, hit.first):
            return True
    return False


def _shown(scene: Scene, atom: int) -> bool:
    """As in "its accounts <showed> yesterday, a reduction of ...": the day on which they did."""
    verb = atom - 2 if scene.form(atom - 1) == "on" else atom - 1
    return scene.form(atom + 1) in (",", BREAK, "") and any(hit.last == verb + 1 for hit in scene.told("showing"))


def _handed_out(scene: Scene, first: int, last: int) -> bool:
    """As in "900 fines were <issued> in May": what was given to people, not what was made known."""
    if scene.form(last - 1) not in HANDED:
        return False
    ahead = (scene.form(at) for at in range(first - 1, -1, -1))
    return next((form for form in ahead if form in CLOSING), "") == QUANTITY


HANDED = frozenset({"issued", "released"})
CLOSING = frozenset({
    QUANTITY, BREAK, ",", "figure", "figures", "data", "statistics", "number", "numbers", "report", "bulletin",
    "statement", "estimate", "paper", "document", "guidance", "update", "analysis", "survey", "letter", "review",
    "forecast", "total",
})  # fmt: skip
WHEN = frozenset({"", "in", "on", "at", "by", "to", "of", "for", "since", "until", "from", "during", "over"})


def _of_act(scene: Scene, atom: int, time: Time) -> bool:
    """As in "a deal signed in March", "last November's pact", "the pledge of 2010", "LONDON, Nov 27 (AP) -"."""
    if scene.form(atom - 2) == "accord" and scene.form(atom - 3) == "own":
        return False  # "they left of their own accord in 2024"
    if scene.form(atom - 2) in ("set", "reached") and scene.numbered(0, atom) and _marked(scene, atom):
        return False  # "off the record of 764,000 that was set in 2022"
    due = scene.form(atom - 1) == "for" and scene.form(atom + 1) not in ("'s", "s")  # "another £50m promised for 2024"
    if not due and any(hit.first <= atom < hit.last or hit.first == atom + 1 for hit in scene.told("act")):
        return True
    if time.shape is not Shape.WINDOW:
        return False
    opens = 0 < atom <= DATELINE and time.grain is Grain.DAY and scene.form(atom - 1) in (",", ")")
    behind = scene.words.form(time.last)  # an agency's name in brackets is passed over
    return opens and (scene.form(atom + 1) == BREAK or behind == "(") and not scene.numbered(0, atom)


def _marked(scene: Scene, atom: int) -> bool:
    """Whether what was set is the last number's record: "the record of 764,000 that was <set in 2022>"."""
    number = next((at for at in range(atom - 3, -1, -1) if scene.form(at) == QUANTITY), 0)
    leads = MARKS & {scene.form(at) for at in range(max(0, number - 3), number)}
    return bool(leads) and not scene.met({",", BREAK, "and"}, number, atom)


DATELINE = 4  # atoms before the day of a dateline
