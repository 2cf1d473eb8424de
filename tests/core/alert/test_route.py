from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.alert.route import letters, route, within
from feed.model.alert import Severity
from feed.model.notice import Muted, Notice
from feed.model.subscription import Kind, Letter, Medium, Subscription, Telling
from tests.make import RECORDED, about, inconsistent, notice, state_changed

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
HOOK = "https://example.org/hook"


def mail(name: str = "desk", **more: Any) -> Subscription:
    return Subscription.model_validate({"name": name, "channel": "mail", "to": "desk@example.org", **more})


def hook(name: str = "machine", **more: Any) -> Subscription:
    return Subscription.model_validate({"name": name, "channel": "webhook", "to": HOOK, "secret": SECRET, **more})


LONDON = ZoneInfo("Europe/London")
NOW = RECORDED + timedelta(hours=1)


def owed(notices: Iterable[Notice], subscriptions: Sequence[Subscription], now: datetime = NOW) -> tuple[Telling, ...]:
    return route(notices, subscriptions, now, LONDON)


def written(notices: Iterable[Notice], subscriptions: Sequence[Subscription]) -> tuple[Letter, ...]:
    return letters(owed(notices, subscriptions))


def told(letters: tuple[Letter, ...]) -> list[tuple[str, ...]]:
    return [letter.alerts for letter in letters]


def test_all_that_one_tick_owes_is_one_mail_and_one_hook_for_each_alert() -> None:
    one, two = notice(1), state_changed(2)
    assert told(written((two, one), [mail()])) == [(one.id, two.id)]
    assert told(written((two, one), [hook()])) == [(one.id,), (two.id,)]
    assert [letter.sequence for letter in written((two, one), [hook()])] == [1, 2]
    assert [each.alert for each in owed((two, one), [mail()])] == [one.id, two.id]


def test_nothing_is_owed_when_nothing_is_news() -> None:
    assert written((), [mail(), hook()]) == ()
    assert written((notice(),), []) == ()


def test_a_low_alert_waits_for_the_digest_unless_the_subscription_says_how_loud() -> None:
    low, loud = inconsistent(1, severity=Severity.LOW), notice(2)
    first, second = owed((low, loud), [mail()])
    assert (first.kind, first.due) == (Kind.DIGEST, datetime(2025, 4, 2, 6, tzinfo=UTC))
    assert (second.kind, second.due) == (Kind.ALERT, loud.recorded)
    assert [each.kind for each in owed((low, loud), [mail(severity="low")])] == [Kind.ALERT, Kind.ALERT]
    assert [each.alert for each in owed((low, loud), [mail(severity="medium")])] == [loud.id]
    assert {each.kind for each in owed((low, loud), [mail(cadence="hourly")])} == {Kind.DIGEST}


def test_who_asks_for_high_is_not_told_of_medium() -> None:
    assert written((notice(),), [mail(severity="high"), hook(severity="high")]) == ()


@pytest.mark.parametrize(
    ("asks", "hears"),
    [
        ({"classes": ["superseded"]}, [1, 2]),
        ({"classes": ["contradicted", "state_changed"]}, [3]),
        ({"metrics": ["returns"]}, [1]),
        ({"metrics": ["small_boat_arrivals"]}, [2, 4]),
        ({"metrics": ["home_secretary"]}, [3]),
        ({"metrics": ["office"]}, [3]),
        ({"dims": {"route": "sea"}}, [2, 4]),
        ({"dims": {"route": "air"}}, []),
        ({}, [1, 2, 3, 4]),
    ],
    ids=str,
)
def test_a_subscription_hears_what_it_asks_for(asks: dict[str, Any], hears: list[int]) -> None:
    news = (
        notice(1),
        about(2, "small_boat_arrivals", {"route": "sea", "year": "2024"}),
        state_changed(3),
        inconsistent(4, Severity.HIGH),
    )
    ids = {each.id: each.sequence for each in news}
    heard = [ids[alert] for letter in written(news, [mail(**asks)]) for alert in letter.alerts]
    assert heard == hears


def test_overlapping_subscriptions_of_one_address_are_told_once_and_both_are_named() -> None:
    subscriptions = [mail("all"), mail("only-returns", metrics=["returns"]), mail("other", to="other@example.org")]
    first, second = written((notice(1), state_changed(2)), subscriptions)
    assert (first.subscriptions, first.alerts) == (("all", "only-returns"), (notice(1).id, state_changed(2).id))
    assert second.subscriptions == ("other",)


def test_who_asks_twice_is_told_once_when_the_first_of_them_wants_it() -> None:
    subscriptions = [mail("later", cadence="daily"), mail("now"), mail("hourly", cadence="hourly", severity="high")]
    (telling,) = owed((notice(1),), subscriptions)
    assert (telling.due, telling.kind, telling.subscriptions) == (notice(1).recorded, Kind.ALERT, ("later", "now"))


def test_what_is_told_at_once_and_what_was_gathered_are_two_letters() -> None:
    at_once, gathered = written((notice(1), inconsistent(2, severity=Severity.LOW), notice(3)), [mail()])
    assert (at_once.kind, at_once.alerts, at_once.sequence) == (Kind.ALERT, (notice(1).id, notice(3).id), 3)
    assert (gathered.kind, gathered.alerts) == (Kind.DIGEST, (inconsistent(2).id,))


