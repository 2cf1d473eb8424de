"""Copies and history are recorded, and raise nothing by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feed.app.pipeline import Taken, take
from feed.app.settings import Settings
from feed.app.wiring import Desk, open_desk
from feed.capture.capture import given
from feed.capture.handed import articles
from feed.capture.likeness import is_copy
from feed.model.article import Article
from feed.view import queries

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
SEEDS = {article.name: article for article in articles(Path(__file__).parents[2] / "seeds")}
NEARLY_19000, OVER_24000 = SEEDS["seed-2-nearly-19000"], SEEDS["seed-1-return-hubs"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Settings(folder=tmp_path, topic="uk_returns")) as opened:
        yield opened


def taken(desk: Desk, article: Article, hours: int = 0, *, history: bool = False) -> Taken:
    return take(desk, given(article, desk.captures), NOW + timedelta(hours=hours), history=history)


def elsewhere(article: Article, text: str | None = None) -> Article:
    """The same text in another paper."""
    return replace(
        article, name="https://other.example/1", publisher="The Other Paper", text=text or article.text, title="Else"
    )


def test_the_same_press_release_elsewhere_names_the_first_and_raises_nothing(desk: Desk) -> None:
    taken(desk, NEARLY_19000)
    first = taken(desk, OVER_24000, 1)
    assert len(first.alerts) > 1
    lines = OVER_24000.text.splitlines()
    shortened = "By our staff and agencies\n" + "\n".join(lines[: len(lines) * 2 // 3])
    copy = taken(desk, elsewhere(OVER_24000, shortened), 2)
    assert copy.events[0].data.copies == first.events[0].id
    assert len(copy.events) > 5, "its figures are on record all the same"
    assert copy.alerts == ()


def test_a_copy_of_what_is_new_only_there_is_still_told_once(desk: Desk) -> None:
    taken(desk, NEARLY_19000)
    alone = taken(desk, elsewhere(OVER_24000), 1)
    assert alone.events[0].data.copies is None
    assert alone.alerts


def test_the_next_months_release_in_the_same_words_is_no_copy(desk: Desk) -> None:
    monthly = NEARLY_19000.text
    next_month = monthly.replace("Nearly 19,000", "Nearly 21,000")
    assert is_copy(monthly, monthly)
    assert not is_copy(next_month, monthly)
    taken(desk, NEARLY_19000)
    assert taken(desk, elsewhere(NEARLY_19000, next_month), 1).events[0].data.copies is None


def test_what_is_short_or_only_quotes_another_is_no_copy() -> None:
    text = OVER_24000.text
    assert not is_copy("More than 24,000 migrants have been deported.", text)
    quoting = NEARLY_19000.text + "\n" + "\n".join(text.splitlines()[:3])
    assert not is_copy(quoting, text)
    assert not is_copy(text, NEARLY_19000.text)


def test_what_raised_nothing_says_why(desk: Desk) -> None:
    taken(desk, NEARLY_19000)
    old = taken(desk, OVER_24000, 1, history=True)
    assert old.events[0].data.history is True
    assert old.alerts == ()
    stands = [each for each in queries.totals(desk.view.db) if each.printed == "more than 24,000"]
    assert stands, "it counts"
    outcome = queries.outcome(desk.view.db, stands[0].id)
    assert "when its source was new" in outcome["held"]


def test_another_machine_judges_the_log_alike(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "one", topic="uk_returns")
    with open_desk(settings) as desk:
        taken(desk, NEARLY_19000)
        taken(desk, OVER_24000, 1, history=True)
        taken(desk, elsewhere(OVER_24000), 2)
        rows = queries.dump(desk.view.db)
    settings.view.unlink()
    with open_desk(settings) as desk:
        assert queries.dump(desk.view.db) == rows


def test_what_is_a_month_old_is_forgotten(desk: Desk) -> None:
    taken(desk, OVER_24000)
    taken(desk, NEARLY_19000, 31 * 24)
    late = taken(desk, elsewhere(OVER_24000), 31 * 24 + 1)
    assert late.events[0].data.copies is None
