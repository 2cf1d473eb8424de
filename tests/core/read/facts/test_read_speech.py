"""Who says it: statements, and to whom a number is ascribed."""

from __future__ import annotations

import pytest

from tests.core.read.facts.said import ascribed, read, statements
from tests.growth import LINEAR, growth

ONE = [
    ("A Home Office spokesperson said: “We will do all that it takes.”", "Home Office spokesperson"),
    ("“We will do all that it takes,” said Anna Lee.", "Anna Lee"),
    ("“We will do all that it takes,” Anna Lee told reporters.", "Anna Lee"),
    ("Anna Lee, of the council, told reporters: “We will do all that it takes.”", "Anna Lee"),
    ("One Kent pensioner, 74, told The Daily Beacon: “We will do all that it takes.”", "Kent pensioner"),
    ("A spokesperson for the Home Office said: “We will do all that it takes.”", "spokesperson for the Home Office"),
    ("The Home Office: “We will do all that it takes.”", "Home Office"),
    ("The PM said it.\nHome Secretary Anna Lee said:\nWe will do all that it takes.", "Anna Lee"),
]


@pytest.mark.parametrize(("text", "speaker"), ONE)
def test_a_quotation_has_its_speaker(text: str, speaker: str) -> None:
    assert [(who, words.strip(".,")) for who, words in statements(text)] == [(speaker, "We will do all that it takes")]


def test_paragraphs_that_open_with_a_mark_go_on_with_the_speaker() -> None:
    text = "Anna Lee said: “This is the first part of it.\n“And this is the second part of it.”\nNobody else spoke."
    assert [who for who, _ in statements(text)] == ["Anna Lee", "Anna Lee"]


def test_a_pronoun_is_whoever_the_text_spoke_of_last() -> None:
    text = "Charity chief executive Enver Solomon insisted it was vital.\nHe said: “This will not stop anybody at all.”"
    assert [who for who, _ in statements(text)] == ["Enver Solomon"]


def test_a_title_alone_speaks_with_its_holders_name() -> None:
    text = "Home Secretary Anna Lee came.\nThe Home Secretary said: “This will not stop anybody at all.”"
    assert [who for who, _ in statements(text)] == ["Anna Lee"]


def test_a_release_goes_on_without_marks_while_somebody_speaks() -> None:
    text = "Anna Lee said:\n\nTo rebuild trust we must act now.\n\nI want to thank the staff.\n\nReturns take place."
    assert [words for _, words in statements(text)] == [
        "To rebuild trust we must act now.",
        "I want to thank the staff.",
    ]


@pytest.mark.parametrize(
    "text", ["He called it a “gimmick” and a “waste” of time.", "“Whatever this is, nobody here has said it.”"]
)
def test_terms_in_marks_and_words_of_nobody_are_no_statements(text: str) -> None:
    assert statements(text) == []


ASCRIBED = [
    ("Figures from the Home Office, published yesterday, showed 526 arrived.", "526", "Home Office", "Home Office"),
    ("Home Office data shows there were 35,052 returns.", "35,052", "Home Office", "Home Office"),
    ("According to the Home Office, 564 people came.", "564", "Home Office", "Home Office"),
    ("Nearly 50 were on board, the Home Office says.", "50", "Home Office", "Home Office"),
    ("The ONS said it was 728,000.", "728,000", "ONS", "Office for National Statistics"),
]


@pytest.mark.parametrize(("text", "words", "named", "originator"), ASCRIBED)
def test_who_measured_is_the_originator(text: str, words: str, named: str, originator: str) -> None:
    told = ascribed(text, words)
    assert (told.named, told.originator, told.speaker) == (named, originator, None)


def test_who_said_it_is_the_speaker() -> None:
    told = ascribed("Sir Keir Starmer, speaking at a summit, revealed 24,000 people had left.", "24,000")
    assert (told.named, told.speaker, told.originator) == ("Keir Starmer", "Keir Starmer", None)
    told = ascribed("Anna Lee said: “We’ve already removed more than 24,000 people.”", "24,000")
    assert told.speaker == "Anna Lee"


def test_it_carries_on_with_the_source_of_the_sentence_before() -> None:
    text = "Figures from the Home Office showed 526 arrived.\nIt brought the total to 6,246."
    assert ascribed(text, "6,246").originator == "Home Office"


def test_what_a_body_releases_itself_is_its_word() -> None:
    assert ascribed("Nearly 19,000 were returned.", "19,000", publisher="Home Office").originator == "Home Office"


def test_the_articles_own_voice_is_nobodys() -> None:
    told = ascribed("Nearly 19,000 were returned.", "19,000")
    assert (told.named, told.speaker, told.originator) == (None, None, None)


HOSTILE = [
    "Home Secretary Anna Lee, ",
    "deal with France and ",
    "“it was signed he said, ",
    "the Rwanda scheme ",
    "“",
    ", said ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    assert growth(lambda size: read(unit * (size // len(unit))), 8_000) < LINEAR
