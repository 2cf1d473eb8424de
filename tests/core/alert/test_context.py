"""What is known beside a figure that people are told of. Told of biscuits."""

from __future__ import annotations

from feed.alert.context import beside
from feed.model.figure import Measure, Status
from feed.model.quantity import Qualifier as Hedge
from feed.model.rules import Parts, Rules
from feed.model.standing import Reported
from tests.core.alert.test_rules import Plain, on_record
from tests.told import figure, since, told

RULES = Rules(severity=(), parts=(Parts(metric="biscuits", dim="kind", values=("sweet", "sour", "plain")),))


def kind(text: str, value: str, end: str) -> Reported:
    return told(figure(text, period=since(end), dims={"kind": value}), "a", published=end)


ALL = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "b", published="2025-03-31")
SWEET, SOUR, PLAIN = (
    kind("2,061", "sweet", "2024-11-28"),
    kind("6,247", "sour", "2024-11-28"),
    kind("12", "plain", "2025-03-31"),
)


def said(new: Reported, *known: Reported, rules: Rules = RULES) -> tuple[str, ...]:
    return beside(on_record(new, *known), new, rules, Plain())


def test_parts_are_told_as_they_were_last_counted() -> None:
    assert said(ALL, SWEET, SOUR) == (
        "Of these, 2,061 were kind sweet and 6,247 were kind sour, the last count known (to 28 November 2024).",
    )
    assert said(ALL, SWEET, PLAIN) == (
        "Of these, 2,061 were kind sweet, the last count known (to 28 November 2024).",
        "Of these, 12 were kind plain (to 31 March 2025).",
    )
    assert said(
        ALL, *(kind(text, value, "2025-03-31") for text, value in (("1", "sweet"), ("2", "sour"), ("3", "plain")))
    ) == ("Of these, 1 were kind sweet, 2 were kind sour and 3 were kind plain (to 31 March 2025).",)


def test_without_a_time_no_day_is_told() -> None:
    whole, part = (told(figure(text, dims=dims), "a") for text, dims in (("24,000", {}), ("7", {"kind": "sweet"})))
    assert said(whole, part) == ("Of these, 7 were kind sweet.",)


def test_a_part_is_told_with_its_whole() -> None:
    assert said(SWEET, ALL) == ("Biscuits in all: more than 24,000 (to 31 March 2025).",)
    assert said(SWEET) == ()


def test_nothing_is_said_of_what_the_pack_does_not_know_as_parts() -> None:
    assert said(ALL) == ()
    assert said(ALL, SWEET, rules=Rules(severity=())) == ()
    tin = told(figure("24,000", period=since("2025-03-31"), metric="tins"), "b")
    assert said(tin, SWEET) == ()
    change = told(figure("5%", period=since("2025-03-31"), unit="percent", measure=Measure.CHANGE), "b")
    assert said(change, SWEET) == ()
    aim = told(figure("30,000", period=since("2025-03-31"), status=Status.TARGET), "b")
    assert said(aim, SWEET) == ()
    changes = [told(figure("5%", period=since("2025-03-31"), unit="percent", measure=Measure.CHANGE, dims=dims), "b")
               for dims in ({}, {"kind": "sweet"})]  # fmt: skip
    assert said(*changes) == ()
    aims = [told(figure("30,000", period=since("2025-03-31"), status=Status.TARGET, dims=dims), "b")
            for dims in ({}, {"kind": "sweet"})]  # fmt: skip
    assert said(*aims) == ()
    of_tins = Rules(severity=(), parts=(Parts(metric="tins", dim="kind", values=("sweet", "sour")),))
    assert said(ALL, SWEET, rules=of_tins) == ()
    # A part of another frame is no part of this count.
    assert said(ALL, told(figure("7", period=since("2025-01-31", start=None), dims={"kind": "sweet"}), "c")) == ()
