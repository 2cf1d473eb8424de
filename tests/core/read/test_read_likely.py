"""Numbers whose metric no cue names, by what a pack has learned of the words around them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from feed.app import packs
from feed.model.classifier import NONE, Classifier
from feed.model.reading import Reading
from feed.model.topic import Topic
from feed.read.reader import read
from tests.core.read.reading import article, english, topic

BISCUITS = Path(__file__).parents[2] / "packs" / "biscuits"
WENT = "Some 12,000 packets of biscuits went over the counter in March."


@cache
def biscuits(**weights: int) -> Topic:
    """The pack on biscuits, having learned that "counter" speaks of sales as much as `sales` says."""
    weighed = {"in counter": weights} if weights else {}
    base = {"sales": 0, "imports": 0, "price": 0, NONE: 0}
    return packs.load(BISCUITS).model_copy(update={"classifier": Classifier(base=base, weights=weighed)})


def told(text: str, pack: Topic) -> list[tuple[str, str]]:
    return [(one.figure.text, one.figure.metric) for one in whole(text, pack).figures]


def whole(text: str, pack: Topic) -> Reading:
    return read(article(text), pack, english(), doubtful=True)


def test_words_that_no_cue_holds_are_read_where_much_speaks_for_one_metric() -> None:
    assert told(WENT, packs.load(BISCUITS)) == []
    assert told(WENT, biscuits()) == []
    assert told(WENT, biscuits(sales=500)) == [("12,000", "sales")]


def test_who_looks_why_is_told_that_only_the_words_around_it_speak() -> None:
    (found,) = whole(WENT, biscuits(sales=500)).figures
    assert found.rules[0] == "sales by the words around it"
    assert "only the words around it name its metric" in {name for name, _ in found.signs}


@pytest.mark.parametrize(
    "text",
    [
        "Some 12,000 bakers went over the counter in March.",  # people are no packets
        "On 12 March 2025 packets went over the counter.",  # a date
        "Some £12,000 went over the counter in March.",  # money, where packets are counted
    ],
)
def test_words_do_not_make_a_figure_of_what_cannot_be_one(text: str) -> None:
    assert told(text, biscuits(sales=500)) == []


IMPORTED = "Bakers imported 12,000 packets of biscuits for the counter in March."


@pytest.mark.parametrize("weights", [{}, {"sales": 900}, {NONE: 900}])
def test_a_cue_does_not_give_way_to_the_words_around(weights: dict[str, int]) -> None:
    """They only change the odds that the figure is right."""
    assert told(IMPORTED, biscuits(**weights)) == [("12,000", "imports")]


EVERY_KIND = (
    "Asylum claims\n• 4,000 claims in May and 5,000 claims in June\n"
    "Of these 20% were made by women. It cost £12m, or €14m or $15m, 3 times as much."
)


def test_what_is_weighed_is_what_the_reader_looks_at() -> None:
    """A table that was learned from other features than those of today would say nothing, and nobody would see it."""
    learned = topic().classifier
    assert learned is not None
    kinds = {feature.split()[0] for feature in learned.weights}
    looked = {feature.split()[0] for feature in looked_at(EVERY_KIND)}
    assert kinds <= looked


def looked_at(text: str) -> set[str]:
    seen: set[str] = set()

    class Listening(Classifier):
        def odds(self, features: object) -> dict[str, float]:
            assert isinstance(features, frozenset)
            seen.update(features)
            return {"returns": 0.4, NONE: 0.6}

    table = Listening(base={"returns": 0, NONE: 0}, weights={})
    read(article(text), topic().model_copy(update={"classifier": table}), english())
    return seen
