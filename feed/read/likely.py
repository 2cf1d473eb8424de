"""The metric of a number by the words around it, where the pack's cues leave it out.

A cue is a wording that somebody thought of. What a pack has learned from annotated articles (`Classifier`) knows no
grammar, but it weighs every word, so it speaks where cues are silent; how sure it has to be stands in trust.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

from feed.model.classifier import NONE
from feed.model.topic import Cue, Metric
from feed.read.attach import by_cue, scheme_near
from feed.read.claim import NOT_LEARNED, Attached, Memory
from feed.read.grammar.nouns import noun_unit, part_of_noun
from feed.read.grammar.roles import Role
from feed.read.metric.around import features
from feed.read.metric.heard import MONEY
from feed.read.numbers import PERCENT, TIMES
from feed.read.patterns.lexicon import Hit
from feed.read.scene import Scene
from feed.read.tables import Named

AROUND = "by the words around it"
NUMBER = Cue(say=("#",))  # the number alone


def likely(view: Scene, atom: int, role: Role, memory: Memory) -> Mapping[str, float]:
    """How likely each metric is that the number at that atom counts; empty where the pack has learned nothing."""
    learned = view.tables.topic.classifier
    return learned.odds(features(view, atom, role, memory)) if learned else NOT_LEARNED


def worded(
    view: Scene, atom: int, role: Role, memory: Memory, found: Attached | None, odds: Mapping[str, float]
) -> Attached | None:
    """What a cue found, else the number as one of the metric that the words around it speak of; None where they don't.

    What goes on from a number that only its words told is asked for its own words, too.
    """
    if found is not None and not found.rule.endswith(AROUND):
        return found
    name = max(odds, key=lambda one: odds[one], default=NONE)
    if name == NONE or odds[name] < view.tables.english.trust.silent:
        return None
    metric = view.tables.topic.metric(name)
    if metric.needs and not view.schemes:
        return None
    noun = "" if view.quantities[atom].unit else noun_unit(view, atom) or part_of_noun(view, atom)
    if not _fits(metric, view.quantities[atom].unit, noun):
        return None
    hit = Hit(atom, atom + 1, atom, Named(metric, NUMBER, f"{name} {AROUND}"))
    return by_cue(view, atom, role, noun, (hit, None), memory, scheme_near(view, atom, memory), None)


def _fits(metric: Metric, unit: str, noun: str) -> bool:
    """Whether a number with that sign and noun may be one of that metric."""
    if metric.kind == "rate":
        return unit == PERCENT
    if unit in (PERCENT, TIMES):
        return True
    if unit:
        return any(one.startswith(unit) for one in metric.units)
    return noun in metric.units if noun else not all(one.startswith(MONEY) for one in metric.units)
