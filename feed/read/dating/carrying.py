"""The period that the text before told and that plainly goes on for a number whose own sentence tells none."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from feed.model.figure import Measure, Status
from feed.model.period import Basis, Period
from feed.read.claim import Attached, Claim, Memory
from feed.read.dating.setting import answers, released
from feed.read.dating.twoends import first_of_two, plain_base
from feed.read.grammar.roles import Role
from feed.read.numbers import PERCENT
from feed.read.onward.anaphora import anaphoric
from feed.read.onward.columns import parted, tabled
from feed.read.scene import Scene
from feed.read.text.lexer import Kind
from feed.read.text.sentences import Layout
from feed.read.times import periods

DAY_REACH = 4  # paragraphs that a bulletin about one day goes on for
OPEN = frozenset({Status.PLAN, Status.TARGET, Status.FORECAST})
MOVES = (Measure.CHANGE, Measure.RATIO)


class Asked(NamedTuple):
    """The number whose time is asked for."""

    view: Scene
    atom: int
    role: Role
    found: Attached
    status: Status

    @property
    def level(self) -> bool:
        """Whether it tells how many, not by how much."""
        return self.role.measure is Measure.LEVEL

    @property
    def based(self) -> bool:
        """Whether it is the level that another one is compared with."""
        if not self.level or self.role.superseded or self.view.told("reissued") or self.whole:
            return False  # "revised from 672,000 to 740,000" is one count, told twice
        return self.role.compared or first_of_two(self.view, self.atom) is not None or self.been

    @property
    def whole(self) -> bool:
        """As in "nearly half of the 107,000 <others>": what a share is of, at the same time."""
        at = self.atom - 1 if self.view.form(self.atom - 1) != "the" else self.atom - 2
        part = self.view.quantities.get(at - 1) if self.view.form(at) == "of" else None
        return part is not None and part.unit == PERCENT

    @property
    def been(self) -> bool:
        """As in "it was 948,000, having been 1,326,000", "granted 7% of them, having granted 53%"."""
        rate = self.view.quantities[self.atom].unit == PERCENT
        return self.view.form(self.atom - 2) == "having" and (rate or self.view.form(self.atom - 1) == "been")


def apart(view: Scene, before: Claim) -> int:
    """How many paragraphs ago a claim was made; bylines, captions and cookie words between are none."""
    here, there = view.sentence.paragraph, before.scene.sentence.paragraph
    if here - there < 2:
        return here - there
    document = view.document
    between = document.paragraphs[there + 1 : here]
    return here - there - sum(paragraph.layout in ASIDES or document.byline(paragraph) for paragraph in between)


ASIDES = frozenset({Layout.CAPTION, Layout.BOILERPLATE})


def based(asked: Asked, period: Period | None) -> Period | None:
    """The same period; of a level that is only compared with, the one a year before."""
    if not asked.based or period is None:
        return period
    if period.days == 1 and plain_base(asked.view, asked.atom):
        return None
    return periods.moved(period, -12) if period.start else None


def carried(asked: Asked, memory: Memory) -> Period | None:
    """The period that was told before and plainly goes on, None when none does."""
    last = memory.last
    set_ = released(asked.view, memory, stock=asked.found.stock)
    if set_ is not None:
        return set_
    under = _beside_refused(asked, memory) or _under(asked, memory) or _of_them(asked, memory)
    if under is not None:
        return based(asked, under)
    if last is None or (asked.status is Status.TARGET and last.scene is not asked.view and asked.view.told("pledge")):
        return None  # what was promised once is not told of the time of what came about
    if last.scene is asked.view:
        return _in_sentence(asked, last, memory)
    if _stands_alone(asked, memory, last):
        return None
    if _same_day(asked, last):
        return last.period
    if not _continues(asked, last, memory):
        return None
    told = based(asked, _subject(asked, memory, last).period)
    return told if told and _may_be_of(asked, told) else None


def _may_be_of(asked: Asked, told: Period) -> bool:
    """Whether a time of another sentence may be the number's: a rate adds up to no total, a state fills no year."""
    rate = "/" in asked.found.unit and told.start is None
    state = asked.found.stock and asked.level and told.days != 1 and not told.running
    return not (rate or state)


