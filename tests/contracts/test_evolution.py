"""Old lines stay what they were: read by newer code in newer words, judged by their own schema, never rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import create_model

from feed.model.chain import Head, canonical, digest
from feed.model.errors import Gate, LineRefused
from feed.model.event import LINES, Event, decode, line_object
from feed.model.figure import Name
from feed.model.quantity import STRICT
from feed.model.report import OLDER, TYPES, IncidentReported, Older
from feed.model.schema import files, schemas
from feed.record.file import ReadOnlyLog
from feed.record.gates import Gates
from feed.record.lines import parse
from feed.record.log import Unknown
from feed.record.verify import verify
from tests.events import every_type, sealed_lines
from tests.logs import log_of

GOLDEN = Path(__file__).parents[1] / "golden"
HEADS = {"0.1.0": "67994a928211890e4f7d9e3b7348abd59d20ed800e50b2e997ba9c2c5b3f98b5"}
"""The logs of released versions, by what their last line's digest was when they were released. Kept for ever."""

LINE = next(line[:-1] for line in sealed_lines(every_type()) if b"incident.reported" in line)


class Incident2(IncidentReported):
    """A second version of a type: `what` is called `event` now, and how sure one is has a word."""

    model_config = STRICT

    what: Literal[""] = ""
    event: Name
    sure: Literal["seen", "told"]


def upcast(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "what": "", "event": told["what"], "sure": "told"}


@contextmanager
def one_release_later() -> Iterator[Gates]:
    """This product as it may be: incidents are written in their second version."""
    old, new = "incident.reported.v1", "incident.reported.v2"
    tables: tuple[dict[str, Any], ...] = (TYPES, LINES, OLDER)
    before = [dict(table) for table in tables]
    del TYPES[old], LINES[old]
    TYPES[new] = Incident2
    LINES[new] = create_model("line", __base__=Event, data=(Incident2, ...))
    OLDER[old] = Older(IncidentReported, new, upcast)
    try:
        yield Gates()
    finally:
        for table, was in zip(tables, before, strict=True):  # in their order, which pages follow
            table.clear()
            table.update(was)


@pytest.fixture
def newer() -> Iterator[Gates]:
    with one_release_later() as gates:
        yield gates


@pytest.mark.parametrize("version", HEADS)
def test_the_log_of_a_released_version_is_read_whole_and_comes_out_as_it_was(version: str) -> None:
    path = GOLDEN / f"{version}.jsonl"
    held = verify(path, strict=True)
    assert (held.unknown, held.head.hash) == (0, HEADS[version])
    lines = path.read_bytes().splitlines()
    for line, event in zip(lines, ReadOnlyLog(path).read(), strict=True):
        assert not isinstance(event.data, Unknown)
        assert canonical(line_object(event)) == line


def test_an_old_line_speaks_today_s_words_and_keeps_its_bytes(newer: Gates) -> None:
    event = decode(LINE)
    assert (event.type, type(event.data)) == ("incident.reported.v1", Incident2)
    assert (event.data.event, event.data.sure) == ("a flight left", "told")
    assert canonical(line_object(event)) == LINE


def test_an_old_line_is_judged_by_the_schema_that_it_names(newer: Gates) -> None:
    sequence, previous = parse(LINE)["sequence"], parse(LINE)["prevhash"]
    after = Head(int(sequence) - 1, previous)
    assert newer.check(LINE, file="events.jsonl", at=6, after=after).data.sure == "told"
    bent = LINE.replace(b'"what":"a flight left"', b'"event":"a flight left","sure":"seen","what":""')
    with pytest.raises(LineRefused) as refused:
        newer.check(bent, file="events.jsonl", at=6, after=after)
    assert refused.value.gate is Gate.SHAPE


def test_the_old_schema_stays_beside_the_new(newer: Gates) -> None:
    assert {"incident.reported.v1.schema.json", "incident.reported.v2.schema.json"} < set(files())
    both = [schemas()[f"urn:feed-of-record:schema:incident.reported.{version}"] for version in ("v1", "v2")]
    assert ["sure" in schema["properties"] for schema in both] == [False, True]


def test_a_log_of_both_versions_is_whole_for_the_newer_and_no_loss_for_the_older_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {**upcast(parse(LINE)["data"]), "sure": "seen"}
    names = {"type": "incident.reported.v2", "dataschema": "urn:feed-of-record:schema:incident.reported.v2"}
    second = {**parse(LINE), **names, "data": data}
    made, previous = b"", "0" * 64
    for at, told in enumerate((parse(LINE), {**second, "id": "5" * 32}), start=1):
        line = canonical({**told, "sequence": f"{at:012d}", "prevhash": previous})
        made, previous = made + line + b"\n", digest(line)
    path = log_of(tmp_path, made)
    with one_release_later() as newer, monkeypatch.context() as patched:
        patched.setattr("feed.record.gates.released_gates", lambda: newer)
        assert verify(path, strict=True).unknown == 0
        assert [event.data.sure for event in ReadOnlyLog(path).read()] == ["told", "seen"]
    assert verify(path, strict=True).unknown == 1
    first, other = ReadOnlyLog(path).read()
    assert isinstance(first.data, IncidentReported)
    assert isinstance(other.data, Unknown)
    assert other.data.raw["sure"] == "seen"
    assert path.read_bytes() == made


def test_a_line_two_versions_old_is_upcast_twice(newer: Gates) -> None:
    del TYPES["incident.reported.v2"]
    TYPES["incident.reported.v3"] = Incident3
    OLDER["incident.reported.v2"] = Older(Incident2, "incident.reported.v3", surer)
    data = decode(LINE).data
    assert isinstance(data, Incident3)
    assert (data.event, data.certainty) == ("a flight left", 1)


class Incident3(IncidentReported):
    """A third version: certainty is a number."""

    model_config = STRICT

    what: Literal[""] = ""
    event: Name
    certainty: int


def surer(told: dict[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in told.items() if key != "sure"}, "certainty": 1 + (told["sure"] == "seen")}
