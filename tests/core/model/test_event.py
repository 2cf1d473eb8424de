"""The envelope, its one spelling of time, identity by content, and lines that come back as they went."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from feed.model.chain import EMPTY, GENESIS, Head, canonical, digest
from feed.model.event import Draft, decode, identity, line_object, seal
from feed.model.figure import ReadBy
from feed.model.instant import instant, parse_instant
from feed.model.report import TYPES, AlertRaised
from tests.events import NOW, capture, captures, every_type, figure

DRAFTS = every_type()


def with_data(draft: Draft, **changes: Any) -> BaseModel:
    return draft.data.model_copy(update=changes)


def test_a_time_has_one_spelling() -> None:
    assert instant(NOW) == "2025-02-10T09:30:00Z"
    assert instant(NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))) == "2025-02-10T09:30:00Z"
    assert instant(NOW + timedelta(microseconds=999_999)) == "2025-02-10T09:30:00Z"
    assert parse_instant("2025-02-10T09:30:00Z") == NOW


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        instant(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text", ["2025-02-10T09:30:00+00:00", "2025-02-10 09:30:00Z", "2025-2-10T9:30:00Z", "2025-02-30T00:00:00Z", "today"]
)
def test_no_other_spelling_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"spelt like|does not match|day is out of range|day of month"):
        parse_instant(text)


@given(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_instant_comes_back_to_the_second(time: datetime) -> None:
    assert parse_instant(instant(time)) == time.replace(microsecond=0)


def test_lines_are_chained_and_numbered_from_one() -> None:
    lines, head = seal(DRAFTS, EMPTY, NOW)
    said = [json.loads(line) for line in lines]
    assert [one["sequence"] for one in said] == [f"{number:012d}" for number in range(1, len(DRAFTS) + 1)]
    assert [one["prevhash"] for one in said] == [GENESIS, *map(digest, lines[:-1])]
    assert head == Head(len(DRAFTS), digest(lines[-1]))


@given(cut=st.integers(0, len(DRAFTS)))
def test_sealing_in_two_parts_is_sealing_in_one(cut: int) -> None:
    first, between = seal(DRAFTS[:cut], EMPTY, NOW)
    second, head = seal(DRAFTS[cut:], between, NOW)
    assert (first + second, head) == seal(DRAFTS, EMPTY, NOW)


@pytest.mark.parametrize("draft", DRAFTS, ids=list(TYPES))
def test_what_is_sealed_is_decoded_as_it_was(draft: Draft) -> None:
    (line,), _ = seal((draft,), EMPTY, NOW)
    event = decode(line)
    assert event.data == draft.data
    assert (event.id, event.subject, event.time, event.position) == (draft.id, draft.subject, draft.time, 1)
    assert (event.causationid, event.correlationid) == (draft.causationid, draft.correlationid)
    assert event.recordedtime == NOW
    assert canonical(line_object(event)) == line


def test_an_attribute_that_is_not_known_is_absent_never_null() -> None:
    (line,), _ = seal((capture().model_copy(update={"time": None}),), EMPTY, NOW)
    assert not {"time", "causationid", "correlationid"} & set(json.loads(line))


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"type":"figure.reported.v1"}',
        b"%(line)s}",
        b'%(line)s,"colour":"red"}',
        b'%(line)s,"causationid":"short"}',
    ],
)
def test_a_line_without_meaning_is_a_value_error(spoilt: bytes) -> None:
    (line,), _ = seal((capture(),), EMPTY, NOW)
    with pytest.raises(ValueError):
        decode(spoilt.replace(b"%(line)s", line[:-1] if not spoilt.endswith(b"s}") else line))


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_whatever_a_changed_byte_makes_of_a_line_it_is_an_event_or_a_value_error(at: int, flip: int) -> None:
    (line,), _ = seal((capture(),), EMPTY, NOW)
    changed = bytearray(line)
    changed[at % len(line)] ^= flip
    try:
        decode(bytes(changed))
    except ValueError:
        return


def test_an_unknown_type_is_not_guessed() -> None:
    (line,), _ = seal((capture(),), EMPTY, NOW)
    with pytest.raises(ValueError, match=r"no event type 'article\.captured\.v2' is known to this version"):
        decode(line.replace(b"article.captured.v1", b"article.captured.v2"))


def test_the_same_reading_is_the_same_event_whoever_reads_it() -> None:
    draft = figure()
    reread = with_data(draft, readby=ReadBy(reader="9.9", pack="other"), publisher=None, published=None)
    assert identity(reread) == identity(draft.data) == draft.id  # type: ignore[arg-type]
    assert identity(figure(24000).data) != draft.id
    assert identity(with_data(draft, article="another")) != draft.id  # type: ignore[arg-type]


def test_a_capture_is_the_same_while_name_and_text_are() -> None:
    draft = capture()
    assert identity(with_data(draft, raw="f" * 64, title="Other")) == draft.id  # type: ignore[arg-type]
    assert identity(with_data(draft, text="f" * 64)) != draft.id  # type: ignore[arg-type]
    assert len({one.id for one in captures(50)}) == 50


def test_an_alert_is_the_same_while_class_and_what_it_compares_are() -> None:
    alert = next(draft for draft in DRAFTS if isinstance(draft.data, AlertRaised))
    assert identity(with_data(alert, sentence="Otherwise said", engine="2")) == alert.id  # type: ignore[arg-type]
    assert identity(with_data(alert, alert="revised")) != alert.id  # type: ignore[arg-type]


def test_an_event_cannot_be_altered() -> None:
    (line,), _ = seal((capture(),), EMPTY, NOW)
    with pytest.raises(ValidationError):
        decode(line).subject = "another"
