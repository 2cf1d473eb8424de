"""What people read of a figure: what it counts, how much, and when."""

from __future__ import annotations

from datetime import date

import pytest

from feed.model.figure import Measure, Status
from feed.model.notice import shown
from feed.model.period import Period
from feed.model.quantity import Qualifier
from feed.model.standing import Reported
from feed.model.wording import number, until, what, when
from feed.publish.words import Ids
from tests.told import figure, since, told, window


def said(made: Reported) -> str:
    seen = shown(made, None)
    return f"{what(seen, Ids())} {when(seen)}: {number(seen)}"


YEAR = window("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (told(figure("19,000", Qualifier.NEARLY, since("2025-01-31"))), "Biscuits since 5 July 2024: nearly 19,000"),
        (told(figure("42", period=since("2025-01-31", start=None))), "Biscuits so far: 42"),
        (told(figure("42", period=YEAR, dims={"kind": "plain"})), "Biscuits, kind plain in 2024: 42"),
        (
            told(figure("42", period=Period(start=date(2024, 1, 1), end=date(2024, 8, 28), running=True))),
            "Biscuits in 2024 to 28 August: 42",
        ),
        (told(figure("42", period=window("2024-09-30", "2024-09-30"), metric="tins")), "Tins at 30 September 2024: 42"),
        (told(figure("42", period=window("2024-08-27", "2024-08-27"))), "Biscuits on 27 August 2024: 42"),
        (told(figure("42", period=window("2024-08-19", "2024-08-25"))), "Biscuits in the week to 25 August 2024: 42"),
        (told(figure("42", period=window("2025-01-01", "2025-01-31"))), "Biscuits in January 2025: 42"),
        (
            told(figure("42", period=window("2025-07-01", "2025-09-30"))),
            "Biscuits in the three months to September 2025: 42",
        ),
        (
            told(figure("5.38bn", period=window("2023-04-01", "2024-03-31"), unit="GBP/year")),
            "Biscuits in 2023/24: 5.38bn a year",
        ),
        (told(figure("42", period=window("2023-07-01", "2024-06-30"))), "Biscuits in the year to June 2024: 42"),
        (
            told(figure("42", period=window("2021-04-01", "2024-03-31"))),
            "Biscuits from 1 April 2021 to 31 March 2024: 42",
        ),
        (
            told(figure("42", period=Period(start=date(2021, 4, 1), end=date(2024, 3, 30)), dims={"b": "2", "a": "1"})),
            "Biscuits, a 1, b 2 from 1 April 2021 to 30 March 2024: 42",
        ),
        (told(figure("42")), "Biscuits : 42"),
        (
            told(figure("−6,000", period=YEAR, measure=Measure.CHANGE, value="-6000")),
            "Biscuits, change in 2024: down 6,000",
        ),
        (
            told(figure("-6,000", period=YEAR, measure=Measure.CHANGE, value="-6000")),
            "Biscuits, change in 2024: down 6,000",
        ),
        (
            told(figure("21%", period=YEAR, unit="percent", measure=Measure.CHANGE, value="-21")),
            "Biscuits, change in 2024: down 21%",
        ),
        (
            told(figure("6,000", Qualifier.OVER, YEAR, measure=Measure.CHANGE)),
            "Biscuits, change in 2024: up more than 6,000",
        ),
        (told(figure("14,500", period=YEAR, status=Status.TARGET)), "Biscuits (target) in 2024: 14,500"),
        (told(figure("14,500", period=YEAR, status=Status.PLAN)), "Biscuits (planned) in 2024: 14,500"),
        (
            told(figure("6bn", period=YEAR, status=Status.ESTIMATE), published="2024-08-29"),
            "Biscuits (forecast) in 2024: 6bn",
        ),
        (told(figure("6bn", period=YEAR, status=Status.ESTIMATE), published="2025-08-29"), "Biscuits in 2024: 6bn"),
    ],
)
def test_a_figure_in_words(made: Reported, words: str) -> None:
    assert said(made) == words


def test_an_old_figure_counted_up_to_its_own_end() -> None:
    old, new = (
        shown(told(figure(period=since("2025-01-31"))), None),
        shown(told(figure(period=since("2025-03-31"))), None),
    )
    assert until(old, new) == " to 31 January"
    last_year = shown(told(figure(period=since("2024-11-28"))), None)
    assert until(last_year, new) == " to 28 November 2024"
    assert until(old, old) == ""
    timeless = shown(told(figure()), None)
    assert until(timeless, new) == until(old, timeless) == ""
    stock = [shown(told(figure(period=window(d, d), metric="tins")), None) for d in ("2024-09-30", "2024-12-31")]
    assert until(stock[0], stock[1]) == " at 30 September 2024"
