"""How a topic's metrics, dimensions, offices and schemes are called in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import capwords

from feed.model.figure import Dims
from feed.model.topic import Topic

Glosses = Callable[[str, Dims], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TopicWords:
    """The wording of one pack, as sentences ask for it. What the pack does not name is called by its id."""

    topic: Topic

    def title(self, metric: str) -> str:
        """A metric as a short noun phrase; its id as words when the pack has it no more."""
        known = {row.id: row.title for row in self.topic.metrics}
        return known.get(metric) or metric.replace("_", " ").capitalize()

    def wording(self, dim: str, value: str) -> str:
        """A dimension's value as a word or phrase; a scheme by its title."""
        if dim == "scheme":
            return self._scheme(value)
        return self.topic.wording(dim, value)

    def subject(self, subject: str) -> str:
        """An office or scheme as people call it: "Prime Minister", "Prime Minister (IT)"."""
        kind, _, name = subject.partition(" ")
        if kind == "scheme":
            title = self._scheme(name)
            return title[:1].upper() + title[1:]
        country, _, office = name.partition("/")
        titles = {row.id: row.titles[0] for row in self.topic.actors.offices.all}
        called = capwords(titles.get(office, office.replace("_", " ")))
        return called if country == self.topic.home else f"{called} ({country})"

    def _scheme(self, name: str) -> str:
        return next((s.title for s in self.topic.actors.schemes.scheme if s.id == name), name)


def glosses(topic: Topic) -> Glosses:
    """The pack's explanations for a metric narrowed in a certain way: those for the metric and for each narrowing."""

    def found(metric: str, dims: Dims) -> tuple[str, ...]:
        return tuple(g.text for g in topic.rules.gloss if g.metric == metric and g.dims.items() <= dims.items())

    return found
