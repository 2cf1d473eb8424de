"""How a new figure bears on an earlier one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.figure import Measure, Status, Whole
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier
from feed.model.relate import MIRROR, Relation, relation, same_period
from feed.model.standing import Cut, Reported, reported
from tests.told import draft, figure, since, told, window

R, Q = Relation, Qualifier
JAN, MAR = since("2025-01-31"), since("2025-03-31")
NEARLY = told(figure("19,000", Q.NEARLY, JAN), "first", "Biscuit Office", "2025-02-10")


@pytest.mark.parametrize(
    ("new", "is_now"),
    [
        (told(figure("19,000", Q.NEARLY, JAN), "b"), R.REPEATS),
        (told(figure("18,950", Q.EXACT, JAN), "b"), R.REFINES),
        (told(figure("18,200", Q.EXACT, JAN), "b"), R.CONTRADICTS),
        (told(figure("25,000", Q.EXACT, JAN), "b"), R.CONTRADICTS),
        (told(figure("18,000", Q.OVER, JAN), "b"), R.COARSENS),
        (told(figure("24,000", Q.OVER, MAR), "b", published="2025-03-31"), R.SUPERSEDES),
        (told(figure("12,000", Q.EXACT, MAR), "b", published="2025-03-31"), R.CONTRADICTS),
        (told(figure("9,000", Q.EXACT, since("2024-12-01")), "b"), R.BELATED),
        (told(figure("19,000", Q.NEARLY, None), "b"), R.UNRELATED),
        (told(figure("19,000", Q.NEARLY, JAN, dims={"shop": "leeds"}), "b"), R.UNRELATED),
        (told(figure("19,000", Q.NEARLY, since("2025-01-31", start=date(2025, 1, 1))), "b"), R.UNRELATED),
        (told(figure("18,500", Q.OVER, since("2025-02-20", basis=Basis.PUBLISHED)), "b"), R.REPEATS),
    ],
)
def test_nearly_19000_to_january_and_what_came_after(new: Reported, is_now: Relation) -> None:
    assert relation(NEARLY, new) is is_now


def test_the_originator_itself_revises_and_others_contradict() -> None:
    again = told(figure("25,000", period=JAN), "b", "Biscuit Office", "2025-02-20")
    assert relation(NEARLY, again) is R.REVISES
    assert relation(again, NEARLY) is R.BELATED
    assert relation(NEARLY, told(figure("25,000", period=JAN), "b", "Crumb", "2025-02-20")) is R.CONTRADICTS
    quoted = told(figure("25,000", period=JAN, originator="Biscuit Office"), "b", "Crumb", "2025-02-20")
    assert relation(NEARLY, quoted) is R.REVISES


def test_one_source_under_two_names_revises_itself() -> None:
    cut = Cut(names={"BO": "Biscuit Office"}, official=frozenset({"Biscuit Office"}))
    again = reported(draft(figure("25,000", period=JAN), "b", "BO", "2025-02-20"), cut)
    assert (again.originator, again.official, again.own) == ("Biscuit Office", True, True)
    assert relation(NEARLY, again) is not R.CONTRADICTS


def test_an_inferred_day_may_explain_an_agreement_but_never_makes_a_contradiction() -> None:
    on_day = since("2025-02-02", basis=Basis.PUBLISHED)
    assert relation(NEARLY, told(figure("18,990", period=on_day), "b")) is R.REFINES
    assert relation(NEARLY, told(figure("20,123", period=on_day), "b")) is R.SUPERSEDES


def test_days_and_weeks_follow_each_other_and_months_supersede() -> None:
    monday, tuesday = window("2024-08-26", "2024-08-26"), window("2024-08-27", "2024-08-27")
    assert relation(told(figure("1", period=monday)), told(figure("526", period=tuesday))) is R.FOLLOWS
    july, august = window("2024-07-01", "2024-07-31"), window("2024-08-01", "2024-08-31")
    assert relation(told(figure("9", period=july)), told(figure("3", period=august))) is R.SUPERSEDES


def test_two_stated_baselines_of_another_kind_never_meet_and_an_unstated_one_meets_any() -> None:
    def change(text: str, period: Period, baseline: Period | None) -> Reported:
        return told(figure(text, period=period, unit="percent", measure=Measure.CHANGE, baseline=baseline))

    year_before = change("30%", JAN, window("2023-07-05", "2024-01-31"))
    window_before = change("5%", MAR, window("2023-10-09", "2024-07-04"))
    unstated = change("21%", MAR, None)
    assert relation(year_before, window_before) is R.UNRELATED
    assert relation(year_before, unstated) is R.SUPERSEDES
    assert relation(unstated, window_before) is not R.UNRELATED


def test_a_share_of_something_unsaid_never_meets_another() -> None:
    def share(text: str, of: Whole | None) -> Reported:
        return told(figure(text, period=JAN, unit="percent", measure=Measure.SHARE, of=of))

    tins = Whole(metric="tins", dims={})
    assert relation(share("3%", None), share("4%", None)) is R.UNRELATED
    assert relation(share("3%", tins), share("5%", tins)) is R.CONTRADICTS


ENDS = st.dates(date(2024, 12, 1), date(2024, 12, 20))
FIGURES = st.builds(
    lambda text, qualifier, end, published, publisher, basis, running: told(
        figure(text, qualifier, Period(start=date(2024, 7, 5), end=end, end_basis=basis, running=running)),
        article=f"{text}{end}", publisher=publisher, published=published.isoformat(),
    ),
    st.sampled_from(["18,200", "18,950", "19,000", "20,000", "24,103"]),
    st.sampled_from([q for q in Q if q is not Q.BETWEEN]),
    ENDS, ENDS, st.sampled_from(["Biscuit Office", "Crumb", None]), st.sampled_from(Basis), st.booleans(),
)  # fmt: skip


@given(FIGURES, FIGURES)
def test_relation_is_total_and_symmetric_in_the_obvious_way(a: Reported, b: Reported) -> None:
    there, back = relation(a, b), relation(b, a)
    assert back in MIRROR[there]
    assert there in MIRROR[back]
    assert relation(a, a) is R.REPEATS


def test_windows_that_only_end_on_the_same_day_are_not_compared() -> None:
    spans = [window("2024-04-02", "2024-09-29"), window("2024-04-02", "2024-11-29")]
    assert relation(told(figure("9", period=spans[0])), told(figure("9", period=spans[1]))) is R.SUPERSEDES
    months, quarters = window("2024-09-01", "2024-09-30"), window("2024-07-01", "2024-09-30")
    assert relation(told(figure("9", period=months)), told(figure("9", period=quarters))) is R.UNRELATED
    years = [window("2023-07-01", "2024-06-30"), window("2022-07-01", "2023-06-30")]
    assert relation(told(figure("9", period=years[0])), told(figure("9", period=years[1]))) is R.BELATED


def test_without_dates_of_publication_nobody_can_say_who_revised_whom() -> None:
    undated = told(figure("25,000", period=JAN), "b", "Biscuit Office", None)
    assert relation(NEARLY, undated) is R.CONTRADICTS
    assert relation(undated, NEARLY) is R.CONTRADICTS
    same_day = told(figure("25,000", period=JAN), "b", "Biscuit Office", "2025-02-10")
    assert relation(NEARLY, same_day) is R.CONTRADICTS


def test_two_that_name_no_source_are_not_one_source() -> None:
    said = told(figure("19,000", Q.NEARLY, JAN), "a", None, "2025-02-10")
    assert relation(said, told(figure("25,000", period=JAN), "b", None, "2025-02-20")) is R.CONTRADICTS
    assert relation(said, told(figure("12,000", period=MAR), "b", None, "2025-03-31")) is R.CONTRADICTS


def test_a_target_may_fall() -> None:
    high, low = (
        told(figure(text, period=since(end), status=Status.TARGET), end)
        for text, end in (("30,000", "2025-01-31"), ("14,500", "2025-03-31"))
    )
    assert relation(high, low) is R.SUPERSEDES


@pytest.mark.parametrize(
    ("text", "hedge", "bearing"),
    [
        ("18,500", Q.EXACT, R.REFINES),  # halfway rounds up
        ("18,499", Q.EXACT, R.CONTRADICTS),
        ("18,200", Q.OVER, R.AGREES),  # more than that may round to 19,000
        ("18,000", Q.EXACT, R.AGREES),  # no finer than the other: nobody knows what it rounds
    ],
)
def test_who_writes_nearly_n_means_what_rounds_to_n(text: str, hedge: Qualifier, bearing: Relation) -> None:
    assert relation(NEARLY, told(figure(text, hedge, JAN), "b")) is bearing
    about = told(figure("19,000", Q.ABOUT, JAN), "a")
    assert relation(about, told(figure("18,200", period=JAN), "b")) is R.REFINES


def test_about_n_is_said_of_what_rounds_to_n() -> None:
    def said(text: str, hedge: Qualifier, article: str) -> Reported:
        return told(figure(text, hedge, JAN), article)

    about = said("500", Q.ABOUT, "a")
    for text, bearing, back in (
        ("526", R.REFINES, R.COARSENS),
        ("450", R.REFINES, R.COARSENS),
        ("550", R.REFINES, R.COARSENS),
        ("551", R.CONTRADICTS, R.CONTRADICTS),
        ("449", R.CONTRADICTS, R.CONTRADICTS),
    ):
        exact = said(text, Q.EXACT, "b")
        assert (relation(about, exact), relation(exact, about)) == (bearing, back), text
    assert relation(said("500", Q.NEARLY, "a"), said("526", Q.EXACT, "b")) is R.CONTRADICTS
    assert relation(about, said("526", Q.AT_LEAST, "b")) is R.CONTRADICTS
    assert relation(about, said("600", Q.EXACT, "b")) is R.CONTRADICTS
    assert relation(about, said("550", Q.ABOUT, "b")) is R.CONTRADICTS
    assert relation(about, said("500", Q.EXACT, "b")) is R.COARSENS  # no finer, and half its place wide


def test_the_same_number_with_another_word_before_it_is_another_figure() -> None:
    assert relation(NEARLY, told(figure("19,000", Q.OVER, JAN), "b")) is R.CONTRADICTS
    assert relation(NEARLY, told(figure("19,000", Q.ABOUT, JAN), "b")) is R.COARSENS


def test_a_running_total_that_is_only_told_rounder_did_not_fall() -> None:
    known = told(figure("526", period=JAN), "a")
    today = since("2025-02-20", basis=Basis.PUBLISHED)
    assert relation(known, told(figure("500", Q.ABOUT, today), "b")) is R.REPEATS
    assert relation(known, told(figure("500", Q.ABOUT, MAR), "b")) is R.SUPERSEDES
    assert relation(known, told(figure("400", Q.ABOUT, MAR), "b", "Dough")) is R.CONTRADICTS
    assert relation(told(figure("500", Q.ABOUT, JAN), "a"), told(figure("460", period=today), "b")) is R.REPEATS


@pytest.mark.parametrize(
    ("known", "hedge", "text", "bearing"),
    [
        ("20,000", Q.OVER, "21,000", R.REPEATS),  # who is more than 20,000 may be 21,000
        ("20,000", Q.OVER, "21,001", R.SUPERSEDES),
        ("20,000", Q.OVER, "28,000", R.SUPERSEDES),
        ("20,000", Q.AT_LEAST, "28,000", R.SUPERSEDES),
        ("24,000", Q.OVER, "24,103", R.REPEATS),
        ("20,000", Q.AT_MOST, "19,000", R.REPEATS),
        ("20,000", Q.AT_MOST, "18,999", R.SUPERSEDES),
        ("20,000", Q.UNDER, "12,000", R.SUPERSEDES),
        ("19,000", Q.EXACT, "19,000", R.REPEATS),
        ("20,000", Q.EXACT, "23,000", R.REPEATS),  # 20,000 to its only place may be 23,000
    ],
)
def test_a_number_far_beyond_more_than_n_is_news_though_both_can_be_true(
    known: str, hedge: Qualifier, text: str, bearing: Relation
) -> None:
    before = told(figure(known, hedge, Period(start=None, end=date(2025, 1, 31)), metric="tins"), "a")
    new = told(
        figure(text, period=Period(start=None, end=date(2025, 3, 31), end_basis=Basis.PUBLISHED), metric="tins"), "b"
    )
    assert relation(before, new) is bearing


def test_one_time_is_the_same_days_give_or_take_what_an_inferred_day_may_be_off() -> None:
    def week(start: str, end: str, starts: Basis = Basis.STATED, ends: Basis = Basis.PUBLISHED) -> Reported:
        return told(figure("9", period=Period(start=date.fromisoformat(start), end=date.fromisoformat(end),
                                              start_basis=starts, end_basis=ends)))  # fmt: skip

    one = week("2024-08-26", "2024-09-01")
    assert same_period(one, week("2024-08-26", "2024-09-04"))
    assert not same_period(one, week("2024-08-26", "2024-09-05"))
    assert not same_period(one, week("2024-08-28", "2024-09-02"))  # its start is stated: it is another week
    assert same_period(one, week("2024-08-29", "2024-09-02", Basis.PUBLISHED))
    assert not same_period(one, week("2024-08-30", "2024-09-02", Basis.PUBLISHED))
    stated = week("2024-08-26", "2024-09-01", ends=Basis.STATED)
    assert same_period(stated, week("2024-08-28", "2024-09-01", Basis.PUBLISHED, Basis.STATED))
    assert not same_period(stated, week("2024-08-26", "2024-09-02", ends=Basis.STATED))


def test_a_time_without_a_start_is_the_same_only_as_another_without() -> None:
    def total(end: str, start: date | None = None) -> Reported:
        return told(figure("9", period=since(end, start=start, basis=Basis.PUBLISHED)))

    assert same_period(total("2025-01-31"), total("2025-02-02"))
    assert not same_period(total("2025-01-31"), total("2025-02-02", start=date(2024, 7, 5)))
    assert not same_period(total("2025-01-31"), total("2025-02-04"))
    inferred = Period(start=date(2025, 1, 30), end=date(2025, 1, 31), start_basis=Basis.PUBLISHED)
    for pair in (
        (total("2025-01-31"), told(figure("9", period=inferred))),
        (told(figure("9", period=inferred)), total("2025-01-31")),
    ):
        assert not same_period(*pair)
    untold = told(figure("9"))
    assert not same_period(untold, total("2025-01-31"))
    assert not same_period(total("2025-01-31"), untold)
    assert not same_period(untold, untold)


def test_a_fall_told_by_the_originator_is_a_revision() -> None:
    fallen = told(figure("12,000", period=MAR), "b", "Biscuit Office", "2025-03-31")
    assert relation(NEARLY, fallen) is R.REVISES
    assert relation(fallen, NEARLY) is R.BELATED


@pytest.mark.parametrize(
    ("hedge", "text", "bearing", "back"),
    [
        (Q.OVER, "8,000", R.CONTRADICTS, R.CONTRADICTS),
        (Q.OVER, "2,100", R.CONTRADICTS, R.CONTRADICTS),  # 2,100 rounds to a hundred: at least 2,050 of it
        (Q.OVER, "1,999", R.REFINES, R.COARSENS),
        (Q.AT_LEAST, "8,000", R.REFINES, R.COARSENS),
    ],
)
def test_nobody_who_counts_twice_as_many_says_more_than_so_many(
    hedge: Qualifier, text: str, bearing: Relation, back: Relation
) -> None:
    said = told(figure("1,000", hedge, JAN), "a", "Crumb")
    counted = told(figure(text, period=JAN), "b", "Biscuit Office")
    assert (relation(said, counted), relation(counted, said)) == (bearing, back)
    more = told(figure(text, Q.OVER, JAN), "b", "Biscuit Office")
    assert relation(said, more) is R.REFINES  # two that are both open above can both be true
    nothing = told(figure("0", Q.OVER, JAN), "a", "Crumb")
    assert relation(nothing, counted) is R.REFINES
    one = told(figure("1", Q.OVER, JAN), "a", "Crumb")
    assert relation(one, counted) is R.CONTRADICTS
    bottomless = said.figure.value.model_copy(update={"low": None, "low_open": False, "high": Decimal(8000)})
    up_to = replace(counted, figure=counted.figure.model_copy(update={"value": bottomless}))
    assert relation(said, up_to) is R.AGREES  # nobody knows how few it may be
    exactly = [told(figure(n, hedge, JAN), n) for n, hedge in (("1,234", Q.OVER), ("2,468", Q.EXACT))]
    assert relation(*exactly) is R.CONTRADICTS


def test_without_a_time_nothing_is_compared() -> None:
    assert relation(told(figure("9")), told(figure("12", at=5))) is R.UNRELATED
    assert relation(told(figure("9")), told(figure("12", period=JAN))) is R.UNRELATED


def test_changes_on_one_kind_of_baseline_meet() -> None:
    year = [
        told(figure(text, period=period, unit="percent", measure=Measure.CHANGE, baseline=window("2023-07-05", end)))
        for text, period, end in (("30%", JAN, "2024-01-31"), ("24%", MAR, "2024-03-31"))
    ]
    assert year[0].baseline == year[1].baseline == "1 year before"
    assert relation(year[0], year[1]) is R.SUPERSEDES


def test_one_series_in_two_frames_is_not_compared() -> None:
    month = told(figure("9", period=window("2024-09-01", "2024-09-30")))
    assert relation(month, told(figure("12", period=window("2024-10-01", "2024-12-31")))) is R.UNRELATED
