"""What a field may hold, in words, from its JSON Schema and its class."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from json import dumps
from typing import Any, get_args

from pydantic import BaseModel

from feed.model.quantity import Interval, Qualifier, interval, plain, printed

# Patterns of the models, as a person would say them.
PATTERNS = {
    r"^[0-9a-f]{32}$": "id, 32 hex digits",
    r"^[0-9a-f]{64}$": "digest, 64 hex digits",
    r"^[0-9]{12}$": "12 digits",
    r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$": "decimal number",
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$": "time",
    r"^urn:feed-of-record:[a-z]+$": "`urn:feed-of-record:` and a word",
    r"^urn:feed-of-record:schema:[a-z]+\.[a-z]+\.v[0-9]+$": "`urn:feed-of-record:schema:` and the type",
    r"^[a-z]+\.[a-z]+\.v[0-9]+$": "type",
}
PRINTED, STEP = "19,000", Decimal(1000)
TYPES = {"boolean": "true or false", "integer": "whole number", "object": "object", "string": "text", "null": "null"}
COMMENT = re.compile(r"^    ([A-Z_]+) = .*?  # (.+)$", re.MULTILINE)


def shape(law: Mapping[str, Any]) -> str:
    """What a value may be, in a few words of Markdown. Raises KeyError for a pattern that has no words yet."""
    if "anyOf" in law:
        return " or ".join(shape(choice) for choice in law["anyOf"])
    if "$ref" in law:
        name = law["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in law or "enum" in law:
        words = law.get("enum", [law.get("const")])
        return ", ".join(f"`{word if isinstance(word, str) else dumps(word)}`" for word in words)
    if law.get("type") == "array":
        return f"list of {shape(law['items'])}"
    if isinstance(law.get("additionalProperties"), Mapping):
        return f"object of {shape(law['additionalProperties'])}"
    return _plain(law)


def _plain(law: Mapping[str, Any]) -> str:
    if "pattern" in law:
        return PATTERNS[law["pattern"]]
    if law.get("format") == "date":
        return "day"
    return TYPES[law["type"]]


def parts(model: type[BaseModel]) -> Iterator[type[Any]]:
    """The models and enumerations that a model is made of, itself first, at any depth; some more than once."""
    yield model
    for field in model.model_fields.values():
        for part in _inside(field.annotation):
            if issubclass(part, BaseModel):
                yield from parts(part)
            elif issubclass(part, Enum):
                yield part


def _inside(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for each in get_args(annotation):
        yield from _inside(each)


def comments(words: type[Enum]) -> dict[str, str]:
    """What stands as a comment behind the members of an enumeration, by the member's name."""
    return dict(COMMENT.findall(inspect.getsource(words)))


def admitted(qualifier: Qualifier) -> str:
    """What a number with that hedge admits, shown on one number: `"nearly 19,000" is [18050, 19000)`."""
    number = Decimal(PRINTED.replace(",", ""))
    several = qualifier is Qualifier.BETWEEN
    numbers = (number, number + STEP) if several else (number,)
    told = f"{PRINTED} to 20,000" if several else printed(PRINTED, qualifier)
    return f'"{told}" is {_ends(interval(numbers, step=STEP, rounded=True, qualifier=qualifier))}'


def _ends(value: Interval) -> str:
    low = "(-inf" if value.low is None else f"{'(' if value.low_open else '['}{plain(value.low)}"
    high = "inf)" if value.high is None else f"{plain(value.high)}{')' if value.high_open else ']'}"
    return f"{low}, {high}"
