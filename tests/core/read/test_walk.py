"""Patterns found along a sentence: all at once give what each gives alone, remembered steps or not."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.read.patterns import walk
from feed.read.patterns.classes import GAPS, Classes
from feed.read.patterns.lexicon import Lexicon, Line, Needs, Shelf

CLASSES = {"bird": ("duck", "grey goose", "goose"), "verb": ("saw", "saw off")}
WORDS = st.sampled_from(["duck", "grey", "goose", "saw", "off", "the", "#", "|", "[T]"])
SENTENCES = st.lists(WORDS, max_size=9)
PARTS = st.sampled_from(["@bird", "@verb", "duck", "the", "#", "[T]"])
GAPPED = st.tuples(st.sampled_from(["", ".. ", "... "]), PARTS).map("".join)
PATTERNS = st.builds(lambda first, rest: " ".join([first, *rest]), PARTS, st.lists(GAPPED, max_size=2))


def found(patterns: Sequence[str], sentence: Sequence[str]) -> list[tuple[int, int, str]]:
    """What a lexicon of these patterns finds."""
    classes = Classes(CLASSES, {})
    lexicon = Lexicon([(pattern, pattern) for pattern in patterns], Shelf(classes))
    line = Line(sentence, classes)
    return [(hit.first, hit.last, hit.value) for hit in lexicon.find(line)]


def ends(parts: Sequence[str], sentence: Sequence[str], at: int) -> set[int]:
    """Every atom after the rest of a pattern that goes on at that atom: the rules as they are told, one by one."""
    if not parts:
        return {at}
    gap, part = (GAPS[parts[0]], 1) if parts[0] in GAPS else (0, 0)
    reached: set[int] = set()
    while at < len(sentence):
        for after in _after(parts[part], sentence, at):
            reached |= ends(parts[part + 1 :], sentence, after)
        if sentence[at] != "[T]":
            if sentence[at] in ("#", "|") or not gap:
                break
            gap -= 1
        at += 1
    return reached


def _after(part: str, sentence: Sequence[str], at: int) -> list[int]:
    if not part.startswith("@"):
        return [at + 1] if sentence[at] == part else []
    phrases = [phrase.split() for phrase in CLASSES[part[1:]]]
    return [at + len(phrase) for phrase in phrases if list(sentence[at : at + len(phrase)]) == phrase]


def alone(pattern: str, sentence: Sequence[str]) -> list[tuple[int, int, str]]:
    """What one pattern gives at each place: where it ends first."""
    parts = pattern.split()
    told = []
    for at in range(len(sentence)):
        begun = [end for after in _after(parts[0], sentence, at) for end in ends(parts[1:], sentence, after)]
        if begun:
            told.append((at, min(begun), pattern))
    return told


@given(st.lists(PATTERNS, min_size=1, max_size=4, unique=True), SENTENCES)
@settings(max_examples=150)
def test_all_patterns_at_once_give_what_each_gives_alone(patterns: list[str], sentence: list[str]) -> None:
    assert sorted(found(patterns, sentence)) == sorted(hit for pattern in patterns for hit in alone(pattern, sentence))


def test_a_full_memory_is_emptied_and_changes_no_answer() -> None:
    patterns = ["the ... duck", "# .. @bird", "@verb the .. #"]
    sentence = [
        "saw",
        "off",
        "the",
        "grey",
        "goose",
        "the",
        "[T]",
        "#",
        "grey",
        "goose",
        "duck",
        "|",
        "the",
        "#",
        "duck",
    ]
    told = found(patterns, sentence)
    assert [pattern for _, _, pattern in told] == ["@verb the .. #", "# .. @bird", "# .. @bird"]
    with patch.object(walk, "ROOM", 1):
        assert found(patterns, sentence) == told


def test_of_one_pattern_at_one_place_the_shortest_is_told_and_hits_come_by_place() -> None:
    assert found(["the ... duck", "duck"], ["the", "duck", "the", "duck"]) == [
        (0, 2, "the ... duck"),
        (1, 2, "duck"),
        (2, 4, "the ... duck"),
        (3, 4, "duck"),
    ]


@given(st.lists(PATTERNS, min_size=1, max_size=4), SENTENCES)
@settings(max_examples=100)
def test_a_pattern_is_never_found_where_its_words_are_not(patterns: list[str], sentence: list[str]) -> None:
    assert Needs(patterns, {}).met(set(sentence)) or not found(patterns, sentence)


def test_one_word_missing_is_enough_to_look_no_further() -> None:
    assert not Needs(["the ... duck"], {}).met({"duck", "goose"})
    assert Needs(["the ... duck", "~saw"], {}).met({"saws"})
    assert Needs(["@bird"], {}).met(set())
