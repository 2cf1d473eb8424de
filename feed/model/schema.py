"""The JSON Schemas of every event, generated from the models: what `schemas/` holds, byte for byte."""

from __future__ import annotations

import json
from typing import Any

from feed.model.event import SCHEMA_PREFIX, Envelope
from feed.model.report import OLDER, TYPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENVELOPE = SCHEMA_PREFIX + "event.envelope.v1"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its `$id`: one for the envelope of a line, one for the data of each event type.

    Older types keep theirs: their lines are judged by it for ever.
    """
    models = {**TYPES, **{kind: older.model for kind, older in OLDER.items()}}
    made = {SCHEMA_PREFIX + kind: model.model_json_schema(mode="serialization") for kind, model in models.items()}
    envelope = Envelope.model_json_schema(mode="validation")
    envelope["properties"]["data"] = {"type": "object"}
    envelope["required"] = sorted({*envelope["required"], "specversion", "datacontenttype", "data"})
    for optional in ("time", "causationid", "correlationid", "clocksuspect"):
        # An optional attribute is absent, never null.
        envelope["properties"][optional] = envelope["properties"][optional]["anyOf"][0]
    made[ENVELOPE] = envelope
    return {uri: {"$schema": DIALECT, "$id": uri, **_law(schema)} for uri, schema in made.items()}


def _law(schema: Any) -> Any:
    """A schema without words for people: those may be mended after a release, the law may not."""
    if isinstance(schema, list):
        return [_law(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _law(value)
        for key, value in schema.items()
        if key not in ("description", "title") or not isinstance(value, str)
    }


def files() -> dict[str, bytes]:
    """The content of `schemas/` by file name."""
    return {
        f"{uri.removeprefix(SCHEMA_PREFIX)}.schema.json": (
            json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        ).encode()
        for uri, schema in schemas().items()
    }
