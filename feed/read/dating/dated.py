"""The period and baseline of one number: told in its sentence, carried from before, or by the guide's rules."""

from __future__ import annotations

from datetime import date

from feed.model.figure import Measure, Status
from feed.model.period import Period
from feed.read.assertion import budgeted
from feed.read.claim import Dated, Memory
from feed.read.dating import when
from feed.read.dating.apposed import apposed
from feed.read.dating.bases import moved_from
from feed.read.dating.carrying import MOVES, OPEN, Asked, apart, asked_since, based, carried
from feed.read.dating.present import default, has_now, has_since, is_now, is_over
from feed.read.dating.promises import is_due, is_promise, names_year, promised_then, vowed_then
from feed.read.dating.referred import UNNAMED, in_turn, listed, month_in_turn, referred, told_to_come, year_end
from feed.read.dating.resolved import resolved, the_year
from feed.read.dating.twoends import End, across, first_of_two, plain_base, two_ends, year_before
from feed.read.grammar.against import compared
from feed.read.grammar.asides import telling, times_of
from feed.read.measured import GROWN
from feed.read.metric.heard import MONEY
from feed.read.onward.columns import column_time
from feed.read.patterns.lexicon import BREAK, QUANTITY
from feed.read.scene import Scene
from feed.read.times import Shape, Time, periods
from feed.read.times.dates import Grain

VAGUE = "vague"
MONTH = 31  # days; a plan for a longer time is for its whole
LATELY = 92  # days; what was to be met so lately is not meant for next year
BEGUN = 4  # paragraphs


def dated(asked: Asked, memory: Memory, windows: periods.Windows) -> Dated:
    """The number's period and baseline."""
    heading = column_time(asked.view, asked.atom, memory)
    if heading is not None:
        own = _fitting(asked, periods.period(heading, windows, None, None), heading, windows, told=True, moved=False)
        return Dated(own, None, told=True, shifted=False, by=heading)
    moves = asked.role.measure in MOVES
    seen = when.sight(asked.view, asked.atom, as_base=asked.role.compared, moves=moves)
    if is_now(asked, seen.own):
        return Dated(default(asked, windows), None, told=True, shifted=False)
    if has_since(asked):
        return Dated(default(asked, windows) if asked.found.stock else None, None, told=False, shifted=False)
    both = across(asked, seen.own, moves=moves) if seen.own else None
    if both:
        return Dated(*both, told=True, shifted=False, by=seen.own)
    end = _end(asked, seen.own, memory) if seen.own else None
    if (end is not None and end.period is None) or (seen.own and seen.own.rule == VAGUE):
        return Dated(None, None, told=False, shifted=True)
    return _dated(asked, seen, end, memory, windows)


def _dated(asked: Asked, seen: when.Sight, end: End | None, memory: Memory, windows: periods.Windows) -> Dated:
    """The period and baseline of a number by the times of its sentence, or by what goes on."""
    own = end.period if end else apposed(asked, memory) or _own(asked, seen, memory, windows)
    own = own or _as_told(asked, memory)
    if own and seen.own and is_due(asked, seen.own):
        own = periods.to_come(own, windows.published, stock=asked.found.stock)
    told = own is not None
    if own and _open_start(own, seen.own):
        own = _begun_before(asked, own, memory) or own
    if own is None and _goes_on(asked):
        own = carried(asked, memory)
        own = None if own and is_over(asked, own) else own
    if own and own.days == 1 and has_now(asked, seen.own):
        own, told = None, False
    if own and told and seen.own and _until(asked, seen.own, own, memory):
        own = periods.until(own, _begun(asked, own, seen.own, memory))
    baseline = None
    if asked.role.measure in MOVES:
        own, baseline = moved_from(asked, seen, own if told else None, own, memory, windows)
    moved = seen.own is not None and when.is_moved(seen.own)
    own = _fitting(asked, own, seen.own, windows, told=told, moved=moved)
    shifted = told and moved
    shifted = shifted or ((end is not None or not told) and first_of_two(asked.view, asked.atom) is not None)
    return Dated(own, baseline, told, shifted, seen.own if told else None)


