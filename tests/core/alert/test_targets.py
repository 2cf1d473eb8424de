"""Aims, limits and cuts: whether what came out meets them. Told of biscuits; the target of crumbs is a limit."""

from __future__ import annotations

import pytest

from feed.model.figure import Measure, Status
from feed.model.quantity import Qualifier as Hedge
from feed.model.standing import Reported
from tests.core.alert.test_rules import news, on_record, outcomes
from tests.told import figure, told, window

YEAR = window("2024-01-01", "2024-12-31")


def aim(text: str = "14,500", hedge: Hedge = Hedge.EXACT, metric: str = "biscuits") -> Reported:
    return told(figure(text, hedge, YEAR, metric=metric, status=Status.TARGET), "aim")


def test_a_target_is_met_by_reaching_it_and_a_limit_is_kept_by_not_reaching_it() -> None:
    doubt = "first (what is printed leaves open whether its target is met)"
    for text, hedge, outcome in (
        ("14,500", Hedge.AT_LEAST, "target_met"),
        ("14,500", Hedge.EXACT, "target_met"),
        ("14,501", Hedge.EXACT, "target_met"),
        ("14,499", Hedge.EXACT, "target_missed"),
        ("14,500", Hedge.NEARLY, "target_missed"),
        ("14,400", Hedge.ABOUT, doubt),
        ("14,499", Hedge.AT_LEAST, doubt),
        ("15,000", Hedge.NEARLY, doubt),
    ):
        outturn = told(figure(text, hedge, YEAR), "b", published="2025-01-15")
        assert outcomes(news(on_record(aim()), outturn)) == [outcome], (text, hedge)
    rounded = told(figure("14,000", period=YEAR), "b", published="2025-01-15")
    assert outcomes(news(on_record(aim("14,450")), rounded)) == [doubt]  # to its last place it may be 14,460
    under = told(figure("14,499", Hedge.UNDER, YEAR, metric="crumbs"), "b", published="2025-01-15")
    assert outcomes(news(on_record(aim(metric="crumbs")), under)) == ["target_met"]
    so_far = told(figure("15,117", period=window("2024-01-01", "2024-10-31").model_copy(update={"running": True}),
                         metric="crumbs"), "b", published="2024-11-02")  # fmt: skip
    assert outcomes(news(on_record(aim(metric="crumbs")), so_far)) == ["first (its target's period is not over)"]


def test_the_trace_of_a_target_names_both_and_the_frame() -> None:
    outturn = told(figure("15,117", period=YEAR), "b", published="2025-01-15")
    (alert,) = news(on_record(aim()), outturn).alerts
    assert (alert.old, alert.new, alert.severity) == (aim().id, outturn.id, "medium")
    assert alert.trace == ("Target 14,500, outturn 15,117, frame calendar year 2024.", "Class: target_met.")


def test_a_forecast_is_no_outturn_and_a_target_without_a_time_waits_for_nothing() -> None:
    hoped = told(figure("15,117", period=YEAR, status=Status.FORECAST), "b")
    assert outcomes(news(on_record(aim()), hoped)) == ["first (nothing on record to compare it with)"]
    untimed = told(figure("14,500", status=Status.TARGET), "aim")
    assert outcomes(news(on_record(untimed), told(figure("15,117"), "b"))) == [
        "first (nothing on record to compare it with)"
    ]


@pytest.mark.parametrize(
    ("text", "outcome"), [("-12%", "target_met"), ("-11%", "target_met"), ("-8%", "target_missed")]
)
def test_a_target_to_cut_is_met_by_falling_as_far(text: str, outcome: str) -> None:
    def change(text: str, status: Status = Status.ACTUAL) -> Reported:
        made = figure(text, Hedge.OVER if status is Status.TARGET else Hedge.EXACT, YEAR, unit="percent",
                      measure=Measure.CHANGE, status=status)  # fmt: skip
        return told(made, text)

    assert outcomes(news(on_record(change("-10%", Status.TARGET)), change(text))) == [outcome]
    fallen = told(figure("10%", Hedge.OVER, YEAR, unit="percent", measure=Measure.CHANGE, value="-10"), "b")
    assert outcomes(news(on_record(change("-10%", Status.TARGET)), fallen)) == ["target_met"]
    rising = told(figure("5%", Hedge.OVER, YEAR, unit="percent", measure=Measure.CHANGE), "b")
    assert outcomes(news(on_record(change("-10%", Status.TARGET)), rising)) == ["target_missed"]


@pytest.mark.parametrize("metric", ["biscuits", "crumbs"])
@pytest.mark.parametrize(
    ("text", "outcome"), [("-55%", "target_met"), ("-50%", "target_met"), ("-45%", "target_missed")]
)
def test_to_cut_what_has_a_limit_is_met_by_falling_too(metric: str, text: str, outcome: str) -> None:
    def change(text: str, status: Status = Status.ACTUAL) -> Reported:
        made = figure(text, period=YEAR, unit="percent", measure=Measure.CHANGE, status=status, metric=metric)
        return told(made, text, published="2025-01-15")

    assert outcomes(news(on_record(change("-50%", Status.TARGET)), change(text))) == [outcome]


@pytest.mark.parametrize("metric", ["biscuits", "crumbs"])
@pytest.mark.parametrize(("text", "outcome"), [("0", "target_met"), ("1", "target_missed"), ("212", "target_missed")])
def test_a_target_of_nothing_is_met_by_nothing(metric: str, text: str, outcome: str) -> None:
    left = told(figure(text, period=YEAR, metric=metric), "b", published="2025-01-15")
    assert outcomes(news(on_record(aim("0", metric=metric)), left)) == [outcome]


def test_a_target_of_one_is_one_to_come_up_to() -> None:
    built = told(figure("3", period=YEAR), "b", published="2025-01-15")
    assert outcomes(news(on_record(aim("1")), built)) == ["target_met"]
    spilt = told(figure("3", period=YEAR, metric="crumbs"), "b", published="2025-01-15")
    assert outcomes(news(on_record(aim("1", metric="crumbs")), spilt)) == ["target_missed"]
