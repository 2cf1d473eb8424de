"""What is told before a scheme is named: whether the words assert it, and in which tense."""

from __future__ import annotations

from typing import NamedTuple

from feed.read.facts.cues import BACK, Cue, Form, Scene, Tense, denied, governing
from feed.read.facts.mentions import Mention
from feed.read.text.surfaces import Found


class Led(NamedTuple):
    """A cue before a mention: the sentence, the cue, and how many tokens stand between."""

    scene: Scene
    hit: Found[tuple[Cue, ...]]
    gap: int


KNOWN = frozenset({"the", "its", "their", "his", "her", "this", "'s", "our", "that"})
EARLY = frozenset({"considered", "proposed"})  # one does not consider what there is
ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "'s"})


def lefts(scene: Scene, cue: Cue, hit: Found[tuple[Cue, ...]], mention: Mention) -> Tense | None:
    """In which tense a cue before a mention tells its status, None when it does not tell it."""
    if denied(scene, hit.first, mention.first) or (cue.row.status in EARLY and not _new(scene, mention, hit.last)):
        return None
    return LEFTS[cue.form](Led(scene, hit, mention.first - hit.last))


def _done(led: Led) -> Tense | None:
    """A past form: perfect holds now; with an article before it, it is an adjective; else it happened then."""
    scene, hit = led.scene, led.hit
    if _resolves(scene, hit.last):
        return None
    verb = governing(scene, hit.first)
    word = scene.cast.tokens[verb].folded if verb >= scene.sentence.first else ""
    if word in scene.table.has:
        return Tense.NOW
    if word in scene.table.be or word == "to" or scene.table.modals.at(scene.cast.tokens, max(verb, 0), hit.first):
        return None
    adjective = word in ARTICLES and led.gap <= 1
    return Tense.NOW if adjective else (None if word in ARTICLES else Tense.THEN)


def _resolves(scene: Scene, at: int) -> bool:
    """Whether "to" and a verb follow: "agreed to look at the deal" is no agreement."""
    tokens = scene.cast.tokens
    return tokens[at].folded == "to" and tokens[at + 1].folded not in ARTICLES


def _bare(led: Led) -> Tense | None:
    """A bare verb tells something only after a decision: "the decision to <verb>"."""
    scene, hit = led.scene, led.hit
    decided = scene.table.deciding.ending(scene.cast.tokens, max(scene.sentence.first, hit.first - 4), hit.first)
    return Tense.NOW if decided else None


def _doing(led: Led) -> Tense | None:
    """An -ing form tells something at a sentence's start or after a few words: "by <verb>ing", "was <verb>ing"."""
    scene, hit = led.scene, led.hit
    verb = governing(scene, hit.first)
    if verb < scene.sentence.first:
        return Tense.NOW
    if _wished(scene, hit.first):
        return None
    return Tense.NOW if scene.cast.tokens[verb].folded in scene.table.gerund_after else None


def _wished(scene: Scene, at: int) -> bool:
    start = max(scene.sentence.first, at - BACK)
    return bool(scene.table.modals.find(scene.cast.tokens, start, at))


def _before(led: Led) -> Tense | None:
    """A phrase that leads to the scheme; in the simple past it happened then."""
    scene, hit = led.scene, led.hit
    tokens, verb = scene.cast.tokens, governing(scene, hit.first)
    perfect = verb >= scene.sentence.first and tokens[verb].folded in scene.table.has
    past = tokens[hit.first].folded.endswith("ed") and not perfect
    return Tense.THEN if past else Tense.NOW


def _new(scene: Scene, mention: Mention, after: int) -> bool:
    """Whether the words bring a scheme in ("deals with X", "a new X") rather than speak of a known one ("the X")."""
    tokens, at = scene.cast.tokens, mention.first
    low = max(after, at - 5)
    while at > low and tokens[at - 1].folded not in ARTICLES:
        at -= 1
    known = at > low and tokens[at - 1].folded in KNOWN
    return not mention.again and not known


def _adjective(led: Led) -> Tense | None:
    return Tense.NOW if led.gap <= 2 else None


LEFTS = {Form.DONE: _done, Form.BARE: _bare, Form.DOING: _doing, Form.BEFORE: _before, Form.ADJECTIVE: _adjective}
