"""Why an alert was told, step by step, in the words of a newspaper. Compares nothing: it says what the log says.

The steps that stand in the log are terse and never change; here each is put into a sentence with the facts beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feed.model.law import Law
from feed.model.notice import Notice, Shown
from feed.model.window import Basis, Window
from feed.model.wording import Words, day, number, what, when

BASES: dict[Basis, str] = {
    Basis.STATED: "as its text says",
    Basis.INHERITED: "the time that its article is about",
    Basis.NAMED: "a day known by its name",
    Basis.PUBLISHED: "the day on which it was published, for its text names no end",
}
LAWS: dict[str, str] = {
    Law.DIFFERENCE: "Two counts that both go on over the same days must grow by the same number.",
    Law.CHANGE: "A change must follow from the two numbers between which it is told.",
    Law.SHARE: "A share must follow from the part and the whole.",
    Law.RATIO: "A multiple must follow from the two numbers that are compared.",
    Law.PART: "A part cannot be more than its whole.",
    Law.SUM: "Parts that are told apart and are all that there are must add up to the whole.",
    Law.SO_FAR: "A count so far cannot be more than the final count.",
    Law.LIST: "A number of things that are listed must be the length of the list.",
    Law.TARGET: "What was counted is held against its target.",
}
BEARINGS: dict[str, str] = {
    "supersedes the one on record: a later period, not a revision": (
        "It is about a later time, so it takes the place of the one on record, which is not said to be wrong."
    ),
    "contradicts the one on record: a running total cannot fall": (
        "It counts on to a later day, yet is lower. A running total cannot fall, so the two cannot both hold."
    ),
    "revises the one on record: a running total cannot fall": (
        "It counts on to a later day, yet is lower. A running total cannot fall: its source has put the count right."
    ),
    "contradicts the one on record: for the same period no value satisfies both": (
        "Both are about the same time, and there is no value that fits both."
    ),
    "revises the one on record: for the same period no value satisfies both": (
        "Both are about the same time, and there is no value that fits both: the later one is a revision."
    ),
}
Said = Callable[[Notice, str, Words], str]


def reasons(notice: Notice, words: Words) -> tuple[str, ...]:
    """The steps that led to an alert, in sentences. A step that is not known here is given as it stands in the log."""
    told = (_sentence(notice, step, words) for step in notice.trace)
    return tuple(f"{text[:1].upper()}{text[1:]}" for text in told if text)


def _sentence(notice: Notice, step: str, words: Words) -> str:
    for beginning, said in STEPS:
        if step.startswith(beginning):
            try:
                return said(notice, step.removeprefix(beginning).rstrip("."), words)
            except ValueError:  # not written by any version of ours: a day or a basis that is none
                return step
    return step


def _same_thing(notice: Notice, rest: str, words: Words) -> str:
    side = notice.new or notice.old
    if side is None:
        return f"Series {rest}."
    if notice.alert == "withdrawn":
        return ""
    span = SPANS.get(side.window, when)(side)
    return f"Both figures measure the same: {_lower(f'{what(side, words)} {span}'.strip())}."


SPANS: dict[Window, Callable[[Shown], str]] = {
    Window.CALENDAR_YEAR: lambda side: f"in {side.frame.rpartition(' ')[2]}",
    Window.AT: lambda _: "on a given day",
    Window.DAY: lambda _: "on one day",
    Window.WEEK: lambda _: "in one week",
    Window.MONTH: lambda _: "in one month",
    Window.QUARTER: lambda _: "in three months",
    Window.FINANCIAL_YEAR: lambda _: "in one financial year",
    Window.YEAR_ENDING: lambda side: f"in a year to {side.frame.rpartition(' ')[2]}",
}


def _rescoped(notice: Notice, rest: str, words: Words) -> str:
    if notice.old is None or notice.new is None:
        return f"On record as {rest}."
    before, now = _lower(what(notice.old, words)), _lower(what(notice.new, words))
    return f"The same number for the same time is on record of {before}; now it is told of {now}."


def _times(_: Notice, rest: str, __: Words) -> str:
    """`2025-01-31 (inherited); new to 2025-03-31 (published)`: up to when each counts, and how that is known."""
    old, new = (side.removesuffix(")").partition(" (") for side in rest.split("; new to ", 1))
    before, now = (f"{_date(end)} ({BASES[Basis(basis)]})" for end, _, basis in (old, new))
    if before == now:
        return f"Both are told up to {now}."
    return f"The one on record is told up to {before}, the new one up to {now}."


def _numbers(notice: Notice, rest: str, _: Words) -> str:
    if notice.old is None or notice.new is None:
        return f"On record {rest}."
    return f"On record is {number(notice.old)}; the new article says {number(notice.new)}."


def _bearing(_: Notice, rest: str, __: Words) -> str:
    known = BEARINGS.get(rest)
    if known is None:
        told = rest.partition(": ")[2]
        return f"{told}." if told else f"The new figure {rest}."
    return known


def _stood(notice: Notice, rest: str, _: Words) -> str:
    """`On record X. It stood.`, of a figure or of a state."""
    return f"Until now it stood: {rest.removesuffix('. It stood')}." if notice.alert == "withdrawn" else ""


def _state(head: str) -> Said:
    def said(notice: Notice, rest: str, _: Words) -> str:
        value, _as_of, since = rest.removesuffix(". It stood").partition(", as of ")
        told = f"{value}, from {_date(since)} on" if since not in ("", "None") else value
        return f"{'Until now it stood' if notice.alert == 'withdrawn' else head}: {told}."

    return said


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _date(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _target(notice: Notice, rest: str, _: Words) -> str:
    if notice.old is None or notice.new is None:
        return f"Target {rest}."
    return f"The target {when(notice.old)} is {number(notice.old)}; {number(notice.new)} is what was counted."


def _dropped(_: Notice, __: str, ___: Words) -> str:
    return ""


STEPS: tuple[tuple[str, Said], ...] = (
    ("Series ", _same_thing),
    ("On record as ", _rescoped),
    ("On record to ", _times),
    ("On record: ", _state("On record")),
    (
        "On record ",
        lambda notice, rest, words: (_stood if notice.alert == "withdrawn" else _numbers)(notice, rest, words),
    ),
    ("New: ", _state("New")),
    ("The new figure ", _bearing),
    ("Law: ", lambda _, rest, __: LAWS.get(rest, f"Law: {rest}.")),
    ("Computed: ", lambda _, rest, __: f"Worked out: {rest}."),
    (
        "No admissible choice",
        lambda _, __, ___: "Every figure on record that can be meant was tried; with none it comes out.",
    ),
    ("Target ", _target),
    ("Class: ", _dropped),  # the heading says it
)
