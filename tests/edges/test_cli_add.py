"""Sources in and out: by address, from the pack's list, and as OPML."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.app.settings import load
from feed.app.sources import named, of_pack
from feed.poll.opml import outlines
from tests.commands import feed

OPML = """<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body><outline text="Papers">
<outline text="The Daily Paper &amp; more" xmlUrl="https://daily.example/rss" type="rss"/>
<outline title="The Daily Paper &amp; more" text="x" xmlUrl="https://daily.example/other"/></outline>
<outline text="again" xmlUrl="https://daily.example/rss"/><outline text="no feed" htmlUrl="https://a.example/"/>
<outline text="not ours" xmlUrl="ftp://a.example/"/></body></opml>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    assert feed("init", made).code == 0
    return made


def test_a_source_is_added_in_one_line(folder: Path) -> None:
    ended = feed("add", "https://www.office.example/releases.atom", "--publisher", 'The "Office"', "--dir", folder)
    assert ended.code == 0, ended.err
    (source,) = load(folder).sources
    assert (source.name, source.publisher) == ("office-example-releases-atom", 'The "Office"')
    assert "# [[source]]" in (folder / "feed.toml").read_text(), "what stood there stays"
    again = feed("add", "https://www.office.example/releases.atom", "--dir", folder)
    assert "0 of 1 added" in again.out
    assert len(load(folder).sources) == 1


def test_a_page_without_a_feed_is_added_with_a_selector(folder: Path) -> None:
    assert feed("add", "https://a.example/", "--links", "main h3 a", "--name", "a", "--dir", folder).code == 0
    (source,) = load(folder).sources
    assert (source.kind, source.links) == ("page", "main h3 a")


def test_the_pack_knows_sources_by_name(folder: Path) -> None:
    known = of_pack(load(folder))
    assert len(known) >= 20
    assert len({source.url for source in known}) == len({source.name for source in known}) == len(known)
    assert not any(source.enabled for source in known), "nothing is asked before somebody says so"
    assert feed("add", known[0].name, known[1].name, "--dir", folder).code == 0
    assert [source.url for source in load(folder).sources] == [known[0].url, known[1].url]
    assert all(source.enabled for source in load(folder).sources)
    refused = feed("add", "no-such-source", "--dir", folder)
    assert refused.code == 2
    assert known[0].name in refused.err


def test_a_list_of_another_reader_comes_in_and_goes_out_again(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.opml"
    path.write_text(OPML, encoding="utf-8")
    assert feed("add", path, "--dir", folder).code == 0
    assert [(source.name, source.url) for source in load(folder).sources] == [
        ("the-daily-paper-more", "https://daily.example/rss"),
        ("the-daily-paper-more-2", "https://daily.example/other"),
    ]
    out = feed("opml", "--dir", folder).out
    assert [(o.title, o.url) for o in outlines(out.encode(), "")] == [
        (source.name, source.url) for source in load(folder).sources
    ]
    assert "0 of 2 added" in feed("add", path, "--dir", folder).out


@pytest.mark.parametrize(
    ("text", "why"),
    [("<opml><", "no XML"), ("<rss/>", "no OPML"), ('<!DOCTYPE x [<!ENTITY a "b">]><opml/>', "entities")],
)
def test_what_is_no_list_is_refused(folder: Path, tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "bad.opml"
    path.write_text(text, encoding="utf-8")
    ended = feed("add", path, "--dir", folder)
    assert ended.code == 4
    assert why in ended.err


def test_a_name_that_is_taken_is_refused_and_nothing_is_written(folder: Path) -> None:
    assert feed("add", "https://a.example/", "--name", "a", "--dir", folder).code == 0
    before = (folder / "feed.toml").read_text()
    ended = feed("add", "https://b.example/", "--name", "a", "--dir", folder)
    assert ended.code == 2
    assert (folder / "feed.toml").read_text() == before


def test_names_are_made_of_what_there_is() -> None:
    assert named("https://www.a.example/", "", []) == "a-example"
    assert named("https://a.example/", "Größe 7!", []) == "gr-e-7"
    assert named("https://a.example/", "X" * 99, ["x" * 60]) == "x" * 60 + "-2"
