"""Is the number that somebody says still the number? Told of biscuits."""

from __future__ import annotations

import pytest

from feed.alert.answer import answer, explain
from feed.model.figure import Figure
from feed.model.period import Basis, Period
from feed.model.quantity import Qualifier
from feed.model.standing import Reported
from feed.model.standings import EMPTY, Standings
from tests.standings import with_told
from tests.told import day, figure, since, told, window

NEARLY = told(figure("19,000", Qualifier.NEARLY, since("2025-01-31")), "first", "Biscuit Office", "2025-02-10")
MORE = told(figure("24,000", Qualifier.OVER, since("2025-03-31")), "second", "Crumb", "2025-03-31")
FEBRUARY = with_told(EMPTY, [NEARLY], [], frozenset())
APRIL = with_told(EMPTY, [NEARLY, MORE], [], frozenset())
TODAY = since("2025-04-01", basis=Basis.PUBLISHED)


@pytest.mark.parametrize(
    ("known", "claim", "said"),
    [
        (
            FEBRUARY,
            figure("19,000", period=since("2025-02-15", basis=Basis.PUBLISHED)),
            "19,000 is current: nearly 19,000 since 5 July 2024 to 31 January 2025 "
            "(Biscuit Office, 10 February 2025) stands.",
        ),
        (
            APRIL,
            figure("19,000", period=TODAY),
            "19,000 is stale: it says nearly 19,000 since 5 July 2024 to 31 January 2025 (Biscuit Office, 10 February "
            "2025); since then more than 24,000 since 5 July 2024 to 31 March 2025 (Crumb, 31 March 2025) stands.",
        ),
        (
            APRIL,
            figure("24,500", period=TODAY),
            "24,500 is current: more than 24,000 since 5 July 2024 to 31 March 2025",
        ),
        (
            APRIL,
            figure("12,345", period=TODAY),
            "12,345 is contradicted: on record is more than 24,000 since 5 July 2024 to 31 March 2025 "
            "(Crumb, 31 March 2025).",
        ),
        (APRIL, figure("18,987", period=since("2025-01-31")), "18,987 is stale: it says nearly 19,000 since"),
        (
            APRIL,
            figure("25,000", period=since("2025-01-31")),
            "25,000 is contradicted: on record is nearly 19,000 since",
        ),
        (APRIL, figure("19,000", period=since("2025-04-01", start=None)), "19,000 is stale: it says nearly 19,000"),
        (APRIL, figure("19,000"), "19,000 is stale: it says nearly 19,000"),
        (APRIL, figure("12,345"), "12,345 is unknown: nothing on record measures this."),
        (APRIL, figure("19,000", period=window("2025-01-01", "2025-01-31")), "19,000 is unknown: "),
        (APRIL, figure("19,000", period=TODAY, dims={"kind": "plain"}), "19,000 is unknown: "),
        (EMPTY, figure("19,000", period=TODAY), "19,000 is unknown: nothing on record measures this."),
    ],
)
def test_what_the_record_says_of_a_claim(known: Standings, claim: Figure, said: str) -> None:
    given = answer(known, told(claim, "said", None, "2025-04-01"))
    assert explain(given).startswith(said)
    assert not said.endswith(".") or explain(given) == said
    assert (given.stands is None) == (given.verdict == "unknown")


ON_RECORD = told(figure("24,103", period=since("2025-03-31")), "second", "Crumb", "2025-03-31")


