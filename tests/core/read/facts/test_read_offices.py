"""Who holds an office, told in the ways that newspapers have."""

from __future__ import annotations

import pytest

from feed.model.fact import Office
from tests.core.read.facts.said import offices, read

HOLDS = [
    ("Home Secretary Yvette Cooper said so.", "2025-02-10", {"GB home_secretary Yvette Cooper"}),
    ("Yvette Cooper, the Home Secretary, has vowed it.", "2025-02-10", {"GB home_secretary Yvette Cooper"}),
    ("Yvette Cooper , the Home Secretary, has vowed it.", "2025-02-10", {"GB home_secretary Yvette Cooper"}),
    ("The home secretary, Jane Doe, travelled to Berlin.", "2027-01-10", {"GB home_secretary Jane Doe"}),
    ("Hard-right Italian Prime Minister Giorgia Meloni came.", "2025-03-31", {"IT prime_minister Giorgia Meloni"}),
    ("France’s interior minister Anne Durand spoke.", "2027-01-10", {"FR interior_minister Anne Durand"}),
    ("The prime minister of Albania, Edi Rama, refused.", "2025-03-31", {"AL prime_minister Edi Rama"}),
    ("Children’s minister Josh MacAlister told Times Radio.", "2025-10-24", {"GB childrens_minister Josh MacAlister"}),
    ("Anna Lee became Home Secretary on Monday.", "2027-01-10", {"GB home_secretary Anna Lee"}),
    ("Anna Lee, two weeks into the job of Home Secretary, went north.", "2027-01-10", {"GB home_secretary Anna Lee"}),
    ("Reply by the Minister for Immigration, Anna Lee:\nNone.", "2027-01-10", {"GB immigration_minister Anna Lee"}),
    ("Anna Lee, Home Secretary for exactly one month today, spoke.", "2027-01-10", {"GB home_secretary Anna Lee"}),
    ("Italy held on. Giorgia Meloni, its prime minister, smiled.", "2025-03-31", {"IT prime_minister Giorgia Meloni"}),
    (
        "Home Secretary Yvette Cooper met her German counterpart, Nancy Faeser.",
        "2024-12-10",
        {"GB home_secretary Yvette Cooper", "DE interior_minister Nancy Faeser"},
    ),
    (
        "Prime Minister Rishi Sunak signed it with his opposite number, Edi Rama.",
        "2022-12-13",
        {"GB prime_minister Rishi Sunak", "AL prime_minister Edi Rama"},
    ),
    ("Acting Home Secretary Anna Lee spoke.", "2027-01-10", {"GB home_secretary Anna Lee"}),
]
OVER = [
    ("Former Home Secretary Anna Lee spoke.", {"GB home_secretary Anna Lee (over)"}),
    ("Anna Lee, who was Home Secretary at the time, spoke.", {"GB home_secretary Anna Lee (over)"}),
    ("The then home secretary Anna Lee spoke.", {"GB home_secretary Anna Lee (over)"}),
    ("The last Tory prime minister, Rishi Sunak, spoke.", {"GB prime_minister Rishi Sunak (over)"}),
    ("Anna Lee resigned as Home Secretary.", {"GB home_secretary Anna Lee (over)"}),
    (
        "The sources pointed to France and the replacement of Luc Petit as interior minister.",
        {"FR interior_minister Luc Petit (over)"},
    ),
]
BOTH = [
    ("Anna Lee, who replaced Bob Hill as Home Secretary, spoke."),
    ("Bob Hill was replaced as Home Secretary by Anna Lee."),
]
SILENT = [
    "Shadow home secretary Chris Philp spoke.",
    "Nigel Farage would become Prime Minister if there were an election.",
    "Yvette Cooper met with interior ministers in London.",
    "In 2022 Home Secretary Priti Patel signed it.",
    "As home secretary, Anna Lee introduced it.",
    "'President Musk' is flexing his muscles.",
    "The Home Secretary's spokesman Bob Hill spoke.",
    "Updated: November 25, 2021, 2:18 PM Sign up now.",
    "Deputy leader Anna Lee will be the next Home Secretary Bob Hill said.",
]


@pytest.mark.parametrize(("text", "day", "told"), HOLDS)
def test_a_holder_beside_the_title_is_read(text: str, day: str, told: set[str]) -> None:
    assert offices(text, day) == told


@pytest.mark.parametrize(("text", "told"), OVER)
def test_a_term_that_is_over_sets_no_holder(text: str, told: set[str]) -> None:
    assert offices(text) == told


@pytest.mark.parametrize("text", BOTH)
def test_a_change_tells_both_who_came_and_who_went(text: str) -> None:
    assert offices(text, "2027-01-10") == {"GB home_secretary Anna Lee", "GB home_secretary Bob Hill (over)"}


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_holder_is_left_alone(text: str) -> None:
    assert offices(text) == set()


LEFT = [
    ("Anna Lee, who walked out as Home Secretary on Wednesday, was blunt.", "2025-10-22"),
    ("Anna Lee was sacked as Home Secretary on 13 October.", "2025-10-13"),
    ("Anna Lee resigned as Home Secretary in a letter.", "2025-10-24"),
    ("Anna Lee, who resigned as Home Secretary last year, spoke.", "2025-10-24"),
]


@pytest.mark.parametrize(("text", "until"), LEFT)
def test_a_term_ends_on_the_day_that_is_told_else_by_publication(text: str, until: str) -> None:
    assert [str(fact.until) for fact in read(text) if isinstance(fact, Office)] == [until]


def test_now_one_office_and_once_another_tells_only_the_one_held_now() -> None:
    text = "It was led by now-Foreign Secretary Yvette Cooper when she was in the Home Office, sources said."
    assert offices(text) == {"GB foreign_secretary Yvette Cooper"}


def test_the_predecessor_held_the_office_told_just_before() -> None:
    told = offices("Chancellor Rachel Reeves disagreed with her predecessor Jeremy Hunt.", "2024-08-29")
    assert told == {"GB chancellor Rachel Reeves", "GB chancellor Jeremy Hunt (over)"}


def test_the_title_alone_is_whoever_the_article_names_and_the_record_knows() -> None:
    text = (
        "Hubs are possible, Keir Starmer has revealed.\nAnd the Prime Minister has admitted it.\nRishi Sunak was cross."
    )
    assert offices(text, "2025-03-31") == {"GB prime_minister Keir Starmer"}


def test_the_title_alone_is_nobody_when_the_article_names_nobody_of_the_day() -> None:
    assert offices("Boris Johnson wrote a column.\nThe Prime Minister did not answer.", "2025-03-31") == set()


def test_an_unknown_holder_beside_a_foreign_country_is_not_taken_for_ours() -> None:
    assert offices("Visiting Serbia, Prime Minister Ivan Petrov promised help.") == set()


def test_two_holders_of_one_office_are_settled_by_the_record_or_not_at_all() -> None:
    assert offices("Home Secretary Anna Lee spoke.\nHome Secretary Bob Hill spoke.", "2027-01-10") == set()
    both = "Home Secretary Yvette Cooper spoke.\nHome Secretary Bob Hill spoke."
    assert offices(both, "2025-02-10") == {"GB home_secretary Yvette Cooper"}


def test_an_unknown_holder_told_with_an_earlier_year_is_undated() -> None:
    assert offices("In 2009 Home Secretary Anna Lee signed it.") == {"GB home_secretary Anna Lee (once)"}


def test_without_a_day_of_publication_nothing_is_dated() -> None:
    facts = read("Home Secretary Anna Lee spoke. She signed a returns deal with Iraq.", None)
    assert facts
    assert all(fact.as_of is None for fact in facts)
