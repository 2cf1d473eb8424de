"""Whoever changes history is found, and the changed line is named."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.chain import Head, canonical, digest
from feed.model.errors import Gate, LineRefused, NotFound, SchemaChanged
from feed.model.event import line_object
from feed.model.schema import schemas
from feed.record import doubles, lines
from feed.record.doubles import Doubles, number_of
from feed.record.file import FileLog, ReadOnlyLog
from feed.record.gates import released_gates
from feed.record.lines import parse
from feed.record.log import Unknown
from feed.record.released import released
from feed.record.verify import Verified, verify
from tests.events import capture, captures, figure, sealed_lines
from tests.logs import log_of

ROOT = Path(__file__).parents[2]
LINES = sealed_lines((capture(), figure(), *captures(4)))
CONTENT = b"".join(LINES)
HEAD = Head(len(LINES), digest(LINES[-1][:-1]))


def rechained(lines: list[bytes]) -> bytes:
    """The log of somebody who knows how the chain works: these lines with every place and digest made right again."""
    made, previous = b"", "0" * 64
    for number, line in enumerate(lines, 1):
        new = canonical({**parse(line.strip()), "sequence": f"{number:012d}", "prevhash": previous})
        previous = digest(new)
        made += new + b"\n"
    return made


def refusal(path: Path, *, strict: bool = False, against: Head = HEAD) -> LineRefused:
    with pytest.raises(LineRefused) as caught:
        verify(path, strict=strict, against=against)
    return caught.value


@pytest.mark.parametrize("strict", [False, True])
def test_a_sound_log_is_sound(tmp_path: Path, strict: bool) -> None:
    path = log_of(tmp_path, CONTENT)
    found = Verified(lines=6, head=HEAD, size=len(CONTENT), unfinished=0)
    assert verify(path, strict=strict) == verify(path, strict=strict, against=HEAD) == found
    assert verify(path, against=Head(2, digest(LINES[1][:-1]))) == found
    assert not (tmp_path / ".feed").exists()


def test_an_empty_log_is_sound_and_an_absent_one_is_not(tmp_path: Path) -> None:
    assert verify(log_of(tmp_path, b""), strict=True).lines == 0
    with pytest.raises(NotFound):
        verify(tmp_path / "other.jsonl")


def test_every_flipped_byte_is_found_and_its_line_named(tmp_path: Path) -> None:
    path = log_of(tmp_path, CONTENT)
    for at in range(0, len(CONTENT), 3):
        flipped = bytearray(CONTENT)
        flipped[at] ^= 1 << at % 8
        path.write_bytes(flipped)
        assert refusal(path).at == CONTENT.count(b"\n", 0, at) + 1


def test_every_line_deleted_doubled_or_swapped_is_found(tmp_path: Path) -> None:
    path = log_of(tmp_path, CONTENT)
    for at in range(len(LINES)):
        path.write_bytes(b"".join(LINES[:at] + LINES[at + 1 :]))
        assert refusal(path).at == at + 1
        path.write_bytes(b"".join(LINES[: at + 1] + LINES[at:]))
        assert refusal(path, against=Head()).at == at + 2
        path.write_bytes(b"".join([*LINES[:at], *reversed(LINES[at : at + 2]), *LINES[at + 2 :]]))
        if at + 1 < len(LINES):
            assert refusal(path, against=Head()).at == at + 1


def test_a_cut_end_and_a_log_chained_anew_are_found_by_an_earlier_head(tmp_path: Path) -> None:
    path = log_of(tmp_path, CONTENT)
    for keep in range(len(LINES)):
        path.write_bytes(b"".join(LINES[:keep]))
        assert verify(path).lines == keep
        assert refusal(path).at == keep + 1
    path.write_bytes(rechained([LINES[0].replace(b"Nearly", b"Barely"), *LINES[1:]]))
    assert verify(path, strict=True).lines == 6
    assert refusal(path).at == 6


def test_bytes_of_an_interrupted_write_are_told_not_refused_but_not_taken_for_the_head(tmp_path: Path) -> None:
    path = log_of(tmp_path, CONTENT[:-5])
    found = verify(path)
    assert (found.lines, found.unfinished) == (5, len(LINES[5]) - 5)
    assert "the head to compare with is line 6" in str(refusal(path))


def test_an_id_that_stands_twice_is_found(tmp_path: Path) -> None:
    path = log_of(tmp_path, rechained([*LINES, LINES[2], LINES[0]]))
    refused = refusal(path, against=Head())
    assert (refused.at, refused.gate) == (7, Gate.MEANING)
    assert "already that of line 3" in refused.why


def test_an_id_that_is_none_is_found(tmp_path: Path) -> None:
    name = parse(LINES[3][:-1])["id"].encode()
    path = log_of(tmp_path, rechained([*LINES[:3], LINES[3].replace(name, b"z" * 32), *LINES[4:]]))
    refused = refusal(path, against=Head())
    assert (refused.at, refused.gate, refused.why) == (4, Gate.SHAPE, "its id is not 32 hex digits")
    with pytest.raises(LineRefused, match="line 4: its id is not 32 hex digits"):
        FileLog.open(path)


def test_only_a_strict_audit_looks_into_a_line(tmp_path: Path) -> None:
    path = log_of(tmp_path, rechained([LINES[0], LINES[1].replace(b'"unit":"people"', b'"unit":""'), *LINES[2:]]))
    assert verify(path).lines == 6
    refused = refusal(path, strict=True, against=Head())
    assert (refused.file, refused.at, refused.gate) == ("events.jsonl", 2, Gate.SHAPE)
    assert str(refused).startswith("events.jsonl, line 2: data.unit: ")
    assert refused.exit_code == 5


def test_an_event_of_a_newer_version_is_kept_counted_and_given_out_by_name(tmp_path: Path) -> None:
    newer = LINES[2].replace(b"article.captured.v1", b"article.captured.v2").replace(b'"raw"', b'"colour":"red","raw"')
    path = log_of(tmp_path, rechained([*LINES[:2], canonical(parse(newer[:-1])), *LINES[3:]]))
    assert verify(path, strict=True).strangers == {"urn:feed-of-record:schema:article.captured.v2": 1}
    events = list(ReadOnlyLog(path).read())
    assert [event.position for event in events] == [1, 2, 3, 4, 5, 6]
    assert isinstance(events[2].data, Unknown)
    assert events[2].data.raw["colour"] == "red"
    assert events[2].type == "article.captured.v2"


def test_a_line_that_says_more_than_its_schema_is_that_of_a_newer_version_too(tmp_path: Path) -> None:
    """A word that was added may change what the others mean, so the line is kept and nothing is made of it."""
    more = canonical({**parse(LINES[2][:-1]), "data": {**parse(LINES[2][:-1])["data"], "retracted": True}})
    outside = canonical({**parse(LINES[3][:-1]), "tone": "grave"})
    path = log_of(tmp_path, rechained([*LINES[:2], more, outside, *LINES[4:]]))
    assert verify(path, strict=True).unknown == 2
    events = list(ReadOnlyLog(path).read())
    assert [event.position for event in events if isinstance(event.data, Unknown)] == [3, 4]
    assert [canonical(line_object(event)) for event in events] == path.read_bytes().splitlines()


def test_a_line_without_meaning_stops_the_reader_by_name(tmp_path: Path) -> None:
    path = log_of(tmp_path, rechained([LINES[0], LINES[1].replace(b'"level"', b'"height"')]))
    log = ReadOnlyLog(path)
    assert [event.position for event in log.read(after=2)] == []
    with pytest.raises(LineRefused, match=r"line 2: .*measure.*\(gate: meaning\)"):
        list(log.read())


def test_reading_and_a_plain_audit_do_not_load_jsonschema(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from feed.record.file import FileLog, ReadOnlyLog\n"
        "from feed.record.verify import verify; path = Path(sys.argv[1])\n"
        "verify(path); list(ReadOnlyLog(path).read()); FileLog.open(path).close()\n"
        "print('jsonschema' in sys.modules)"
    )
    path = log_of(tmp_path, CONTENT)
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_lines_are_judged_by_the_schemas_as_released_and_by_no_others(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    assert released(folder) == released() == schemas()
    changed = folder / "figure.reported.v1.schema.json"
    changed.write_text(changed.read_text().replace('"unit"', '"units"'))
    with pytest.raises(
        SchemaChanged, match=r"figure\.reported\.v1\.schema\.json: this is not the schema that was released"
    ):
        released(folder)
    changed.unlink()
    with pytest.raises(SchemaChanged, match="this is gone"):
        released(folder)
    shutil.rmtree(folder)
    with pytest.raises(SchemaChanged, match="the list of released schemas is gone"):
        released(folder)


def test_what_the_models_of_this_version_say_does_not_change_a_strict_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feed.record.gates.schemas", lambda: pytest.fail("the models were asked"))
    path = log_of(tmp_path, rechained([LINES[0], LINES[1].replace(b'"unit":"people"', b'"unit":""'), *LINES[2:]]))
    released_gates.cache_clear()
    assert refusal(path, strict=True, against=Head()).at == 2


@pytest.mark.parametrize("room", [True, False])
def test_an_id_that_stands_twice_is_found_however_far_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: bool
) -> None:
    monkeypatch.setattr(doubles, "RUN", 8)
    monkeypatch.setattr(lines, "AT_ONCE", 5)
    if not room:
        monkeypatch.setattr(doubles, "TemporaryFile", lambda **_: (_ for _ in ()).throw(OSError("no room")))
    many = sealed_lines(captures(60))
    assert verify(log_of(tmp_path, b"".join(many))).lines == 60
    for first in (0, 30, 59):
        refused = refusal(log_of(tmp_path, rechained([*many, many[first]])), against=Head())
        assert (refused.at, refused.gate) == (61, Gate.MEANING)
        assert f"already that of line {first + 1}" in refused.why


@settings(max_examples=30)
@given(names=st.lists(st.integers(0, 40), max_size=60), run=st.integers(1, 20))
def test_what_stands_twice_is_what_stands_twice(names: list[int], run: int) -> None:
    known = [hashlib.sha256(bytes([name])).hexdigest()[:32].encode() for name in names]
    with pytest.MonkeyPatch.context() as patched, closing(Doubles()) as ids:
        patched.setattr(doubles, "RUN", run)
        for at in range(0, len(known), 3):
            ids.add(known[at : at + 3])
        assert ids.found() == {number_of(name) for name in known if known.count(name) > 1}
