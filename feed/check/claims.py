"""Claims about two figures: a change, a multiple, a share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from feed.check.facts import Facts, counts, kindest, near, operand
from feed.check.sums import Ends, closed, ends, meet, over, scaled, shown
from feed.model.check import Check, Law, Verdict
from feed.model.figure import Measure
from feed.model.quantity import Qualifier
from feed.model.series import TOLERANCE, narrowed, pairs
from feed.model.standing import Reported
from feed.model.wording import change

HUNDRED = Decimal(100)
HOLDS = (Verdict.HOLDS, None)
WORD_SLACK = Decimal("0.10")  # "quadrupled" is said of anything within a tenth of four times


def changes(facts: Facts) -> Iterator[Check]:
    """A change in per cent is new / base - 1, with both from the article, or from what is on record."""
    for claim in facts.figures:
        f = claim.figure
        if f.measure is Measure.CHANGE and f.unit == "percent" and claim.series.status == "outturn":
            yield from kindest(_change_options(claim, facts))


def _change_options(claim: Reported, facts: Facts) -> Iterator[Check]:
    f = claim.figure
    # The total that a change speaks of has the same start and ends within days of it.
    counted = (claim.series.counted,)
    news = facts.pick(counted, lambda o: counts(o) and o.frame == claim.frame and near(o.figure.period, f.period))
    bases = facts.pick(counted, lambda o: counts(o) and near(o.figure.period, f.baseline))
    for new in news:
        for base in bases:
            if new.figure.unit == base.figure.unit and _as_long(new, base):
                yield from _change(claim, new, base)
        if not bases:
            yield from _implied(claim, new)


def _as_long(new: Reported, base: Reported) -> bool:
    """Whether both are about equally long times: a count so far says nothing against a whole year's."""
    if new.timeless:
        return False
    return abs(_days(new) - _days(base)) <= TOLERANCE.days + 1  # and a leap day


def _days(told: Reported) -> int:
    end, start, _ = told.bounds
    return end - start


def _change(claim: Reported, new: Reported, base: Reported) -> Iterator[Check]:
    claimed, ratio = ends(claim.figure.value), over(ends(new.figure.value), ends(base.figure.value))
    if claimed is None or ratio is None:
        return
    computed = scaled(ratio, HUNDRED, -HUNDRED)
    point = (new.figure.number / base.figure.number - 1) * HUNDRED
    verdict, rounding = verdict_of(claim, claimed, computed, point)
    yield Check(
        law=Law.CHANGE,
        verdict=verdict,
        rounding=rounding,
        what=f"{_said(claim)} on {base.figure.printed}",
        formula=f"{new.figure.text} / {base.figure.text} - 1 = {shown(point)} %",
        operands=(operand(new, "new"), operand(base, "base"), operand(claim, "claim")),
        results=(f"{shown(point)} %",),
        claimed=closed(claimed),
        computed=closed(computed),
    )


def _said(claim: Reported) -> str:
    return change(claim.figure.printed, down=claim.figure.number < 0)


def _implied(claim: Reported, new: Reported) -> Iterator[Check]:
    """A change and its new level imply a base: derived by us, printed by nobody."""
    claimed = ends(claim.figure.value)
    if claimed is None:
        return
    base = over(ends(new.figure.value), scaled(claimed, Decimal(1) / HUNDRED, Decimal(1)))
    if base is None:
        return
    yield Check(
        law=Law.CHANGE,
        verdict=Verdict.OPEN,
        what=f"{_said(claim)} to {new.figure.printed}: the figure before it is not on record",
        formula=f"derived: {new.figure.text} after {_said(claim)} implies a base of "
        f"{shown(base[0])} to {shown(base[1])}",
        operands=(operand(new, "new"), operand(claim, "claim")),
        results=(f"{shown(base[0])} to {shown(base[1])}",),
        claimed=closed(claimed),
        computed=closed(base),
    )


def ratios(facts: Facts) -> Iterator[Check]:
    """A multiple is new / base; without a stated period any later and earlier figure of the article may be meant."""
    for claim in facts.figures:
        if claim.figure.measure is Measure.RATIO and claim.series.status == "outturn":
            yield from kindest(_ratio_options(claim, facts))


