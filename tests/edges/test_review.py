"""What a person read: rows of a reviewed.toml become facts and figures, or a clear refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from feed.app.review import load
from feed.model.errors import ArticleRefused
from feed.model.fact import Office, Scheme
from feed.model.figure import Figure

TEXT = "The UK will pay £1.5million for training. Some 19,000 people, of 19,000 more, were returned in 2024."
DAY = date(2025, 2, 10)
HEAD = '[[reviewed]]\narticle = "a"\nby = "Anna"\nreason = "told in free words"\n'


def sheet(folder: Path, rows: str) -> Path:
    file = folder / "reviewed.toml"
    file.write_text(HEAD + rows, encoding="utf-8")
    return file


def test_a_fact_finds_its_quote_and_says_who_and_why(tmp_path: Path) -> None:
    rows = (
        '[reviewed.fact]\ntype = "scheme_term"\nscheme = "x"\nterm = "provides"\nvalue = ["training"]\n'
        'quote = "pay £1.5million for training"\n'
    )
    (row,) = load(sheet(tmp_path, rows))
    fact = row.fact(TEXT, DAY)
    assert (row.article, row.by, row.reason) == ("a", "Anna", "told in free words")
    assert isinstance(fact, Scheme)
    assert (fact.value, fact.as_of) == (("training",), DAY)
    assert TEXT[fact.quote.start : fact.quote.end] == "pay £1.5million for training"


def test_a_past_without_a_date_is_said_so(tmp_path: Path) -> None:
    rows = (
        '[reviewed.fact]\ntype = "office"\noffice = "chief"\ncountry = "GB"\nholder = "B"\n'
        'until = 2024-01-02\nas_of = ""\nquote = "The UK"\n'
    )
    (row,) = load(sheet(tmp_path, rows))
    fact = row.fact(TEXT, DAY)
    assert isinstance(fact, Office)
    assert (fact.until, fact.as_of) == (date(2024, 1, 2), None)


def test_a_figure_finds_its_number_in_its_sentence(tmp_path: Path) -> None:
    rows = (
        '[reviewed.figure]\ntext = "19,000"\nnth = 2\nnumber = 19000\nqualifier = "exact"\nunit = "people"\n'
        'metric = "m"\nmeasure = "level"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\n'
        'quote = "Some 19,000 people, of 19,000 more, were returned in 2024."\n'
    )
    (row,) = load(sheet(tmp_path, rows))
    figure = row.fact(TEXT, DAY)
    assert isinstance(figure, Figure)
    assert TEXT[figure.span.start : figure.span.end] == "19,000"
    assert figure.span.start == TEXT.rindex("19,000")
    assert (figure.step, figure.value.low, figure.value.high) == (Decimal(1000), Decimal(18500), Decimal(19500))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            '[reviewed.fact]\ntype = "incident"\nwhat = "w"\nquote = "not there"\n',
            "row 1: the article has no such words",
        ),
        ('[reviewed.fact]\ntype = "scheme_status"\nscheme = "x"\nstatus = "odd"\nquote = "The UK"\n', "row 1: "),
        (
            '[reviewed.figure]\ntext = "7"\nnumber = 7\nqualifier = "exact"\nunit = "people"\nmetric = "m"\n'
            'measure = "level"\nquote = "The UK"\n',
            "row 1: the quote does not hold that number",
        ),
    ],
    ids=["quote", "status", "number"],
)
def test_what_does_not_fit_the_article_is_refused_with_its_place(tmp_path: Path, rows: str, says: str) -> None:
    (row,) = load(sheet(tmp_path, rows))
    with pytest.raises(ArticleRefused) as refused:
        row.fact(TEXT, DAY)
    assert f"reviewed.toml, {says}" in str(refused.value)


@pytest.mark.parametrize(
    "rows", ["", "x = [", '[reviewed.fact]\ntype = "gossip"\nquote = "q"\n'], ids=["none", "toml", "type"]
)
def test_a_malformed_sheet_is_refused_with_its_place(tmp_path: Path, rows: str) -> None:
    with pytest.raises(ArticleRefused, match=r"reviewed\.toml"):
        load(sheet(tmp_path, rows))


def test_a_missing_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleRefused, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_the_seeds_sheet_fits_the_seeds() -> None:
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    for row in load(seeds / "reviewed.toml"):
        text = (seeds / "articles" / f"{row.article}.txt").read_text(encoding="utf-8")
        assert row.fact(text, DAY).quote.exact in text
