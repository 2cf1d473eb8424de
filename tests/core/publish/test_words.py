from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from feed.model.window import Days
from feed.model.wording import narrowed
from feed.publish import words
from feed.publish.words import Ids


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2024, 7, 5), date(2025, 1, 31), "5 July 2024 to 31 January 2025"),
        (None, date(2025, 1, 31), "to 31 January 2025"),
        (date(2025, 1, 31), date(2025, 1, 31), "31 January 2025"),
    ],
    ids=["range", "no start", "one day"],
)
def test_a_period_is_said_as_people_say_it(start: date | None, end: date, said: str) -> None:
    assert words.period(Days(start, end), UTC) == said


def test_what_is_not_known_is_said_or_left_out() -> None:
    assert words.period(None, UTC) == ""
    assert words.day(None, UTC) == "date unknown"
    assert words.day(datetime(2025, 1, 31, 23, tzinfo=UTC), UTC) == "31 January 2025"


def test_without_a_topic_everything_is_called_by_its_id() -> None:
    assert words.series(Ids(), "butter_prices{kind=salted,size=big}/change/percent") == (
        "Butter prices, kind salted, size big (change, percent)"
    )
    assert narrowed(Ids(), "butter_prices", {}) == "Butter prices"
    assert Ids().subject("office XX/chief_baker") == "Chief baker (XX)"
    assert Ids().subject("scheme free_bread") == "Free bread"


def test_a_topic_brings_its_own_words() -> None:
    class Bakery(Ids):
        def title(self, metric: str, /) -> str:
            return f"The price of {metric}"

        def wording(self, dim: str, value: str, /) -> str:
            return value

    assert narrowed(Bakery(), "butter", {"kind": "salted"}) == "The price of butter, salted"
