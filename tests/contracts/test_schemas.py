"""The schemas are what the models say, valid, frozen once released, and good CloudEvents for everybody else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from feed.model import schema
from feed.model.chain import canonical
from feed.model.report import TYPES
from tests.events import every_type, sealed_lines

FOLDER = Path(__file__).parents[2] / "schemas"
REGENERATE = "the models say something else: run `./run schemas`, and make a new version of whatever is released"
LINES = [line[:-1] for line in sealed_lines(every_type())]


def released() -> dict[str, str]:
    """Digest by file name, as `sha256sum` writes and checks them."""
    lines = (FOLDER / "released.txt").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_the_folder_holds_what_the_models_say_byte_for_byte() -> None:
    held = {file.name: file.read_bytes() for file in FOLDER.glob("*.schema.json")}
    made = schema.files()
    assert sorted(held) == sorted(made), REGENERATE
    assert [name for name in made if made[name] != held[name]] == [], REGENERATE


def test_a_released_schema_never_changes() -> None:
    now = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FOLDER.glob("*.schema.json")}
    altered = [name for name, digest in released().items() if now.get(name) != digest]
    assert not altered, "old lines name these: give the new meaning a new version (.v2) and upcast the old"


def test_every_type_of_this_version_is_released() -> None:
    assert set(released()) == set(schema.files())
    assert {f"{kind}.schema.json" for kind in TYPES} < set(released())


@pytest.mark.parametrize("uri", schema.schemas())
def test_each_is_a_valid_schema_of_its_dialect_under_its_own_name(uri: str) -> None:
    made = schema.schemas()[uri]
    Draft202012Validator.check_schema(made)
    assert (made["$id"], made["$schema"]) == (uri, "https://json-schema.org/draft/2020-12/schema")


@pytest.mark.parametrize("uri", schema.schemas())
def test_every_object_says_whether_it_is_closed_and_none_holds_a_float(uri: str) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            assert value.get("type") != "number", "numbers are integers or decimal strings"
            if "properties" in value and "data" not in value["properties"]:
                assert value["additionalProperties"] is False
            for each in value.values():
                walk(each)
        if isinstance(value, list):
            for each in value:
                walk(each)

    walk(schema.schemas()[uri])


@pytest.mark.parametrize("line", LINES, ids=list(TYPES))
def test_the_cloudevents_package_takes_our_lines(line: bytes) -> None:
    event = JSONFormat().read(CloudEvent, line)
    said = json.loads(line)
    assert (event.get_id(), event.get_type(), event.get_source()) == (said["id"], said["type"], said["source"])
    assert event.get_extension("sequence") == said["sequence"]
    assert event.get_data() == said["data"]


@pytest.mark.parametrize("line", LINES, ids=list(TYPES))
def test_attribute_names_and_values_are_what_cloudevents_allows(line: bytes) -> None:
    for name, value in json.loads(line).items():
        assert name.isascii()
        assert name.isalnum()
        assert name == name.lower()
        assert len(name) <= 20
        assert name == "data" or isinstance(value, str)


@pytest.mark.parametrize("line", LINES, ids=list(TYPES))
def test_a_line_is_its_own_canonical_form(line: bytes) -> None:
    assert rfc8785.dumps(json.loads(line)) == line


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=12,
)


@given(VALUES)
def test_our_canonical_form_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
