"""What the fields of a model mean together, asked again of values that were made: they may have gone round their model.

A schema judges each value of a line by itself. That an interval does not run backwards, only the model's own law says;
whoever copies a model with other values is not asked by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

FORMS = (Annotated, UnionType)
OTHER_WAYS = ("field_validators", "root_validators")
Law = Callable[[Any], object]


class Laws:
    """The laws of one model and of what it holds. Raises TypeError for a model that is read in ways of its own."""

    def __init__(self, model: type[BaseModel]) -> None:
        decorated, fields = model.__pydantic_decorators__, model.model_fields
        found = decorated.model_validators.values()
        if any(getattr(decorated, way) for way in OTHER_WAYS) or any(law.info.mode != "after" for law in found):
            raise TypeError(model)
        self._laws: tuple[Law, ...] = tuple(law.func for law in found)
        self._classes = {name: frozenset(classes(each.annotation)) for name, each in fields.items()}
        inner = {name: [laws(one) for one in classes if _is_model(one)] for name, classes in self._classes.items()}
        self._inner = tuple(name for name, each in inner.items() if any(one.needed for one in each))
        self._sound = set[tuple[object, ...]]()

    @property
    def needed(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self._laws or self._inner)

    def ask(self, value: BaseModel) -> None:
        """Raise ValueError or TypeError when a value, or one that it holds, breaks a law.

        A law understands fields of their own types: others break it.
        """
        said = value.__dict__
        if self._laws:
            shape = (*said, *map(type, said.values()))
            if shape not in self._sound:
                self._learn(said, shape)
            for law in self._laws:
                law(value)
        for name in self._inner:
            held = said[name]
            for each in held if held.__class__ is tuple else (held,):
                if each is not None:
                    laws(each.__class__).ask(each)

    def _learn(self, said: Mapping[str, object], shape: tuple[object, ...]) -> None:
        for name, value in said.items():
            if type(value) not in self._classes[name]:
                message = f"{name}: {type(value).__name__} is not what belongs there"
                raise TypeError(message)
        self._sound.add(shape)


@cache
def laws(model: type[BaseModel]) -> Laws:
    """The laws of a model. Raises TypeError for a model that is read in ways of its own, and for what is no model."""
    if not _is_model(model):
        raise TypeError(model)
    return Laws(model)


def _is_model(kind: type) -> bool:
    return issubclass(kind, BaseModel)


def classes(annotation: Any) -> Iterator[type]:
    """Every class that an annotation names, those inside of others too; of literal words, that of words."""
    kind = get_origin(annotation) or annotation
    if isinstance(kind, type) and kind not in FORMS:
        yield kind
    for each in get_args(annotation):
        yield from (str,) if isinstance(each, str) else classes(each)