def _stands_alone(asked: Asked, memory: Memory, last: Claim) -> bool:
    """Whether only its own sentence could tell its time: a bullet, an entry of a live blog, what is yet to come."""
    away = apart(asked.view, last)
    if asked.view.layout in (Layout.HEADING, Layout.STAMP) or (asked.view.layout is Layout.BULLET and away > 0):
        return True
    main = memory.main if memory.main and apart(asked.view, memory.main) <= 1 else last
    meant = asked.view.form(asked.atom - 1) in ("was", "were", "been")  # "24,300 left. The target was 30,000"
    ahead = asked.status in (Status.TARGET, Status.FORECAST) and main.status not in OPEN
    return (ahead and not meant) or (away > 0 and asked.view.entered(last.scene))


def _in_sentence(asked: Asked, last: Claim, memory: Memory) -> Period | None:
    """What goes on within a sentence: the time of its own claim, or of what it is about."""
    main = memory.main if memory.main and not last.main and _near(asked, memory.main) else last
    if asked.view.form(asked.atom - 1) in BORNE and asked.view.form(asked.atom - 2) == ",":
        main = last  # "against 36 in 2019, carrying 1,054"
    if _only_now(main.period) and not asked.found.stock and main.attached.stock:
        return None  # "a third of them are in hotels, yet hotels take 76% of the money": no day of a sum
    return based(asked, main.period) if main.main or asked.based or not asked.found.stock else None


BORNE = frozenset({"carrying", "taking", "bearing", "flying", "worth", "totalling", "involving", "covering"})


def _only_now(period: Period | None) -> bool:
    """Whether a period is the article's own day, which no words told."""
    return period is not None and period.days == 1 and period.start_basis is Basis.PUBLISHED


LISTED = frozenset({Layout.BULLET, Layout.ROW})


def _under(asked: Asked, memory: Memory) -> Period | None:
    """The time of the line that heads a list, for what its bullets count: "In the year to June 2025:"."""
    view, paragraphs = asked.view, asked.view.document.paragraphs
    table = tabled(view, memory)
    if not (table or view.layout in LISTED) or asked.status in OPEN:
        return None
    at = view.sentence.paragraph
    while at >= 0 and (paragraphs[at].layout in LISTED or (table and parted(view.document, at))):
        at -= 1
    if at < 0 or not (paragraphs[at].layout is Layout.HEADING or _leads(view, at)):
        return None
    told = [row.period for row in memory.said if row.scene.sentence.paragraph == at and row.main]
    fitting = [period for period in told if (period.start == period.end) is asked.found.stock]
    return fitting[-1] if len(fitting) == 1 else None


def _leads(view: Scene, at: int) -> bool:
    """Whether a line ends with a colon."""
    return view.document.tokens[view.document.paragraphs[at].last - 1].kind is Kind.COLON


def _near(asked: Asked, main: Claim) -> bool:
    """Whether an earlier claim may be what a sentence's second number goes on about."""
    return apart(asked.view, main) <= (0 if asked.found.stock else 1) and (main.status in OPEN) is (
        asked.status in OPEN
    )


def _beside_refused(asked: Asked, memory: Memory) -> Period | None:
    """As in "Germany logged 329,120 in 2023. In Britain 84,425 applied": the time of a count that is none of ours."""
    if memory.refused is None or asked.status in OPEN or asked.based:
        return None
    before, last = memory.refused[0], memory.last
    here, there = asked.view.sentence, before.sentence
    next_ = here.index - there.index == 1 and here.paragraph == there.paragraph
    if not next_ or (last is not None and last.scene.sentence.index >= there.index):
        return None
    told = [row.period for row in memory.said if row.scene is before and row.main]
    fits = len(told) == 1 and (told[0].days == 1) is asked.found.stock
    return told[0] if fits and not asked.view.told("perfect") else None


def _of_them(asked: Asked, memory: Memory) -> Period | None:
    """As in "Welshmen led the table in the year to May. They bought 60": when what "they" stands for is told of."""
    if memory.topic is None or asked.found.stock or asked.status in OPEN or asked.based:
        return None
    above, hit = memory.topic
    begins = asked.view.form(0) in THEY or asked.view.form(asked.atom + 1) == "such"
    begins = begins or asked.found.rule.startswith("topic: ")  # "Sales rose in May. The tally came to 300"
    if not begins or asked.view.sentence.index - above.sentence.index != 1 or asked.view.told("perfect"):
        return None
    told = [row.period for row in memory.said if row.scene is above and row.main]
    return told[0] if len(told) == 1 and hit.value.metric.id == asked.found.metric.id else None


