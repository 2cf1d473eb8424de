"""A pack and the table of English compiled for reading: lexicons, word classes, calendars. Made once, then shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from feed.model.topic import Cue, DimValue, Event, Metric, PlaceDim, Refusal, Row, Topic
from feed.read.english import English
from feed.read.english.wording import Changes, Clauses, Comparing, Stating
from feed.read.numbers import Arithmetic, arithmetic
from feed.read.patterns.classes import Classes, Irregular, forms
from feed.read.patterns.lexicon import Lexicon, Needs, Shelf
from feed.read.text.lexer import UNSEEN, Kind, split
from feed.read.text.once import Same
from feed.read.times import Calendar
from feed.read.times.dates import Almanac, Feasts
from feed.read.times.grammar import STARTS, openings
from feed.read.times.kinds import UNKNOWN, Grammar, Node
from feed.read.times.parts import LENGTHS

Wording = TypeVar("Wording", bound=BaseModel)


class Named(NamedTuple):
    """A cue of a metric, with its place in the pack: the rule's name."""

    metric: Metric
    cue: Cue
    rule: str


class Narrowing(NamedTuple):
    """A dimension's value, from a row of the pack or from a place's name."""

    dim: str
    value: str
    metrics: frozenset[str]
    population: bool
    near: bool
    beside: str | None
    placed: bool = False  # `value` is the country named within the hit


