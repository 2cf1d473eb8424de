"""What stands is put away beside the log: starting again folds only what came since, and ends where it would anyway."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from feed.app.fold import steps
from feed.app.keeping import Keeping
from feed.app.packs import topic_of
from feed.app.seldom import seldom_collected
from feed.app.settings import Settings
from feed.app.wiring import open_desk
from feed.model.errors import Gate, LineRefused
from feed.model.standings import EMPTY, Standings
from feed.record.file import ReadOnlyLog
from feed.record.places import events_at, events_since, has
from tests.desks import NEARLY_19000, OVER_24000, STEPS, record

SEEDS = (STEPS, NEARLY_19000, OVER_24000)


def settings_in(folder: Path) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(folder=folder, topic="uk_returns")


def folded(settings: Settings) -> Standings:
    """What stands by the log alone, from its first line."""
    made = EMPTY
    for step in steps(ReadOnlyLog(settings.log).read(), topic_of(settings)):
        made = step.after
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles recorded by three processes, everything put away after each batch."""
    settings = settings_in(tmp_path_factory.mktemp("kept") / "record")
    with patch("feed.app.keeping.EVERY", 1):
        for name in SEEDS:
            with open_desk(settings) as desk:
                record(desk, name)
    return settings.folder


def test_a_record_put_away_after_each_batch_is_the_record_that_never_was(kept: Path, tmp_path: Path) -> None:
    plain = settings_in(tmp_path / "plain")
    with open_desk(plain) as desk:
        record(desk, *SEEDS)
        assert desk.standings == folded(plain)
    assert (kept / "events.jsonl").read_bytes() == plain.log.read_bytes()


def test_starting_again_folds_the_last_batch_only(kept: Path, tmp_path: Path) -> None:
    settings = Settings(folder=shutil.copytree(kept, tmp_path / "record"), topic="uk_returns")
    keeping = Keeping.at(settings.shelf, topic_of(settings))
    _, events = keeping.resumed(settings.log)
    again = list(events)
    keeping.close()
    assert {event.correlationid or event.id for event in again} == {again[0].id}
    with open_desk(settings) as desk:
        assert desk.last is not None
        assert desk.last.events == tuple(again)
        assert desk.standings == folded(settings)


def test_whatever_became_of_the_shelf_what_stands_is_the_same(kept: Path, tmp_path: Path) -> None:
    wanted = folded(Settings(folder=kept, topic="uk_returns"))
    whole = (kept / ".feed" / "shelf.db").read_bytes()
    changed = bytes(byte ^ 1 for byte in whole[-4096:])
    for left in (None, b"not a shelf" * 999, whole[:-4096] + changed):
        settings = Settings(folder=shutil.copytree(kept, tmp_path / "record"), topic="uk_returns")
        for side in settings.hidden.glob("shelf.db-*"):
            side.unlink()
        settings.shelf.unlink()
        if left is not None:
            settings.shelf.write_bytes(left)
        with open_desk(settings) as desk:
            assert desk.standings == wanted
        shutil.rmtree(settings.folder)


def test_the_shelf_of_another_log_or_topic_is_not_believed(kept: Path, tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "other")
    with open_desk(settings) as desk:
        record(desk, OVER_24000, NEARLY_19000, STEPS)
    shutil.copy(kept / ".feed" / "shelf.db", settings.shelf)
    settings.shelf.with_name("shelf.db.sum").unlink()
    with open_desk(settings) as desk:
        assert desk.standings == folded(settings)
    topic = topic_of(settings)
    fewer = topic.model_copy(update={"rules": topic.rules.model_copy(update={"official": ()})})
    other = Keeping.at(settings.shelf, fewer)
    assert other.shelf.roots == ""
    other.close()


def test_lines_are_found_by_their_place_and_from_a_head_on(kept: Path, tmp_path: Path) -> None:
    log = kept / "events.jsonl"
    everything = list(ReadOnlyLog(log).read())
    head = ReadOnlyLog(log).head()
    middle = type(head)(everything[40].position - 1, everything[40].prevhash)
    assert list(events_since(log, middle)) == everything[40:]
    assert list(events_since(log, head)) == []
    assert list(events_at(log, [1, 41, len(everything)])) == [everything[0], everything[40], everything[-1]]
    assert has(log, middle)
    assert not has(log, type(head)(middle.sequence, head.hash))
    assert not has(log, type(head)(head.sequence + 1, head.hash))
    with pytest.raises(LineRefused, match="not the line that was on record"):
        list(events_since(log, type(head)(middle.sequence, head.hash)))
    with pytest.raises(LineRefused, match="no such line"):
        list(events_at(log, [len(everything) + 1]))
    broken = tmp_path / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    broken.write_bytes(b"".join((*lines[:50], *lines[51:])))
    with pytest.raises(LineRefused, match="prevhash is not the digest of line 50"):
        list(events_since(broken, middle))
    broken.write_bytes(b"".join(lines)[:-5])
    assert list(events_since(broken, middle)) == everything[40:-1]


def test_what_is_looked_up_on_the_shelf_takes_room_too(tmp_path: Path) -> None:
    """Standings are put away when the events since, and the nodes read for them, are as many as there is room for."""
    settings = settings_in(tmp_path / "record")
    with open_desk(settings) as desk:
        record(desk, *SEEDS[:2])
    with open_desk(settings) as desk:
        record(desk, SEEDS[2])
        keeping, step = desk.keeping, desk.last
        assert keeping is not None
        assert step is not None
        read = keeping.reader.brought
        assert read > 0
        keeping.unkept, keeping.every = 0, len(step.events) + read + 1
        assert keeping.after(step) is step
        keeping.unkept, keeping.every = 0, len(step.events) + read
        desk.advance(step)
        assert (keeping.unkept, keeping.shelf.head.sequence) == (0, step.events[0].position - 1)
        assert desk.standings == folded(settings)


def test_the_collector_is_as_it_was_after_work_that_seldom_needs_it() -> None:
    usual, kept_out = gc.get_threshold(), gc.get_freeze_count()

    def broken() -> None:
        with seldom_collected():
            assert gc.get_threshold() > usual
            assert gc.get_freeze_count() > kept_out
            raise LineRefused(file="events.jsonl", at=1, gate=Gate.CHAIN, why="of another log")

    with pytest.raises(LineRefused):
        broken()
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0
