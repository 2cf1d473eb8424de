"""What a pack has learned of words: odds that add up, and tables that name what is counted."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from feed.model.classifier import NONE, Classifier
from tests.core.read.reading import topic

NAMES = ("tea", "coffee", NONE)
WEIGHT = st.integers(-900, 900)
WEIGHTS = st.dictionaries(st.sampled_from(NAMES), WEIGHT)
WORDS = st.sampled_from(["before cup", "after cup", "in the", "in a"])
TABLES = st.builds(
    lambda base, weights: Classifier(base=dict(zip(NAMES, base, strict=True)), weights=weights),
    st.tuples(WEIGHT, WEIGHT, WEIGHT),
    st.dictionaries(WORDS, WEIGHTS),
)


@given(TABLES, st.frozensets(WORDS))
def test_one_of_the_classes_is_meant(table: Classifier, seen: frozenset[str]) -> None:
    odds = table.odds(seen)
    assert set(odds) == set(NAMES)
    assert math.isclose(sum(odds.values()), 1)


@given(TABLES, st.frozensets(WORDS), WORDS)
def test_a_word_speaks_for_what_it_weighs_most_for(table: Classifier, seen: frozenset[str], word: str) -> None:
    without, given_ = table.odds(seen - {word}), table.odds(seen | {word})
    weights = {name: table.weights.get(word, {}).get(name, 0) for name in NAMES}
    most = max(weights, key=lambda name: weights[name])
    assert given_[most] >= without[most] - 1e-12


def test_what_nobody_weighs_changes_nothing() -> None:
    table = Classifier(base={"tea": 0, NONE: 0}, weights={"before cup": {"tea": 100}})
    assert table.odds(["before moon"]) == {"tea": 0.5, NONE: 0.5}
    assert table.odds(["before cup"])["tea"] == pytest.approx(math.e / (math.e + 1))


def test_a_table_for_what_the_pack_does_not_count_is_refused() -> None:
    strange = {"base": {"tea": 0, NONE: 0}, "weights": {}}
    with pytest.raises(ValidationError, match=r"'tea', which is not in metrics\.toml: make it anew"):
        type(topic()).model_validate({**dict(topic()), "classifier": strange})
