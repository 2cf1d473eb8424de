"""The sentence of an alert: plain English from the facts, the news first. Compares nothing, decides nothing."""

from __future__ import annotations

from feed.model.notice import Shown, shown
from feed.model.standing import Reported, State
from feed.model.wording import Words, day, number, plain_value, until, what, when


def superseding(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: more than 24,000 (was nearly 19,000 to 31 January)`."""
    before, now = _both(old, new)
    return f"{_news(now, words)} (was {number(before)}{until(before, now)})"


def revising(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: 18,200, which revises nearly 19,000 (Biscuit Office)`."""
    return _against(old, new, words, "revises")


def contradicting(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: 18,200, which contradicts nearly 19,000 (Biscuit Office)`."""
    return _against(old, new, words, "contradicts")


def quoting_old(old: Reported, new: Reported, words: Words) -> str:
    """`Sales since 5 July 2024: nearly 19,000, an old figure: it has been more than 24,000 since 31 March (Crumb)`."""
    before, now = _both(old, new)
    if old.end == new.end:
        return f"{_news(now, words)}, an old figure: it was revised to {number(before)}{_by(old)}"
    since = day(old.end, year=old.end.year != new.end.year)
    return f"{_news(now, words)}, an old figure: it has been {number(before)} since {since}{_by(old)}"


def rescoping(old: Reported, new: Reported, words: Words) -> str:
    """`24,000 is told of biscuits, sweet; on record it is of biscuits`."""
    before, now = _both(old, new)
    return f"{now.printed} is told of {_lower(what(now, words))}; on record it is of {_lower(what(before, words))}"


def against_target(target: Reported, outturn: Reported, words: Words, *, met: bool) -> str:
    """`Sales in 2024: 15,100, target of 14,500 met`."""
    aim, now = _both(target, outturn)
    return f"{_news(now, words)}, target of {number(aim)} {'met' if met else 'missed'}"


def state_change(old: State, new: State, words: Words) -> str:
    """`Prime Minister: Ann Baker (was Bea Cook)`."""
    return f"{words.subject(new.subject)}: {plain_value(new.value)} (was {plain_value(old.value)})"


def withdrawing(old: Reported, left: Reported | None, words: Words) -> str:
    """`Sales since 5 July 2024: more than 24,000 is withdrawn (Crumb); nearly 19,000 to 31 January stands`."""
    gone = shown(old, None)
    if left is None:
        rest = "nothing stands in its place"
    else:
        again = shown(left, None)
        rest = f"{number(again)}{until(again, gone)} stands"
    by = old.figure.publisher or old.figure.article
    return f"{_news(gone, words)} is withdrawn ({by}); {rest}"


def withdrawing_state(old: State, left: State | None, words: Words) -> str:
    """`Prime Minister: Ann Baker is withdrawn (Crumb); Bea Cook stands`."""
    rest = f"{plain_value(left.value)} stands" if left else "nothing stands in its place"
    by = old.data.publisher or old.data.article
    return f"{words.subject(old.subject)}: {plain_value(old.value)} is withdrawn ({by}); {rest}"


def _both(old: Reported, new: Reported) -> tuple[Shown, Shown]:
    return shown(old, None), shown(new, None)


def _news(now: Shown, words: Words) -> str:
    return f"{what(now, words)} {when(now)}".strip() + f": {number(now)}"


def _against(old: Reported, new: Reported, words: Words, verb: str) -> str:
    before, now = _both(old, new)
    return f"{_news(now, words)}, which {verb} {number(before)}{until(before, now)}{_by(old)}"


def _by(told: Reported) -> str:
    return f" ({told.originator})" if told.originator else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
