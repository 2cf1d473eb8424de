"""Tokens to paragraphs, sentences and quotations: the document that every later stage reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from feed.model.article import Article
from feed.model.reading import Unread
from feed.read.english import English
from feed.read.text.budget import LETTERS, afford
from feed.read.text.lexer import Kind, Token, Tokens
from feed.read.text.marks import Mark
from feed.read.text.once import once


class Layout(Mark):
    """What a paragraph is by its looks."""

    __slots__ = ()

    BODY: ClassVar[Layout]
    HEADING: ClassVar[Layout]  # short, without a full stop: titles, subtitles
    BULLET: ClassVar[Layout]
    STAMP: ClassVar[Layout]  # nothing but a time, a date or a number: a live blog's entry begins
    ROW: ClassVar[Layout]  # a line of a table or a labelled number
    CAPTION: ClassVar[Layout]
    BOILERPLATE: ClassVar[Layout]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that is not blank. `first` to `last` are token indexes, end excluded."""

    index: int
    layout: Layout
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; never crosses a line. Code points `start` to `end`, tokens `first` to `last`, ends excluded."""

    index: int
    paragraph: int
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: token indexes of the opening mark and after the closing one.

    `closed` is False when the paragraph ended first: the next one that opens with a mark goes on.
    """

    first: int
    last: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Document:
    """An article cut up. Everything refers to `tokens` by index and to the article's text by code points.

    `sections`: the tokens that only number its parts, as in the lines "1 What is counted" and "2 The figures".
    `unread`: the rest of an article that is too large, of which nothing is here.
    """

    article: Article
    tokens: Tokens
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    sections: frozenset[int] = frozenset()
    unread: Unread | None = None

    def text(self, sentence: Sentence) -> str:
        """The sentence verbatim."""
        return self.article.text[sentence.start : sentence.end]

    def byline(self, paragraph: Paragraph) -> bool:
        """Whether a line only tells who wrote the article: "By Jo Smith, Political Editor"."""
        return paragraph.layout is Layout.HEADING and self.tokens[paragraph.first].folded == "by"

    def seen(self, sentence: Sentence) -> tuple[str, tuple[str, ...]]:
        """The kinds and forms of the sentence's tokens."""
        first, last = sentence.first, sentence.last
        return self.tokens.kinds[first:last], self.tokens.forms[first:last]


def cut(article: Article, english: English) -> Document:
    """The article as a document, as far as the laws on size allow. Pure; linear in the text's length."""
    tokens, why = afford(article.text, _looks(english).counted)
    document = _document(article, tokens, english)
    if not why:
        return document
    # The sentence that breaks the law is left out whole, so that no number is read without its noun.
    first = document.sentences[-1].first if document.sentences else 0
    start = tokens[first].start if tokens else LETTERS
    return replace(_document(article, Tokens(tokens[:first]), english), unread=Unread(start, len(article.text), why))


def _document(article: Article, tokens: Tokens, english: English) -> Document:
    kinds = tokens.kinds
    paragraphs = tuple(_paragraphs(article.text, tokens, kinds, english))
    abbreviations = frozenset(english.layout.abbreviations)
    sentences: list[Sentence] = []
    for paragraph in paragraphs:
        for first, last in _cuts(tokens, kinds, paragraph, abbreviations):
            sentences.append(
                Sentence(len(sentences), paragraph.index, tokens[first].start, tokens[last - 1].end, first, last)
            )
    quotations = tuple(q for p in paragraphs for q in _quotations(tokens, kinds, p))
    return Document(article, tokens, paragraphs, tuple(sentences), quotations, _sections(tokens, paragraphs))


