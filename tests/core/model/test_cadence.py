from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.cadence import Cadence, Quiet

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadence", "moment", "told"),
    [
        ("immediate", "2025-04-01T06:30:00", "2025-04-01T06:30:00"),
        ("batch 15m", "2025-04-01T06:30:00", "2025-04-01T06:45:00"),
        ("batch 15m", "2025-04-01T06:44:59", "2025-04-01T06:45:00"),
        ("hourly", "2025-04-01T06:30:00", "2025-04-01T07:00:00"),
        ("daily 07:30", "2025-04-01T06:29:59", "2025-04-01T06:30:00"),  # summer time in London
        ("daily 07:30", "2025-04-01T06:30:00", "2025-04-02T06:30:00"),
        ("daily 07:30", "2025-01-01T06:30:00", "2025-01-01T07:30:00"),
        ("daily 07:30 Asia/Kathmandu", "2025-01-01T00:00:00", "2025-01-01T01:45:00"),
        ("daily", "2025-01-01T06:30:00", "2025-01-01T07:00:00"),
        ("weekly mon 07:30", "2025-04-01T06:30:00", "2025-04-07T06:30:00"),
        ("weekly tue 07:30", "2025-04-01T06:29:00", "2025-04-01T06:30:00"),
        ("weekly", "2025-04-01T06:30:00", "2025-04-07T06:00:00"),
        ("daily 01:30", "2025-03-30T00:00:00", "2025-03-30T01:30:00"),  # no such time on that day
        ("daily 01:30", "2025-10-26T00:00:00", "2025-10-26T00:30:00"),  # twice on that day: the first
        ("daily 01:30", "2025-10-26T00:30:00", "2025-10-27T01:30:00"),
    ],
)
def test_when_it_is_told(cadence: str, moment: str, told: str) -> None:
    assert Cadence.of(cadence).after(at(moment), LONDON) == at(told)


@given(moment=MOMENTS, text=st.sampled_from(["daily 01:30", "daily 23:59", "weekly sun 01:30", "weekly wed 00:00"]))
def test_each_time_comes_once_and_the_last_is_before_the_next(moment: datetime, text: str) -> None:
    cadence = Cadence.of(text)
    last, following = cadence.before(moment, LONDON), cadence.after(moment, LONDON)
    assert last <= moment < following
    assert cadence.after(last, LONDON) == following
    assert following - last <= timedelta(days=7 if "weekly" in text else 1, hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "often", "batch 15", "batch 0m", "batch 1441m", "daily 7:30", "daily 25:00", "daily 07:30 Nowhere/Town",
        "weekly", "weekly someday 07:30", "immediate ", "hourly 07:30", "daily 07:30 ../../etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_cadence_is_refused_by_name(text: str) -> None:
    if text == "weekly":
        assert Cadence.of(text).weekday == 0
        return
    with pytest.raises(ValueError, match=r"no cadence|no time|no time zone|a batch takes"):
        Cadence.of(text)


@pytest.mark.parametrize(
    ("quiet", "moment", "told"),
    [
        ("22:00-07:00", "2025-01-01T21:59:59", "2025-01-01T21:59:59"),
        ("22:00-07:00", "2025-01-01T22:00:00", "2025-01-02T07:00:00"),
        ("22:00-07:00", "2025-01-02T03:00:00", "2025-01-02T07:00:00"),
        ("22:00-07:00", "2025-01-02T07:00:00", "2025-01-02T07:00:00"),
        ("12:00-13:00", "2025-07-01T11:30:00", "2025-07-01T12:00:00"),
        ("12:00-13:00 UTC", "2025-07-01T11:30:00", "2025-07-01T11:30:00"),
    ],
)
def test_quiet_hours_end_when_they_say(quiet: str, moment: str, told: str) -> None:
    assert Quiet.of(quiet).after(at(moment), LONDON) == at(told)


@pytest.mark.parametrize("text", ["", "22-07", "22:00-22:00", "22:00-25:00", "22:00-07:00 Nowhere"])
def test_what_are_no_quiet_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no quiet hours|no time"):
        Quiet.of(text)