def _as_told(asked: Asked, memory: Memory) -> Period | None:
    """As in "In May it was 218, in June 203. From 218 to 203 is a fall": the time at which the same count was told."""
    quantity = asked.view.quantities[asked.atom]
    before = memory.known.get((quantity.unit, *quantity.numbers))
    if before is None or before.scene is asked.view or not (asked.level and asked.found.inherited):
        return None
    near = asked.view.sentence.index - before.scene.sentence.index <= AGAIN
    same = before.attached.metric.id == asked.found.metric.id and before.attached.dims == asked.found.dims
    return before.period if near and same and before.dated.told and quantity.numbers[0] >= CHANCE else None


AGAIN = 2  # sentences in which a count is told again
CHANCE = 100  # a number that hardly comes twice by chance


def _open_start(own: Period | None, time: Time | None) -> bool:
    """As in "so far": a total of which only the end is told."""
    return own is not None and own.start is None and time is not None and time.rule == "so far"


def _begun_before(asked: Asked, own: Period, memory: Memory) -> Period | None:
    """As in "5,000 came this year. So far 300 of them have gone": the running time that was told just before."""
    before = carried(asked, memory)
    if before is not None and before.running and before.start is not None:
        return before
    return _begun_of_forecast(asked, own, memory)


def _begun_of_forecast(asked: Asked, own: Period, memory: Memory) -> Period | None:
    """As in "they expect 30,000 to come this year. So far 11,500 have": the year of what is to come, until now."""
    last = memory.last
    if last is None or last.period is None or last.status not in OPEN or apart(asked.view, last) > 0:
        return None
    year, same = last.period, last.attached.metric.id == asked.found.metric.id
    begun = year.start is not None and year.days in (365, 366) and year.start <= own.end <= year.end
    return periods.until(own, year.start) if same and begun else None


def _goes_on(asked: Asked) -> bool:
    """Whether a time told before may be the number's: not that of a promise, nor of what a state grew by."""
    return not is_promise(asked) and not asked.role.rule.startswith(GROWN)


def _end(asked: Asked, time: Time, memory: Memory) -> End | None:
    """The period of one end of a change, "from 860,000 to 431,000 in 2024", "down from 860,000"."""
    end = None if asked.role.superseded else two_ends(asked, time)
    main = memory.main
    same = main is not None and main.scene is asked.view and main.dated.by is time
    # else two counts of one time: "57,900 were refused, compared with 53,400 granted"
    same = same and main is not None and main.attached.metric.id == asked.found.metric.id
    if end is not None or not (asked.role.compared and same and main) or first_of_two(asked.view, asked.atom):
        return end
    return year_before(asked, time, main.period)


def _fitting(
    asked: Asked, own: Period | None, by: Time | None, windows: periods.Windows, *, told: bool, moved: bool
) -> Period | None:
    """The period as its kind of number has one: a state's day, the time of an aim to come.

    `by`: the time of its sentence; `told`: that tells it; `moved`: only as another time moved.
    """
    if own and asked.found.stock and asked.level and (own.running or _at_its_end(asked, by)):
        own = periods.last_day(own)
    if own and asked.found.unit.startswith(MONEY) and asked.level and budgeted(asked.view, asked.atom):
        own = periods.whole_year(own)  # "a budget of £5m for this financial year"
    share = asked.role.measure is Measure.SHARE
    if own is None and (asked.level or share) and not moved and not _earlier(asked) and not _then(asked):
        own = default(asked, windows)
    if own and told and is_promise(asked) and by is not None and by.grain in (Grain.YEAR, Grain.FINANCIAL):
        own = periods.to_come(own, None, stock=False)
    if own and (asked.status in (Status.TARGET, Status.FORECAST) or _meant(asked)):
        from_now = told and not (_said_then(asked, own, windows) or (by is not None and names_year(asked.view, by)))
        own = periods.to_come(own, windows.published if from_now else None, stock=asked.found.stock)
    if own and own.start and (own.days or 0) <= MONTH and asked.status in OPEN and asked.found.stock and asked.level:
        own = periods.at_day(own.start, own.start_basis)
    return own


def _at_its_end(asked: Asked, by: Time | None) -> bool:
    """As in "on the last day of that month 1,727 were held": the state at the end of a time told before."""
    if by is None or by.shape is not Shape.BACK or not by.first:
        return False
    words = asked.view.words
    return words.form(by.first - 1) == "of" and words.form(by.first - 2) in ("day", "end", "close")