@dataclass(frozen=True, slots=True)
class Roles:
    """Word sets of english.toml that tell what a number says."""

    up: frozenset[str]
    down: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that reading looks up, compiled for one topic and one English."""

    topic: Topic
    english: English
    arithmetic: Arithmetic
    classes: Classes
    contexts: Classes
    number_words: frozenset[str]
    metrics: Lexicon[Named]
    narrowing: Lexicon[Narrowing]
    narrows: Mapping[str, frozenset[str]]  # by dimension, the metrics that it may narrow; empty for any
    refusals: Lexicon[Refusal]
    admitted: Lexicon[Refusal]  # the phrases in which a row's words refuse nothing
    reserved: Lexicon[Row | None]
    reserving: Needs
    cues: Lexicon[str]
    up: frozenset[str]
    down: frozenset[str]
    closely: Mapping[str, frozenset[str]]  # by metric, the contexts of its weak cues that few metrics share
    changes: Changes
    comparing: Comparing
    clauses: Clauses
    stating: Stating
    phrasal: Mapping[str, frozenset[str]]  # by particle, the verbs it belongs to
    open_words: frozenset[str]
    participles: frozenset[str]
    qualities: frozenset[str]
    neutral: frozenset[str]
    known_words: frozenset[str]
    own_words: Mapping[str, frozenset[str]]  # by metric, the words of its cues
    names: frozenset[str]  # the words with which the pack's countries and peoples begin
    events: Node
    anchors: tuple[Event, ...]
    partners: dict[str, str]  # the first scheme of the pack with a country, by its code
    grammars: Mapping[str, Sequence[Grammar]]
    spans: dict[str, str]
    lengths: frozenset[str]
    numbers: dict[str, int]
    feasts: Feasts

    def heard(self, kinds: str, forms: Sequence[str]) -> frozenset[str]:
        """The word classes that some cue asks for and tokens of these kinds and forms use."""
        if not self.contexts.begun(forms):
            return frozenset()
        if not UNSEEN.isdisjoint(kinds):
            forms = [form for kind, form in zip(kinds, forms, strict=True) if kind not in UNSEEN]
        return self.contexts.among(forms)

    def numeric(self, kinds: str, forms: Sequence[str]) -> bool:
        """Whether a number may stand among tokens of these kinds and forms, in digits or words."""
        return Kind.NUMBER in kinds or not self.number_words.isdisjoint(forms)

    def calendar(self, published: date | None) -> Calendar:
        """What times are resolved against in an article of that day."""
        times = self.english.times
        ordinals = frozenset(self.english.numbers.ordinals)
        almanac = Almanac(times.months, times.weekdays, ordinals, published or UNKNOWN, self.feasts)
        return Calendar(
            almanac,
            self.events,
            self.anchors,
            self.grammars,
            self.spans,
            self.lengths,
            self.numbers,
            times.back,
            times.otherwise,
            times.after_the_year,
            known=published is not None,
        )


def tables(topic: Topic, english: English) -> Tables:
    """The compiled tables. The same two values give the same object."""
    made = _MADE.get((Same(topic), Same(english)))
    if made is None:
        made = _compiled(topic, english)
        keep(made)
    return made


def keep(made: Tables) -> None:
    """Let `tables` give these for their own topic and English, whoever compiled them."""
    while len(_MADE) >= MOST:
        _MADE.pop(next(iter(_MADE)), None)
    _MADE[Same(made.topic), Same(made.english)] = made


MOST = 8  # packs whose tables are held at once
_MADE: dict[tuple[Same, Same], Tables] = {}


def inflected(phrases: Iterable[str], irregular: Irregular) -> frozenset[str]:
    """All forms of single words; `~` marks those that have several."""
    return frozenset(form for phrase in phrases for form in _forms(phrase, irregular))


ABBREVIATED = 3  # letters of "mln", which stands behind digits only


def _full(scales: Iterable[str]) -> Iterator[str]:
    """As in "a million", "a thousand": the scale words that make a number without another number."""
    return (word for word in scales if len(word) > ABBREVIATED)


def spelled_out(table: Wording, irregular: Irregular) -> Wording:
    """A table of word lists with all forms of its words."""
    return table.model_copy(update={name: inflected(words, irregular) for name, words in table})


def _forms(phrase: str, irregular: Irregular) -> tuple[str, ...]:
    return forms(phrase[1:], irregular) if phrase.startswith("~") else (phrase,)


def _compiled(topic: Topic, english: English) -> Tables:
    irregular = english.irregular
    classes = Classes(_classes(topic, english), irregular)

    shelf = Shelf(classes)
    roles, numbers = english.roles, english.numbers
    asked = {cue.context for metric in topic.metrics for cue in metric.cue if cue.context}
    return Tables(
        topic,
        english,
        arithmetic(english, split, inflected((*roles.up, *roles.down), irregular)),
        classes,
        Classes({name: topic.classes[name] for name in asked if name in topic.classes}, irregular),
        frozenset([*numbers.units, *numbers.tens, *numbers.multiples, *numbers.fractions, *_full(numbers.scales)]),
        metrics=Lexicon(_cues(topic), shelf),
        narrowing=Lexicon(_narrowings(topic), shelf),
        narrows=_narrows(topic),
        refusals=Lexicon(((say, row) for row in topic.refusals for say in row.say), shelf),
        admitted=Lexicon(((say, row) for row in topic.refusals for say in row.unless), shelf),
        reserved=Lexicon(_reserved(topic, english), Shelf(classes)),
        reserving=Needs((say for say, _ in _reserved(topic, english)), irregular),
        cues=Lexicon(((say, name) for name, says in roles.cues.items() for say in says), shelf),
        up=inflected(roles.up, irregular),
        down=inflected(roles.down, irregular),
        closely=_closely(topic),
        changes=spelled_out(english.changes, irregular),
        comparing=spelled_out(english.comparing, irregular),
        clauses=spelled_out(english.clauses, irregular),
        stating=spelled_out(english.stating, irregular),
        phrasal={p: inflected(verbs, irregular) for key, verbs in roles.phrasal.items() for p in key.split()},
        open_words=inflected(roles.open_words, irregular),
        participles=frozenset(roles.participles),
        qualities=frozenset(roles.qualities),
        neutral=frozenset(roles.neutral),
        known_words=frozenset(_vocabulary(topic, irregular)),
        own_words={metric.id: frozenset(_words_of(metric, topic, irregular)) for metric in topic.metrics},
        names=frozenset(name.split()[0] for place in topic.places for name in (*place.names, *place.people)),
        events=_events(topic, irregular),
        anchors=tuple(event for event in topic.events if event.anchor),
        partners=_partners(topic),
        grammars=_grammars(topic, english, irregular),
        spans={form: name[1:] for name in english.times.spans for form in _forms(name, irregular)},
        lengths=LENGTHS.union(form for name in english.times.spans for form in _forms(name, irregular)),
        numbers=english.numbers.units | english.numbers.tens,
        feasts=_feasts(english),
    )


FEW = 3  # metrics of one context: once one is counted, the words of the others are heard too


def _closely(topic: Topic) -> dict[str, frozenset[str]]:
    weak = {m.id: {cue.context for cue in m.cue if cue.context and cue.weak and not cue.dims} for m in topic.metrics}
    shared = Counter(context for m in topic.metrics for context in {cue.context for cue in m.cue if cue.context})
    return {metric: frozenset(c for c in contexts if shared[c] <= FEW) for metric, contexts in weak.items()}


def _partners(topic: Topic) -> dict[str, str]:
    """By country, the first scheme with it that is nobody else's."""
    rows = [row for row in topic.actors.schemes.scheme if not row.owner]
    return {code: row.id for row in reversed(rows) for code in row.partners}


