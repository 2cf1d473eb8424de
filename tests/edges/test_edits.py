"""An article that is edited after it was captured: what it no longer says is withdrawn, and nothing is said twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.app.pipeline import Taken, finish, take
from feed.app.settings import Settings
from feed.app.wiring import Desk, open_desk
from feed.capture.capture import given
from feed.capture.correction import NOTES, is_noted
from feed.capture.handed import articles
from feed.model.article import Article
from feed.model.event import Event
from feed.model.report import ArticleCaptured, FactWithdrawn, FigureReported
from feed.record.file import ReadOnlyLog
from feed.view import queries

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
SEEDS = {article.name: article for article in articles(Path(__file__).parents[2] / "seeds")}
FIRST = SEEDS["seed-2-nearly-19000"]
SAID, INSTEAD = "Nearly 19,000 failed asylum seekers", "Nearly 17,000 failed asylum seekers"
EDITED = replace(FIRST, text=FIRST.text.replace(SAID, INSTEAD))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Settings(folder=tmp_path, topic="uk_returns")) as opened:
        yield opened


def taken(desk: Desk, article: Article, hours: int, *, again: bool = True) -> Taken:
    return take(desk, given(article, desk.captures), NOW + timedelta(hours=hours), again=again)


def figures(events: tuple[Event, ...]) -> list[str]:
    return [event.data.printed for event in events if isinstance(event.data, FigureReported)]


def gone(events: tuple[Event, ...]) -> list[FactWithdrawn]:
    return [event.data for event in events if isinstance(event.data, FactWithdrawn)]


def test_a_figure_that_was_changed_is_withdrawn_and_the_new_one_names_it(desk: Desk) -> None:
    assert SAID in FIRST.text
    before = {event.id: event.data for event in taken(desk, FIRST, 0).events}
    told = taken(desk, EDITED, 1)
    edit = told.events
    assert isinstance(edit[0].data, ArticleCaptured)
    (alert,) = told.alerts
    assert (alert.alert, alert.old in before) == ("revised", True)
    assert any("edited silently" in step for step in alert.trace)
    (old,) = gone(edit)
    assert before[old.fact].printed == "nearly 19,000"
    assert (old.why, old.by) == ("edited", "Home Office")
    assert old.reason.startswith("edited silently")
    (new,) = [event.data for event in edit if isinstance(event.data, FigureReported)]
    assert (new.printed, new.replaces) == ("nearly 17,000", old.fact)
    standing = [each.printed for each in queries.totals(desk.view.db)]
    assert "nearly 17,000" in standing
    assert "nearly 19,000" not in standing


def test_what_the_edit_left_as_it_was_stays_on_record_as_it_was(desk: Desk) -> None:
    taken(desk, FIRST, 0)
    standing = {each.id for each in queries.totals(desk.view.db)}
    reworded = replace(FIRST, text="A line that was put before it.\n" + FIRST.text)
    edit = taken(desk, reworded, 1).events
    assert [event.type for event in edit] == ["article.captured.v1"], "only that there is another text"
    assert {each.id for each in queries.totals(desk.view.db)} == standing


def test_what_was_taken_out_is_withdrawn_and_put_back_it_is_said_anew(desk: Desk) -> None:
    first = taken(desk, FIRST, 0)
    without = replace(FIRST, text="\n".join(line for line in FIRST.text.splitlines() if "19,000" not in line))
    told = taken(desk, without, 1)
    assert [alert.alert for alert in told.alerts] == ["withdrawn"]
    removed = gone(told.events)
    assert {event.id for event in first.events} >= {one.fact for one in removed}
    assert "nearly 19,000" not in [each.printed for each in queries.totals(desk.view.db)]
    back = taken(desk, FIRST, 2).events
    assert "nearly 19,000" in figures(back)
    assert "nearly 19,000" in [each.printed for each in queries.totals(desk.view.db)]
    assert taken(desk, FIRST, 3).events == (), "looking once more says nothing new"


def test_the_same_texts_handed_in_once_more_are_no_edit(desk: Desk) -> None:
    for hours, article in enumerate((FIRST, EDITED)):
        assert taken(desk, article, hours, again=False).events
    for article in (FIRST, EDITED, FIRST):
        assert taken(desk, article, 9, again=False).events == ()


def test_a_note_of_a_correction_makes_an_edit_no_silent_one(desk: Desk) -> None:
    taken(desk, FIRST, 0)
    noted = replace(EDITED, text=f"{EDITED.text}\nThis article was amended on 3 March 2025 to correct the total.")
    (old,) = gone(taken(desk, noted, 1).events)
    assert old.reason == "edited: the article no longer says so, and carries a note of a correction"
    again = replace(noted, text=noted.text.replace(INSTEAD, SAID))
    (old,) = gone(taken(desk, again, 2).events)
    assert old.reason.startswith("edited silently"), "the note of the earlier correction is not about this one"


@pytest.mark.parametrize("note", NOTES)
def test_every_note_is_known_by_its_example(note: str) -> None:
    assert is_noted(NOTES[note])
    assert not is_noted(NOTES[note], since=NOTES[note])
    assert not is_noted(FIRST.text)


def test_wherever_a_crash_cuts_an_edit_it_is_completed_at_the_next_start(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "whole", topic="uk_returns")
    changed = replace(EDITED, text=EDITED.text + "\nThere were 512 removals in the week.")
    with open_desk(settings) as desk:
        first = len(taken(desk, FIRST, 0).events)
        taken(desk, changed, 1)
    whole = settings.log.read_bytes().splitlines(keepends=True)
    assert len(gone(tuple(ReadOnlyLog(settings.log).read()))) == 1
    for kept in range(first + 1, len(whole) + 1):
        cut = Settings(folder=tmp_path / str(kept), topic="uk_returns")
        shutil.copytree(settings.captures, cut.captures)
        cut.log.write_bytes(b"".join(whole[:kept]))
        with open_desk(cut) as desk:
            finish(desk, NOW + timedelta(hours=1))
        assert cut.log.read_bytes().splitlines(keepends=True) == whole
