"""A log on another machine's disk is refused: there neither lock nor flush are sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.model.errors import LogUnwritable
from feed.record import disk
from feed.record.file import FileLog
from tests.commands import feed

ROWS = "/dev/vda / ext4 rw 0 0\nserver:/x {folder} {kind} rw 0 0\n/dev/vdb {folder}/local\\040disk ext4 rw 0 0\n"


def mounts(folder: Path, kind: str) -> Path:
    file = folder.parent / "mounts"
    file.write_text(ROWS.format(folder=folder.resolve(), kind=kind))
    return file


def test_the_innermost_mount_tells(tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "record").mkdir(parents=True)
    (share / "local disk" / "record").mkdir(parents=True)
    table = mounts(share, "nfs4")
    assert disk.network(share / "record", table) == "nfs4"
    assert disk.network(share, table) == "nfs4"
    assert disk.network(share / "local disk" / "record", table) == ""
    assert disk.network(tmp_path, table) == ""
    assert disk.network(share, mounts(share, "xfs")) == ""
    assert disk.network(share, tmp_path / "no such table") == ""


def test_a_log_there_is_refused_unless_the_operator_insists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    assert feed("init", share / "record").code == 0
    table = mounts(share, "cifs")
    real = disk.network
    monkeypatch.setattr(disk, "network", lambda path: real(path, table))
    with pytest.raises(LogUnwritable, match=r"network file system \(cifs\)"):
        FileLog.open(share / "record" / "events.jsonl")
    seeds = Path(__file__).parents[2] / "seeds"
    ended = feed("ingest", seeds, "--dir", share / "record")
    assert (ended.code, "network_disk = true" in ended.err) == (75, True)
    assert not (share / "record" / "events.jsonl").exists()
    settings = share / "record" / "feed.toml"
    settings.write_text("network_disk = true\n" + settings.read_text())
    FileLog.open(share / "record" / "events.jsonl", network_disk=True).close()
    assert feed("checkpoint", "--dir", share / "record").code == 1, "nothing is on record, but it may be written"
