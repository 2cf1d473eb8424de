"""The second start reads sooner: what reading looks up is kept beside the byte code, and never stays when it is old."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from feed.app import compiled, packs
from feed.app.home import TOPICS
from feed.model.article import Article
from feed.model.topic import Topic
from feed.read import tables as made
from feed.read.english import English
from feed.read.guide import record
from feed.read.reader import read
from feed.read.tables import Tables

NAME = "uk_returns"
TEXT = "Nearly 37,000 people crossed the Channel in small boats in 2024, and 9,151 were returned, up 24 per cent."


@pytest.fixture(autouse=True)
def byte_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what Python keeps of code, where it may be kept."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "cache"


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics whose patterns were compiled, one for each time."""
    told: list[str] = []
    compiles = made._compiled

    def counted(topic: Topic, english: English) -> Tables:
        told.append(topic.name)
        return compiles(topic, english)

    monkeypatch.setattr(made, "_compiled", counted)
    return told


def reading(folder: Path | str = NAME) -> object:
    return record(read(Article("one", TEXT), *compiled.load(folder)))


def test_the_second_start_compiles_nothing_and_reads_the_same(compilings: list[str]) -> None:
    first = reading()
    assert len(compilings) == 1
    assert reading() == first
    assert len(compilings) == 1
    assert first == record(read(Article("one", TEXT), packs.load(NAME), packs.english()))


def test_a_pack_that_was_edited_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compilings: list[str]
) -> None:
    shutil.copytree(TOPICS / NAME, tmp_path / "topics" / NAME)
    monkeypatch.setattr(compiled, "TOPICS", tmp_path / "topics")
    reading(), reading()
    assert len(compilings) == 1
    calendar = tmp_path / "topics" / NAME / "calendar.toml"
    calendar.write_text(calendar.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    reading()
    assert len(compilings) == 2


@pytest.mark.parametrize("at", [0, 40, 5_000, -1])
def test_a_damaged_file_is_made_anew_and_never_loaded(at: int, compilings: list[str]) -> None:
    whole = reading()
    file = compiled.place(NAME)
    content = bytearray(file.read_bytes())
    content[at] ^= 0xFF
    file.write_bytes(content)
    assert reading() == whole
    assert len(compilings) == 2
    reading()
    assert len(compilings) == 2, "it was mended"


def test_half_a_file_is_made_anew(compilings: list[str]) -> None:
    whole = reading()
    file = compiled.place(NAME)
    file.write_bytes(file.read_bytes()[:1_000])
    assert reading() == whole
    assert len(compilings) == 2


def test_where_nothing_can_be_written_it_reads_all_the_same(byte_code: Path) -> None:
    byte_code.write_text("no folder", encoding="utf-8")
    assert reading() == reading()
    assert byte_code.read_text(encoding="utf-8") == "no folder"


def test_who_forbids_byte_code_gets_no_tables_either(byte_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    reading()
    assert not byte_code.exists()


def test_nothing_is_kept_of_a_pack_from_somewhere_else(tmp_path: Path, byte_code: Path) -> None:
    """It may be anybody's, and its folder anybody's to write to."""
    shutil.copytree(TOPICS / NAME, tmp_path / "mine")
    assert reading(tmp_path / "mine") == record(read(Article("one", TEXT), packs.load(NAME), packs.english()))
    assert not byte_code.exists()