def _sections(tokens: Tokens, paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The numbers at the heads of lines that count up from 1, each before a word with a capital."""
    run: list[int] = []
    for paragraph in paragraphs:
        mark = tokens[paragraph.first]
        if mark.kind is Kind.NUMBER and mark.text == str(len(run) + 1) and paragraph.last - paragraph.first > 1:
            following = tokens[paragraph.first + 1]
            if following.kind is Kind.WORD and following.capital and not following.glued:
                run.append(paragraph.first)
    return frozenset(run) if len(run) > 1 else frozenset()


def _lines(text: str, credit: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The lines that hold something; "(Reporting by ...)" behind a line's text is one of its own."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            behind = credit.search(text, start, end)
            if behind and text[start : behind.start()].strip():
                yield start, behind.start()
                start = behind.start()
            yield start, end
        start = end + 1


def _paragraphs(text: str, tokens: Tokens, kinds: str, english: English) -> Iterator[Paragraph]:
    starts = tokens.starts
    looks = _looks(english)
    at = 0
    index = 0
    opened: int | None = None
    trailing = False  # under "Related articles": titles of other articles
    for start, end in _lines(text, looks.credit):
        first = at
        if at == len(tokens):
            return
        at = bisect_left(starts, end, at)
        if at > first and opened is None and _lone_number(tokens[first:at], kinds[first:at]):
            opened = first
            continue
        if at > first:
            if opened is not None:
                first, start, opened = opened, tokens[opened].start, None
            layout = _layout(text[start:end].strip(), tokens[first:at], english, looks)
            trailing = looks.trailer(text[start:end]) or (trailing and layout in TEASING)
            layout = Layout.BOILERPLATE if trailing else layout
            yield Paragraph(index, layout, start, end, first, at)
            index += 1


TEASING = frozenset({Layout.HEADING, Layout.BULLET, Layout.STAMP, Layout.CAPTION, Layout.BOILERPLATE})


def _lone_number(tokens: tuple[Token, ...], kinds: str) -> bool:
    """A line that holds one number and no words: it heads the line below ("in numbers" pages)."""
    if len(tokens) > MOST_LONE or kinds.count(Kind.NUMBER) != 1 or not LONE.issuperset(kinds):
        return False
    return all(token.kind is not Kind.WORD or token.folded in LONE_WORDS for token in tokens)


MOST_LONE = 5  # tokens
LONE = frozenset({Kind.NUMBER, Kind.CURRENCY, Kind.PERCENT, Kind.HYPHEN, Kind.WORD, Kind.OTHER})
LONE_WORDS = frozenset({"plus", "bn", "m", "k", "million", "billion", "per", "cent"})
BULLETS = frozenset("•-–*·▪→►▸‣●➤■◆✔✓")


def _layout(line: str, tokens: tuple[Token, ...], english: English, looks: _Looks) -> Layout:
    low = line.lower()
    if looks.boilerplate.search(low):
        return Layout.BOILERPLATE
    if low.startswith(english.layout.caption):
        return Layout.CAPTION
    if not any(t.kind is Kind.WORD and t.folded not in looks.calendar for t in tokens):
        return Layout.STAMP
    if line[0] in BULLETS and not tokens[0].text.isalnum():
        return Layout.BULLET
    if "|" in line:
        return Layout.ROW
    if _labelled(line, tokens):
        return Layout.HEADING
    if len(line) < 160 and tokens[-1].kind not in (Kind.STOP, Kind.CLOSE, Kind.COLON, Kind.COMMA, Kind.UNBRACKET):
        return Layout.HEADING
    return Layout.BODY


def _labelled(line: str, tokens: tuple[Token, ...]) -> bool:
    """As in "2023-24: £3.11 billion (provisional)": a label and what it counts, and no more."""
    if len(line) > LABELLED or tokens[-1].kind is not Kind.UNBRACKET:
        return False
    behind = next((tokens[at] for at in range(1, len(tokens)) if tokens[at - 1].kind is Kind.COLON), tokens[0])
    return behind.kind in (Kind.NUMBER, Kind.CURRENCY) and not behind.glued


LABELLED = 60  # characters
STAMP_WORDS = frozenset({"am", "pm", "gmt", "bst", "updated", "last", "published", "h", "ago", "plus"})


class _Looks(NamedTuple):
    """What tells a paragraph's layout, compiled. `calendar`: the words of a line that is nothing but a time.

    `credit`: what begins, in a bracket, the boilerplate behind a line's text.

    `counted`: the words that count as numbers where the size of an article is judged.
    """

    boilerplate: re.Pattern[str]
    credit: re.Pattern[str]
    trailers: frozenset[str]
    calendar: frozenset[str]
    counted: frozenset[str]

    def trailer(self, line: str) -> bool:
        """Whether a line is nothing but what heads the titles of other articles."""
        return line.strip().rstrip(":").lower() in self.trailers


@once
def _looks(english: English) -> _Looks:
    boilerplate = re.compile("|".join(map(re.escape, english.layout.boilerplate)) or "(?!)")
    brackets = [phrase for phrase in english.layout.boilerplate if phrase.startswith("(")]
    credit = re.compile("|".join(map(re.escape, brackets)) or "(?!)", re.IGNORECASE)
    times, numbers = english.times, english.numbers
    counted = frozenset([*times.months, *times.weekdays, *numbers.units, *numbers.tens, *numbers.fractions])
    trailers = frozenset(english.layout.trailers)
    calendar = STAMP_WORDS.union(times.months, times.weekdays)
    return _Looks(boilerplate, credit, trailers, calendar, counted.union(numbers.multiples))


LONGEST = 150  # tokens; no sentence that a person wrote is longer, and what is longer must not cost more


def _cuts(
    tokens: tuple[Token, ...], kinds: str, paragraph: Paragraph, abbreviations: frozenset[str]
) -> Iterator[tuple[int, int]]:
    first = paragraph.first
    while first < paragraph.last:
        end = _end(tokens, kinds, first, paragraph.last, abbreviations)
        yield first, end
        first = end


def _end(tokens: tuple[Token, ...], kinds: str, first: int, last: int, abbreviations: frozenset[str]) -> int:
    """The token after the sentence that begins at `first`, in a paragraph that ends at `last`."""
    farthest = min(last, first + LONGEST + 1)
    at = kinds.find(Kind.STOP, first, farthest)
    while at >= 0:
        if _ends(tokens, at, last, abbreviations):
            at += 1
            while at < last and _trails(tokens[at]):
                at += 1
            return at
        at = kinds.find(Kind.STOP, at + 1, farthest)
    return farthest


def _trails(token: Token) -> bool:
    return token.kind in (Kind.STOP, Kind.CLOSE, Kind.UNBRACKET) and token.glued


def _ends(tokens: tuple[Token, ...], at: int, last: int, abbreviations: frozenset[str]) -> bool:
    if tokens[at].text == "." and at and _abbreviated(tokens[at - 1], abbreviations):
        return False
    after = at + 1
    while after < last and _trails(tokens[after]):
        after += 1
    if after >= last:
        return True
    follower = tokens[after]
    if follower.glued:
        return False
    starts = follower.kind in (Kind.NUMBER, Kind.OPEN, Kind.BRACKET, Kind.CURRENCY, Kind.OTHER)
    return starts or follower.capital


def _abbreviated(token: Token, abbreviations: frozenset[str]) -> bool:
    initial = token.kind is Kind.WORD and len(token.text) == 1 and token.capital and token.text != "I"
    return initial or token.folded in abbreviations


_MARKS = re.compile(f"[{Kind.OPEN}{Kind.CLOSE}]")


def _quotations(tokens: tuple[Token, ...], kinds: str, paragraph: Paragraph) -> Iterator[Quotation]:
    opened: int | None = None
    for mark in _MARKS.finditer(kinds, paragraph.first, paragraph.last):
        at = mark.start()
        if opened is None:
            opened = at if mark[0] == Kind.OPEN else None
        elif mark[0] == Kind.CLOSE and _closes(tokens[opened], tokens[at]):
            yield Quotation(opened, at + 1, closed=True)
            opened = None
    if opened is not None:
        yield Quotation(opened, paragraph.last, closed=False)


_PAIRS = {"“": "”", "‘": "’", "«": "»", '"': '"', "'": "'", "`": "'"}


def _closes(opening: Token, closing: Token) -> bool:
    return _PAIRS.get(opening.text) == closing.text
