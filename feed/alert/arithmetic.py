"""Arithmetic that does not come out, told in one sentence with the numbers in it. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from feed.alert.decision import ENGINE, Told
from feed.alert.severity import severity
from feed.model.check import Check, Law, Verdict
from feed.model.report import AlertRaised
from feed.model.rules import Rules
from feed.model.standings import Standings
from feed.model.wording import Words

SENTENCES: dict[Law, str] = {
    Law.DIFFERENCE: "{What} do not agree: {formula}",
    Law.CHANGE: "{Title}: {what} does not follow: {formula}",
    Law.SHARE: "{Title}: “{claim}” does not follow: {formula}",
    Law.RATIO: "{Title}: “{claim}” does not follow: {formula}",
    Law.PART: "{Title}: a part is more than its whole: {formula}",
    Law.SUM: "{Title}: {what} does not come out: {formula}",
    Law.SO_FAR: "{Title}: {what}",
    Law.LIST: "{What}: {formula}",
    Law.TARGET: "{What}: {formula}",
}


def inconsistent(
    before: Standings, told: Told, checks: Iterable[Check], rules: Rules, words: Words
) -> Iterator[AlertRaised]:
    """An alert for each failed check, unless people were told of the very same arithmetic before."""
    for check in checks:
        if check.verdict is Verdict.FAILS and before.failed.get(check.numbers) is None:
            yield _raised(told, check, rules, words)


def _raised(told: Told, check: Check, rules: Rules, words: Words) -> AlertRaised:
    by_id = {figure.id: figure for figure in told.figures}
    operands = sorted((o for o in check.operands if o.id in by_id), key=lambda o: o.role != "claim")
    metric = next((by_id[o.id].series.metric for o in operands), "")
    return AlertRaised(
        alert="inconsistent",
        severity=severity(rules, "inconsistent", metric, check.law.value, gap(check)),
        article=told.article,
        old=None,
        new=None,
        check=check,
        engine=ENGINE,
        sentence=explained(check, words.title(metric)),
        trace=(
            f"Law: {check.law}.",
            f"Computed: {check.formula}.",
            "No admissible choice of operands makes it hold.",
            "Class: inconsistent.",
        ),
    )


def explained(check: Check, title: str) -> str:
    """A failed check in one sentence. `title` is what is counted, empty when that is not known."""
    claim = next((operand.printed for operand in check.operands if operand.role == "claim"), None)
    what = check.what[:1].upper() + check.what[1:]
    told = SENTENCES[check.law].format(What=what, what=check.what, Title=title, claim=claim, formula=check.formula)
    return told.removeprefix(": ")


def gap(check: Check) -> Decimal | None:
    """By what fraction the two sides of a failed check miss each other; None when a side is infinite."""
    a, b = check.claimed, check.computed
    if a is None or b is None:
        return None
    low, high = (a, b) if a.below(b) else (b, a)
    if low.high is None or high.low is None or high.low == 0:
        return None
    return abs(high.low - low.high) / abs(high.low)
