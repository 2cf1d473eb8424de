"""Another topic through the same engine: four articles about biscuits, from a pack that the product does not have.

Nothing in `feed` may know what is counted. What is told, what stands and what was known when comes from the pack alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.commands import answer, clock, feed, given

Row = dict[str, Any]
PACK = Path(__file__).parents[1] / "packs" / "biscuits"
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
OFFICE, CRUMB = "Biscuit Office", "The Daily Crumb"
MARCH = {
    "id": "office-march",
    "publisher": OFFICE,
    "published": "2026-03-02",
    "title": "Biscuit sales to the end of February",
    "text": (
        "A total of 40,210 packets of biscuits were sold between 1 September 2025 and 28 February 2026, the Biscuit"
        " Office said.\n"
        "Of these, 20,100 packets were chocolate, 8,110 packets were ginger and 12,000 packets were plain.\n"
        "A total of 3,212 packets of biscuits were imported from France in February.\n"
        "A packet of chocolate biscuits costs £1.40. There are 212 bakeries.\n"
        "The Biscuit Commissioner, Ada Crumble, said: “People dunk more than they did.”"
    ),
}
DOUBTS = {
    "id": "crumb-march",
    "publisher": CRUMB,
    "published": "2026-03-10",
    "title": "Guild doubts the count of French biscuits",
    "text": (
        "The Bakers' Guild counts differently: it says 4,705 packets of biscuits were imported from France in"
        " February.\n"
        "Britain has signed a deal with Denmark on biscuits."
    ),
}
APRIL = {
    "id": "office-april",
    "publisher": OFFICE,
    "published": "2026-04-02",
    "title": "Biscuit sales to the end of March",
    "text": (
        "A total of 51,305 packets of biscuits were sold between 1 September 2025 and 31 March 2026, the Biscuit"
        " Office said.\n"
        "In March 2026 shops sold 11,095 packets of biscuits. They were 5,001 packets of chocolate biscuits, 3,002"
        " packets of ginger biscuits and 2,003 packets of plain biscuits.\n"
        "They met for elevenses at 11. An average of 12 packets of biscuits were sold in each shop."
    ),
}
RUSK = {
    "id": "crumb-april",
    "publisher": CRUMB,
    "published": "2026-04-20",
    "title": "A new commissioner",
    "text": (
        "The new Biscuit Commissioner, Ben Rusk, said: “I like them plain.”\n"
        "More than 40 umbrellas were sold. A total of 40,210 packets of biscuits have been sold since the Great"
        " Biscuit Tax came in."
    ),
}
ARTICLES = [MARCH, DOUBTS, APRIL, RUSK]


def recorded(folder: Path, *articles: Row) -> Path:
    """A data directory on biscuits that got these articles in this order."""
    assert feed("init", folder, "--topic", PACK).code == 0
    with clock(NOW):
        ended = feed("ingest", given(folder.with_suffix(".jsonl"), *articles), "--dir", folder)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture(scope="module")
def in_time(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that got the articles as they came out."""
    return recorded(tmp_path_factory.mktemp("in-time") / "record", *ARTICLES)


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that got the last one first."""
    return recorded(tmp_path_factory.mktemp("backwards") / "record", *reversed(ARTICLES))


def figures(article: str, told: list[Row]) -> list[tuple[str, str, str]]:
    """What was read in one article: number, metric with its dimensions, period."""
    row = next(row for row in told if row["id"] == article)
    return [
        (
            figure["text"],
            " ".join((figure["metric"], *figure["dims"].values())),
            " to ".join(figure["period"][end] for end in ("start", "end")),
        )
        for figure in row["figures"]
    ]


def standing(rows: list[Row]) -> dict[str, str]:
    """What stands, by series and frame, or by office and scheme."""
    stands = {f"{row['series']} {row['frame']}": row["printed"] for row in rows if "series" in row}
    stands |= {row["office"]: row["holder"] for row in rows if "office" in row}
    return stands | {row["scheme"]: row["status"] for row in rows if "scheme" in row}


def alerts(folder: Path) -> list[tuple[str, str, str]]:
    """Every alert: class, severity, sentence."""
    return [(row["class"], row["severity"], row["sentence"]) for row in answer(folder, "alerts")]


# --- reading


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """What `feed read` prints."""
    handed = given(tmp_path_factory.mktemp("told") / "articles.jsonl", *ARTICLES)
    ended = feed("read", handed, "--topic", PACK)
    assert ended.code == 0, ended.err
    return ended.lines


def test_the_figures_are_read_in_the_words_of_the_pack(told: list[Row]) -> None:
    so_far, day, march = "2025-09-01 to 2026-02-28", "2026-03-02 to 2026-03-02", "2026-03-01 to 2026-03-31"
    assert figures("office-march", told) == [
        ("40,210", "sales", so_far),
        ("20,100", "sales chocolate", so_far),
        ("8,110", "sales ginger", so_far),
        ("12,000", "sales plain", so_far),
        ("3,212", "imports FR", "2026-02-01 to 2026-02-28"),
        ("£1.40", "price chocolate", day),
        ("212", "bakeries", day),
    ]
    assert figures("crumb-march", told) == [("4,705", "imports FR", "2026-02-01 to 2026-02-28")]
    assert figures("office-april", told) == [
        ("51,305", "sales", "2025-09-01 to 2026-03-31"),
        ("11,095", "sales", march),
        ("5,001", "sales chocolate", march),
        ("3,002", "sales ginger", march),
        ("2,003", "sales plain", march),
    ]
    assert figures("crumb-april", told) == [("40,210", "sales", "2025-09-01 to 2026-04-20")]


def test_what_the_pack_has_no_words_for_is_listed_and_never_guessed(told: list[Row]) -> None:
    left = [(row["text"], row["fate"], row["why"]) for article in told for row in article["unplaced"]]
    assert left == [
        ("12", "refused", "a number for each shop, day or person, which has no unit"),
        ("40", "unplaced", "no metric claims it"),
    ]


# --- telling

SUPERSEDED = ("superseded", "medium", "Biscuit sales since 1 September 2025: 51,305 (was 40,210 to 28 February)")
INCONSISTENT = (
    "inconsistent",
    "medium",
    "Biscuit sales: the sum of the parts of 11,095 does not come out: 5,001 + 3,002 + 2,003 = 10,006",
)
CONTRADICTED = "Biscuits imported, from France in February 2026: {}, which contradicts {} ({})"
STALE = (
    "stale",
    "medium",
    "Biscuit sales since 1 September 2025: 40,210, an old figure: it has been 51,305 since 31 March (Biscuit Office)",
)
CHANGED = ("state_changed", "medium", "Biscuit Commissioner: Ben Rusk (was Ada Crumble)")


def test_exactly_five_things_are_told(in_time: Path) -> None:
    assert alerts(in_time) == [
        ("contradicted", "high", CONTRADICTED.format("4,705", "3,212", OFFICE)),
        SUPERSEDED,
        INCONSISTENT,
        STALE,
        CHANGED,
    ]


def test_of_late_articles_only_that_is_told_which_is_wrong_in_itself_or_with_another(backwards: Path) -> None:
    assert alerts(backwards) == [
        INCONSISTENT,
        ("contradicted", "high", CONTRADICTED.format("3,212", "4,705", CRUMB)),
    ]


# --- standing


def test_what_stands_stands_once_whatever_the_order(in_time: Path, backwards: Path) -> None:
    expected = {
        "bakeries/level/bakeries at": "212",
        "price{kind=chocolate}/level/GBP at": "£1.40",
        "imports{from=FR}/level/packets month": "3,212",
        "sales/level/packets since 2025-09-01": "51,305",
        "sales{kind=chocolate}/level/packets since 2025-09-01": "20,100",
        "sales{kind=ginger}/level/packets since 2025-09-01": "8,110",
        "sales{kind=plain}/level/packets since 2025-09-01": "12,000",
        "sales/level/packets month": "11,095",
        "sales{kind=chocolate}/level/packets month": "5,001",
        "sales{kind=ginger}/level/packets month": "3,002",
        "sales{kind=plain}/level/packets month": "2,003",
        "biscuit_commissioner": "Ben Rusk",
        "uk-denmark-biscuits": "agreed",
    }
    totals = answer(in_time, "totals")
    assert len(totals) == len(expected)
    assert standing(totals) == expected
    assert answer(backwards, "totals") == totals


@pytest.mark.parametrize(
    ("day", "sold", "commissioner"),
    [("2026-03-01", None, None), ("2026-03-15", "40,210", "Ada Crumble"), ("2026-04-10", "51,305", "Ada Crumble")],
)
def test_what_was_known_when(
    day: str, sold: str | None, commissioner: str | None, in_time: Path, backwards: Path
) -> None:
    for record in (in_time, backwards):
        then = standing(answer(record, "asof", day))
        assert then.get("sales/level/packets since 2025-09-01") == sold
        assert then.get("biscuit_commissioner") == commissioner


def test_every_sum_of_parts_holds_but_one(in_time: Path) -> None:
    sums = [check for check in answer(in_time, "checks") if check["law"] == "sum"]
    assert [(check["article"], check["verdict"]) for check in sums] == [
        ("office-march", "holds"),
        ("office-april", "fails"),
    ]


# --- a claim against what others have on record

COUNTS = {
    "id": "counts",
    "publisher": OFFICE,
    "published": "2026-03-02",
    "title": "",
    "text": "In January 2026 shops sold 1,003 packets of biscuits. In February 2026 shops sold 2,006 packets.",
}
CLAIM = {
    "id": "claim",
    "publisher": CRUMB,
    "published": "2026-03-03",
    "title": "",
    "text": "Biscuit sales rose by 50 per cent in February 2026 compared with January 2026.",
}


def test_a_claim_that_only_figures_of_another_article_refute_is_told(tmp_path: Path) -> None:
    record = recorded(tmp_path / "record", COUNTS, CLAIM)
    assert [(row["class"], row["article"]) for row in answer(record, "alerts")][-1:] == [("inconsistent", "claim")]
