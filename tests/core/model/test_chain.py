"""Canonical bytes, digests, ids made from content."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.model.chain import EMPTY, GENESIS, Head, canonical, content_id, digest

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
    max_leaves=10,
)


def test_canonical_bytes_are_sorted_compact_and_plain() -> None:
    value = {"b": [1, True, None], "a": {"é": '“\n\t\\"\u007f'}, "A": -0}
    assert canonical(value) == '{"A":0,"a":{"é":"“\\n\\t\\\\\\"\u007f"},"b":[1,true,null]}'.encode()


@given(VALUES)
def test_reading_and_writing_again_gives_the_same_bytes(value: Any) -> None:
    line = canonical(value)
    assert json.loads(line) == value
    assert canonical(json.loads(line)) == line
    assert b"\n" not in line


@pytest.mark.parametrize("value", [1.0, {"a": [{"b": 0.5}]}, (1, math.nan), math.inf])
def test_a_float_has_no_canonical_form(value: object) -> None:
    with pytest.raises(ValueError, match="is a float; numbers are integers or decimal strings"):
        canonical(value)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, {1, 2}, b"bytes", object()])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical(value)


def test_a_digest_is_what_sha256sum_says() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=4), st.lists(st.text(st.characters(codec="utf-8"))))
def test_an_id_tells_its_parts_apart(one: list[str], other: list[str]) -> None:
    """Not even parts that read the same when joined have the same id."""
    assert (content_id(*one) == content_id(*other)) == (one == other)
    assert len(content_id(*one)) == 32


def test_an_id_is_the_same_on_any_machine_for_ever() -> None:
    assert content_id("figure.reported.v1", {"b": 1, "a": "é"}) == content_id("figure.reported.v1", {"a": "é", "b": 1})
    assert content_id("a", 1, None) == digest(b'["a",1,null]')[:32]


def test_an_empty_log_ends_at_genesis() -> None:
    assert Head() == EMPTY == Head(0, GENESIS)
    assert GENESIS == "0" * 64