def _meant(asked: Asked) -> bool:
    """As in "they plan to send 5,700 this year": a count that is to be reached by the end of the time."""
    return asked.status is Status.PLAN and asked.level and not asked.found.stock and not is_promise(asked)


def _said_then(asked: Asked, own: Period, windows: periods.Windows) -> bool:
    """As in "in October he said it would be met by January": what was to come then may be over now."""
    view = asked.view
    reported = any(view.form(at) == "would" for at in range(asked.atom))
    lately = windows.published is not None and (windows.published - own.end).days <= LATELY
    return telling(view, own.end) or (reported and lately)


def _then(asked: Asked) -> bool:
    """As in "When we left office there were 213": a state at a time that nobody knows the date of."""
    view = asked.view
    if asked.found.stock and view.form(asked.atom - 1) in TAKEN_OVER:
        return True
    told = asked.found.stock and view.met(PAST, asked.atom - NEAR, asked.atom) and "when" in view.spoken
    return told and (view.form(0) == "when" or _when_behind(view, asked.atom))


def _when_behind(view: Scene, atom: int) -> bool:
    end = next((at for at in range(atom + 1, len(view.line.forms)) if view.form(at) in (QUANTITY, BREAK, ",")), atom)
    return view.met({"when"}, atom + 1, end)


TAKEN_OVER = frozenset({"inherited", "bequeathed"})
PAST = frozenset({"was", "were", "had", "stood"})
NEAR = 3  # atoms


def _earlier(asked: Asked) -> bool:
    """As in "it is 32,000, down from 38,000": a state at some day before, of which nothing is told."""
    based = plain_base(asked.view, asked.atom) and first_of_two(asked.view, asked.atom) is None
    return asked.found.stock and based


def _this_year(asked: Asked, by: Time) -> date | None:
    """As in "5,000 had come by the end of May this year", "by 26 May last year": from the year's first day."""
    words = asked.view.words
    year = (words.form(by.last - 2), words.form(by.last - 1))
    day = words.form(by.last - 3) != "of"  # not "by the end of last year"
    this = by.end is not None and (year == ("this", "year") or (year == ("last", "year") and day))
    return by.end.replace(month=1, day=1) if this and by.end else None


def _begun(asked: Asked, own: Period, by: Time, memory: Memory) -> date | None:
    """From which day a total is counted that ends on a day: that of the count before, when it goes on."""
    metric = asked.found.metric.id
    told = _running(asked, own) or _this_year(asked, by) or asked_since(asked, own, memory)
    if told:
        return told
    main = memory.main
    if asked.found.counted and main and main.scene is asked.view and main.period and main.period.end == own.end:
        return main.period.start  # "by Sunday 10,472 had come since May, on board 231 vans"
    last = memory.totals.get(metric)
    if memory.last and memory.last.attached.metric.id == metric and not (memory.last.period or own).running:
        last = memory.last
    if last is None or last.period is None or last.period.start is None or apart(asked.view, last) > BEGUN:
        return None
    counted = last.period
    start = last.period.start
    earlier = asked.role.compared or own.end.year < start.year  # "By last 19 July it stood at 2,900"
    if earlier and counted.running and (start.month, start.day) == (1, 1):
        return start.replace(year=own.end.year)  # "14,811 this year, against 10,448 by the end of last May"
    year = counted.days in (365, 366) and start.year == own.end.year and apart(asked.view, last) <= 1
    return start if start <= own.end and (counted.running or year) else None


def _running(asked: Asked, own: Period) -> date | None:
    """As in "arrivals this year stood at 27,997 as of Wednesday": the start that the sentence tells beside the end."""
    view = asked.view
    for at, time in times_of(view, asked.atom).items():
        begun = time.shape is Shape.RUNNING or (
            time.grain is Grain.YEAR and time.end is not None and time.end > own.end
        )
        if not begun or time.start is None or time.start > own.end or compared(view, at):
            continue
        if not view.numbered(min(at, asked.atom) + 1, max(at, asked.atom)):
            return time.start
    return None


