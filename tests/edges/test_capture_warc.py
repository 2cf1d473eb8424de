"""The archive of each day, opened by the archives' own tool."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from subprocess import PIPE, run
from sys import executable

import pytest
from warcio.archiveiterator import ArchiveIterator

from feed.capture.capture import capture
from feed.capture.captures import Captures
from feed.capture.warc import Warc
from feed.model.errors import LogUnwritable, SourceFailed
from feed.model.source import Entry, Source
from feed.model.web import Response

NOW = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
URL = "https://news.example/story"


def answer(body: bytes) -> Response:
    headers = {"content-type": "text/html", "content-encoding": "gzip", "etag": '"1"'}
    return Response(URL, 200, headers, body)


def added(archive: Warc, body: bytes, at: datetime = NOW) -> None:
    archive.add(answer(body), sha256(body).hexdigest(), at)


def bodies(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        return [record.content_stream().read() for record in ArchiveIterator(file)]


def test_other_tools_read_what_was_captured(tmp_path: Path) -> None:
    archive = Warc(tmp_path)
    added(archive, b"<p>one</p>")
    added(archive, b"two" * 5000)
    path = tmp_path / "2026-01-05.warc.gz"
    with path.open("rb") as file:
        first = next(iter(ArchiveIterator(file)))
        assert first.rec_type == "response"
        assert first.rec_headers["WARC-Target-URI"] == URL
        assert first.rec_headers["WARC-Date"] == "2026-01-05T23:30:00Z"
        assert first.http_headers["etag"] == '"1"'
        assert first.http_headers["content-encoding"] is None, "the body is unpacked"
        assert first.content_stream().read() == b"<p>one</p>"
    assert bodies(path) == [b"<p>one</p>", b"two" * 5000]
    checked = run([executable, "-m", "warcio.cli", "check", "-v", path], check=False, stdout=PIPE, text=True)
    assert checked.returncode == 0, checked.stdout
    assert "payload digest pass" in checked.stdout.lower() or "digest pass" in checked.stdout.lower()


def test_each_day_has_its_file_and_the_same_answer_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        archive = Warc(tmp_path / folder)
        added(archive, b"late")
        added(archive, b"early", NOW + timedelta(hours=1))
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["2026-01-05.warc.gz", "2026-01-06.warc.gz"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_what_a_crash_left_of_a_record_is_cut_off_and_the_rest_stays(tmp_path: Path) -> None:
    added(Warc(tmp_path / "whole"), b"one")
    whole = (tmp_path / "whole" / "2026-01-05.warc.gz").read_bytes()
    for kept in range(0, len(whole), 7):
        folder = tmp_path / str(kept)
        shutil.copytree(tmp_path / "whole", folder)
        with (folder / "2026-01-05.warc.gz").open("ab") as file:
            file.write(whole[:kept])
        added(Warc(folder), b"two")
        assert bodies(folder / "2026-01-05.warc.gz") == [b"one", b"two"]


def test_a_page_goes_in_once_even_when_no_article_is_found_in_it(tmp_path: Path) -> None:
    captures, source = Captures(tmp_path), Source(name="news", url=URL)
    for _ in range(2):
        with pytest.raises(SourceFailed, match="no article"):
            capture(Entry(id="1", link=URL), answer(b"<html><body></body></html>"), source, captures, NOW)
    assert bodies(tmp_path / "warc" / "2026-01-05.warc.gz") == [b"<html><body></body></html>"]


def test_a_disk_that_takes_nothing_stops_the_line(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("in the way")
    with pytest.raises(LogUnwritable, match="archive of the day"):
        added(Warc(tmp_path / "warc"), b"one")
