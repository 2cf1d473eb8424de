"""What figures measure, and what their changes are compared with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.asked import named
from feed.model.figure import Measure, Status, Whole
from feed.model.period import Period
from feed.model.series import Series, baseline_kind, slug
from tests.told import day, figure, since, told, window

WHOLE = Whole(metric="tins", dims={"kind": "plain", "shop": "leeds"})


@pytest.mark.parametrize(
    ("name", "figure_"),
    [
        ("biscuits/level/packets", figure()),
        ("biscuits{kind=plain,shop=leeds}/level/packets", figure(dims={"shop": "leeds", "kind": "plain"})),
        ("biscuits/change/percent", figure("21%", unit="percent", measure=Measure.CHANGE)),
        ("biscuits/level/packets/target", figure(status=Status.TARGET)),
        ("biscuits/level/packets/plan", figure(status=Status.PLAN)),
        (
            "biscuits/share/percent of tins{kind=plain,shop=leeds}",
            figure("3%", unit="percent", measure=Measure.SHARE, of=WHOLE),
        ),
        (
            "biscuits/share/percent of tins",
            figure("3%", unit="percent", measure=Measure.SHARE, of=Whole(metric="tins", dims={})),
        ),
        ("biscuits/share/percent", figure("3%", unit="percent", measure=Measure.SHARE)),
        ("biscuits/level/packets", figure(of=WHOLE)),
        ("biscuits/level/packets", figure(status=Status.ESTIMATE)),
    ],
)
def test_a_series_has_one_name(name: str, figure_: object) -> None:
    assert str(told(figure_).series) == name  # type: ignore[arg-type]


def test_an_estimate_of_what_is_not_over_is_a_forecast_but_never_a_running_total() -> None:
    year = window("2024-04-01", "2025-03-31")
    assert told(figure(status=Status.ESTIMATE, period=year), published="2024-08-29").series.status == "forecast"
    assert told(figure(status=Status.ESTIMATE, period=year), published="2025-08-29").series.status == "outturn"
    assert told(figure(status=Status.ESTIMATE, period=year), published=None).series.status == "outturn"
    running = since("2025-03-31")
    assert told(figure(status=Status.ESTIMATE, period=running), published="2025-03-30").series.status == "outturn"


YEAR = window("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("period", "baseline", "kind"),
    [
        (YEAR, None, None),
        (None, YEAR, None),
        (YEAR, window("2023-01-01", "2023-12-31"), "1 year before"),
        (YEAR, window("2022-01-01", "2022-12-31"), "2 years before"),
        (YEAR, YEAR, "since 2024-01-01"),
        (window("2024-02-01", "2024-02-29"), window("2023-02-01", "2023-03-03"), "1 year before"),
        (window("2024-02-01", "2024-02-29"), window("2023-02-01", "2023-03-04"), "since 2023-02-01"),
        (since("2024-08-28"), window("2023-07-05", "2023-08-30"), "1 year before"),
        (window("2024-02-29", "2024-02-29"), window("2023-02-28", "2023-02-28"), "1 year before"),
        (window("2024-07-01", "2024-09-30"), window("2024-04-01", "2024-06-30"), "window before"),
        (YEAR, window("2010-01-01", "2010-06-30"), "since 2010-01-01"),
        (YEAR, Period(start=None, end=day("2010-06-30")), "since 2010-06-30"),
        (since("2024-08-28", start=None), Period(start=None, end=day("2023-08-28")), "1 year before"),
        # Both ends must lie so many years back, up to ten years, each to within three days.
        (window("2024-02-01", "2024-12-31"), window("2022-07-01", "2023-12-31"), "since 2022-07-01"),
        (window("2024-02-01", "2024-12-31"), window("2023-02-04", "2023-12-28"), "1 year before"),
        (window("2024-02-01", "2024-12-31"), window("2023-02-05", "2023-12-31"), "since 2023-02-05"),
        (YEAR, window("2023-01-01", "2023-06-30"), "since 2023-01-01"),
        (YEAR, window("2014-01-01", "2014-12-31"), "10 years before"),
        (YEAR, window("2013-01-01", "2013-12-31"), "since 2013-01-01"),
        (YEAR, Period(start=None, end=day("2023-12-31")), "window before"),
        (since("2024-08-28", start=None), window("2023-01-01", "2023-08-28"), "since 2023-01-01"),
        # The window before ends on the day before this one begins, to within three days.
        (window("2024-07-10", "2024-07-31"), window("2024-06-01", "2024-07-12"), "window before"),
        (window("2024-07-10", "2024-07-31"), window("2024-06-01", "2024-07-06"), "window before"),
        (window("2024-07-10", "2024-07-31"), window("2024-06-01", "2024-07-13"), "since 2024-06-01"),
        (window("2024-07-10", "2024-07-31"), window("2024-06-01", "2024-07-05"), "since 2024-06-01"),
    ],
)
def test_a_baseline_has_a_kind(period: Period | None, baseline: Period | None, kind: str | None) -> None:
    assert baseline_kind(period, baseline) == kind


NAMES = st.text("abcdefgh_", min_size=1, max_size=8)
SERIES = st.builds(
    lambda metric, dims, measure: Series(
        metric, tuple(sorted(f"{k}={v}" for k, v in dims.items())), measure, "packets", "x"
    ),
    NAMES,
    st.dictionaries(NAMES, NAMES, max_size=2),
    st.sampled_from(["level", "change"]),
)


@given(SERIES)
def test_a_series_can_stand_in_an_address(series: Series) -> None:
    assert all(letter.isalnum() or letter in "._-" for letter in slug(str(series)))
    assert series.slug == slug(str(series))


@pytest.mark.parametrize(
    ("series", "address"),
    [
        ("sales/level/packets", "sales-level-packets"),
        ("sales{kind=plain,shop=st.ives}/level/packets", "sales-kind.plain-shop.st.ives-level-packets"),
        ("plain_sales/share/percent of tins{shop=leeds}", "plain_sales-share-percent-of-tins-shop.leeds"),
    ],
)
def test_an_address_is_made_of_the_name(series: str, address: str) -> None:
    assert slug(series) == address


def test_a_pattern_names_the_whole_or_what_begins_so() -> None:
    assert named("sales/level/packets", "sales")
    assert named("sales/level/packets", "sales/level")
    assert named("sales/level/packets", "sales/level/packets")
    assert not named("sales{shop=leeds}/level/packets", "sales")
    assert not named("salespeople/level/packets", "sales")
    assert named("sales{shop=leeds}/level/packets", "sales*")
    assert named("salespeople/level/packets", "sales*")
    assert not named("sale/level/packets", "sales*")
    assert not named("tins/level/packets", "sales*")
    assert not named("sales*/level", "sales/level")


def test_a_series_sorts_before_its_parts() -> None:
    assert min(told(figure(dims={"a": "b"})).series, told(figure()).series).dims == ()