def _ratio_options(claim: Reported, facts: Facts) -> Iterator[Check]:
    levels = facts.pick((claim.series.counted,), lambda o: counts(o) and o.figure.period is not None)
    for pair in combinations(levels, 2):
        first, last = sorted(pair, key=lambda o: o.end)
        if (
            first.frame.window == last.frame.window
            and first.figure.unit == last.figure.unit
            and _spoken(claim, first, last)
        ):
            yield from _ratio(claim, last, first)


def _spoken(claim: Reported, base: Reported, new: Reported) -> bool:
    f = claim.figure
    named = f.period is None or near(f.period, new.figure.period)
    return named and (f.baseline is None or near(f.baseline, base.figure.period))


def _ratio(claim: Reported, new: Reported, base: Reported) -> Iterator[Check]:
    claimed, computed = ends(claim.figure.value), over(ends(new.figure.value), ends(base.figure.value))
    if claimed is None or computed is None:
        return
    point = new.figure.number / base.figure.number
    verdict, rounding = verdict_of(claim, claimed, computed, point)
    yield Check(
        law=Law.RATIO,
        verdict=verdict,
        rounding=rounding,
        what=claim.figure.printed,
        formula=f"{new.figure.printed} / {base.figure.printed} = {shown(point)} times",
        operands=(operand(new, "new"), operand(base, "base"), operand(claim, "claim")),
        results=(f"{shown(point)} times",),
        claimed=closed(claimed),
        computed=closed(computed),
    )


def verdict_of(claim: Reported, claimed: Ends, computed: Ends, point: Decimal) -> tuple[Verdict, str | None]:
    """Holds when the intervals meet; loose when only rounding, or the slack of a loose word, saves the claim.

    `point` is what comes out of the numbers as printed. Gives the verdict and, when loose, what saves it.
    """
    f = claim.figure
    said = f.text[:1].isalpha() and f.unit == "times"
    rounds = abs(point - f.number) <= f.step / 2
    if meet(claimed, computed):
        plain_number = f.qualifier is Qualifier.EXACT and not said
        return (Verdict.LOOSE, "only the rounding of its operands saves it") if plain_number and not rounds else HOLDS
    if said and abs(point - f.number) <= abs(f.number) * WORD_SLACK:
        return Verdict.LOOSE, "a word such as this is said of anything within a tenth"
    if rounds and not said:
        return Verdict.LOOSE, "only rounding to its printed step saves it"
    return Verdict.FAILS, None


def shares(facts: Facts) -> Iterator[Check]:
    """A share is part / whole, when the text tells of what."""
    for claim in facts.figures:
        if claim.figure.measure is Measure.SHARE:
            yield from kindest(_share_options(claim, facts))


def _share_options(claim: Reported, facts: Facts) -> Iterator[Check]:
    whole_of = claim.figure.of
    if whole_of is None:
        return

    def then(counted: str) -> list[Reported]:
        return facts.pick((counted,), lambda o: counts(o) and near(o.figure.period, claim.figure.period))

    wholes = then(narrowed(whole_of.metric, pairs(whole_of.dims)))
    for part in then(claim.series.counted):
        for whole in wholes:
            yield from _share(claim, part, whole)


def _share(claim: Reported, part: Reported, whole: Reported) -> Iterator[Check]:
    claimed, quotient = ends(claim.figure.value), over(ends(part.figure.value), ends(whole.figure.value))
    if claimed is None or quotient is None:
        return
    computed, point = scaled(quotient, HUNDRED), part.figure.number / whole.figure.number * HUNDRED
    verdict, rounding = verdict_of(claim, claimed, computed, point)
    yield Check(
        law=Law.SHARE,
        verdict=verdict,
        rounding=rounding,
        what=f"{claim.figure.printed} of {whole.figure.printed} is {part.figure.printed}",
        formula=f"{part.figure.text} / {whole.figure.text} = {shown(point)} %",
        operands=(operand(part, "part"), operand(whole, "whole"), operand(claim, "claim")),
        results=(f"{shown(point)} %",),
        claimed=closed(claimed),
        computed=closed(computed),
    )