@pytest.mark.parametrize(
    ("text", "period", "said"),
    [
        ("31,000", TODAY, "31,000 is unknown: nothing on record is about that time; the last is 24,103 since 5 July "
         "2024 to 31 March 2025 (Crumb, 31 March 2025)."),
        ("31,000", since("2026-01-31"), "31,000 is unknown: "),
        ("22,000", since("2025-02-28"), "22,000 is unknown: "),
        # A running total cannot fall.
        ("22,000", since("2026-01-31"), "22,000 is contradicted: on record is 24,103"),
        ("31,000", since("2025-02-28"), "31,000 is contradicted: on record is 24,103"),
        ("31,000", since("2025-03-31"), "31,000 is contradicted: on record is 24,103"),
    ],
)  # fmt: skip
def test_a_number_of_a_time_that_nobody_told_yet_is_unknown_unless_a_total_had_to_fall(
    text: str, period: Period, said: str
) -> None:
    given = answer(
        with_told(EMPTY, [NEARLY, ON_RECORD], [], frozenset()), told(figure(text, period=period), "said", None)
    )
    assert (given.matches, given.stands) == (None, ON_RECORD)
    assert explain(given).startswith(said)


def test_more_than_a_number_is_no_licence_for_any_number_of_the_same_day() -> None:
    given = answer(APRIL, told(figure("40,000", period=since("2025-03-31")), "said", None, "2025-04-01"))
    assert explain(given).startswith("40,000 is contradicted: on record is more than 24,000 since 5 July 2024")


def test_a_stock_of_another_day_refutes_nothing() -> None:
    for text, on in (("41,000", "2025-12-31"), ("20,000", "2025-12-31"), ("41,000", "2025-03-31")):
        given = answer(with_told(EMPTY, [SEPTEMBER], [], frozenset()), tins(text, on, "Said", "2026-01-10"))
        assert (str(given.verdict), given.stands) == ("unknown", SEPTEMBER)


def test_a_count_so_far_is_cited_with_its_last_day_once() -> None:
    so_far = told(figure("20,433", period=since("2024-08-28", start=day("2024-01-01"))), "a", "Crumb", "2024-08-29")
    whole = told(figure("36,816", period=window("2024-01-01", "2024-12-31")), "b", "Crumb", "2025-01-02")
    for one, cited in ((so_far, "20,433 in 2024 to 28 August (Crumb"), (whole, "36,816 in 2024 (Crumb")):
        given = answer(with_told(EMPTY, [one], [], frozenset()), one)
        assert explain(given).startswith(f"{one.figure.text} is current: {cited}, ")


def tins(text: str, end: str, publisher: str, published: str) -> Reported:
    period = window(end, end)
    return told(figure(text, period=period, metric="tins"), f"{publisher} {published}", publisher, published)


JUNE = tins("32,059", "2025-06-30", "Biscuit Office", "2025-08-21")
JUNE_REVISED = tins("32,041", "2025-06-30", "Biscuit Office", "2025-11-27")
SEPTEMBER = tins("36,273", "2025-09-30", "Biscuit Office", "2025-11-27")


@pytest.mark.parametrize(
    ("known", "claim", "verdict", "matches", "stands"),
    [
        # What its own source put another number in the place of is old, also for a time that is past.
        ([JUNE, JUNE_REVISED], "32,059", "stale", JUNE, JUNE_REVISED),
        ([JUNE, JUNE_REVISED, SEPTEMBER], "32,059", "stale", JUNE, JUNE_REVISED),
        ([JUNE, JUNE_REVISED, SEPTEMBER], "32,041", "stale", JUNE_REVISED, SEPTEMBER),
        ([JUNE, JUNE_REVISED, SEPTEMBER], "31,000", "contradicted", JUNE_REVISED, SEPTEMBER),
        # A number of another time is no match, though it was revised.
        ([JUNE, JUNE_REVISED, SEPTEMBER], "36,273", "contradicted", JUNE_REVISED, SEPTEMBER),
        # Who only says otherwise puts nothing out of date: his number is contradicted, first or last.
        ([tins("8,000", "2025-06-30", "Crumb", "2025-07-10"), JUNE], "8,000", "contradicted", None, JUNE),
        ([JUNE, tins("8,000", "2025-06-30", "Crumb", "2025-09-10")], "8,000", "contradicted", None, JUNE),
        # Who printed the old number after it was revised is not where it comes from.
        (
            [JUNE, JUNE_REVISED, tins("32,059", "2025-06-30", "Crumb", "2025-12-01")],
            "32,059", "stale", JUNE, JUNE_REVISED,
        ),
    ],
)  # fmt: skip
def test_what_its_source_replaced_is_stale_and_what_others_dispute_is_contradicted(
    known: list[Reported], claim: str, verdict: str, matches: Reported | None, stands: Reported
) -> None:
    given = answer(with_told(EMPTY, known, [], frozenset()), tins(claim, "2025-06-30", "Said", "2025-12-24"))
    assert (str(given.verdict), given.matches, given.stands) == (verdict, matches, stands)


