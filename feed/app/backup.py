"""A copy of a data directory that can be put in its place: taken while others write, checked before it counts."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from feed.app.home import FILE
from feed.app.settings import Settings
from feed.capture.captures import DIGEST, Captures
from feed.model.errors import NotFound, UsageRefused
from feed.model.report import ArticleCaptured
from feed.record import disk, segments
from feed.record.evidence import Evidence
from feed.record.file import ReadOnlyLog
from feed.record.verify import Verified, verify


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What the copy holds: the log as verified there, captures; and how many more the log names that are not here."""

    log: Verified
    captures: int
    missing: int


def back_up(settings: Settings, out: Path, *, keys: bool) -> BackedUp:
    """Copy all that cannot be made anew to a new folder, and verify the copy.

    Needs no lock: it takes what the log had when it began. `keys`: the private key too. View, shelf and the tree's
    hashes are left out. Whole, verified and flushed to the disk when the folder has its name; what goes wrong before
    leaves none. Raises UsageRefused for a folder that is not empty, NotFound without a log, LogUnwritable, and what
    verifying raises.
    """
    part = out.with_name(f"{out.name}.unfinished")
    for folder in (out, part):
        if folder.exists() and any(folder.iterdir()):
            raise UsageRefused("the folder is not empty", where=str(folder), mend="Name a new one, or remove it")
    if not segments.exists(settings.log):
        raise NotFound("there is no log", where=str(settings.log), mend="Name the data directory with --dir")
    try:
        made = _made(settings, part, keys=keys)
        _flush(part)
        part.rename(out)
        disk.flush_folder(out.absolute().parent)
    except OSError as full:
        raise disk.unwritable(full, out, "the copy cannot be written") from full
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made


def _made(settings: Settings, out: Path, *, keys: bool) -> BackedUp:
    copy = settings.model_copy(update={"folder": out})
    copy.hidden.mkdir(parents=True)
    # Before the log, so that no checkpoint of the copy covers lines that came later.
    kept = Evidence(settings.log)
    (copy.hidden / "checkpoints.jsonl").write_bytes(kept.lines())
    (copy.hidden / "log.vkeys").write_text("".join(f"{key}\n" for key in kept.verifiers()), encoding="utf-8")
    _copy_log(settings.log, copy.log)
    if settings.ops.is_file():
        _copy_database(settings.ops, copy.ops)
    for file in _beside(settings, keys=keys):
        to = out / file.relative_to(settings.folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, to)
    captures, missing = _copy_captures(settings, copy)
    last = Evidence(copy.log).last()
    return BackedUp(verify(copy.log, checkpoints=[last.note.checkpoint] if last else []), captures, missing)


def _beside(settings: Settings, *, keys: bool) -> Iterator[Path]:
    """Files that are copied as they are: settings, an own pack, what was set aside, the archive of answers, the key."""
    asked = [FILE, ".feed/*.torn.*", ".feed/captures/warc/*", *([f".feed/{Evidence(settings.log).secret.name}"] * keys)]
    if settings.topic and (settings.folder / settings.topic / "pack.toml").is_file():
        asked.append(f"{settings.topic}/**/*")
    yield from (file for name in asked for file in sorted(settings.folder.glob(name)) if file.is_file())


def _flush(folder: Path) -> None:
    """Return when all of it is on the disk. Captures are, since they were put there."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            disk.flush_folder(path)
        elif not DIGEST.fullmatch(path.name):
            with path.open("rb") as file:
                disk.flush(file.fileno())


def _copy_log(log: Path, to: Path) -> None:
    """The whole lines of a log: what the writer is at this moment adding is not taken."""
    segments.copy(log, to)
    with to.open("rb+") as target:
        size = target.seek(0, 2)
        target.seek(max(0, size - (1 << 20)))
        tail = target.read()
        target.truncate(size - len(tail) + tail.rfind(b"\n") + 1)


def _copy_database(database: Path, to: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def _copy_captures(settings: Settings, copy: Settings) -> tuple[int, int]:
    here, there = Captures(settings.captures), Captures(copy.captures)
    events = (event.data for event in ReadOnlyLog(copy.log).read() if isinstance(event.data, ArticleCaptured))
    named = {digest for data in events for digest in (data.raw, data.text)}
    missing = 0
    for digest in sorted(named):
        try:
            there.put(here.get(digest))
        except NotFound:
            missing += 1
    return len(named) - missing, missing
