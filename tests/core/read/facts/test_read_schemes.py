"""How far a scheme has come, told in the ways that newspapers have; and what is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from feed.model.actors import Scheme as Row
from feed.model.fact import Incident, Scheme
from feed.read.cast import stage
from feed.read.facts.mentions import mentions
from feed.read.text.sentences import cut
from tests.core.read.facts.said import article, read, statuses, tables

DAY = "2025-10-24"
HOLDS = [
    ("It follows the decision to axe the Conservatives’ Rwanda scheme.", {f"uk-rwanda scrapped {DAY}"}),
    ("One of the first acts was scrapping the Rwanda asylum scheme.", {f"uk-rwanda scrapped {DAY}"}),
    ("The UK has signed a deal with Iraq to return migrants.", {f"uk-iraq agreed {DAY}"}),
    ("Britain has agreed a deal with Vietnam to send back migrants.", {f"uk-vietnam agreed {DAY}"}),
    ("Ministers insisted the UK-France migrant deal is working.", {f"uk-france-returns in_force {DAY}"}),
    ("The “one in, one out” pilot came into force this week.", {f"uk-france-returns in_force {DAY}"}),
    (
        "The High Court has ruled that the “one in, one out” scheme is unlawful.",
        {f"uk-france-returns ruled_unlawful {DAY}"},
    ),
    ("The defunct Rwanda scheme cost £700 million.", {f"uk-rwanda scrapped {DAY}"}),
    (
        "The agreement between the two. The Rwanda plan was dead. It is over. The Rwanda scheme is over.",
        {f"uk-rwanda scrapped {DAY}"},
    ),
    ("The EU is proposing to set up return hubs abroad.", {f"eu-return-hubs proposed {DAY}"}),
    ("Officials are considering overseas return hubs.", {f"uk-return-hubs considered {DAY}"}),
    ("The Border Security Bill is going through Parliament.", {f"border-security-bill proposed {DAY}"}),
]
DATED = [
    ("The “one in, one out” pilot was announced last month.", {"uk-france-returns announced 2025-09-30"}),
    ("The “one in, one out” pilot was announced last week.", {"uk-france-returns announced 2025-10-19"}),
    ("The “one in, one out” pilot was announced last year.", {"uk-france-returns announced 2024-12-31"}),
    (
        "The Supreme Court ruled that the Rwanda scheme was unlawful in November 2023.",
        {"uk-rwanda ruled_unlawful 2023-11-30"},
    ),
    ("The deal he struck with Tirana last December cut migrant crossings.", {"uk-albania agreed 2024-12-31"}),
    (
        "The contract for the ‘Reintegration Programme’, posted online on August 22, is long.",
        {"uk-reintegration proposed 2025-08-22"},
    ),
]
SILENT = [
    "Sir Keir denied they are reviving the Rwanda deportation scheme.",
    "Labour promised to scrap the Rwanda scheme.",
    "Nigel Farage said he would tear up the deal with France on migrant returns.",
    "Has the Rwanda scheme been scrapped? Was the Rwanda scheme scrapped?",
    "The UK has signed a trade deal with Iraq.",
    "Turkey has signed a deal with Iraq to return migrants.",
    "The Netherlands has agreed to look at return hubs.",
    "Ministers are looking at the Rwanda scheme and its cost.",
    "Her aunt said: “They have scrapped the whole Rwanda scheme and everybody knows that.”",
    "The scheme was scrapped.",
    "The deal that he had wanted to strike with Albania on migrants is far away.",
    "Flights to Rwanda are illegal, he said, and the Rwanda scheme illegal to the last.",
    "The EU would not build or manage the return hubs.",
]


WORDINGS = [line.split(" | ") for line in (Path(__file__).parent / "schemes_wording.txt").read_text().splitlines()[1:]]


@pytest.mark.parametrize(("text", "told"), [(text, told.strip()) for text, told in WORDINGS])
def test_each_wording_tells_what_its_line_says(text: str, told: str) -> None:
    assert statuses(text.replace(" / ", "\n")) == (set(told.split("; ")) if told else set())


@pytest.mark.parametrize(("text", "told"), HOLDS)
def test_what_holds_now_is_read_as_of_publication(text: str, told: set[str]) -> None:
    assert statuses(text) == told


@pytest.mark.parametrize(("text", "told"), DATED)
def test_what_has_a_date_is_read_as_of_that_date(text: str, told: set[str]) -> None:
    assert statuses(text) == told


@pytest.mark.parametrize("text", SILENT)
def test_what_is_denied_wished_asked_or_about_something_else_is_left_alone(text: str) -> None:
    assert statuses(text) == set()


def test_a_list_of_partners_is_one_scheme_each() -> None:
    told = statuses(
        "It is attempting to strike “one in, one out” migrant deals with Germany, Belgium and the Netherlands."
    )
    states = {f"uk-{partner}-returns considered {DAY}" for partner in ("germany", "belgium", "netherlands")}
    assert told == states


def test_history_without_a_date_is_undated() -> None:
    text = "First paragraph.\nSecond one.\nThe Rwanda flights were grounded by successive legal challenges."
    assert statuses(text) == {"uk-rwanda blocked never"}


def test_the_scheme_is_the_one_named_before_it() -> None:
    text = "He spoke of the “one in, one out” pilot.\nThe scheme came into force this week."
    assert statuses(text) == {f"uk-france-returns in_force {DAY}"}


def test_a_similar_scheme_is_another_one() -> None:
    assert (
        statuses("He spoke of the Rwanda plan.\nA similar scheme was tried.\nThe scheme came into force this week.")
        == set()
    )


def test_of_two_that_hold_now_the_later_stage_is_told() -> None:
    text = "The Rwanda scheme is working, said one.\nBut ministers have scrapped the Rwanda scheme."
    assert statuses(text) == {f"uk-rwanda scrapped {DAY}"}


def test_terms_are_read_for_the_scheme_told_before() -> None:
    text = (
        "The contract for the Reintegration Programme would run from April 1, 2026 to March 31, 2029.\n"
        "The nations it names are Albania, Ghana and Iraq."
    )
    terms = {(f.scheme, f.term, f.value) for f in read(text) if isinstance(f, Scheme) and f.term}
    assert terms == {
        ("uk-reintegration", "starts", "2026-04-01"),
        ("uk-reintegration", "ends", "2029-03-31"),
        ("uk-reintegration", "countries", ("AL", "GH", "IQ")),
    }


def test_an_end_that_lies_ahead_is_the_next_such_day() -> None:
    text = "The treaty with France on migrant returns has cost £14 million. It will now run until October 1."
    terms = [f.value for f in read(text, "2026-02-06") if isinstance(f, Scheme) and f.term == "ends"]
    assert terms == ["2026-10-01"]


def test_a_deal_that_is_signed_names_the_other_side() -> None:
    facts = read("The UK has signed a deal with Iraq to return migrants.")
    assert [f.value for f in facts if isinstance(f, Scheme) and f.term == "counterparty"] == ["IQ"]


def test_an_incident_of_the_packs_kinds_is_read_once() -> None:
    text = (
        "They defended the deal with France on migrants after a man returned by the French scheme re-entered the UK.\n"
        "An Iranian national who had been deported under the deal returned to the UK this week."
    )
    told = [f for f in read(text) if isinstance(f, Incident)]
    assert [f.scheme for f in told] == ["uk-france-returns"]


def _named(row: Row, text: str) -> bool:
    topic, english = tables()
    cast = stage(cut(article(text), english), topic, english.telling)
    return any(row.id in mention.schemes for mention in mentions(cast))


@pytest.mark.parametrize("row", tables()[0].actors.schemes.scheme, ids=lambda row: str(row.id))
def test_each_row_of_the_pack_keeps_its_examples(row: Row) -> None:
    assert row.examples
    assert [text for text in row.examples if not _named(row, text)] == []
    assert [text for text in row.counter if _named(row, text)] == []


@pytest.mark.parametrize("row", tables()[0].actors.schemes.incident, ids=lambda row: "_".join(row.what.split()[:2]))
def test_each_incident_of_the_pack_keeps_its_examples(row: object) -> None:
    told = "He defended the deal with France on migrant returns."
    for text, expected in [*((t, True) for t in row.examples), *((t, False) for t in row.counter)]:  # type: ignore[attr-defined]
        assert any(isinstance(fact, Incident) for fact in read(f"{told}\n{text}")) is expected
