"""Running totals: two of one series grow alike, and a count so far is not more than the final count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from feed.check.facts import Facts, counts, operand
from feed.check.sums import Ends, closed, ends, meet, minus, shown
from feed.model.check import Check, Law, Operand, Verdict
from feed.model.figure import Measure
from feed.model.period import Frame
from feed.model.quantity import plain
from feed.model.relate import RUNNING
from feed.model.series import Series
from feed.model.standing import Reported
from feed.model.window import Window

ONE_DAY = timedelta(days=1)
Days = tuple[Series, date, date]


@dataclass(frozen=True, slots=True)
class _Flow:
    """A flow between two ends of a running total: `until - before`."""

    until: Reported
    before: Reported

    @property
    def value(self) -> Ends | None:
        return minus(ends(self.until.figure.value), ends(self.before.figure.value))

    @property
    def point(self) -> Decimal:
        return self.until.figure.number - self.before.figure.number

    @property
    def words(self) -> str:
        return f"{self.until.figure.text} - {self.before.figure.text} = {shown(self.point)}"

    @property
    def operands(self) -> tuple[Operand, ...]:
        return (operand(self.until, "until"), operand(self.before, "before"))


def _grows(told: Reported) -> bool:
    """Whether it is a running total whose end is known from the text, not from the day of publication."""
    return counts(told) and told.frame.window in RUNNING and told.known_end


def _flows(facts: Facts) -> dict[Days, list[_Flow]]:
    """All flows between neighbouring ends of each running total of the article, by series and the days between."""
    totals: dict[tuple[Series, Frame], list[Reported]] = {}
    growing = [told for told in facts.figures if _grows(told)]
    for told in growing:
        totals.setdefault((told.series, told.frame), []).append(told)
    flows: dict[Days, list[_Flow]] = {}
    for (series, _), held in totals.items():
        in_time = sorted(held, key=lambda told: told.end)
        for before, until in pairwise(in_time):
            if before.end < until.end:
                flows.setdefault((series, before.end + ONE_DAY, until.end), []).append(_Flow(until, before))
    return flows


def differences(facts: Facts) -> Iterator[Check]:
    """Two running totals of one series must grow by the same between the same days."""
    for (_, first, last), flows in _flows(facts).items():
        for one, other in combinations(flows, 2):
            a, b = one.value, other.value
            if a is None or b is None:
                continue
            when = f"on {first}" if first == last else f"from {first} to {last}"
            title = facts.title(one.until.figure.metric)
            yield Check(
                law=Law.DIFFERENCE,
                verdict=Verdict.HOLDS if meet(a, b) else Verdict.FAILS,
                what=f"{title} {when} from two running totals",
                formula=f"{other.words} {'and' if meet(a, b) else 'but'} {one.words} "
                f"for the same {'day' if first == last else 'days'}",
                operands=(*one.operands, *other.operands),
                results=(plain(one.point), plain(other.point)),
                claimed=closed(a),
                computed=closed(b),
            )


def so_far(facts: Facts) -> Iterator[Check]:
    """A count so far in a year is not more than the count of the whole year."""
    for final in facts.figures:
        if not _whole_year(final):
            continue
        known = facts.pick((final.series.counted,), lambda o, final=final: _counts_towards(o, final))  # type: ignore[misc]
        for count in known[-1:]:
            more = final.figure.value.below(count.figure.value)
            year = final.frame.anchor
            yield Check(
                law=Law.SO_FAR,
                verdict=Verdict.FAILS if more else Verdict.HOLDS,
                what=f"{count.figure.printed} so far in {year} is {'' if more else 'not '}more than "
                f"{final.figure.printed} in all {year}",
                formula=f"{count.figure.printed} {'>' if more else '<='} {final.figure.printed}",
                operands=(operand(count, "so far"), operand(final, "final")),
                claimed=count.figure.value,
                computed=final.figure.value,
            )


def _whole_year(told: Reported) -> bool:
    period = told.figure.period
    whole = period is not None and not period.running and (period.end.month, period.end.day) == (12, 31)
    return whole and told.frame.window is Window.CALENDAR_YEAR and told.series.measure == Measure.LEVEL


def _counts_towards(count: Reported, final: Reported) -> bool:
    return (count.series, count.frame) == (final.series, final.frame) and count.end < final.end