def _classes(topic: Topic, english: English) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {**english.classes, **topic.verbs, **topic.classes}
    found |= {f"unit:{i}": row.nouns for i, row in enumerate(topic.units)}
    home = [n for p in topic.places if p.code == topic.home for n in p.names]
    found["home"] = (*home, *(f"the {name}" for name in home))
    found["place"] = tuple(n for p in topic.places if p.code != topic.home for n in p.names)
    found["people"] = tuple(n for p in topic.places if p.code != topic.home for n in p.people)
    found["nationals"] = tuple(n for n in found["people"] if n.endswith("s") and n != "swiss")
    for place in topic.places:
        found[f"place:{place.code}"] = (*place.names, *place.people)
    found |= {f"role:{name}": says for name, says in english.roles.classes.items()}
    return found


def _cues(topic: Topic) -> Iterator[tuple[str, Named]]:
    for metric in topic.metrics:
        for index, cue in enumerate(metric.cue, 1):
            for say in cue.say:
                yield say, Named(metric, cue, f"{metric.id}.{index} {say}")


def _narrowings(topic: Topic) -> Iterator[tuple[str, Narrowing]]:
    for row in topic.dims:
        for say in topic.says(row):
            yield say, _narrowing(row)
    for placing in topic.placing:
        for say in topic.says(placing):
            yield say, _placed(placing)


def _narrows(topic: Topic) -> dict[str, frozenset[str]]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    told = [(row.dim, row.metrics) for row in topic.dims] + [(row.dim, row.metrics) for row in topic.placing]
    for dim, metrics in told:
        rows.setdefault(dim, []).append(metrics)
    return {dim: frozenset[str]().union(*each) if all(each) else frozenset() for dim, each in rows.items()}


def _reserved(topic: Topic, english: English) -> Iterator[tuple[str, Row | None]]:
    """Phrases whose numbers must not be read; None for those of English."""
    yield from ((say, row) for row in topic.reserved for say in row.say)
    yield from ((say, None) for say in english.numbers.idioms)


def _narrowing(row: DimValue) -> Narrowing:
    return Narrowing(row.dim, row.value, frozenset(row.metrics), row.population, row.near, row.beside)


def _placed(row: PlaceDim) -> Narrowing:
    return Narrowing(row.dim, "", frozenset(row.metrics), row.population, near=False, beside=None, placed=True)


def _vocabulary(topic: Topic, irregular: Irregular) -> Iterator[str]:
    """Every word of the pack's cues: what may stand between a number and its noun."""
    rows: list[Row] = [cue for metric in topic.metrics for cue in metric.cue]
    rows += topic.dims
    lines = [say for row in rows for say in row.say]
    lines += [phrase for phrases in topic.classes.values() for phrase in phrases]
    for line in lines:
        for part in line.split():
            if part.lstrip("~")[0].isalnum():
                yield from _forms(part, irregular)


def _words_of(metric: Metric, topic: Topic, irregular: Irregular) -> Iterator[str]:
    """Every word of a metric's cues, and of the pack's classes that they name."""
    says = {**topic.verbs, **topic.classes}
    for part in {part for cue in metric.cue for say in cue.say for part in say.split()}:
        lines = says.get(part[1:], ()) if part.startswith("@") else (part,)
        yield from (form for line in lines for word in line.split() for form in _forms(word, irregular))


def _events(topic: Topic, irregular: Irregular) -> Node:
    root = Node()
    for event in topic.events:
        for say in event.phrases:
            for phrase in _spelled(say, irregular):
                node = root
                for word in phrase:
                    node = node.next.setdefault(word, Node())
                node.event = node.event or event
    return root


def _feasts(english: English) -> Feasts:
    """Days with names by their words, the longest names first under each first word."""
    found: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    for name, day in sorted(english.times.feasts.items(), key=lambda row: -len(row[0])):
        month, day_of_month = day.split("-")
        words = split(name)
        found.setdefault(words[0], []).append((words[1:], int(month), int(day_of_month)))
    return found


def _grammars(topic: Topic, english: English, irregular: Irregular) -> Mapping[str, Sequence[Grammar]]:
    """The grammars of time by the words with which a time can begin."""
    terms = (say for event in topic.events if event.term for say in event.phrases)
    named = (phrase[0] for say in terms for phrase in _spelled(say, irregular))
    times = english.times
    dates = times.months.keys() | times.weekdays.keys() | {"q", "h", "quarter", *times.days, *_feasts(english)}
    numbers = english.numbers.units.keys() | english.numbers.tens.keys()
    return openings([*STARTS, *named, *dates, *numbers], dates, numbers)


def _spelled(say: str, irregular: Irregular) -> list[tuple[str, ...]]:
    phrases: list[tuple[str, ...]] = [()]
    for part in say.split():
        words = [(form,) for form in _forms(part, irregular)] if part.startswith("~") else [split(part)]
        phrases = [(*phrase, *word) for phrase in phrases for word in words]
    return phrases
