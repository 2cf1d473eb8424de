"""The first gate's judge: whether a value fits the JSON Schema that it names.

Compiled code (jsonschema-rs) says yes in microseconds. Whatever it does not accept goes to the reference judge
(jsonschema), which says why and has the last word on the words; a value counts only when the first accepted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from feed.model.schema import DIALECT, ENVELOPE

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


class Shapes:
    """Compiled schemas, by their `$id`."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]]) -> None:
        self._known = known
        registry = jsonschema_rs.Registry([(uri, dict(schema)) for uri, schema in known.items()])
        self._fast = {
            uri: jsonschema_rs.validator_for(
                {"$schema": DIALECT, "$ref": uri}, registry=registry, validate_formats=True
            ).is_valid
            for uri in known
        }

    def __contains__(self, uri: str) -> bool:
        """Whether that schema is known."""
        return uri in self._fast

    def fits(self, uri: str, value: object) -> bool:
        """Whether the value obeys the schema, formats included. KeyError for a schema that is not known."""
        return self._fast[uri](value)

    def fits_line(self, told: Mapping[str, Any]) -> bool:
        """Whether a line's object obeys the envelope's schema and its data the one that it names. False for a name that
        is not known. KeyError for an object that names none.
        """
        judge = self._fast.get(told["dataschema"])
        return judge is not None and self._fast[ENVELOPE](told) and judge(told["data"])

    def wrong(self, uri: str, value: object) -> tuple[str, str]:
        """Where in the value it breaks the schema (keys joined by dots, "" for the whole) and how, in words."""
        from jsonschema.exceptions import best_match

        error = best_match(self._reference[uri].iter_errors(value))
        if error is None:
            return "", f"it is not what {uri} asks for"
        return ".".join(map(str, error.absolute_path)), error.message

    def says_more(self, uri: str, value: object) -> bool:
        """Whether the value breaks the schema only by keys that stand in no schema: a newer version may have them."""
        return all(map(_is_more, self._reference[uri].iter_errors(value)))

    @cached_property
    def _reference(self) -> dict[str, Any]:
        # Imported for the first refusal: it takes a tenth of a second, and most logs never need it.
        from jsonschema import Draft202012Validator
        from referencing import Registry

        registry: Registry[Any] = Registry().with_contents(self._known.items())
        formats = Draft202012Validator.FORMAT_CHECKER
        return {
            uri: Draft202012Validator({"$ref": uri}, registry=registry, format_checker=formats) for uri in self._known
        }


def _is_more(error: ValidationError) -> bool:
    """Whether an error is that of an additional key; of alternatives, whether one of them has no other."""
    if error.validator not in ("anyOf", "oneOf"):
        return error.validator == "additionalProperties"
    ways: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        ways.setdefault(each.schema_path[0], []).append(each)
    return any(all(map(_is_more, way)) for way in ways.values())
