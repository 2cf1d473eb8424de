"""Stories as data: articles arrive on their days, and exactly these alerts are raised; then questions are asked.

A story is a TOML file in `tests/story/told/`. Its articles go one after another through the real line into a real log.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from feed.app import packs
from feed.app.pipeline import Taken, take
from feed.app.settings import Settings
from feed.app.wiring import Desk, notary_of
from feed.capture.capture import given
from feed.capture.captures import Captures
from feed.capture.handed import articles
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.report import AlertRaised
from feed.model.topic import Topic
from feed.read.english import English
from feed.record.file import FileLog
from feed.view.store import View
from tests.commands import GOLD, answer, feed

TOLD = Path(__file__).parent / "story" / "told"
NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
PACK = "uk_returns"
KEYS = {"article", "ask"}
ARTICLE_KEYS = {"id", "seed", "publisher", "on", "text", "change", "alerts", "held", "sources"}
ASK_KEYS = {"words", "where", "shows", "gives", "lacks"}


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its name, the articles with what must come of each, the questions with their answers."""

    name: str
    articles: tuple[dict[str, Any], ...]
    asks: tuple[dict[str, Any], ...]


def stories() -> list[Story]:
    """All stories, each file one. A key that nothing reads is refused."""
    return [_story(path) for path in sorted(TOLD.glob("*.toml"))]


def _story(path: Path) -> Story:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = {*told} - KEYS
    unknown |= {key for row in told.get("article", ()) for key in row} - ARTICLE_KEYS
    unknown |= {key for row in told.get("ask", ()) for key in row} - ASK_KEYS
    assert not unknown, f"{path.name}: nothing reads {sorted(unknown)}"
    return Story(path.stem, tuple(told["article"]), tuple(told.get("ask", ())))


@cache
def topic() -> Topic:
    """The product's pack, loaded once."""
    return packs.load(PACK)


@cache
def english() -> English:
    """The reader's English, loaded once."""
    return packs.english()


@cache
def seeds() -> dict[str, Article]:
    """The five seeds by name."""
    return {article.name: article for article in articles(GOLD / "seeds.articles.jsonl")}


def desk(folder: Path) -> Iterator[Desk]:
    """A new data directory at work."""
    settings = Settings(folder=folder, topic=PACK)
    settings.hidden.mkdir(parents=True)
    (folder / "feed.toml").write_text(f'topic = "{PACK}"\n', encoding="utf-8")
    with FileLog.open(settings.log) as log:
        view = View(settings.view)
        view.create()
        yield Desk(settings, topic(), english(), log, Captures(settings.captures), view, notary_of(settings))
        view.close()


def article(row: dict[str, Any], number: int) -> Article:
    """The article of a row: one of the seeds, perhaps with words of it changed, or one of its own."""
    name = row.get("id") or row.get("seed") or f"a{number}"
    if "seed" in row:
        made = replace(seeds()[row["seed"]], name=name)
    else:
        made = Article(name=name, text=row["text"], publisher=row["publisher"])
    if "on" in row:
        time = datetime.fromisoformat(row["on"]).replace(tzinfo=UTC)
        made = replace(made, published=Published(time, PublishedBasis.GIVEN, Precision.DAY))
    made = replace(made, publisher=row.get("publisher", made.publisher))
    for before, after in row.get("change", ()):
        assert before in made.text
        made = replace(made, text=made.text.replace(before, after))
    return made


def tell(desk: Desk, row: dict[str, Any], number: int) -> Taken:
    """Let an article of a story arrive."""
    return take(desk, given(article(row, number), desk.captures), NOW + timedelta(minutes=number))


def raised(taken: Taken) -> list[str]:
    """The alerts that an article raised, as a story writes them."""
    return [f"{alert.alert}: {alert.sentence}" for alert in taken.alerts]


def alerts(taken: list[Taken]) -> list[AlertRaised]:
    """All alerts of some articles."""
    return [alert for one in taken for alert in one.alerts]


def outcomes(desk: Desk, name: str) -> dict[str, str]:
    """What came of each figure of an article, by what is printed: `word; what held it back`."""
    rows = desk.view.db.query("select printed, outcome, held from figures where article = ?", [name])
    return {row["printed"]: f"{row['outcome']}; {row['held']}" if row["held"] else row["outcome"] for row in rows}


def asked(folder: Path, ask: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What a question must give and what it gives: rows that fit `where`, each by the keys of `shows`.

    `gives` of one text must stand in what the command prints for people; each of `lacks` must not.
    """
    words = [str(word) for word in ask["words"]]
    if isinstance(ask.get("gives"), str) or "lacks" in ask:
        printed = " ".join(feed(*words, "--dir", folder).out.split())
        wanted = [ask["gives"]] if "gives" in ask else []
        return wanted, [text for text in (*wanted, *ask.get("lacks", ())) if text in printed]
    rows = answer(folder, *words)
    where, shows = ask.get("where", {}), ask.get("shows", ["printed"])
    fitting = [row for row in rows if where.items() <= row.items()]
    given = [[_at(row, key) for key in shows] for row in fitting]
    return ask["gives"], [row[0] if len(shows) == 1 else row for row in given]


def _at(row: dict[str, Any], key: str) -> Any:
    """`period.end` is the end of the period."""
    found: Any = row
    for part in key.split("."):
        found = None if found is None else found[part]
    return found
