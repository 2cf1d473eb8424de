"""Things that happened once, of the kinds that a pack lists."""

from __future__ import annotations

from collections.abc import Iterator

from feed.model.actors import Incident as Row
from feed.model.fact import Incident
from feed.model.reading import FoundFact
from feed.read.cast import Cast
from feed.read.facts.mentions import Mention
from feed.read.text.once import once
from feed.read.text.quotes import stretch
from feed.read.text.sentences import Sentence
from feed.read.text.surfaces import Surfaces, phrases

FAR = 14  # tokens between two steps


@once
def _steps(rows: tuple[Row, ...]) -> tuple[tuple[Row, tuple[Surfaces[str], ...]], ...]:
    return tuple((row, tuple(phrases(step) for step in row.steps)) for row in rows)


def incidents(cast: Cast, found: tuple[Mention, ...], spoken: frozenset[int]) -> Iterator[FoundFact]:
    """Incidents of the pack's kinds in sentences that name one scheme; each kind once for a scheme, told last."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in found:
        if mention.first not in spoken and len(mention.schemes) == 1:
            by_sentence.setdefault(cast.sentence_at(mention.first).index, []).append(mention)
    told: dict[tuple[str, str], FoundFact] = {}
    for index, mentions in by_sentence.items():
        sentence = cast.document.sentences[index]
        for row, steps in _steps(cast.topic.actors.schemes.incident):
            span = _walk(cast, steps, sentence)
            inside = next((m for m in mentions if span and span[0] <= m.first < span[1]), None)
            if span and inside:
                quote = stretch(cast.document, *span)
                fact = Incident(what=row.what, scheme=inside.schemes[0], quote=quote, as_of=cast.published)
                told[row.what, inside.schemes[0]] = FoundFact(fact, "incident")
    yield from told.values()


def _walk(cast: Cast, steps: tuple[Surfaces[str], ...], sentence: Sentence) -> tuple[int, int] | None:
    """The stretch in which the steps follow each other closely, the first such; None when there is none."""
    tokens = cast.tokens
    for start in range(sentence.first, sentence.last):
        hit = steps[0].at(tokens, start, sentence.last)
        at = hit.last if hit else 0
        for step in steps[1:]:
            near = range(at, min(at + FAR, sentence.last))
            hit = next((h for i in near if (h := step.at(tokens, i, sentence.last))), None) if hit else None
            at = hit.last if hit else 0
        if hit:
            return start, hit.last
    return None