def asked_since(asked: Asked, own: Period, memory: Memory) -> date | None:
    """As in "How many came this year? By Monday, 300": the start that the question tells."""
    if memory.topic is None or not asked.found.rule.startswith("topic: "):
        return None
    told = [row.period for row in memory.said if row.scene is memory.topic[0] and row.period.running]
    start = told[0].start if len(told) == 1 else None
    return start if start and start <= own.end else None


def _subject(asked: Asked, memory: Memory, last: Claim) -> Claim:
    """What a sentence goes on about; "they" are those that came, not the total that they brought to a height."""
    level = memory.levels[-1] if memory.levels else last
    if asked.view.form(0) in IT and asked.role.measure in MOVES and level.scene is last.scene and _alike(asked, level):
        return level
    if asked.view.form(0) in THEY and len(memory.levels) > 1 and memory.levels[-2].scene is last.scene:
        between = {last.scene.form(at) for at in range(memory.levels[-2].atom, last.atom)}
        if not BRINGING.isdisjoint(between):
            return memory.levels[-2]
    return memory.main or last


BRINGING = frozenset({"taking", "bringing", "lifting", "pushing", "raising", "carrying"})


def _alike(asked: Asked, level: Claim) -> bool:
    running = level.period is not None and level.period.running
    return running and level.attached.metric.id == asked.found.metric.id


IT = frozenset({"it", "that", "this"})
THEY = frozenset({"they", "those", "these", "all", "some", "among"})


def _continues(asked: Asked, last: Claim, memory: Memory) -> bool:
    away = apart(asked.view, last)
    if away > 1 or last.period is None or (last.status in OPEN and asked.status not in OPEN and not _came_of(asked)):
        return False
    if away == 1 and not (_goes_on(asked, last, memory) or _level_of(asked, last)):
        return False
    now = asked.found.stock and asked.level and asked.view.told("present")
    return not now or anaphoric(asked.view)


def _came_of(asked: Asked) -> bool:
    """As in "It aimed to take 5,000 in 2020/21. The outturn was 661": told of the time of the aim."""
    return asked.level and any(hit.counted in (-1, asked.atom) for hit in asked.view.told("outcome"))


def _goes_on(asked: Asked, last: Claim, memory: Memory) -> bool:
    """Whether a sentence carries on from the paragraph before: by its first words, by "too", by "of the claims"."""
    view = asked.view
    if any(hit.first <= 1 for hit in view.told("going_on")):
        return True
    if any(hit.first <= asked.atom + 1 for hit in view.told("of them")):
        return True
    if answers(view, memory) and not any(hit.first < asked.atom for hit in view.told("perfect")):
        return (last.period is not None and last.period.days == 1) is asked.found.stock  # "Students? 486,107 tickets"
    alike = asked.found.metric.id == last.attached.metric.id and asked.status is last.status
    if (
        alike
        and (asked.status not in OPEN or asked.found.dims == last.attached.dims)
        and "the" in (view.form(0), view.form(1))
    ):
        return True
    if memory.likewise == view.sentence.paragraph or _same_section(view, last.scene):
        return True
    return view.form(asked.atom + 1) == "of" and view.form(asked.atom + 2) == "the" and asked.level


def _same_section(view: Scene, before: Scene) -> bool:
    """As in "2.1 ... 2.2 ...": numbered paragraphs of one section of a bulletin."""
    marks = [one.document.tokens[one.paragraph.first] for one in (view, before)]
    sections = {mark.text.partition(".")[0] for mark in marks}
    return len(sections) == 1 and all("." in mark.text and mark.text[0].isdigit() for mark in marks)


def _level_of(asked: Asked, last: Claim) -> bool:
    """As in "Arrivals fell by a third last year. / A total of 29,437 came": the level that a change led to."""
    alike = asked.found.metric.id == last.attached.metric.id and asked.found.dims == last.attached.dims
    bare = not asked.view.times and not asked.view.told("perfect")
    return alike and bare and asked.level and last.role.measure in MOVES and asked.status is last.status


def _same_day(asked: Asked, last: Claim) -> bool:
    """A bulletin about one day goes on about it, past bylines, until a time is told."""
    period = last.period
    if period is None or period.start != period.end or not last.dated.told or not asked.level or asked.found.stock:
        return False
    near = apart(asked.view, last) <= DAY_REACH and asked.view.layout is Layout.BODY
    return near and asked.found.metric.id == last.attached.metric.id and not asked.view.told("perfect")
