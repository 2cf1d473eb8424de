"""An article that is made to cost time is read up to a law on size, and the reading says from where on it was not."""

from __future__ import annotations

import pytest

from feed.model.reading import Unread
from feed.read.text.budget import FOUND, LETTERS, NUMBERS, TOKENS
from tests.core.read.reading import document, reading

# The largest text that a law allows, what makes it too large, and the law.
LAWS = {
    "letters": (("Never again " * LETTERS)[:LETTERS], " ", f"more than {LETTERS:,} characters"),
    "tokens": (", " * TOKENS, ",", f"more than {TOKENS:,} words and signs"),
    "words": ("July nobody. " * NUMBERS, "Seven left.", f"more than {NUMBERS:,} numbers"),
    "numbers": ("Page 7. " * NUMBERS, "Page 8.", f"more than {NUMBERS:,} numbers"),
}
COUNTED = "Some 12 migrants crossed the Channel in 2024. "


@pytest.mark.parametrize(("allowed", "more", "why"), LAWS.values(), ids=LAWS)
def test_a_law_allows_its_number_and_not_one_more(allowed: str, more: str, why: str) -> None:
    assert document(allowed).unread is None
    refused = document(allowed + more).unread
    assert refused is not None
    assert (refused.end, refused.why) == (len(allowed + more), why)


def test_what_breaks_the_law_is_left_out_with_its_whole_sentence() -> None:
    whole = document("Page 7. " * NUMBERS + "It was a year in which 5,000 came.")
    assert whole.unread is not None
    assert whole.article.text[whole.unread.start :] == "It was a year in which 5,000 came."
    assert whole.sentences[-1].end < whole.unread.start
    assert whole.tokens[-1].end < whole.unread.start


def test_nothing_is_read_of_one_word_without_end() -> None:
    for letter in ("7", "a", ".", " "):
        told = reading(letter * (LETTERS + 1))
        assert (told.figures, told.facts, told.leftovers) == ((), (), ())
        assert told.unread is not None
        assert told.unread.end == LETTERS + 1


def test_what_is_found_is_counted_too_since_it_goes_to_the_log_at_once() -> None:
    assert reading(COUNTED * FOUND).unread is None
    told = reading(COUNTED * (FOUND + 5))
    assert len(told.figures) + len(told.facts) == FOUND
    start = len(COUNTED) * FOUND
    assert told.unread == Unread(start, len(COUNTED) * (FOUND + 5), f"more than {FOUND} figures and facts")
    assert all(row.start < start for row in told.leftovers)


def test_a_number_of_more_digits_than_any_count_has_is_accounted_for() -> None:
    told = reading(f"Some {'7' * 5_000} migrants crossed the Channel in 2024.")
    assert told.figures == ()
    assert [(row.fate, row.why) for row in told.leftovers if row.text.startswith("77")] == [
        ("reserved", "telephone or reference number")
    ]
