"""What a topic calls its metrics, dimensions, offices and schemes: the part of a pack that answers are told in."""

from __future__ import annotations

from collections.abc import Mapping
from string import capwords
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:  # whoever only shows what is on record does not load what a pack is checked by
    from feed.model.figure import Dims

Rows = tuple[tuple[str, "Dims", str], ...]


class Labels(NamedTuple):
    """The wording of one pack, as sentences ask for it. What the pack does not name is called by its id.

    `wordings` are by dimension and value, `offices` and `schemes` by id; `glosses` are rows of metric, dimensions and
    the words that explain them. `version`, `home` and `zone` are the topic's.
    """

    version: str
    home: str
    zone: str
    titles: Mapping[str, str]
    wordings: Mapping[str, Mapping[str, str]]
    offices: Mapping[str, str]
    schemes: Mapping[str, str]
    glosses: Rows

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Self:
        """Those that `as_json` told. Raises TypeError or ValueError for anything else."""
        glosses = tuple((metric, dims, text) for metric, dims, text in told["glosses"])
        return cls(**{**told, "glosses": glosses})

    def as_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return self._asdict()

    def title(self, metric: str) -> str:
        """A metric as a short noun phrase; its id as words when the pack has it no more."""
        return self.titles.get(metric) or metric.replace("_", " ").capitalize()

    def wording(self, dim: str, value: str) -> str:
        """A dimension's value as a word or phrase; a scheme by its title."""
        return (self.schemes if dim == "scheme" else self.wordings.get(dim, {})).get(value, value)

    def subject(self, subject: str) -> str:
        """An office or scheme as people call it: "Prime Minister", "Prime Minister (IT)"."""
        kind, _, name = subject.partition(" ")
        if kind == "scheme":
            title = self.wording("scheme", name)
            return title[:1].upper() + title[1:]
        country, _, office = name.partition("/")
        called = capwords(self.offices.get(office, office.replace("_", " ")))
        return called if country == self.home else f"{called} ({country})"

    def gloss(self, metric: str, dims: Dims) -> tuple[str, ...]:
        """The pack's explanations for a metric narrowed in a certain way: for the metric and for each narrowing."""
        return tuple(text for name, told, text in self.glosses if name == metric and told.items() <= dims.items())
