"""What others read in our feeds: feedparser, feedparser-rs and a whole feed reader; hostile words too."""

from __future__ import annotations

import io
import json
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import feedparser_rs
import pytest

from feed.model.notice import Notice
from feed.publish import feeds
from feed.publish.atom import FIGURES
from feed.publish.item import Items, Standing
from feed.publish.site import Site
from tests.make import NEARLY_19000, OVER_24000, RECORDED, SITE, inconsistent, notice, renderer, state_changed

HUB = replace(SITE, hub="https://hub.example/")
HOSTILE = "]]><script>alert(1)</script> & <b>\x00\x0b\ufffe\ud7ff\U0001f600</title> &amp; ‮"
NEWS = [notice(1), state_changed(2), inconsistent(3)]


def made(notices: list[Notice], site: Site = SITE) -> dict[str, bytes]:
    return feeds.pages(notices, Items(site, renderer()))


def parsed(file: bytes) -> Any:
    # Only a stream is parsed; a string could be taken for an address or a file.
    found = feedparser.parse(io.BytesIO(file), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_feedparser_reads_in_the_atom_what_the_json_says() -> None:
    files = made(NEWS)
    atom, told = parsed(files["feed.atom"]), json.loads(files["feed.json"])
    assert (atom.version, atom.feed.title, atom.feed.language) == ("atom10", told["title"], told["language"])
    assert [each.id for each in atom.entries] == [item["id"] for item in told["items"]]
    for entry, item in zip(atom.entries, told["items"], strict=True):
        assert (entry.title, entry.link) == (item["title"], item["url"])
        assert (entry.published, entry.author) == (item["date_published"], item["authors"][0]["name"])
        assert [tag.term for tag in entry.tags] == item["tags"]
        assert entry.content[0].value.strip() == item["content_html"].strip()
        assert entry.summary.strip() == item["content_text"].strip()
        assert {link.href for link in entry.links if link.rel == "via"} == {item["external_url"]}
        (event,) = item["attachments"]
        (enclosed,) = [link for link in entry.links if link.rel == "enclosure"]
        assert (enclosed.href, enclosed.type, int(enclosed.length)) == (
            event["url"],
            event["mime_type"],
            event["size_in_bytes"],
        )
    held = [each.text or "" for each in ET.fromstring(files["feed.atom"]).iter(f"{{{FIGURES}}}figures")]
    assert [json.loads(each) for each in held] == [item["_figures"] for item in told["items"]]


def test_what_others_call_their_elements_does_not_change_ours() -> None:
    before = made(NEWS)["feed.atom"]
    ET.register_namespace("atom", ET.fromstring(before).tag[1:].partition("}")[0])
    assert made(NEWS)["feed.atom"] == before


def test_older_alerts_are_found_by_both_ways_of_asking() -> None:
    files = made([notice(n) for n in range(1, 102)])
    seen: list[str] = []
    name = "feed.atom"
    while name:
        page = parsed(files[name])
        seen += [entry.id for entry in page.entries]
        links = {link.rel: link.href for link in page.feed.links}
        assert links["self"] == SITE.url(name)
        assert links.get("next") == links.get("prev-archive")
        name = links.get("next", SITE.url()).removeprefix(SITE.url())
    assert len(seen) == len(set(seen)) == 101


def test_a_hub_is_named_by_both() -> None:
    files = made(NEWS, HUB)
    assert {link.rel: link.href for link in parsed(files["feed.atom"]).feed.links}["hub"] == HUB.hub
    assert json.loads(files["feed.json"])["hubs"] == [{"type": "WebSub", "url": HUB.hub}]


@pytest.mark.parametrize("notices", [[], NEWS], ids=["empty", "told"])
def test_a_feed_says_when_it_changed_last_by_its_items_not_by_the_clock(notices: list[Notice]) -> None:
    updated = parsed(made(notices)["feed.atom"]).feed.updated
    assert updated == ("2025-04-01T06:33:00Z" if notices else "1970-01-01T00:00:00Z")
    assert RECORDED.minute == 30


def test_no_character_of_a_source_breaks_the_xml_or_becomes_markup() -> None:
    side = OVER_24000._replace(quote=HOSTILE, publisher=HOSTILE, attribution=HOSTILE, printed=HOSTILE)
    told = notice(new=side, old=NEARLY_19000, sentence=HOSTILE)._replace(publisher=HOSTILE)
    (entry,) = parsed(made([told])["feed.atom"]).entries
    assert "alert(1)" in entry.title
    assert "<script" not in entry.content[0].value
    assert "\U0001f600" in entry.content[0].value


def test_feedparser_rs_reads_both_forms_as_we_meant_them() -> None:
    files = made(NEWS)
    told = json.loads(files["feed.json"])
    for name in ("feed.atom", "feed.json"):
        read = feedparser_rs.parse(files[name])
        assert not read.bozo
        assert read.feed.title == told["title"]
        for entry, item in zip(read.entries, told["items"], strict=True):
            assert (entry.id, entry.title) == (item["id"], item["title"])
            assert entry.link in (item["url"], item["external_url"])


@pytest.mark.parametrize("name", ["feed.atom", "feed.json"])
def test_a_feed_reader_keeps_every_item_and_sees_what_changes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It asks for this module by a name that left Python long ago; feedparser brings it under another.
    monkeypatch.setitem(sys.modules, "sgmllib", import_module("feedparser_sgmllib"))
    from reader import make_reader  # it takes a second

    folder = tmp_path / "site"
    folder.mkdir()
    hour = RECORDED.replace(minute=0)
    was, now = (Standing(each, hour, hour) for each in (NEARLY_19000, OVER_24000))
    now = replace(now, since=RECORDED)
    standing = name.replace("feed", "standing")
    with closing(make_reader(":memory:", feed_root=str(folder))) as reader:
        for each, news in ((was, NEWS[:1]), (now, NEWS), (now, NEWS)):
            for path, file in feeds.pages(news, Items(SITE, renderer()), [each]).items():
                if path in (name, standing):
                    (folder / path).write_bytes(file)
            for path in (name, standing):
                reader.add_feed(path, exist_ok=True)
                reader.update_feed(path)
        read = {entry.id: entry for entry in reader.get_entries(feed=name)}
        items = {item["id"]: item for item in json.loads(made(NEWS)["feed.json"])["items"]}
        assert read.keys() == items.keys()
        for entry in read.values():
            item = items[entry.id]
            assert (entry.title, entry.link) == (item["title"], item["url"])
            assert entry.published is not None
            assert entry.published.isoformat().replace("+00:00", "Z") == item["date_published"]
            assert item["content_html"].strip() in [each.value.strip() for each in entry.content]
        (stands,) = reader.get_entries(feed=standing)
        assert stands.title == "Returns since 5 July 2024: more than 24,000"
        assert stands.updated is not None
        assert stands.updated.replace(tzinfo=UTC) == RECORDED
