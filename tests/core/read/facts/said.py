"""Short articles for the tests of facts, and what is read in them, in few words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from feed.app import packs
from feed.model.article import Article, Precision, Published, PublishedBasis
from feed.model.fact import Fact, Office, Scheme, Statement
from feed.model.figure import Attribution
from feed.model.topic import Topic
from feed.read.english import English
from feed.read.facts import facts
from feed.read.facts.mentions import mentions
from feed.read.speakers import attribute, speech
from feed.read.text.sentences import cut

GOLD = Path(__file__).resolve().parents[3] / "gold"


@lru_cache(maxsize=1)
def tables() -> tuple[Topic, English]:
    """The pack and the table of English that come with the product."""
    return packs.load(), packs.english()


def article(text: str, day: str | None = "2025-10-24", publisher: str = "The Daily Test") -> Article:
    """An article of that day."""
    known = day and Published(datetime.fromisoformat(day).replace(tzinfo=UTC), PublishedBasis.GIVEN, Precision.DAY)
    return Article("test", text, publisher=publisher, published=known or None)


def read(text: str, day: str | None = "2025-10-24", publisher: str = "The Daily Test") -> tuple[Fact, ...]:
    """All facts of an article."""
    topic, english = tables()
    voices = speech(cut(article(text, day, publisher), english), topic, english.telling)
    return tuple(found.fact for found in facts(voices, mentions(voices.cast), english))


def offices(text: str, day: str = "2025-10-24") -> set[str]:
    """Holders as "GB home_secretary Jane Doe"; a term that is over ends in "(over)", an undated one in "(once)"."""
    told = [fact for fact in read(text, day) if isinstance(fact, Office)]
    return {
        f"{fact.country} {fact.office} {fact.holder}"
        + (" (over)" if fact.until else "")
        + (" (once)" if fact.as_of is None else "")
        for fact in told
    }


def statuses(text: str, day: str = "2025-10-24") -> set[str]:
    """Statuses as "uk-iraq agreed 2025-10-24", "never" for an undated past."""
    told = [fact for fact in read(text, day) if isinstance(fact, Scheme) and fact.status]
    return {f"{fact.scheme} {fact.status} {fact.as_of or 'never'}" for fact in told}


def statements(text: str) -> list[tuple[str, str]]:
    """(speaker, words) in order."""
    return [(fact.speaker, fact.quote.exact) for fact in read(text) if isinstance(fact, Statement)]


def ascribed(text: str, words: str, publisher: str = "The Daily Test") -> Attribution:
    """To whom `words` are ascribed in an article."""
    topic, english = tables()
    document = cut(article(text, publisher=publisher), english)
    voices = speech(document, topic, english.telling)
    position = text.index(words)
    sentence = next(s for s in document.sentences if s.start <= position < s.end)
    return attribute(voices, sentence, position)


def gold(name: str) -> list[tuple[Article, list[dict[str, object]]]]:
    """Annotated articles with their facts in the guide's form."""
    lines = (GOLD / f"{name}.articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row for row in map(json.loads, lines)}
    annotated = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [(texts[row["id"]], row["facts"]) for row in map(json.loads, annotated)]
    return [(article(row["text"], row["published"], row["publisher"]), told) for row, told in rows]
