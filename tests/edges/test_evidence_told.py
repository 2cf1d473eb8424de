"""What is told when the log, or what is kept beside it, is not what it was: file, line, and the way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feed.model.chain import canonical, digest
from feed.record.lines import parse
from tests.commands import feed


def chain_anew(home: Path, at: int) -> None:
    """Change line `at` and chain all lines behind it anew, as somebody would who knows how all of this works."""
    log, made, previous = home / "events.jsonl", b"", "0" * 64
    for number, line in enumerate(log.read_bytes().splitlines(), 1):
        told = line.replace(b"uk_returns", b"uk_Returns") if number == at else line
        assert (told != line) == (number == at)
        whole = canonical({**parse(told), "prevhash": previous})
        made, previous = made + whole + b"\n", digest(whole)
    log.write_bytes(made)


def test_the_line_that_was_changed_is_named_though_all_behind_it_were_chained_anew(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text(feed("checkpoint", "--dir", home).out)
    chain_anew(home, 5)
    for asked in ((), ("--strict",), ("--against", kept)):
        ended = feed("verify", *asked, "--dir", home)
        assert ended.code == 5
        assert ended.err.startswith("feed: events.jsonl, line 5: changed since "), ended.err
    (home / ".feed" / "tree" / "0").unlink()
    last = len((home / "events.jsonl").read_bytes().splitlines())
    ended = feed("verify", "--against", kept, "--dir", home)
    assert (ended.code, f"to {last} was changed since" in ended.err) == (5, True), ended.err


def test_a_log_that_is_gone_is_missed_where_it_was(home: Path) -> None:
    (home / "events.jsonl").unlink()
    ended = feed("verify", "--dir", home)
    assert (ended.code, "lines were on record here" in ended.err) == (5, True), ended.err
    shutil.rmtree(home / ".feed")
    ended = feed("verify", "--dir", home)
    assert (ended.code, "there is no log" in ended.err) == (1, True), ended.err


def test_it_is_said_when_there_is_no_checkpoint_to_hold_the_log_against(home: Path) -> None:
    assert "Checkpoint: none" not in feed("verify", "--dir", home).out
    for name in ("checkpoints.jsonl", "events.jsonl.head"):
        (home / ".feed" / name).unlink()
    chain_anew(home, 5)
    ended = feed("verify", "--dir", home)
    assert (ended.code, "Checkpoint: none is kept here or given" in ended.out) == (0, True), ended.err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("checkpoints.jsonl", '"note": "', '"note": "x'),
        ("checkpoints.jsonl", '"note"', '"nota"'),
        ("checkpoints.jsonl", "{", "["),
        ("checkpoints.jsonl", "Z", "?"),
        ("checkpoints.jsonl", "\u2014", "-"),
        ("log.vkeys", "+", "-"),
    ],
)
def test_a_harmed_file_of_checkpoints_or_keys_is_named_and_the_log_not_blamed(
    home: Path, name: str, old: str, new: str
) -> None:
    file = home / ".feed" / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    ended = feed("verify", "--dir", home)
    assert ended.code == 5
    assert ended.err.startswith(f"feed: .feed/{name}: "), ended.err
    assert "Restore the file from a copy." in ended.err


def test_nothing_is_signed_behind_a_checkpoint_that_was_changed_here(home: Path) -> None:
    file = home / ".feed" / "checkpoints.jsonl"
    *before, last = file.read_text().splitlines(keepends=True)
    size = str(len((home / "events.jsonl").read_bytes().splitlines()))
    fewer = str(int(size) - 1)
    file.write_text(
        "".join([*before, last.replace(f'"size": {size}', f'"size": {fewer}').replace(f"n{size}", f"n{fewer}")])
    )
    for command in ("verify", "checkpoint"):
        ended = feed(command, "--dir", home)
        assert ended.code == 5
        assert ended.err.startswith("feed: .feed/checkpoints.jsonl: the "), ended.err


def test_a_key_that_is_none_is_told_apart_from_a_log_that_is_bad(home: Path) -> None:
    ended = feed("verify", "--key", "mine", "--dir", home)
    assert ended.err.startswith("feed: --key: 'mine' is no Ed25519 verifier key"), ended.err
