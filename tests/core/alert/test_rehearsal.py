"""What would have been sent, had these subscriptions been there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feed.alert.rehearsal import rehearse
from feed.model.alert import Severity
from feed.model.notice import Muted, Notice
from feed.model.subscription import Subscription
from tests.core.alert.test_route import LONDON, mail
from tests.make import notice

NINE = datetime(2025, 4, 1, 9, tzinfo=UTC)


def at(minutes: int, severity: Severity = Severity.MEDIUM) -> Notice:
    """An alert that was recorded so many minutes after nine."""
    return notice(minutes + 1, severity=severity)._replace(recorded=NINE + timedelta(minutes=minutes))


def sent(notices: Sequence[Notice], *subscriptions: Subscription) -> list[tuple[str, str, list[int]]]:
    """What was sent: when, as what, and the minutes at which the alerts in it were recorded."""
    minutes = {each.id: each.sequence - 1 for each in notices}
    return [(f"{when:%d %H:%M}", str(letter.kind), [minutes[alert] for alert in letter.alerts])
            for when, letter in rehearse(notices, subscriptions, LONDON)]  # fmt: skip


def test_each_alert_goes_out_when_it_was_recorded_and_a_low_one_with_the_next_digest() -> None:
    assert sent([at(40), at(0), at(5, Severity.LOW)], mail()) == [
        ("01 09:00", "alert", [0]), ("01 09:40", "alert", [40]), ("02 06:00", "digest", [5])
    ]  # fmt: skip
    assert sent([], mail()) == sent([at(0)]) == []


def test_what_was_muted_stays_so() -> None:
    assert sent([at(0)._replace(muted=Muted(NINE, "known")), at(1)], mail()) == [("01 09:01", "alert", [1])]


def test_what_was_recorded_in_one_moment_is_one_letter() -> None:
    both = [at(minutes)._replace(recorded=NINE) for minutes in (0, 1)]
    assert sent(both, mail()) == [("01 09:00", "alert", [0, 1])]


def test_no_more_letters_an_hour_than_asked_for_and_the_rest_in_one() -> None:
    news = [at(0), at(10), at(20), at(30), at(65)]
    assert sent(news, mail(at_most=2)) == [
        ("01 09:00", "alert", [0]), ("01 09:10", "alert", [10]),
        ("01 10:00", "digest", [20, 30]), ("01 10:05", "alert", [65]),
    ]  # fmt: skip


def test_an_hour_later_the_next_one_is_told_at_once_again() -> None:
    assert sent([at(0), at(60)], mail(at_most=1)) == [("01 09:00", "alert", [0]), ("01 10:00", "alert", [60])]
    assert sent([at(0), at(59)], mail(at_most=1)) == [("01 09:00", "alert", [0]), ("01 10:00", "digest", [59])]


def test_a_digest_takes_nothing_from_the_hour_and_each_receiver_has_an_own_one() -> None:
    daily = mail("daily", at_most=1, severity="high", cadence="daily 10:30")  # half past nine in UTC
    news = [at(0, Severity.HIGH), at(45)]
    assert sent(news, daily, mail("other", to="other@example.org", at_most=1)) == [
        ("01 09:00", "alert", [0]), ("01 09:30", "digest", [0]), ("01 10:00", "digest", [45])
    ]  # fmt: skip
    gathered = [at(5, Severity.LOW), at(45)]
    assert sent(gathered, mail(at_most=1, digest="daily 10:30")) == [
        ("01 09:30", "digest", [5]), ("01 09:45", "alert", [45])
    ]  # fmt: skip
