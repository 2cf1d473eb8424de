"""Bytes kept for ever, and articles handed in as files."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feed.capture.address import canonical, tidy
from feed.capture.captures import CaptureDamaged, Captures
from feed.capture.handed import articles
from feed.model.article import Precision, Published, PublishedBasis
from feed.model.errors import ArticleRefused, LogUnwritable, NotFound

SEEDS = Path(__file__).parents[2] / "seeds"


@given(content=st.binary(max_size=200))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_put_is_got(tmp_path: Path, content: bytes) -> None:
    captures = Captures(tmp_path / "data" / "captures")
    digest = captures.put(content)
    assert digest == captures.put(content) == hashlib.sha256(content).hexdigest()
    assert captures.get(digest) == content
    assert captures.path(digest) == tmp_path / "data/captures" / digest[:2] / digest[2:4] / digest
    assert not list(tmp_path.rglob(".new-*")), "nothing half-written is left"


def test_a_flipped_byte_is_found_and_putting_again_heals_it(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    digest = captures.put(b"evidence")
    captures.path(digest).chmod(0o644)
    captures.path(digest).write_bytes(b"Evidence")
    with pytest.raises(CaptureDamaged, match="not those of the digest"):
        captures.get(digest)
    captures.put(b"evidence")
    assert captures.get(digest) == b"evidence"


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_what_was_never_put_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        Captures(tmp_path).get(name)


def test_a_disk_that_does_not_take_the_bytes_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LogUnwritable, match="No space left"):
        Captures(tmp_path).put(b"evidence")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_name_is_durable_before_the_digest_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    really = os.fsync

    def watch(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        really(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("needs /proc to see what is synced")
    monkeypatch.setattr(os, "fsync", watch)
    captures = Captures(tmp_path / "captures")
    path = captures.path(captures.put(b"evidence"))
    assert synced[0].name.startswith(".new-"), "first the bytes"
    assert set(synced[1:]) == {
        path.parent,
        path.parent.parent,
        tmp_path / "captures",
        tmp_path,
    }, "then each folder that holds a new name"


def line(**article: object) -> str:
    return json.dumps({"id": "a", "text": "Some text.", "published": None, **article})


def handed(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_json_lines_keep_their_order_and_what_they_say(tmp_path: Path) -> None:
    file = handed(
        tmp_path,
        line(id="b", publisher="The Crumb", title="Dearer", url="https://example.org/b", published="2025-03-31"),
        "",
        line(id="a", publisher="unknown", published="2025-03-30T23:30:00-02:00", figures=[], facts=[], style="x"),
    )
    first, second = articles(file)
    assert (first.name, first.publisher, first.title, first.url) == (
        "b",
        "The Crumb",
        "Dearer",
        "https://example.org/b",
    )
    assert first.published == Published(datetime(2025, 3, 31, tzinfo=UTC), PublishedBasis.GIVEN, Precision.DAY)
    assert (second.name, second.publisher, second.text) == ("a", None, "Some text.")
    assert second.published == Published(
        datetime(2025, 3, 31, 1, 30, tzinfo=UTC), PublishedBasis.GIVEN, Precision.INSTANT
    )


@pytest.mark.parametrize(
    ("said", "basis", "note"),
    [
        (None, PublishedBasis.GIVEN, ""),
        ("inferred: 'today'", PublishedBasis.INFERRED, "'today'"),
        ("inferred", PublishedBasis.INFERRED, ""),
        ("page: its meta", PublishedBasis.PAGE, "its meta"),
        ("the byline", PublishedBasis.GIVEN, "the byline"),
    ],
)
def test_how_the_date_is_known_is_kept(tmp_path: Path, said: str | None, basis: PublishedBasis, note: str) -> None:
    (article,) = articles(handed(tmp_path, line(published="2025-03-31", published_basis=said)))
    assert article.published
    assert (article.published.basis, article.published.note) == (basis, note)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        (line(id=""), "`id` is missing"),
        (line(id=7), "`id` is no text"),
        (line(text=" \n"), "`text` is missing"),
        (line(text="\ud800"), "half a character"),
        (line(text="x" * 500_001), "longer than 500000"),
        (line(url="https://example.org/" + "x" * 2048), "`url` is longer"),
        ('{"id": "a", "text": "b"}', "`published` is missing"),
        (line(published="yesterday"), "`published` is 'yesterday'"),
        (line(published="2025-02-30"), "2025-02-30"),
        (line(published="2025-03-31T09:00:00"), "2025-03-31T09:00:00"),
        (line(published=20250331), "20250331"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_remedy(tmp_path: Path, bad: str, why: str) -> None:
    file = handed(tmp_path, line(), bad)
    with pytest.raises(ArticleRefused) as refused:
        articles(file)
    assert str(refused.value).startswith(f"{file}, line 2: ")
    assert why in str(refused.value)
    assert refused.value.mend
    assert "\n" not in str(refused.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(line().encode() + b"\n\xff\xfe")
    with pytest.raises(ArticleRefused, match=r"line 2: it is not UTF-8"):
        articles(file)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + line().encode())
    assert len(articles(file)) == 1


def test_the_seeds_come_in_order_of_publication_as_they_were_written() -> None:
    found = articles(SEEDS)
    assert [article.name[:6] for article in found] == ["seed-0", "seed-3", "seed-2", "seed-1", "seed-4"]
    for article in found:
        assert article.text.encode() == (SEEDS / "articles" / f"{article.name}.txt").read_bytes()
        assert article.published
        assert article.published.basis is PublishedBasis.INFERRED
        assert article.published.note
    assert found[1].publisher is None


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        (None, "cannot be read"),
        ("[[article", "no TOML"),
        ('[[article]]\nid = "../a"', "no plain file name"),
        ('[[article]]\nid = "missing"', "cannot be read"),
        ('[[article]]\nid = "latin"', "not UTF-8"),
        ('[[article]]\nid = "a"\npublished = 2025-03-31T09:00:00', "`published` is '2025-03-31T09:00:00'"),
    ],
)
def test_a_folder_that_is_not_laid_out_as_one_is_refused(tmp_path: Path, toml: str | None, why: str) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/a.txt").write_text("Some text.")
    (tmp_path / "articles/latin.txt").write_bytes("Première".encode("latin-1"))
    if toml is not None:
        (tmp_path / "articles.toml").write_text(toml)
    with pytest.raises(ArticleRefused, match=why):
        articles(tmp_path)


def test_undated_articles_of_a_folder_come_last(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    rows = []
    for name, published in (("c", ""), ("b", "published = 2025-01-02"), ("a", "published = 2025-01-03")):
        (tmp_path / "articles" / f"{name}.txt").write_text("Some text.")
        rows.append(f'[[article]]\nid = "{name}"\n{published}')
    (tmp_path / "articles.toml").write_text("\n".join(rows))
    assert [article.name for article in articles(tmp_path)] == ["b", "a", "c"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleRefused, match="cannot be read"):
        articles(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("url", "tidied"),
    [
        ("HTTPS://Example.ORG:443", "https://example.org/"),
        ("https://example.org/a?utm_source=x&b=1&fbclid=2#c", "https://example.org/a?b=1"),
        ("https://example.org/a?b=%20&c", "https://example.org/a?b=%20&c"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ],
)
def test_one_page_has_one_address(url: str, tidied: str) -> None:
    assert tidy(url) == tidied
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("https://example.org/b", "https://example.org/b"),
        ("/b?utm_medium=x", "https://www.example.org/b"),
        ("https://example.com/b", None),
        ("https://example.org.evil.example/b", None),
        ("javascript:alert(1)", None),
        ("https://[", None),
    ],
)
def test_a_page_speaks_for_its_own_site_only(claimed: str, believed: str | None) -> None:
    assert canonical(claimed, "https://www.example.org/a") == believed
