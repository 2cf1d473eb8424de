"""The four gates, in order; every refusal names file, line, gate and a reason that a person understands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.chain import EMPTY, Head, canonical
from feed.model.errors import Gate, LineRefused
from feed.model.event import decode, line_object
from feed.model.report import TYPE_OF, TYPES
from feed.model.schema import schemas
from feed.record.gates import Gates, encode, gates
from feed.record.log import Unknown
from tests.events import every_type, figure, sealed_lines

LINE = sealed_lines((figure(),))[0][:-1]
AFTER = EMPTY


def judge(line: bytes, after: Head = AFTER) -> LineRefused:
    with pytest.raises(LineRefused) as caught:
        gates().check(line, file="events.jsonl", at=7, after=after)
    return caught.value


def changed(*path: str | int, to: Any) -> bytes:
    """The line with one value changed, canonical again; `to` may be a function of the old value."""
    value = json.loads(LINE)
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to(inner[path[-1]]) if callable(to) else to
    return canonical(value)


def without(*path: str) -> bytes:
    value = json.loads(LINE)
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return canonical(value)


SHAPE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the line is empty"),
    "zeros": (b"\0" * 40, "the line is empty"),
    "not UTF-8": (LINE.replace(b"people", b"peo\xffle", 1), r"byte \d+ is not UTF-8"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "byte 1 is not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbf" + LINE, "not JSON"),
    "cut": (LINE[:-1], "not JSON: .* at character"),
    "a list": (b"[]", "not a JSON object"),
    "two objects": (LINE + LINE, "not JSON: Extra data"),
    "a key twice": (b'{"type":"x",' + LINE[1:], "the key 'type' stands twice in one object"),
    "a key twice inside": (LINE.replace(b'"unit":', b'"unit":"a","unit":'), "the key 'unit' stands twice"),
    "not a number": (LINE.replace(b'"start":0', b'"start":NaN'), "NaN is not a JSON number"),
    "infinite": (LINE.replace(b'"start":0', b'"start":-Infinity'), "-Infinity is not a JSON number"),
    "nested": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "longer|at most"),
    "nested, short": (b"[" * 60_000, "nested too deeply"),
    "too long": (b'{"a":"' + b"x" * 65_536 + b'"}', "65544 bytes; a line has at most 65535"),
    "no id": (without("id"), "'id' is a required property"),
    "no unit": (without("data", "unit"), "^data: 'unit' is a required property"),
    "a word too many, and one that is wrong": (
        changed("data", to=lambda data: {**data, "colour": "red", "metric": ""}),
        r"^data(.metric)?: ",
    ),
    "an absent attribute written as null": (changed("correlationid", to=None), "^correlationid: None is not of type"),
    "an id of another kind": (changed("id", to=str.upper), "^id: .* does not match"),
    "a time in words": (changed("time", to="yesterday"), "^time: 'yesterday'"),
    "a day that is none": (changed("time", to="2025-02-30T00:00:00Z"), "^time: .* is not a 'date-time'"),
    "a date that is none": (changed("data", "period", "end", to="2025-02-30"), "^data.period"),
    "a schema of another type": (
        changed("dataschema", to="urn:feed-of-record:schema:fact.withdrawn.v1"),
        "type figure.reported.v1 names the schema of another: .*fact.withdrawn.v1",
    ),
    "no object as data": (changed("data", to=[]), "^data: .* is not of type 'object'"),
    "an empty word": (changed("data", "metric", to=""), "^data.metric: "),
    "a number as a number": (changed("data", "step", to=1000), "^data.step: 1000 is not of type 'string'"),
    "a number with an exponent": (changed("data", "step", to="1e3"), "^data.step: '1e3' does not match"),
}
MEANING: dict[str, tuple[bytes, str]] = {
    "an interval backwards": (changed("data", "value", "low", to="99000"), "value: .*the interval runs backwards"),
    "a period backwards": (
        changed("data", "period", "start", to="2026-01-01"),
        "period.*: .*the period runs backwards",
    ),
    "a quote of another length": (changed("data", "quote", "end", to=3), "quote: .*characters but spans 3"),
    "a count as a fraction": (
        LINE.replace(b'"start":0,', b'"start":0.0,'),
        "quote.start: Input should be a valid integer",
    ),
}
CANONICAL: dict[str, bytes] = {
    "a space": LINE.replace(b'":', b'": ', 1),
    "keys in another order": b'{"type":"figure.reported.v1",' + without("type")[1:],
    "letters written as escapes": canonical(json.loads(LINE)).decode().replace("“", "\\u201c").encode(),
    "a slash escaped": LINE.replace(b"Home Office", b"Home\\/Office", 1),
    "a line feed": LINE + b"\n",
    "spaces before": b"  " + LINE,
}


@pytest.mark.parametrize("case", SHAPE)
def test_shape(case: str) -> None:
    line, why = SHAPE[case]
    refused = judge(line)
    assert refused.gate is Gate.SHAPE
    assert re.search(why, refused.why), refused.why


MORE: dict[str, bytes] = {
    "an attribute": changed("colour", to="red"),
    "an attribute, and of a type that is not known": changed("colour", to="red").replace(
        b"figure.reported.v1", b"figure.guessed.v9"
    ),
    "a word": changed("data", "colour", to=["red", 1]),
    "a word inside": changed("data", "quote", "colour", to="red"),
    "a word in what may be absent": changed("data", "period", "about", to=1),
}


@pytest.mark.parametrize("case", MORE)
def test_what_says_more_than_is_known_is_kept_as_it_stands_and_not_interpreted(case: str) -> None:
    """A newer version may have written it; what it adds may change what the rest means."""
    line = MORE[case]
    event = gates().check(line, file="events.jsonl", at=7, after=AFTER)
    assert isinstance(event.data, Unknown)
    assert not gates().knows(event)
    assert canonical(line_object(event)) == line


@pytest.mark.parametrize("case", MORE)
def test_nothing_is_written_that_says_more_than_is_known(case: str) -> None:
    with pytest.raises(LineRefused):
        gates().check(MORE[case], file="to be written", at=1, after=AFTER, newer=False)


@pytest.mark.parametrize("case", MEANING)
def test_meaning(case: str) -> None:
    line, why = MEANING[case]
    refused = judge(line)
    assert refused.gate is Gate.MEANING
    assert re.search(why, refused.why), refused.why


@pytest.mark.parametrize("case", CANONICAL)
def test_canonical(case: str) -> None:
    refused = judge(CANONICAL[case])
    assert (refused.gate, refused.why) == (Gate.CANONICAL, "the bytes differ when encoded again")


def test_chain() -> None:
    assert judge(changed("sequence", to="000000000003")).why == "sequence 3 stands where 1 belongs"
    assert judge(LINE, after=Head(0, "a" * 64)).why == "prevhash is not the digest of line 0"
    assert judge(LINE, after=Head(4, "a" * 64)).gate is Gate.CHAIN


def test_a_line_is_refused_at_the_first_gate_that_it_fails() -> None:
    """Later gates may take for granted what earlier ones found."""
    spoil: dict[Gate, Callable[[bytes], bytes]] = {
        Gate.CHAIN: lambda line: line.replace(b'"sequence":"000000000001"', b'"sequence":"000000000002"'),
        Gate.CANONICAL: lambda line: line.replace(b'"type":', b'"type": '),
        Gate.MEANING: lambda line: line.replace(b'"low":"18050"', b'"low":"99000"'),
        Gate.SHAPE: lambda line: line.replace(b'"unit":"people"', b'"unit":""'),
    }
    line = LINE
    for gate, spoilt in spoil.items():
        line = spoilt(line)
        assert judge(line).gate is gate


def test_a_refusal_says_where_and_how_to_mend_it() -> None:
    text = str(judge(changed("data", "unit", to="")))
    assert text.startswith("events.jsonl, line 7: data.unit: ")
    assert "(gate: shape). Nothing was changed. Restore the file from a copy" in text
    assert "\n" not in text


def test_a_refusal_is_one_short_line_whatever_stands_in_the_log() -> None:
    refused = judge(changed("data", "unit", to=["x\ny" * 9000]))
    assert len(refused.why) < 300
    assert "\n" not in refused.why


def test_events_of_every_type_pass_and_come_back_as_they_were() -> None:
    drafts, after = every_type(), EMPTY
    assert {TYPE_OF[type(draft.data)] for draft in drafts} == set(TYPES)
    sealed = gates().admit(drafts, after, drafts[0].time or pytest.fail("it has a time"))
    assert [decode(line).data for line in sealed.lines] == [draft.data for draft in drafts]
    assert sealed.batch.splitlines() == list(sealed.lines)


def test_an_unknown_type_is_judged_by_its_envelope() -> None:
    newer = canonical(json.loads(LINE.replace(b"figure.reported.v1", b"figure.reported.v9")) | {"data": {"new": 1}})
    event = gates().check(newer, file="events.jsonl", at=1, after=EMPTY)
    assert event.data == Unknown({"new": 1})
    assert judge(newer.replace(b"v9", b"v8", 1)).gate is Gate.SHAPE
    assert judge(newer.replace(b'"new":1', b'"new": 1')).gate is Gate.CANONICAL
    assert judge(newer, after=Head(1, "0" * 64)).gate is Gate.CHAIN


class FullWay(Gates):
    """The gates without their quick way."""

    def _passes(self, line: bytes) -> bool:
        return False


FULL_WAY = FullWay()
PIECES = st.sampled_from(
    [b'"', b"\\u0041", b"\\u00e9", b"1.5", b"12345678901234567", b"-0", b" ", b"\xc3\xa9", "😀".encode(), b",", b"0",
     b'"a":1,', b"null", b"1e3", b"[", b"}", b"\\ud83d", b"yesterday", b"\x7f"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from([line[:-1] for line in sealed_lines(every_type())]), st.data())
def test_the_quick_way_takes_no_line_that_the_full_way_refuses(line: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    cut = data.draw(st.integers(0, 3))
    bent = line[:at] + data.draw(PIECES | st.binary(max_size=2)) + line[at + cut :]
    sequence = re.search(rb'"sequence":"0*(\d+)"', bent)
    previous = re.search(rb'"prevhash":"([0-9a-f]{64})"', bent)
    after = Head(int(sequence[1]) - 1, previous[1].decode()) if sequence and previous else EMPTY
    assert outcome(gates(), bent, after) == outcome(FULL_WAY, bent, after)


def outcome(judge: Gates, line: bytes, after: Head) -> object:
    try:
        return judge.check(line, file="events.jsonl", at=1, after=after)
    except LineRefused as refused:
        return refused.gate, refused.why


@pytest.mark.parametrize("line", [line[:-1] for line in sealed_lines(every_type())], ids=list(TYPES))
def test_good_lines_go_the_quick_way(line: bytes) -> None:
    assert gates()._passes(line)


def test_no_schema_takes_a_number_that_is_not_whole() -> None:
    """Why an object's own bytes are canonical: what it is judged by knows integers and text, and nothing is untyped."""
    assert not {kind for schema in schemas().values() for kind in kinds(schema)} - KINDS


KINDS = {"object", "array", "string", "integer", "boolean", "null"}


def kinds(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema["type"]
        for under in schema.get("properties", {}).values():
            if not {"type", "$ref", "anyOf", "const", "enum", "allOf"} & set(under):
                yield f"untyped: {under}"
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from kinds(each)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_the_writer_s_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_a_compiled_judge_and_the_reference_judge_agree_on_formats() -> None:
    for told in ("yesterday", "2025-02-30T00:00:00Z", "2025-02-10T09:30:00+01:00", "2025-02-10"):
        line = LINE.replace(b'"time":"2025-02-10T09:30:00Z"', f'"time":"{told}"'.encode())
        assert judge(line).gate is Gate.SHAPE