def _own(asked: Asked, seen: when.Sight, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period that the number's own sentence tells, by its times or by the words beside the number."""
    denied = asked.view.form(asked.atom - 1) == "not" and asked.view.form(asked.atom - 2) in (",", BREAK)
    if denied and memory.last and memory.last.scene is asked.view:
        return memory.last.period  # "it is 40,667, not 46,067"
    if seen.own and ((is_promise(asked) and promised_then(asked, seen.own)) or vowed_then(asked, seen.own)):
        return None
    told = _told(asked, seen, memory, windows)
    if told and asked.been and memory.last and memory.last.scene is asked.view:
        return based(asked, memory.last.period)
    return told


def _until(asked: Asked, time: Time, own: Period, memory: Memory) -> bool:
    """As in "in all 200 had come by the end of January": a running total of which only the end is told."""
    ends = (time.shape is Shape.POINT and time.rule == "by" and not time.event) or time.rule == "by then"
    stands = time.start is not None and (time.start == time.end or time.rule == "weekend")
    stands = stands and (_stands(asked) or _passed(asked, own) or _of_total(asked, memory))
    return (ends or stands) and asked.level and not asked.found.stock and asked.status not in OPEN


def _of_total(asked: Asked, memory: Memory) -> bool:
    """As in "By Sunday 11,100 had come under it. On 5 April <it was> just 1,200": where the same total stood then."""
    last, view = memory.last, asked.view
    if last is None or last.scene is view or last.period is None or last.period.start is not None:
        return False
    it = any(view.form(at) in TOTAL and view.form(at + 1) in STOOD for at in range(max(0, asked.atom - 4), asked.atom))
    return it and asked.found.inherited and last.attached.metric.id == asked.found.metric.id


TOTAL = frozenset({"it", "that", "total", "figure", "number", "tally", "count"})
STOOD = frozenset({"was", "stood", "had"})


def _stands(asked: Asked) -> bool:
    """As in "the totals stood at 193 and 195 on that day"."""
    view = asked.view
    first = listed(view, asked.atom)[0]
    return view.form(first - 1) == "at" and view.form(first - 2) in ("stood", "stands", "stand", "standing")


def _passed(asked: Asked, own: Period) -> bool:
    """As in "arrivals this year passed 34,000 on Sunday": the height that a running total came to on a day."""
    view = asked.view
    quantity = view.quantities[asked.atom]
    carried = quantity.opening < quantity.first and view.words.form(quantity.opening).endswith(PASSED)
    reached = carried or any(hit.counted == asked.atom for hit in view.told("reached"))
    if asked.found.inherited and view.words.form(quantity.last) in MARKS:
        return True  # "The 50,000 mark was passed on Monday"
    return reached and _running(asked, own) is not None


MARKS = frozenset({"mark", "milestone", "barrier", "threshold"})


PASSED = (
    "ed",
    "broke",
    "broken",
    "past",
    "through",
)  # how a verb ends that only qualifies a number: "topped", "passed"


def _told(asked: Asked, seen: when.Sight, memory: Memory, windows: periods.Windows) -> Period | None:
    """The period that the sentence tells."""
    month = month_in_turn(asked.view, asked.atom) if seen.own and seen.own.grain is Grain.MONTH else None
    if month:
        return month
    turn = in_turn(asked.view, asked.atom)
    time = seen.own if turn is None else asked.view.times[turn]
    if time is None:
        return None
    if time.shape is Shape.BACK:
        ahead = told_to_come(asked.view, time, memory, windows) if asked.status in OPEN else None
        meant = ahead or referred(asked.view, asked.atom, time, memory, windows)
        return based(asked, meant) if asked.view.bracket(asked.atom - 1) else meant
    if time.shape is Shape.POINT and time.grain in UNNAMED and asked.status not in OPEN:
        return year_end(asked.view, time, memory, windows)
    if time.rule == "the year":
        return the_year(asked, time, memory, windows)
    return _shared(asked, time, memory) or resolved(asked, seen, time, memory, windows)


def _shared(asked: Asked, time: Time, memory: Memory) -> Period | None:
    """A change told at the same time as its level has the level's period: the whole of a total, not its last day."""
    if not asked.level:
        for row in reversed(memory.row):
            if row.scene is asked.view and row.dated.by is time and row.main:
                return row.period
    return None
