"""The whole line on real files: an article goes in, events, standing figures and alerts come out, whatever happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.app.asking import open_view
from feed.app.packs import topic_of
from feed.app.pipeline import Taken, finish, take
from feed.app.settings import Settings
from feed.app.wiring import Desk, open_desk, rebuild_view
from feed.capture.capture import given
from feed.capture.handed import articles
from feed.model.article import Article
from feed.record.file import ReadOnlyLog
from feed.view import queries

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
SEEDS = articles(Path(__file__).parents[2] / "seeds")


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    with open_desk(Settings(folder=folder, topic="uk_returns")) as desk:
        yield desk


def record(folder: Path, *handed: Article) -> list[Taken]:
    with desk_in(folder) as desk:
        return [
            take(desk, given(article, desk.captures), NOW + timedelta(minutes=i)) for i, article in enumerate(handed)
        ]


def rows(folder: Path) -> list[str]:
    with open_view(Settings(folder=folder, topic="uk_returns")) as view:
        return queries.dump(view.db)


def lines(folder: Path) -> list[bytes]:
    return (folder / "events.jsonl").read_bytes().splitlines(keepends=True)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the five seeds, in order of publication. Copy it before changing it."""
    folder = tmp_path_factory.mktemp("recorded")
    record(folder, *SEEDS)
    return folder


def test_the_same_article_is_recorded_once(recorded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(recorded, tmp_path / "copy")
    before = lines(folder)
    again = record(folder, *SEEDS)
    assert [taken.events for taken in again] == [()] * len(SEEDS)
    assert lines(folder) == before


def test_an_articles_facts_and_alerts_are_one_batch_that_names_its_capture(recorded: Path) -> None:
    events = list(ReadOnlyLog(recorded / "events.jsonl").read())
    captures = [event for event in events if event.type == "article.captured.v1"]
    assert len(captures) == len(SEEDS)
    for event in events:
        if event not in captures:
            assert event.correlationid in {capture.id for capture in captures}
            assert event.position > next(c.position for c in captures if c.id == event.correlationid)


def test_the_view_rebuilt_from_the_log_has_the_same_rows(recorded: Path, tmp_path: Path) -> None:
    live = rows(recorded)
    shutil.copy(recorded / "events.jsonl", tmp_path)
    assert rows(tmp_path) == live
    settings = Settings(folder=tmp_path, topic="uk_returns")
    rebuild_view(settings, topic_of(settings), ReadOnlyLog(settings.log).read())
    assert rows(tmp_path) == live


def test_asking_needs_no_writer_and_a_view_that_lags_behind_is_rebuilt_first(recorded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(recorded, tmp_path / "copy")
    (folder / ".feed" / "view.db").unlink()
    with desk_in(folder):
        assert rows(folder) == rows(recorded)


def test_whatever_line_a_crash_cut_an_article_at_it_is_completed_at_the_next_start(
    recorded: Path, tmp_path: Path
) -> None:
    whole = lines(recorded)
    last = max(i for i, line in enumerate(whole) if b'"type":"article.captured.v1"' in line)
    for kept in range(last + 1, len(whole)):
        folder = tmp_path / str(kept)
        shutil.copytree(recorded / ".feed" / "captures", folder / ".feed" / "captures")
        (folder / "events.jsonl").write_bytes(b"".join(whole[:kept]))
        with desk_in(folder) as desk:
            finish(desk, NOW + timedelta(minutes=len(SEEDS) - 1))
        assert lines(folder) == whole
        assert rows(folder) == rows(recorded)


def test_finishing_what_is_whole_writes_nothing(recorded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(recorded, tmp_path / "copy")
    with desk_in(folder) as desk:
        assert finish(desk, NOW) == ()


def test_a_log_that_was_copied_without_its_captures_goes_on(recorded: Path, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_bytes(b"".join(lines(recorded)[:-1]))
    with desk_in(tmp_path) as desk:
        assert finish(desk, NOW) == ()


def test_an_article_whose_date_nobody_knows_is_recorded_without_one(tmp_path: Path) -> None:
    undated = Article(name="undated", text=SEEDS[0].text, publisher="Crumb")
    record(tmp_path, undated)
    event = next(iter(ReadOnlyLog(tmp_path / "events.jsonl").read()))
    assert (event.time, event.data.published) == (None, None)


def test_a_changed_text_of_the_same_article_is_a_new_capture_that_names_the_one_before(tmp_path: Path) -> None:
    first = SEEDS[-1]
    edited = Article(
        name=first.name, text=first.text + "\nCorrected.", publisher=first.publisher, published=first.published
    )
    record(tmp_path, first, edited)
    captures = [e for e in ReadOnlyLog(tmp_path / "events.jsonl").read() if e.type == "article.captured.v1"]
    assert [capture.data.replaces for capture in captures] == [None, captures[0].id]


def test_what_a_crash_left_is_set_aside_and_said(recorded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(recorded, tmp_path / "copy")
    with (folder / "events.jsonl").open("ab") as log:
        log.write(b'{"half":')
    said: list[str] = []
    with open_desk(Settings(folder=folder, topic="uk_returns"), said.append):
        assert lines(folder) == lines(recorded)
    assert len(said) == 1
    assert "8 bytes" in said[0]
    assert [torn.read_bytes() for torn in (folder / ".feed").glob("events.jsonl.torn.*")] == [b'{"half":']
