"""A monitor that nobody here wrote could follow the log: checkpoint, tiles and lines as C2SP tlog-tiles says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from feed.app.web.routes import application
from feed.app.web.window import Window
from feed.model.chain import Head
from feed.model.checkpoint import Note, Verifier
from feed.model.merkle import Growing, leaf_hash, node_hash
from feed.record.keys import checks
from feed.record.notary import Notary
from feed.record.places import seek
from feed.record.tiles import Tile
from tests.events import NOW, captures, sealed_lines

LINES = sealed_lines(captures(600))


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 lines, of which a checkpoint covers 590."""
    path = tmp_path_factory.mktemp("log") / "events.jsonl"
    path.write_bytes(b"".join(LINES))
    Notary(path, "record.example.org", lambda: b"k" * 32).attest(Head(590, ""), NOW)
    return path


@pytest.fixture(scope="module")
def web(log: Path) -> TestClient:
    return TestClient(application(Window(), log, lambda: datetime(2026, 1, 1, tzinfo=UTC)), base_url="http://127.0.0.1")


def get(web: TestClient, path: str) -> bytes:
    answer = web.get(path)
    assert answer.status_code == 200, path
    return answer.content


def entries(bundle: bytes) -> list[bytes]:
    lines = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        lines.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return lines


def test_a_monitor_gets_from_the_checkpoint_to_every_line_and_back_to_the_root(web: TestClient) -> None:
    note = Note.parse(get(web, "/checkpoint").decode())
    (key,) = (Verifier.parse(line) for line in get(web, "/log.vkeys").decode().splitlines())
    assert note.signed_by([key], checks) == key
    size = note.checkpoint.size
    names = [f"{at:03d}" if at < size // 256 else f"{at:03d}.p/{size % 256}" for at in range(-(-size // 256))]
    hashes = b"".join(get(web, f"/tile/0/{name}") for name in names)
    lines = [line for name in names for line in entries(get(web, f"/tile/entries/{name}"))]
    assert [line + b"\n" for line in lines] == LINES[:590]
    growing = Growing()
    for at, line in enumerate(lines):
        assert leaf_hash(line) == hashes[at * 32 : at * 32 + 32]
        growing.add(leaf_hash(line))
    assert growing.root() == note.checkpoint.root


def test_a_tile_above_has_the_roots_of_the_full_tiles_below(web: TestClient) -> None:
    row = [leaf_hash(line[:-1]) for line in LINES[:256]]
    while len(row) > 1:
        row = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=True)]
    assert get(web, "/tile/1/000.p/2")[:32] == row[0]
    assert get(web, "/checkpoints.jsonl").count(b"\n") == 1
    assert "immutable" in web.get("/tile/0/000").headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["0/002", "0/002.p/79", "1/000", "0/000.p/0", "0/000.p/256", "0/0", "64/000", "0/x000/000", "entries/003",
     "0/000.p/01", "entries/002.p/79", "../events.jsonl", "0/000/..", "x/000", "2/000.p/1", ""],
)  # fmt: skip
def test_what_no_checkpoint_covers_or_is_no_tile_is_not_there(web: TestClient, path: str) -> None:
    assert web.get(f"/tile/{path}").status_code == 404


def test_paths_are_those_of_the_specification() -> None:
    for path, tile in (("0/x001/x234/067", Tile(0, 1234067 * 256, 256)), ("entries/005.p/17", Tile(None, 1280, 17))):
        assert Tile.parse(path) == tile
        assert str(tile) == path


def test_a_line_that_was_changed_is_not_served(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(LINES[:20]))
    Notary(path, "record.example.org", lambda: b"k" * 32).attest(Head(20, ""), NOW)
    path.write_bytes(b"".join(LINES[:20]).replace(b"article 7", b"article 8"))
    web = TestClient(application(Window(), path, lambda: NOW), base_url="http://127.0.0.1")
    assert web.get("/tile/entries/000.p/20").status_code == 500


def test_any_line_is_found_without_reading_the_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(LINES))
    with path.open("rb") as file:
        for sequence in (1, 2, 255, 256, 300, 599, 600):
            seek(file, sequence)
            assert file.readline() == LINES[sequence - 1]
