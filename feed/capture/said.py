"""What a page says, as a value that is light to load: `page` makes it, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

TextPath = Literal["given", "trafilatura", "jsonld"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `path` tells what made the text; "" and None stand for what it does not say.

    `times` claim to be that of publication: where each stands and how it is written, the most credible first.
    """

    text: str
    path: TextPath
    title: str
    publisher: str
    author: str
    language: str
    canonical: str | None
    times: tuple[tuple[str, str], ...]


def of_json(carried: Mapping[str, Any]) -> Page:
    """The page as one process told it to another."""
    return Page(**{**carried, "times": tuple((name, written) for name, written in carried["times"])})
