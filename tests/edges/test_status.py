"""The state of the record at a glance: what a person reads, and what a watchdog needs."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.app import status
from feed.app.settings import load
from feed.app.wiring import open_desk
from feed.deliver.outbox import Outbox
from feed.model.errors import DeliveryFailed
from feed.model.source import Source
from feed.model.subscription import Kind, Letter, Medium
from feed.poll import Memory, Outcome, Polled
from feed.poll.due import fresh
from feed.poll.health import Health, State
from tests.commands import Ended, feed, recorded

HOME = "seed-2-nearly-19000"
SOURCE = Source(name="news", url="https://news.example/feed")
SETTING = f'[[source]]\nname = "{SOURCE.name}"\nurl = "{SOURCE.url}"\n'
AT = datetime(2026, 1, 1, 10, tzinfo=UTC)  # an hour after the record was begun
LETTER = Letter(Medium.MAIL, "a@example.org", Kind.ALERT, ("desk",), ("a" * 32,))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = recorded(tmp_path_factory.mktemp("status") / "record", HOME)
    (folder / "feed.toml").write_text(f"{(folder / 'feed.toml').read_text()}\n{SETTING}")
    return folder


@pytest.fixture
def record(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("feed.app.cli.status.now", lambda: AT)
    return Path(shutil.copytree(made, tmp_path / "record"))


def asked(record: Path) -> Ended:
    return feed("status", "--dir", record, "--json")


def test_a_record_in_order_says_so_and_what_it_is(record: Path) -> None:
    lines = (record / "events.jsonl").read_bytes().splitlines()
    ended = asked(record)
    told = ended.json
    assert (ended.code, told["ok"], told["wrong"], told["damage"]) == (0, True, [], None)
    assert (told["log"]["events"], told["log"]["files"]) == (len(lines), 1)
    assert told["log"]["bytes"] == (record / "events.jsonl").stat().st_size
    assert told["log"]["recorded"] == json.loads(lines[-1])["recordedtime"]
    assert told["checkpoint"]["size"] == told["view"] == len(lines)
    assert told["alerts"]["record"] == len(feed("alerts", "--dir", record, "--json").json)
    assert told["sources"] == {"on": 1, "answered": 0, "last_success": None, "late": [], "wrong": []}
    assert told["topic"].startswith("uk_returns ")


def test_people_get_one_screen(record: Path) -> None:
    ended = feed("status", "--dir", record)
    assert ended.code == 0
    assert "covers all of it, signed " in ended.out
    assert "0 of 1 answered; none late, 0 in trouble" in ended.out
    assert len(ended.out.splitlines()) <= 20
    assert ended.out.endswith("Nothing is wrong that can be seen from here.\n")


def test_before_anything_is_on_record(tmp_path: Path) -> None:
    feed("init", tmp_path / "new")
    ended = feed("status", "--dir", tmp_path / "new")
    assert ended.code == 0
    assert "nothing is on record yet" in ended.out


def test_a_log_that_was_cut_is_damaged(record: Path) -> None:
    log = record / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    ended = asked(record)
    assert (ended.code, ended.json["ok"]) == (5, False)
    assert f"line {len(lines)}, which a checkpoint covers" in ended.json["damage"]
    assert "Damaged: " in feed("status", "--dir", record).out


@pytest.mark.parametrize("end", [b"no line of ours\n", b'{"sequence":"000000000001"}\n', b"[]\n"])
def test_a_log_that_ends_in_something_else_is_damaged(record: Path, end: bytes) -> None:
    with (record / "events.jsonl").open("ab") as log:
        log.write(end)
    assert asked(record).code == 5


def test_an_interrupted_write_is_no_damage(record: Path) -> None:
    with (record / "events.jsonl").open("ab") as log:
        log.write(b'{"causationid":')
    ended = asked(record)
    assert (ended.code, ended.json["log"]["unfinished"]) == (0, 15)


def test_lines_that_no_checkpoint_covers_are_missed_after_a_while(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = record / ".feed" / "checkpoints.jsonl"
    held = json.loads(kept.read_bytes().splitlines()[-1])
    first = (record / "events.jsonl").read_bytes().index(b"\n") + 1
    kept.write_text(json.dumps({**held, "size": 1, "offset": first}) + "\n")
    monkeypatch.setattr("feed.app.cli.status.now", lambda: datetime(2026, 1, 1, 9, 3, tzinfo=UTC))
    assert asked(record).code == 0
    monkeypatch.setattr("feed.app.cli.status.now", lambda: AT)
    ended = asked(record)
    assert ended.code == 4
    assert "no checkpoint covers the last " in ended.json["wrong"][0]


def test_it_makes_no_view_and_says_when_there_is_none(record: Path) -> None:
    (record / ".feed" / "view.db").unlink()
    ended = asked(record)
    assert (ended.code, ended.json["view"], ended.json["alerts"]) == (0, None, None)
    assert not (record / ".feed" / "view.db").exists()
    (record / ".feed" / "view.db").write_bytes(b"no database")
    assert "to be made anew" in feed("status", "--dir", record).out


def test_it_may_be_asked_while_somebody_writes(record: Path) -> None:
    with open_desk(load(record), clock=lambda: AT):
        assert asked(record).code == 0


def visited(record: Path, due: datetime) -> None:
    with Memory(load(record).ops) as memory:
        known = replace(fresh(SOURCE), last_polled=AT, last_success=AT, next_due=due)
        memory.keep(Polled(SOURCE, Outcome.UNCHANGED, memory=known))


def test_nobody_polls_any_more(record: Path) -> None:
    visited(record, AT - timedelta(minutes=59))
    assert asked(record).json["sources"]["late"] == []
    visited(record, AT - timedelta(minutes=61))
    ended = asked(record)
    assert ended.code == 4
    assert ended.json["sources"] == {
        "on": 1,
        "answered": 1,
        "last_success": "2026-01-01T10:00:00Z",
        "late": ["news"],
        "wrong": [],
    }
    assert "Wrong: nobody polls: news should have been asked." in feed("status", "--dir", record).out


def test_a_source_in_trouble_is_told_with_what_is_wrong_until_it_is_well(record: Path) -> None:
    ill = Health("news", State.FAILING, "4 failures in a row: no answer", None, None, None, None, None)
    with Memory(load(record).ops) as memory:
        memory.alarms.note(ill, AT)
    ended = asked(record)
    assert (ended.code, ended.json["wrong"]) == (4, ["news is failing: 4 failures in a row: no answer"])
    with Memory(load(record).ops) as memory:
        memory.alarms.note(replace(ill, state=State.WELL), AT)
    assert asked(record).code == 0


def test_letters_that_wait_are_counted_and_parked_ones_are_wrong(record: Path) -> None:
    outbox = Outbox.at(load(record).ops)
    outbox.write([LETTER], AT)
    assert (asked(record).code, asked(record).json["deliveries"]["waiting"]) == (0, 1)
    outbox.failed(LETTER.id, AT, DeliveryFailed("no such mailbox", retry=False))
    outbox.close()
    ended = asked(record)
    assert (ended.code, ended.json["wrong"]) == (4, ["1 letters are parked"])


def test_memory_that_cannot_be_read_is_told(record: Path) -> None:
    (record / ".feed" / "ops.db").write_bytes(b"no database at all, but long enough to look at" * 50)
    ended = asked(record)
    assert ended.code == 4
    assert "what polling and delivery remember cannot be read" in ended.json["wrong"][0]


def test_a_disk_that_is_nearly_full_is_told(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "LEAST", 1 << 60)
    ended = asked(record)
    assert ended.code == 4
    assert "the disk has " in ended.json["wrong"][0]


def test_settings_that_cannot_be_used_are_told_as_always(record: Path) -> None:
    (record / "feed.toml").write_text("topic = 1\n")
    assert asked(record).code == 3
