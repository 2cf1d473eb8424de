"""The page that says what each event is, made from the models: `docs/events.md`. Text only, no file is touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain
from typing import Any

from pydantic import BaseModel

from feed.app.reference.example import example_lines
from feed.app.reference.meanings import (
    CHAIN,
    ENVELOPE,
    FACTS,
    GLOSSES,
    HEAD,
    MEANINGS,
    PROVENANCE,
    TYPES_HEAD,
    VALUES,
    WORDS,
)
from feed.app.reference.shapes import admitted, comments, parts, shape
from feed.model.event import SCHEMA_PREFIX, Envelope, decode
from feed.model.quantity import Qualifier
from feed.model.report import TYPES, Provenance
from feed.model.schema import ENVELOPE as ENVELOPE_SCHEMA
from feed.model.schema import schemas

Laws = Mapping[str, Mapping[str, Any]]


def events_page(log: Iterable[bytes] = ()) -> str:
    """The whole page in Markdown, the same on every machine.

    `log`: lines of a log, without line feeds; the first of each type is shown as its example, else a made-up one.
    Raises KeyError when a field has no meaning written down (`meanings.py`), ValueError when a line means nothing.
    """
    laws = _laws()
    envelope = {**Envelope.model_fields, "data": None}
    blocks = chain(
        (HEAD, ENVELOPE, _table(Envelope.__name__, envelope, laws[Envelope.__name__]), CHAIN, TYPES_HEAD),
        _types(laws, _examples(log)),
        (FACTS, _table(Provenance.__name__, Provenance.model_fields, laws["FigureReported"])),
        (VALUES, *_values(laws)),
        (WORDS, *_words()),
    )
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


def _laws() -> Laws:
    """The JSON Schema of every object that a line may hold, by the name of its model."""
    made = schemas()
    held: dict[str, Mapping[str, Any]] = {Envelope.__name__: made[ENVELOPE_SCHEMA]}
    for kind, model in TYPES.items():
        schema = made[SCHEMA_PREFIX + kind]
        held |= {model.__name__: schema, **schema.get("$defs", {})}
    return held


def _examples(log: Iterable[bytes]) -> dict[str, tuple[int, bytes]]:
    """The first line of each type and its number; number 0 for the lines that are made up."""
    found: dict[str, tuple[int, bytes]] = {}
    for at, line in chain(enumerate(log, start=1), ((0, line) for line in example_lines())):
        found.setdefault(decode(line).type, (at, line))
    return found


def _types(laws: Laws, examples: Mapping[str, tuple[int, bytes]]) -> Iterator[str]:
    for kind, model in TYPES.items():
        fact = issubclass(model, Provenance)
        own = [name for name in model.model_fields if not fact or name not in Provenance.model_fields]
        yield f"### {kind}\n\n{_intro(model)}"
        yield _table(model.__name__, own, laws[model.__name__])
        if fact:
            yield PROVENANCE
        at, line = examples[kind]
        yield f"{f'Line {at} of `events.jsonl`' if at else 'For example (made up)'}:\n\n```json\n{line.decode()}\n```"


def _values(laws: Laws) -> Iterator[str]:
    for model in _used(BaseModel):
        yield f"### {model.__name__}\n\n{_intro(model)}"
        yield _table(model.__name__, model.model_fields, laws[model.__name__])


def _words() -> Iterator[str]:
    hedges = {qualifier.name: admitted(qualifier) for qualifier in Qualifier}
    for words in _used(Enum):
        said = {**GLOSSES.get(words.__name__, {}), **(hedges if words is Qualifier else {}), **comments(words)}
        rows = [f"- `{word.value}`{f': {said[word.name]}' if word.name in said else ''}" for word in words]
        yield "\n".join((f"### {words.__name__}", "", _first_line(words), "", *rows))


def _used(kind: type[Any]) -> list[type[Any]]:
    """The models or enumerations that the data of events is made of, without the events themselves, by name."""
    found = {part for model in TYPES.values() for part in parts(model) if issubclass(part, kind)}
    return sorted(found - set(TYPES.values()), key=lambda part: part.__name__)


def _first_line(named: type[Any]) -> str:
    return (named.__doc__ or "").strip().partition("\n")[0]


def _intro(model: type[BaseModel]) -> str:
    """What a model says of itself as a whole; what single fields mean stands beside them."""
    first, *more = re.split(r"(?<=\.) ", _first_line(model))
    return " ".join((first, *(sentence for sentence in more if "`" not in sentence)))


def _table(name: str, fields: Iterable[str], law: Mapping[str, Any]) -> str:
    rows = [f"| `{field}` | {shape(law['properties'][field])} | {_meaning(name, field)} |" for field in fields]
    return "\n".join(("| field | value | meaning |", "|---|---|---|", *rows))


def _meaning(name: str, field: str) -> str:
    """What a field means in that model; facts share what all facts carry."""
    own = MEANINGS.get(name, {})
    return own[field] if field in own else MEANINGS["Fact"][field]
