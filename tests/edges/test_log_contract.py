"""What every log promises, said once and asked of each: on disk, in one file or many, and the double of other tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed.model.chain import EMPTY, canonical, digest
from feed.model.errors import EventRefused
from feed.model.event import Draft, line_object
from feed.record.file import FileLog
from feed.record.log import EventLog
from feed.record.segments import SIZE
from tests.events import NOW, capture, captures, figure
from tests.logs import MemoryLog


@pytest.fixture(params=["memory", "file", "files"])
def new_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], EventLog]]:
    made = iter(range(1000))
    with ExitStack() as stack:

        def new() -> EventLog:
            if request.param == "memory":
                return MemoryLog()
            size = SIZE if request.param == "file" else 1
            return stack.enter_context(FileLog.open(tmp_path / str(next(made)) / "events.jsonl", size=size))

        yield new


@pytest.fixture
def log(new_log: Callable[[], EventLog]) -> EventLog:
    return new_log()


def test_a_new_log_is_empty(log: EventLog) -> None:
    assert log.head() == EMPTY
    assert list(log.read()) == []


def test_what_is_appended_is_read_in_order(log: EventLog) -> None:
    article = capture()
    appended = log.append((article, figure(19000, article), figure(24000, article)), NOW)
    assert appended.sequences == (1, 2, 3)
    assert tuple(log.read()) == appended.events
    assert next(log.read()).data == article.data
    assert [event.position for event in log.read(after=1)] == [2, 3]
    assert list(log.read(after=3)) == list(log.read(after=99)) == []


def test_each_event_is_chained_to_the_one_before(log: EventLog) -> None:
    first = log.append((capture(1),), NOW)
    second = log.append((capture(2),), NOW)
    assert first.events[0].prevhash == EMPTY.hash
    assert second.events[0].prevhash == first.head.hash
    assert log.head() == second.head
    assert second.head.sequence == 2


def test_saying_the_same_again_records_nothing_and_returns_the_old_place(log: EventLog) -> None:
    first = log.append((capture(1), capture(2)), NOW)
    again = log.append((capture(2), capture(3), capture(1), capture(3)), NOW + timedelta(days=1))
    assert again.sequences == (2, 3, 1, 3)
    assert [event.position for event in again.events] == [3]
    nothing = log.append((capture(1),), NOW)
    assert (nothing.sequences, nothing.events, nothing.head) == ((1,), (), again.head)
    assert first.head != again.head


def test_nothing_to_say_is_nothing_recorded(log: EventLog) -> None:
    assert log.append((), NOW).head == EMPTY


def test_recorded_time_never_goes_backwards(log: EventLog) -> None:
    for number, hours in enumerate((0, 5, -90_000, 6)):
        log.append((capture(number),), NOW + timedelta(hours=hours))
    recorded = [(event.recordedtime - NOW) // timedelta(hours=1) for event in log.read()]
    assert recorded == [0, 5, 5, 6]


def test_a_clock_that_went_back_is_told_of_in_each_line_until_it_has_caught_up(log: EventLog) -> None:
    for number, seconds in enumerate((0, 60, 58, 57, -1, 59, 61)):
        log.append((capture(number),), NOW + timedelta(seconds=seconds))
    events = list(log.read())
    assert [event.clocksuspect for event in events] == [None, None, None, True, True, None, None]
    assert [(event.recordedtime - NOW).seconds for event in events] == [0, 60, 60, 60, 60, 60, 61]
    told = [b'"clocksuspect":true' in canonical(line_object(event)) for event in events]
    assert told == [False, False, False, True, True, False, False]


def test_a_draft_that_no_schema_accepts_is_refused_with_its_whole_batch(log: EventLog) -> None:
    odd = capture(2).model_copy(update={"subject": ""})
    with pytest.raises(EventRefused, match=r"article\.captured\.v1 .*subject.*gate: shape") as caught:
        log.append((capture(1), odd), NOW)
    assert odd.id in str(caught.value)
    assert log.head() == EMPTY
    assert log.append((capture(1),), NOW).sequences == (1,)


def test_a_draft_without_canonical_bytes_is_refused(log: EventLog) -> None:
    half_a_pair = capture().model_copy(update={"subject": "\ud83d"})
    with pytest.raises(EventRefused, match="surrogates"):
        log.append((half_a_pair,), NOW)
    assert log.head() == EMPTY


@pytest.mark.parametrize("spare", [0, 1])
def test_a_line_has_at_most_64_kib(log: EventLog, spare: int) -> None:
    # The subject is limited by its own schema, the quote's prefix is not.
    def long(length: int) -> Draft:
        draft = figure()
        quote = draft.data.quote.model_copy(update={"prefix": "x" * length})  # type: ignore[union-attr]
        return draft.model_copy(update={"data": draft.data.model_copy(update={"quote": quote})})

    probe = MemoryLog()
    probe.append((long(0),), NOW)
    fits = long(64 * 1024 - 1 - len(probe.lines[0]) + spare)
    if spare == 0:
        assert log.append((fits,), NOW).sequences == (1,)
    else:
        with pytest.raises(EventRefused, match="65536 bytes; a line has at most 65535"):
            log.append((fits,), NOW)


def test_a_batch_has_at_most_1_mib(log: EventLog) -> None:
    quote = figure().data.quote.model_copy(update={"prefix": "x" * 60_000})  # type: ignore[union-attr]
    drafts = tuple(
        draft.model_copy(update={"data": draft.data.model_copy(update={"quote": quote})})
        for draft in map(figure, range(1000, 1018))
    )
    with pytest.raises(EventRefused, match=r"18 events of .* Record them in several appends"):
        log.append(drafts, NOW)
    assert log.append(drafts[:17], NOW).sequences == tuple(range(1, 18))


def test_a_time_without_a_zone_is_no_time(log: EventLog) -> None:
    naive = datetime(2025, 1, 1)  # noqa: DTZ001
    with pytest.raises((TypeError, EventRefused)):
        log.append((capture(),), naive)
    assert log.head() == EMPTY


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.integers(1, 9), max_size=4), max_size=5))
def test_however_it_is_cut_into_batches_each_event_is_recorded_once_in_order_of_first_mention(
    new_log: Callable[[], EventLog], batches: list[list[int]]
) -> None:
    log, known = new_log(), captures(9)
    for batch in batches:
        appended = log.append(tuple(known[number - 1] for number in batch), NOW)
        assert [[event.subject for event in log.read()][place - 1] for place in appended.sequences] == [
            f"article {number}" for number in batch
        ]
    first_mention = list(dict.fromkeys(number for batch in batches for number in batch))
    assert [event.subject for event in log.read()] == [f"article {number}" for number in first_mention]


def test_the_file_is_what_the_double_holds(tmp_path: Path) -> None:
    memory, drafts = MemoryLog(), (capture(), figure(), *captures(3))
    memory.append(drafts, NOW)
    with FileLog.open(tmp_path / "events.jsonl") as log:
        log.append(drafts, NOW)
    lines = (tmp_path / "events.jsonl").read_bytes().splitlines()
    assert lines == memory.lines
    assert digest(lines[-1]) == memory.head().hash
