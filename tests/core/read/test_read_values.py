"""What a number says: which way it changed, of what it is a part, how sure it is, and when it is no figure at all."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figure, figures, reading, told

# A sentence, and its figures: number, unit, metric, dimensions, measure; without their periods.
SAID: dict[str, list[str]] = {
    "The bill for asylum hotels was £2.1bn last year; that will lop £1 billion off the asylum bill in 2024.": [
        "£2.1bn GBP level",
        "£1 billion GBP change",
    ],
    "Spending on asylum was cut by £300m to £4bn last year.": ["£300m GBP change", "£4bn GBP level"],
    "Illegal working visits skyrocketed 51 per cent to 9,000 last year.": [
        "51 per cent percent change",
        "9,000 visits level",
    ],
    "Net migration was -93,000 in 2024.": ["-93,000 people level"],
    "Net migration was +430,000 in 2024.": ["+430,000 people level"],
    "The asylum grant rate was 47 per cent in 2024, a drop of 11 percentage points.": [
        "47 per cent percent level",
        "11 percentage points percent change",
    ],
    "The asylum backlog stands at half a million.": ["half a million people level"],
    "Hotels for asylum seekers ate up £2.1 billion of asylum spending in 2024.": ["£2.1 billion GBP level"],
    "Immigration Enforcement has 5,700 officers and is recruiting 200 officers.": [
        "5,700 people level",
        "200 people change",
    ],
    "There are 2,200 places in immigration detention and the Home Office plans 1,000 more places.": [
        "2,200 places level",
        "1,000 places change",
    ],
    "Raids were up by a third and arrests by half last year.": ["a third percent change", "half percent change"],
    "The asylum grant rate dropped from 61 to 48 per cent.": ["61 percent level", "48 per cent percent level"],
    "Spending on asylum went from £4.5 to £5.4bn.": ["£4.5 GBP level", "£5.4bn GBP level"],
    "Twelve hundred more people were removed last year than in 2023.": ["Twelve hundred people change"],
    "The asylum backlog fell 9,000 to 70,532.": ["9,000 people change", "70,532 people level"],
}


@pytest.mark.parametrize(("text", "expected"), SAID.items(), ids=lambda value: str(value)[:40])
def test_which_way_a_number_goes(text: str, expected: list[str]) -> None:
    assert [f"{one.text} {one.unit} {one.measure}" for one in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Net migration was -93,000 in 2024.", ["-93000"]),
        ("Illegal working visits were down 8% last year.", ["-8"]),
        ("Illegal working visits (-8%) fell last year.", ["-8"]),
        ("The government cut £300m from asylum spending last year.", ["-300000000"]),
    ],
)
def test_a_fall_is_negative(text: str, numbers: list[str]) -> None:
    assert [str(n) for one in figures(text) for n in one.numbers] == numbers


def test_a_mark_that_was_passed_counts_what_passed_it() -> None:
    found = figure("Small boat arrivals have breached the 50,000 mark since the election.")
    assert (found.metric, found.qualifier, found.text) == ("small_boat_arrivals", "over", "50,000")


def test_the_longer_noun_is_what_is_counted() -> None:
    found = figure("Three in ten small boat arrivals last year were from Eritrea.")
    assert (found.metric, found.measure) == ("small_boat_arrivals", "share")


def test_the_same_part_told_again_as_a_percentage_is_a_share() -> None:
    part, share = figures("Albanians made up 2,914, or 14%, of those who entered immigration detention last year.")
    assert (part.measure, share.measure, share.dims) == ("level", "share", {"nationality": "AL"})


STATUSES: dict[str, list[str]] = {
    "Spending on asylum was £1.1 billion in 2021-22 and a provisional £2.3 billion in 2022-23.": ["actual", "estimate"],
    "Busiest of all was May, when officers made 930 enforcement visits.": ["actual"],
    "Up to 60,000 people could cross the Channel in small boats this year.": ["forecast"],
    "Detention capacity is to grow by 1,000 places.": ["plan"],
    "The raids led to 154 arrests, and could lead to more.": ["actual"],
    "Britain will pay France €541 million (£476 million) for beach patrols.": ["plan", "plan"],
    "Iraq will get £300,000, and a further £200,000, under the deal with Iraq.": ["plan", "plan"],
    "There may be 930 enforcement visits in the end.": ["forecast"],
    "He promised a legal cap on net migration of 100,000.": ["target"],
    "The number of asylum appeals is 40,667, not 46,067 as first stated.": ["actual", "actual"],
}


@pytest.mark.parametrize(("text", "expected"), STATUSES.items(), ids=lambda value: str(value)[:40])
def test_how_sure_a_number_is(text: str, expected: list[str]) -> None:
    assert [one.status for one in figures(text)] == expected


NONE = [
    "Were the arrivals in small boats to climb past 300 there would be trouble.",
    "The number of people deported is not 35,000.",
    "Moving one asylum seeker out of a hotel costs each household £4.",
    "Illegal working visits rose 12 percentage points.",
    "He was deported after talks with nine countries.",
    "The revised net migration is 166,000 people it had missed.",
    "An asylum hotel costs £119 a night.",
    "The detention centre will open with 160 beds.",
    "It is like a detention centre with 2,000 beds.",
    "The youngest to cross the Channel were 15.",
    "Officials had spoken of as many as 50 returns a week.",
    "Two-thirds of those in the asylum backlog, or 76,268, had been there for longer than six months.",
    "Some of those in the appeal queue, one in seven of them, have been in it for more than two years.",
    "The poll of 2,012 adults was on small boat arrivals.",
    "The smuggler was jailed after he brought 3,781 migrants to Britain.",
    "It employs 250 caseworkers to clear the backlog of asylum claims.",
    "A boy of 12 was among the small boat arrivals.",
    "Thirty-six officers were hurt; I thank the 36 officers who were hurt on enforcement raids.",
]


@pytest.mark.parametrize("text", NONE, ids=lambda text: text[:40])
def test_numbers_that_are_no_figures(text: str) -> None:
    assert [told(one) for one in figures(text)] == []
    assert reading(text).leftovers, "and yet the number is accounted for"


def test_what_is_compared_with_a_refused_number_is_refused_too() -> None:
    text = "Some 1,848 foreign offenders were deported under the early removal scheme, against 1,610 in 2023."
    assert figures(text) == []
