"""The seeds are what they came as, and their news site is what the script makes of them."""

from __future__ import annotations

import io
import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
MADE = runpy.run_path(str(SEEDS / "build.py"))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    """The annotated articles, as filed."""
    return [json.loads(line) for line in (ROOT / "tests/gold/seeds.articles.jsonl").read_text("utf-8").splitlines()]


def test_each_text_is_byte_for_byte_what_was_annotated(gold: list[dict[str, Any]]) -> None:
    assert {row["id"]: row["text"].encode() for row in gold} == {
        file.stem: file.read_bytes() for file in (SEEDS / "articles").iterdir()
    }


def test_what_is_known_of_publication_is_what_was_annotated(gold: list[dict[str, Any]]) -> None:
    known = {seed.id: (seed.publisher or "unknown", seed.title, seed.published.isoformat()) for seed in MADE["seeds"]()}
    assert known == {row["id"]: (row["publisher"], row["title"], row["published"]) for row in gold}


def test_order_of_publication_is_not_order_of_file_names() -> None:
    published = [seed.published for seed in MADE["seeds"]()]
    names = [seed.id for seed in MADE["seeds"]()]
    assert published == sorted(published)
    assert names != sorted(names)


def test_the_committed_site_is_what_the_script_makes() -> None:
    made = MADE["built"]()
    assert {name: (SEEDS / name).read_bytes() for name in made} == made
    assert {f"pages/{page.name}" for page in (SEEDS / "pages").iterdir()} == {n for n in made if n.startswith("pages/")}


def test_a_feed_reader_that_is_not_ours_finds_five_dated_articles_newest_first() -> None:
    seen = feedparser.parse(io.BytesIO((SEEDS / "feed.xml").read_bytes()))
    assert (seen.bozo, seen.version) == (False, "rss20")
    days = [date(*entry.published_parsed[:3]) for entry in seen.entries]
    assert days == sorted((seed.published for seed in MADE["seeds"]()), reverse=True)
    for entry in seen.entries:
        assert (SEEDS / entry.link.removeprefix(MADE["BASE"])).is_file()
        assert entry.title.endswith("…"), "a label of first words says that it is cut"
