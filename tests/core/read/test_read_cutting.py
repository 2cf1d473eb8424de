"""Articles to tokens, sentences and quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from feed.read.text.lexer import Kind, lex
from feed.read.text.sentences import Layout
from tests.core.read.reading import document


@given(st.text(max_size=200))
@hypothesis_settings(max_examples=60)
def test_every_character_that_is_no_space_is_in_one_token(text: str) -> None:
    tokens = lex(text)
    assert "".join(t.text for t in tokens) == "".join(text.split()) or all(
        text[t.start : t.end] == t.text for t in tokens
    )
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(st.text(alphabet="aB1 .,!?“”'\n-", max_size=120))
@hypothesis_settings(max_examples=60)
def test_sentences_hold_all_tokens_in_order(text: str) -> None:
    whole = document(text)
    held = [i for s in whole.sentences for i in range(s.first, s.last)]
    assert held == sorted(set(held))
    assert all(whole.article.text[s.start : s.end] == whole.text(s) for s in whole.sentences)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("£5.38bn", [Kind.CURRENCY, Kind.NUMBER, Kind.WORD]),
        ("1,249,", [Kind.NUMBER, Kind.COMMA]),
        ("36%", [Kind.NUMBER, Kind.PERCENT]),
        ("27-member", [Kind.NUMBER, Kind.HYPHEN, Kind.WORD]),
        ("Albania’s", [Kind.WORD, Kind.WORD]),
        ("don’t", [Kind.WORD]),
        ("2023/24", [Kind.NUMBER, Kind.SLASH, Kind.NUMBER]),
        ("“Yes,” he", [Kind.OPEN, Kind.WORD, Kind.COMMA, Kind.CLOSE, Kind.WORD]),
        ('"Yes" he', [Kind.OPEN, Kind.WORD, Kind.CLOSE, Kind.WORD]),
    ],
)
def test_what_a_token_is(text: str, kinds: list[Kind]) -> None:
    assert [token.kind for token in lex(text)] == kinds


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Smith said so. He left.", ["Mr. Smith said so.", "He left."]),
        ("It rose by 5.2 per cent. Then it fell.", ["It rose by 5.2 per cent.", "Then it fell."]),
        ("“It works.” He smiled.", ["“It works.”", "He smiled."]),
        ("One line\nAnother", ["One line", "Another"]),
        ("J. K. Jones came. 14 left.", ["J. K. Jones came.", "14 left."]),
        ("What next? Nothing!", ["What next?", "Nothing!"]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    whole = document(text)
    assert [whole.text(s) for s in whole.sentences] == sentences


@pytest.mark.parametrize(
    ("line", "layout"),
    [
        ("Your browser does not support iframes.", Layout.BOILERPLATE),
        ("(Image: Getty)", Layout.CAPTION),
        ("09:31", Layout.STAMP),
        ("• first of all", Layout.BULLET),
        ("Date | People", Layout.ROW),
        ("A short title", Layout.HEADING),
        ("A whole sentence of the body.", Layout.BODY),
    ],
)
def test_what_a_line_is_by_its_looks(line: str, layout: Layout) -> None:
    assert document(line).paragraphs[0].layout is layout


def test_a_lone_number_heads_the_line_below() -> None:
    assert [p.layout for p in document("27\nThe number of those who came.").paragraphs] == [Layout.BODY]


def test_a_quotation_that_its_line_does_not_close_stays_open() -> None:
    whole = document("“It works.\n“It does.”")
    assert [q.closed for q in whole.quotations] == [False, True]


def test_titles_under_related_articles_are_no_text_of_this_one() -> None:
    text = "Some 500 people came.\nRelated articles\nFines may triple\n12 hotels to close\nThe last word is his."
    looks = [paragraph.layout for paragraph in document(text).paragraphs]
    assert looks == [Layout.BODY, *[Layout.BOILERPLATE] * 3, Layout.BODY]
