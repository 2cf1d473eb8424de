"""When a source is due: laws of the waiting time."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.fetch import Guard
from feed.model.source import Source
from feed.poll.due import fresh, is_due, max_age, next_due, retry_after

NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TOPICS = Path(__file__).parents[2] / "feed/topics"


@given(
    every=st.integers(300, 200_000),
    failures=st.integers(0, 10_000),
    wish=st.floats(0, 1e9),
    jitter=st.floats(0, 1),
)
@settings(max_examples=50)
def test_a_wait_is_polite_bounded_and_never_shorter_for_more_failures(
    every: int, failures: int, wish: float, jitter: float
) -> None:
    source = Source(name="news", url="https://example.org/feed", every=every)
    wait = next_due(source, failures, NOW, at_least=wish, jitter=jitter) - NOW
    assert min(DAY, timedelta(seconds=max(every, wish))) - timedelta(milliseconds=1) <= wait <= DAY
    assert wait <= next_due(source, failures + 1, NOW, at_least=wish, jitter=jitter) - NOW


def test_a_source_is_due_when_it_never_was_asked_and_not_when_it_is_switched_off() -> None:
    source = Source(name="news", url="https://example.org/feed")
    assert is_due(source, fresh(source), NOW)
    off = source.model_copy(update={"enabled": False})
    assert not is_due(off, fresh(off), NOW)


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, 0), ("", 0), ("no-store", 0), ("max-age=60, public", 60), ("MAX-AGE=9999999", 86400)]
)
def test_max_age_is_read_from_cache_control(header: str | None, seconds: float) -> None:
    assert max_age(header) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, 0), ("60", 60), ("-5", 0), ("Mon, 03 Nov 2025 08:00:00 GMT", 0), ("Mon, 03 Nov 2025 09:01:00 -0000", 0)],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    "wrong",
    [{"every": 60}, {"url": "ftp://example.org"}, {"name": "No Name"}, {"zone": "Mars/Olympus"}, {"etag": "x"}],
)
def test_a_source_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate({"name": "news", "url": "https://example.org/feed", **wrong})


def test_an_operator_may_poll_a_site_of_their_own_more_often() -> None:
    assert Source(name="mine", url="http://localhost:8765/feed.xml", every=1, min=1).every == 1


def test_the_packs_list_of_sources_holds_and_asks_nobody_before_a_person_says_so() -> None:
    rows = tomllib.loads((TOPICS / "uk_returns/sources.toml").read_text("utf-8"))["source"]
    sources = [Source.model_validate(row) for row in rows]
    assert len({source.name for source in sources}) == len({source.url for source in sources}) == len(sources) > 5
    assert not [source.name for source in sources if is_due(source, fresh(source), NOW)]
    for source in sources:
        Guard(resolve=lambda _host, _port: []).check(source.url)
