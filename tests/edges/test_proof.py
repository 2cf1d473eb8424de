"""Prove it: a folder that a sceptic checks with nothing but Python, and what it takes to fool him."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feed.app import sceptic
from feed.model.chain import Head, canonical, digest
from feed.record.evidence import Evidence
from feed.record.notary import Notary
from tests.commands import feed, recorded
from tests.desks import NEARLY_19000, OVER_24000
from tests.events import NOW


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the two articles, the second of which supersedes the first."""
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture(scope="module")
def alert(desk: Path) -> str:
    told = feed("alerts", "--class", "superseded", "--dir", desk, "--json").json
    return str(next(one["id"] for one in told if "more than 24,000" in one["sentence"]))


@pytest.fixture
def proof(desk: Path, alert: str, tmp_path: Path) -> Path:
    ended = feed("proof", alert[:12], tmp_path / "proof", "--dir", desk)
    assert ended.code == 0, ended.err
    return tmp_path / "proof"


def checked(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code = sceptic.main([str(word) for word in words])
    return code, capsys.readouterr().out


def kept(desk: Path, folder: Path) -> Path:
    """A checkpoint that the sceptic took home."""
    file = folder / "kept"
    file.write_text(feed("checkpoint", "--dir", desk).out)
    return file


def test_the_folder_proves_itself_with_python_alone(proof: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", proof / "check.py", proof],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" is in the log of ") == 5
    assert done.stdout.count("its quote stands in the captured text") == 2
    assert "What it does not show: that what the article says is true" in done.stdout
    assert done.stdout.endswith("HOLDS.\n")


def test_it_holds_the_quotes_the_captures_and_what_it_does_not_prove(proof: Path) -> None:
    assert len(list((proof / "lines").glob("*.json"))) == len(list((proof / "lines").glob("*.tlog-proof"))) == 5
    assert len(list((proof / "captures").iterdir())) == 2
    assert "It does not prove" in (proof / "README.txt").read_text()


def test_a_flipped_byte_anywhere_in_a_line_fails_and_names_it(proof: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sorted((proof / "lines").glob("*.json"))[1]
    whole = file.read_bytes()
    for at in range(0, len(whole) - 1, 191):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        code, said = checked(capsys, proof)
        assert code == 1
        assert f"line {int(file.stem)} " in said.splitlines()[-1]


def test_a_bent_proof_checkpoint_capture_or_key_fails(proof: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (capture, _) = sorted((proof / "captures").iterdir())
    paper = min((proof / "lines").glob("*.tlog-proof"))
    bent = (
        (proof / "checkpoint", b"\n\n", b"1\n\n", "was not signed with the key"),
        (paper, b"index ", b"index 1", "is that of another line"),
        (paper, paper.read_bytes().splitlines()[2][:8], b"AAAAAAAA", "is not the line"),
        (capture, capture.read_bytes()[:4], b"Away", "the captured text is not that of line"),
        (proof / "key.txt", b"+", b"1+", "neither an Ed25519 key"),
    )
    for file, old, new, why in bent:
        whole = file.read_bytes()
        file.write_bytes(whole.replace(old, new, 1))
        code, said = checked(capsys, proof)
        assert (code, why in said) == (1, True), said
        file.write_bytes(whole)
    assert checked(capsys, proof)[0] == 0


def test_a_quote_that_was_never_there_is_found(proof: Path) -> None:
    digest = min((proof / "captures").iterdir()).name
    capture = {"sequence": "000000000001", "data": {"text": digest}}
    quote = {"start": 0, "end": 4, "exact": "Nope"}
    fact = {"sequence": "000000000002", "data": {"capture": "c", "quote": quote}}
    with pytest.raises(sceptic.Wrong, match="its quote does not stand"):
        sceptic.check_quote(str(proof), fact, {"c": capture})


def test_a_log_and_an_old_checkpoint_are_all_a_sceptic_needs(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, keys = kept(desk, tmp_path), desk / ".feed" / "log.vkeys"
    log = tmp_path / "events.jsonl"
    lines = (desk / "events.jsonl").read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines))
    code, said = checked(capsys, log, old, keys)
    assert code == 0
    assert "none was changed, added or taken away" in said
    log.write_bytes(b"".join(lines[:-1]))
    code, said = checked(capsys, log, old, keys)
    assert (code, "lines were taken away" in said) == (1, True)
    log.write_bytes(b"".join([*lines[:4], lines[4].replace(b"uk_returns", b"uk_Returns"), *lines[5:]]))
    code, said = checked(capsys, log, old, keys)
    assert (code, "line 6 was not written behind line 5 as that stands now" in said) == (1, True)
    log.write_bytes(b"".join(lines)[:-9])
    code, said = checked(capsys, log, old, keys)
    assert (code, "lines were taken away" in said) == (1, True)
    code, said = checked(capsys, desk / "events.jsonl", old)
    assert (code, "signature was NOT checked" in said) == (0, True)


@pytest.mark.parametrize("left", [b'{"causationid":"d6', b"\0" * 300], ids=["half a line", "zeros"])
def test_a_log_that_was_copied_in_the_middle_of_a_write_is_not_called_changed(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], left: bytes
) -> None:
    log, old, keys = tmp_path / "events.jsonl", kept(desk, tmp_path), desk / ".feed" / "log.vkeys"
    whole = (desk / "events.jsonl").read_bytes()
    log.write_bytes(whole + left)
    code, said = checked(capsys, log, old, keys)
    lines = whole.count(b"\n")
    assert (code, f"{len(left)} bytes behind line {lines} are a write that was not finished" in said) == (0, True)
    assert f"begins with the {lines} lines" in said
    log.rename(tmp_path / "events.000000000001.jsonl")
    log.write_bytes(whole.splitlines(keepends=True)[-1].replace(b'"%012d"' % lines, b'"%012d"' % (lines + 1)))
    code, said = checked(capsys, log, old, keys)
    assert (code, f"line {lines + 1} is not whole" in said) == (1, True), "what was closed ends with a whole line"


def test_a_sceptic_who_gives_something_else_is_told_so_and_not_that_the_log_is_bad(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, old, keys = desk / "events.jsonl", kept(desk, tmp_path), desk / ".feed" / "log.vkeys"
    short, empty = tmp_path / "short", tmp_path / "empty"
    short.write_text(old.read_text().partition("\n\n")[0])
    empty.touch()
    given: tuple[tuple[tuple[str | Path, ...], str], ...] = (
        ((tmp_path / "absent",), "there is no log"),
        ((desk, old), "is not the folder of a proof; of a log, give the events.jsonl in it"),
        ((log, tmp_path / "absent", keys), "absent cannot be read: No such file or directory"),
        ((log, keys, old), "log.vkeys holds no checkpoint"),
        ((log, short, keys), "short holds no checkpoint"),
        ((log, log, keys), "events.jsonl holds no checkpoint"),
        ((log, old, old), "neither an Ed25519 key (name+id+key) nor a file of such keys"),
        ((log, old, empty), "neither an Ed25519 key"),
        ((log, old, "mine"), "neither an Ed25519 key (name+id+key) nor a file of such keys: mine"),
    )
    for words, why in given:
        code, said = checked(capsys, *words)
        assert (code, said.splitlines()[-1].startswith("CANNOT TELL: ")) == (2, True), said
        assert why in said
        assert "DOES NOT HOLD" not in said


def test_a_checkpoint_is_found_in_a_saved_mail_and_with_the_line_ends_of_another_system(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, old, keys = desk / "events.jsonl", kept(desk, tmp_path), desk / ".feed" / "log.vkeys"
    note = old.read_text()
    forged = note.replace(note.splitlines()[2], "A" * 43 + "=")
    for saved in (
        note.replace("\n", "\r\n"),
        note.rstrip("\n"),
        f"Dear desk,\n\n{forged}\nKeep this:\n\n{note}\nBye\n",
    ):
        old.write_bytes(saved.encode())
        code, said = checked(capsys, log, old, keys)
        assert (code, "none was changed, added or taken away" in said) == (0, True), said
    old.write_text(forged)
    code, said = checked(capsys, log, old, keys)
    assert (code, "DOES NOT HOLD: the checkpoint was not signed with the key" in said) == (1, True)


def rechained(lines: list[bytes]) -> bytes:
    made, previous = b"", "0" * 64
    for number, line in enumerate(lines, 1):
        whole = canonical({**json.loads(line), "sequence": f"{number:012d}", "prevhash": previous})
        made, previous = made + whole + b"\n", digest(whole)
    return made


def test_a_sceptic_who_kept_more_sees_closer_where_all_lines_were_chained_anew(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With one checkpoint alone nobody can name the line; with more of them, or with the log's hashes, he can."""
    lines = (desk / "events.jsonl").read_bytes().splitlines(keepends=True)
    log, keys, several = tmp_path / "events.jsonl", desk / ".feed" / "log.vkeys", tmp_path / "checkpoints.jsonl"
    log.write_bytes(b"".join(lines))
    notary = Notary(log, "elsewhere.example.org", lambda: b"k" * 32)
    for size in (3, 9, len(lines)):
        notary.attest(Head(size, ""), NOW)
    several.write_bytes(Evidence(log).lines())
    key, tree = str(Evidence(log).verifiers()[0]), tmp_path / ".feed" / "tree"
    code, said = checked(capsys, log, several, key)
    assert (code, f"begins with the {len(lines)} lines" in said) == (0, True)
    several.write_bytes(b"".join(reversed(Evidence(log).lines().splitlines(keepends=True))))
    log.write_bytes(b"".join(lines[:-1]))
    code, said = checked(capsys, log, several, key)
    assert (code, "lines were taken away" in said) == (1, True), "in whatever order they were kept"
    log.write_bytes(rechained([*lines[:6], lines[6].replace(b"uk_returns", b"uk_Returns"), *lines[7:]]))
    assert checked(capsys, log)[0] == 0, "the chain alone is content"
    code, said = checked(capsys, log, several, key)
    assert (code, "DOES NOT HOLD: line 7 was changed since 9 lines were signed" in said) == (1, True)
    tree.rename(tmp_path / "elsewhere")
    code, said = checked(capsys, log, several, key)
    assert (code, "DOES NOT HOLD: some line from 4 to 9 was changed" in said) == (1, True)
    ended = feed("verify", "--against", several, "--key", key, "--dir", tmp_path)
    assert (ended.code, "some line from 4 to 9 was changed" in ended.err) == (5, True)
    code, said = checked(capsys, log, kept(desk, tmp_path), keys)
    assert (code, f"some line from 1 to {len(lines)} was changed" in said) == (1, True)


def test_a_checkpoint_from_before_a_change_of_keys_is_believed(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, home = kept(desk, tmp_path), shutil.copytree(desk, tmp_path / "home")
    assert feed("key", "--rotate", "the desk moved", "--dir", home).code == 0
    keys = home / ".feed" / "log.vkeys"
    assert len(keys.read_text().split()) == 2
    code, said = checked(capsys, home / "events.jsonl", old, keys)
    assert (code, said.splitlines()[-1]) == (0, "HOLDS.")


def test_verify_takes_a_checkpoint_and_a_key_from_elsewhere(desk: Path, tmp_path: Path) -> None:
    old = kept(desk, tmp_path)
    key = (desk / ".feed" / "log.vkeys").read_text().strip()
    ended = feed("verify", "--against", old, "--key", key, "--dir", desk)
    assert (ended.code, "the log has them; signed by" in ended.out) == (0, True)
    (met,) = feed("verify", "--against", old, "--dir", desk, "--json").json["checkpoints"]
    assert met["size"] == len((desk / "events.jsonl").read_bytes().splitlines())
    stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    ended = feed("verify", "--against", old, "--key", stranger, "--dir", desk)
    assert "none of the known keys signed the checkpoint" in ended.err
    old.write_text(old.read_text().replace("\n\n", "\nmore\n\n"))
    assert "the signature is not that of the key" in feed("verify", "--against", old, "--dir", desk).err
    assert feed("verify", "--against", tmp_path / "absent", "--dir", desk).code == 2


def test_a_copy_without_the_files_beside_the_log_proves_too(
    desk: Path, alert: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "events.jsonl").write_bytes((desk / "events.jsonl").read_bytes())
    ended = feed("proof", alert, tmp_path / "out", "--dir", tmp_path / "copy")
    assert ended.code == 0, ended.err
    assert "2 captures it names are not kept here" in ended.out
    code, said = checked(capsys, tmp_path / "out")
    assert (code, "its quote was not looked up" in said) == (0, True)


def test_what_cannot_be_proven_is_refused(desk: Path, proof: Path, alert: str, tmp_path: Path) -> None:
    assert "the folder is not empty" in feed("proof", alert, proof, "--dir", desk).err
    assert feed("proof", "f" * 32, tmp_path / "a", "--dir", desk).code == 1
    assert feed("proof", "", tmp_path / "b", "--dir", desk).code == 1
    many = next(first for first in "0123456789abcdef" if sum(name.startswith(first) for name in ids(desk)) > 1)
    ended = feed("proof", many, tmp_path / "c", "--dir", desk)
    assert (ended.code, "Give more of the id" in ended.err) == (2, True)


def ids(desk: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (desk / "events.jsonl").read_text().splitlines()]