def test_nothing_is_told_at_night_and_the_morning_brings_one_letter() -> None:
    night = mail(quiet="22:00-08:00")
    eight = datetime(2025, 4, 2, 7, tzinfo=UTC)  # in London
    day = notice(1)._replace(recorded=datetime(2025, 4, 1, 7, tzinfo=UTC))
    late = notice(2)._replace(recorded=datetime(2025, 4, 1, 21, 30, tzinfo=UTC))
    early = notice(3)._replace(recorded=eight - timedelta(minutes=1))
    for now in (day.recorded, day.recorded + timedelta(hours=2)):
        assert [(each.due, each.kind) for each in owed((day,), [night], now)] == [(day.recorded, Kind.ALERT)]
    assert {each.due for each in owed((late, early), [night], late.recorded)} == {eight}
    (overslept,) = owed((day,), [night], late.recorded)  # we were off all day, and wake at night
    assert (overslept.due, overslept.kind) == (eight, Kind.DIGEST)


def test_what_is_more_than_a_receiver_wants_in_an_hour_waits_and_comes_in_one() -> None:
    some = [mail(at_most=2), mail("more", at_most=9), mail("plain")]
    news = owed([notice(n) for n in range(1, 4)], some)
    times = [NOW - timedelta(minutes=50), NOW - timedelta(minutes=10)]
    receiver = (Medium.MAIL, "desk@example.org")
    assert within(news, {receiver: times[:1]}, some) == news
    put_off = within(news, {receiver: times}, some)
    assert {(each.kind, each.due) for each in put_off} == {(Kind.DIGEST, NOW + timedelta(minutes=10))}
    assert within(put_off, {receiver: times}, some) == put_off
    assert len(letters(put_off)) == 1
    gathered = tuple(replace(each, kind=Kind.DIGEST) for each in news)
    assert within(gathered, {receiver: times}, some) == gathered  # they are one letter anyway
    assert within(news, {receiver: times}, [mail()]) == news


def test_what_is_muted_is_owed_to_nobody() -> None:
    muted = notice(1)._replace(muted=Muted(NOW + timedelta(days=7), "known"))
    assert owed((muted,), [mail(), hook()]) == ()


@pytest.mark.parametrize(
    ("asks", "hears"),
    [
        ({"sources": ["Home Office"]}, [1]),
        ({"sources": ["home-office", "nobody"]}, [1]),
        ({"sources": ["The Crumb"]}, []),
        ({"series": ["returns/level/people"]}, [1]),
        ({"series": ["returns"]}, []),
    ],
    ids=str,
)
def test_a_subscription_may_ask_for_sources_and_series(asks: dict[str, Any], hears: list[int]) -> None:
    assert [each.sequence for each in owed((notice(1),), [mail(**asks)])] == hears


def test_a_letter_is_the_same_letter_wherever_and_whenever_it_is_owed() -> None:
    (one,) = written((notice(1), notice(2)), [mail("a")])
    (two,) = written((notice(2), notice(1)), [mail("b")])
    assert one.id == two.id
    assert one.id != Letter(Medium.MAIL, "else@example.org", Kind.ALERT, one.subscriptions, one.alerts).id


@settings(max_examples=40)
@given(
    sequences=st.sets(st.integers(1, 9), max_size=5),
    asks=st.lists(st.sampled_from(["all", "low", "digest", "returns"]), max_size=4),
)
def test_no_receiver_is_ever_told_an_alert_twice(sequences: set[int], asks: list[str]) -> None:
    more: dict[str, dict[str, Any]] = {
        "all": {},
        "low": {"severity": "low"},
        "digest": {"cadence": "daily"},
        "returns": {"metrics": ["returns"]},
    }
    subscriptions = [make(f"s{n}", **more[ask]) for n, ask in enumerate(asks) for make in (mail, hook)]
    news: list[Notice] = [inconsistent(n) if n % 2 else notice(n) for n in sequences]
    pairs = [(letter.to, alert) for letter in written(news, subscriptions) for alert in letter.alerts]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    "to",
    ["", "desk", "a@e.org, b@e.org", "Desk <a@e.org>", "a@e.org\nBcc: b@e.org", "a b@e.org", "a@e..org", '"a"@e.org'],
)
def test_a_mail_subscription_holds_exactly_one_address(to: str) -> None:
    with pytest.raises(ValidationError):
        mail(to=to)


def test_the_domain_of_an_address_is_kept_in_ascii() -> None:
    assert mail(to="desk@bücher.example").to == "desk@xn--bcher-kva.example"
    with pytest.raises(ValidationError, match="not one mail address"):
        mail(to="désk@example.org")


@pytest.mark.parametrize(
    "to", ["ftp://example.org/x", "example.org/hook", "https://", "https://u:p@example.org/", "https://e.org/ x"]
)
def test_a_webhook_subscription_holds_a_web_address(to: str) -> None:
    with pytest.raises(ValidationError, match="is not the address of a webhook"):
        hook(to=to)


@pytest.mark.parametrize("secret", ["", "hunter2", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all", SECRET[6:]])
def test_a_webhook_needs_a_real_secret(secret: str | None) -> None:
    with pytest.raises(ValidationError, match="needs a secret"):
        hook(secret=secret)


def test_a_secret_is_never_printed_and_a_mail_takes_none() -> None:
    assert SECRET not in repr(hook())
    assert SECRET not in hook().model_dump_json()
    with pytest.raises(ValidationError, match="takes no secret"):
        mail(secret=SECRET)


def test_two_secrets_hold_while_one_replaces_the_other() -> None:
    other = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
    assert [each.get_secret_value() for each in hook(secret=[SECRET, other]).secret] == [SECRET, other]
    with pytest.raises(ValidationError, match="needs a secret"):
        hook(secret=[SECRET, "hunter2"])


def test_unknown_words_are_refused() -> None:
    for wrong in (
        {"classes": ["supersede"]},
        {"cadence": "yearly"},
        {"digest": "immediate"},
        {"quiet": "night"},
        {"nothing": True},
        {"at_most": 0},
        {"channel": "pigeon"},
        {"metric": ["returns"]},
    ):
        with pytest.raises(ValidationError):
            mail(**wrong)
