"""Whose a number is: which clause, which part, which pronoun; and what belongs to somebody else."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figures, told

# A text, and the figures in it without their time.
TEXTS: dict[str, list[str]] = {
    # what a sentence states is told of the part, not of the whole that it opens with
    "Small boats: of the 130,000 or so who landed since 2018, just under 4,000 have been returned.": [
        "about 130,000 people small_boat_arrivals",
        "nearly 4,000 people returns group=small_boat",
    ],
    "One in four of the 39,913 Channel migrants who came this year is Albanian.": [
        "One in four percent small_boat_arrivals nationality=AL share",
        "39,913 people small_boat_arrivals",
    ],
    # a part that only its time tells apart
    "Twenty-six people have been deported to France. Seven of them left on Tuesday.": [
        "Twenty-six people returns to=FR",
        "Seven people returns to=FR",
    ],
    "Around 34,000 Afghans were resettled by 2024; 5,200 of them came in 2023.": [
        "about 34,000 people resettled nationality=AF",
        "5,200 people resettled nationality=AF",
    ],
    "Around 34,000 Afghans were resettled by 2024; 5,200 of them came with dogs.": [
        "about 34,000 people resettled nationality=AF",
    ],
    # what is stated of one part is not told of the other
    "In 2024 the UK granted 616,000 work visas. More than half were in health and care, and about 77,000 of those went "
    "to Indians.": [
        "616,000 cases visas category=work",
        "more than half percent visas category=care share",
        "about 77,000 cases visas category=care nationality=IN",
    ],
    # what a statement before a colon is about
    "Small boat arrivals fell in 2023. Albanians explain most of it: 12,685 came in 2022 and 927 in 2023.": [
        "12,685 people small_boat_arrivals nationality=AL",
        "927 people small_boat_arrivals nationality=AL",
    ],
    # "their": of those named just before
    "Asylum: Syrian nationals made up 74% of those resettled in 2019. In all 44,018 asylum seekers and their "
    "dependants were in receipt of support.": [
        "74% percent resettled nationality=SY share",
        "44,018 people asylum_supported",
    ],
    # what is named just before "of which there have been"
    "Illegal working visits reached 3,930, and arrests, of which there have been 2,816, are up by a quarter.": [
        "3,930 visits illegal_working_visits",
        "2,816 people illegal_working_arrests",
        "a quarter percent illegal_working_arrests change",
    ],
    # the same at one time after the other
    "The Department ran 47 return charter flights in 2020, compared to 29 in 2019 and 33 in 2018.": [
        "47 flights return_flights",
        "29 flights return_flights",
        "33 flights return_flights",
    ],
    # a modal verb of another clause makes no forecast
    "Because they may not work, 106,771 people were on asylum support on 31 March 2025.": [
        "106,771 people asylum_supported",
    ],
    "Because it is cheaper, 300 people may be returned to Ghana in 2026.": [
        "300 people returns to=GH (forecast)",
    ],
    # a count that nothing claims does not part a sum from the sum before
    "The Rwanda scheme has cost £220 million. Should 300 people be flown there, another £120 million would follow.": [
        "£220 million GBP scheme_spending scheme=uk-rwanda",
        "£120 million GBP scheme_spending scheme=uk-rwanda (plan)",
    ],
    # a place that is pointed at is the one that was named
    "Vietnam is the quiet success. Returns there more than doubled in 2024, to 1,310.": [
        "more than doubled times returns to=VN ratio",
        "1,310 people returns to=VN",
    ],
    "Albania comes first: 2,240 people were returned to it in 2024, 905 of them foreign offenders.": [
        "2,240 people returns to=AL",
        "905 people returns group=fno to=AL",
    ],
    "Ministers met Albania and Vietnam. Immigration returns there fell to 1,300.": [
        "1,300 people returns",
    ],
    "Iraq is a hard case. There were 300 immigration returns in May.": [
        "300 people returns",
    ],
    # a count told again with "the" is the one told before
    "The Department ran 47 return charter flights in 2020, up from 29 in 2019. Of the 47, 13 went to Albania and six "
    "to Germany.": [
        "47 flights return_flights",
        "29 flights return_flights",
        "47 flights return_flights",
        "13 flights return_flights to=AL",
        "six flights return_flights to=DE",
    ],
    # other ones of what was counted before are not narrowed as its last part
    "Immigration returns: in 2024 7,190 were enforced and nearly 20,000 voluntary. Those of foreign offenders rose to "
    "4,465.": [
        "7,190 people returns type=enforced",
        "nearly 20,000 people returns type=voluntary",
        "4,465 people returns group=fno",
    ],
    # a purpose is no ratio of the sum
    "London paid France £54 million for beach patrols, to double the number of horses there.": [
        "£54 million GBP scheme_spending scheme=uk-france-policing",
    ],
    # two sums of one thing, and what "them" and "they" are
    "The asylum budget for hotels in 2022-23 was £70 million and the outturn £2.3 billion; this year it will spend £3 "
    "billion on them.": [
        "£70 million GBP asylum_budget item=hotels",
        "£2.3 billion GBP asylum_spending item=hotels",
        "£3 billion GBP asylum_spending item=hotels (forecast)",
    ],
    # the columns of a table narrow what the line above it names
    "The number of people returned from the UK, by type, is as follows:\nYear | Enforced | Voluntary\n"
    "2018 | 9,236 | 15,274\n2020 | 3,327 | 4,629 (provisional)": [
        "9,236 people returns type=enforced",
        "15,274 people returns type=voluntary",
        "3,327 people returns type=enforced",
        "4,629 people returns type=voluntary (estimate)",
    ],
    # the noun of another number, in another clause, and what another number counts
    "Illegal working: of last year's visits 2,388 fell in the final quarter, when 548 penalty notices were issued.": [
        "2,388 visits illegal_working_visits",
        "548 penalties illegal_working_penalties",
    ],
    "Some 101,000 people were on asylum support. Hotels accounted for 29,585 of them, or 29%, and 61% were in "
    "dispersal flats.": [
        "about 101,000 people asylum_supported",
        "29,585 people asylum_hotel_residents",
        "29% percent asylum_hotel_residents share",
    ],
    "Immigration Enforcement had 4,310 staff on 31 October.\nWed 24 | Home Affairs Committee": [
        "4,310 people enforcement_staff",
    ],
    # more than another by a part of it; for the better, which way the levels tell
    "Some 40,000 visitor visas and 29,000 study visas were granted in 2023, exceeding the totals for 2022 by 8% "
    "and 23%.": [
        "about 40,000 cases visas category=visit",
        "29,000 cases visas category=study",
        "8% percent visas category=visit change",
        "23% percent visas category=study change",
    ],
    "Net migration was a surprise: immigration outstripped emigration by 906,000.": [
        "906,000 people net_migration",
    ],
    # parts of a sum that "it" is
    "The Rwanda scheme has cost £700 million. Some 290 million of it went to Kigali.": [
        "£700 million GBP scheme_spending scheme=uk-rwanda",
        "about 290 million GBP scheme_spending item=payments scheme=uk-rwanda",
    ],
    # "both in and out"
    "In 2024 net migration was 728,000: 1.2 million in, 479,000 out.": [
        "728,000 people net_migration",
        "1.2 million people immigration",
        "479,000 people emigration",
    ],
}


@pytest.mark.parametrize("text", TEXTS)
def test_each_number_is_of_whom_its_own_words_say(text: str) -> None:
    assert [told(one.model_copy(update={"period": None})) for one in figures(text)] == TEXTS[text]


def test_an_improvement_is_a_fall_where_the_levels_fell() -> None:
    text = "Some 56,042 asylum seekers were in hotels in May. In June it was 45,768, an improvement of 18 per cent."
    assert [int(one.numbers[0]) for one in figures(text)] == [56042, 45768, -18]
    text = "Some 40,000 study visas were granted in 2023. In 2024 it was 44,400, an improvement of 11 per cent."
    assert [int(one.numbers[0]) for one in figures(text)] == [40000, 44400, 11]
