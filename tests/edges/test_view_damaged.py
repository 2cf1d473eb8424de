"""The view is no truth: whatever happens to its file, no answer comes from a wrong one, and it is made anew."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feed.view import seal
from tests.commands import ROOT, answer, feed, given, seeds
from tests.desks import NEARLY_19000, OVER_24000

QUESTIONS = (("totals",), ("alerts",), ("checks",), ("history", "*"))


def answers(home: Path) -> list[Any]:
    return [answer(home, *words) for words in QUESTIONS]


def test_every_flipped_bit_is_noticed(home: Path) -> None:
    view = home / ".feed" / "view.db"
    whole = view.read_bytes()
    assert seal.holds(view)
    for number in range(400):
        at = number * 7919 % len(whole)
        view.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << number % 8]) + whole[at + 1 :])
        assert not seal.holds(view)
        assert seal.is_broken(view)
    view.write_bytes(whole)
    assert seal.holds(view)


def swap(view: Path) -> None:
    """A figure that nobody printed, put in with SQLite itself: every page of the file is in order."""
    with sqlite3.connect(view) as db:
        db.execute("update figures set printed = '99', number = '99'")
    db.close()


HARMS: dict[str, Callable[[Path], object]] = {
    "edited": swap,
    "its head": lambda view: view.write_bytes(b"\0" * 100 + view.read_bytes()[100:]),
    "a bit of the text": lambda view: view.write_bytes(
        view.read_bytes().replace(b"more than 24,000", b"more than 34,000")
    ),
    "cut": lambda view: os.truncate(view, view.stat().st_size // 2),
    "empty": lambda view: os.truncate(view, 0),
    "gone": Path.unlink,
    "its sum gone": lambda view: view.with_name("view.db.sum").unlink(),
    "its sum cut": lambda view: os.truncate(view.with_name("view.db.sum"), 10),
}


@pytest.mark.parametrize("harm", HARMS)
def test_no_answer_comes_from_a_view_that_is_not_what_was_left(record: Path, home: Path, harm: str) -> None:
    right, rows = answers(record), answer(record, "replay")["rows"]
    HARMS[harm](home / ".feed" / "view.db")
    told = answer(home, "verify")["view"]
    assert told is (harm in ("gone", "its sum gone"))
    assert answers(home) == right
    assert seal.holds(home / ".feed" / "view.db"), "it was made anew"
    assert answer(home, "replay")["rows"] == rows
    assert "The view is not what" not in feed("verify", "--dir", home).out


def test_an_old_copy_of_the_view_is_not_taken_for_the_new_one(home: Path, tmp_path: Path) -> None:
    view = home / ".feed" / "view.db"
    old = [(file, file.read_bytes()) for file in (view, view.with_name("view.db.sum"))]
    before = answer(home, "totals")
    article = next(name for name in seeds() if name not in (NEARLY_19000, OVER_24000))
    assert feed("ingest", given(tmp_path / "more.jsonl", seeds()[article]), "--dir", home).code == 0
    after = answer(home, "totals")
    assert after != before
    for file, content in old:
        file.write_bytes(content)
    assert answer(home, "totals") == after


def test_a_writer_begins_with_a_view_made_anew_where_the_old_one_was_changed(home: Path, tmp_path: Path) -> None:
    right = answers(home)
    swap(home / ".feed" / "view.db")
    ended = feed("ingest", given(tmp_path / "again.jsonl", seeds()[NEARLY_19000]), "--dir", home)
    assert (ended.code, "0 events recorded" in ended.out) == (0, True)
    assert answers(home) == right


HOLDING = """
import sys
from feed.app.settings import load
from feed.app.wiring import open_desk
from pathlib import Path
with open_desk(load(Path(sys.argv[1]))):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_while_a_writer_is_at_work_it_vouches_for_the_view_and_after_it_was_killed_nobody_does(home: Path) -> None:
    right, view = answers(home), home / ".feed" / "view.db"
    shutil.copy(ROOT / "feed.toml", home)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(home)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        assert not seal.holds(view)
        inode = view.stat().st_ino
        assert answers(home) == right
        assert view.stat().st_ino == inode, "nobody made another view in the writer's place"
        writer.send_signal(signal.SIGKILL)
    swap(view)
    assert answers(home) == right
    assert seal.holds(view)
