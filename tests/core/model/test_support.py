"""Ten papers that print one press release are ten outlets and one source."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from feed.model.support import Print, support

RELEASE = Print("c1", "Biscuit Office", "Biscuit Office")
COPY = Print("c2", "Crumb", "Crumb")  # the release word for word, nobody named
NAMING = Print("c3", "Dough", "Biscuit Office")
OWN = Print("c4", "Rusk", "Rusk")
COPY_OF_COPY = Print("c5", "Echo", "Echo")


def test_outlets_and_sources_are_two_counts_in_any_order() -> None:
    copies = {"c2": "c1", "c5": "c2"}
    for order in permutations((RELEASE, COPY, NAMING, OWN, COPY_OF_COPY)):
        made = support(order, dict(reversed(copies.items())))
        assert made.outlets == ("Biscuit Office", "Crumb", "Dough", "Echo", "Rusk")
        assert made.independent == 2
    assert str(support([OWN], {})) == "Printed by 1 outlet (Rusk), from 1 independent source"
    assert str(support([OWN, RELEASE], {})) == (
        "Printed by 2 outlets (Biscuit Office, Rusk), from 2 independent sources"
    )


def test_a_copy_of_an_article_that_does_not_print_the_figure_still_joins_its_copies() -> None:
    assert support([COPY, COPY_OF_COPY], {"c2": "c9", "c5": "c9"}).independent == 1


NAMES = st.sampled_from("abcdef")
PRINTS = st.lists(st.builds(Print, NAMES, NAMES, NAMES), min_size=1, max_size=8)
COPIES = st.dictionaries(NAMES, NAMES, max_size=5)


@given(PRINTS, COPIES, st.randoms(use_true_random=False))
def test_there_are_never_more_sources_than_articles_and_order_means_nothing(
    prints: list[Print], copies: dict[str, str], shuffle: object
) -> None:
    made = support(prints, copies)
    shuffled = list(prints)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    assert support(shuffled, dict(reversed(copies.items()))) == made
    assert 1 <= made.independent <= min(len({each.capture for each in prints}), len({each.source for each in prints}))
    assert support(prints, {}).independent >= made.independent