def test_of_several_that_a_claim_says_the_last_is_cited_and_who_told_it_as_old_only_without_another() -> None:
    later = told(figure("19,100", period=since("2025-02-28")), "later", "Biscuit Office", "2025-03-05")
    known = with_told(EMPTY, [NEARLY, later, MORE], [], frozenset())
    assert answer(known, told(figure("19,000", period=TODAY), "said", None, "2025-04-01")).matches == later
    called_old = told(
        figure("32,059", period=window("2025-06-30", "2025-06-30"), metric="tins", superseded=True, at=9),
        "Biscuit Office 2025-11-27", "Biscuit Office", "2025-11-27",
    )  # fmt: skip
    for held, matches in (([JUNE, JUNE_REVISED, called_old], JUNE), ([JUNE_REVISED, called_old], called_old)):
        given = answer(with_told(EMPTY, held, [], frozenset()), tins("32,059", "2025-06-30", "Said", "2025-12-24"))
        assert (str(given.verdict), given.matches, given.stands) == ("stale", matches, JUNE_REVISED)


def test_a_claim_that_does_not_say_since_when_is_what_is_kindest_in_any_frame_of_its_series() -> None:
    """Of the running total it is old, of the year it stands; what other series say is nothing to it."""
    year = told(figure("19,000", period=window("2024-01-01", "2024-12-31")), "year", "Crumb", "2025-01-10")
    dated = told(figure("19,000", period=since("2025-04-01", start=day("2025-01-06"))), "w", "Crumb", "2025-04-02")
    untimed = told(figure("19,000"), "said", None, "2025-04-05")
    for more in (year, dated):  # the one comes before the running total, the other after it
        assert answer(with_told(APRIL, [more], [], frozenset()), untimed).stands == more
    other = told(figure("19,000", period=since("2025-01-31"), metric="tins"), "t", "Crumb", "2025-02-10")
    both = with_told(APRIL, [other], [], frozenset())
    assert (str(answer(both, untimed).verdict), answer(both, untimed).matches) == ("stale", NEARLY)
    assert str(answer(with_told(EMPTY, [other], [], frozenset()), untimed).verdict) == "unknown"


def test_a_claim_that_does_not_say_since_when_is_never_contradicted() -> None:
    so_far = [told(figure(text, period=since(end, start=None)), text, "Crumb", end)
              for text, end in (("19,117", "2025-01-31"), ("25,117", "2025-03-31"))]  # fmt: skip
    claim = told(figure("22,345", period=since("2025-01-31", start=None)), "said", None, "2025-04-01")
    assert str(answer(with_told(EMPTY, so_far, [], frozenset()), claim).verdict) == "unknown"


def test_what_was_replaced_for_another_time_says_nothing_of_this_one() -> None:
    march = tins("36,273", "2025-03-31", "Biscuit Office", "2025-05-22")
    known = with_told(EMPTY, [march, JUNE_REVISED, SEPTEMBER], [], frozenset())
    given = answer(known, tins("36,273", "2025-06-30", "Said", "2025-12-24"))
    assert (str(given.verdict), given.matches, given.stands) == ("contradicted", JUNE_REVISED, SEPTEMBER)
