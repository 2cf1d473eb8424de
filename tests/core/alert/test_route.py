from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.alert.route import route
from feed.model.notice import Notice
from feed.model.rules import Severity
from feed.model.subscription import Cadence, Kind, Letter, Medium, Subscription
from tests.make import about, inconsistent, notice, state_changed

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
HOOK = "https://example.org/hook"


def mail(name: str = "desk", **more: Any) -> Subscription:
    return Subscription.model_validate({"name": name, "channel": "mail", "to": "desk@example.org", **more})


def hook(name: str = "machine", **more: Any) -> Subscription:
    return Subscription.model_validate({"name": name, "channel": "webhook", "to": HOOK, "secret": SECRET, **more})


def told(letters: tuple[Letter, ...]) -> list[tuple[str, ...]]:
    return [letter.alerts for letter in letters]


def test_all_that_one_tick_owes_is_one_mail_and_one_hook_for_each_alert() -> None:
    one, two = notice(1), state_changed(2)
    assert told(route((two, one), [mail()])) == [(one.id, two.id)]
    assert told(route((two, one), [hook()])) == [(one.id,), (two.id,)]


def test_nothing_is_owed_when_nothing_is_news() -> None:
    assert route((), [mail(), hook()]) == ()
    assert route((notice(),), []) == ()


def test_a_low_alert_waits_for_a_digest_unless_the_subscription_asks_for_it() -> None:
    low = inconsistent(severity=Severity.LOW)
    assert route((low,), [mail()]) == ()
    assert told(route((low,), [mail(severity="low")])) == [(low.id,)]
    (digest,) = route((low,), [mail(cadence="digest")])
    assert digest.kind is Kind.DIGEST


def test_who_asks_for_high_is_not_told_of_medium() -> None:
    assert route((notice(),), [mail(severity="high"), hook(severity="high")]) == ()


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
    heard = [ids[alert] for letter in route(news, [mail(**asks)]) for alert in letter.alerts]
    assert heard == hears


def test_overlapping_subscriptions_of_one_address_are_told_once_and_both_are_named() -> None:
    subscriptions = [mail("all"), mail("only-returns", metrics=["returns"]), mail("other", to="other@example.org")]
    first, second = route((notice(1), state_changed(2)), subscriptions)
    assert (first.subscriptions, first.alerts) == (("all", "only-returns"), (notice(1).id, state_changed(2).id))
    assert second.subscriptions == ("other",)


def test_what_was_told_at_once_is_not_told_again_in_the_digest_of_the_same_address() -> None:
    subscriptions = [mail("later", cadence="digest"), mail("now")]
    loud, low = notice(1), inconsistent(2)
    at_once, digest = route((loud, low), subscriptions)
    assert (at_once.kind, at_once.alerts) == (Kind.ALERT, (loud.id,))
    assert (digest.kind, digest.alerts) == (Kind.DIGEST, (low.id,))
    assert route((loud, low), subscriptions, Cadence.IMMEDIATE) == (at_once,)
    assert route((loud, low), subscriptions, Cadence.DIGEST) == (digest,)


def test_a_letter_is_the_same_letter_wherever_and_whenever_it_is_owed() -> None:
    (one,) = route((notice(1), notice(2)), [mail("a")])
    (two,) = route((notice(2), notice(1)), [mail("b")])
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
        "digest": {"cadence": "digest"},
        "returns": {"metrics": ["returns"]},
    }
    subscriptions = [make(f"s{n}", **more[ask]) for n, ask in enumerate(asks) for make in (mail, hook)]
    news: list[Notice] = [inconsistent(n) if n % 2 else notice(n) for n in sequences]
    pairs = [(letter.to, alert) for letter in route(news, subscriptions) for alert in letter.alerts]
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


@pytest.mark.parametrize("secret", [None, "hunter2", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all", SECRET[6:]])
def test_a_webhook_needs_a_real_secret(secret: str | None) -> None:
    with pytest.raises(ValidationError, match="needs a secret"):
        hook(secret=secret)


def test_a_secret_is_never_printed_and_a_mail_takes_none() -> None:
    assert SECRET not in repr(hook())
    assert SECRET not in hook().model_dump_json()
    with pytest.raises(ValidationError, match="takes no secret"):
        mail(secret=SECRET)


def test_unknown_words_are_refused() -> None:
    for wrong in ({"classes": ["supersede"]}, {"cadence": "weekly"}, {"channel": "pigeon"}, {"metric": ["returns"]}):
        with pytest.raises(ValidationError):
            mail(**wrong)
