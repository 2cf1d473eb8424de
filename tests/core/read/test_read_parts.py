"""What a part is a part of, and what narrows it: lists of parts, siblings, totals, numbers told twice, other people."""

from __future__ import annotations

import pytest

from feed.model.figure import Figure
from tests.core.read.reading import figures, told

# A text, and the figures in it without their time.
TEXTS: dict[str, list[str]] = {
    # the parts of a list are narrowed as the whole is; "the total" is that of the whole
    "In 2024 there were 900 returns to Ghana, comprising 200 enforced returns and 700 voluntary returns. "
    "The total in 2023 was 480.": [
        "900 people returns to=GH",
        "200 people returns to=GH type=enforced",
        "700 people returns to=GH type=voluntary",
        "480 people returns to=GH",
    ],
    "Some 80 foreign offenders were returned to Albania, made up of 60 enforced removals and 20 voluntary ones.": [
        "about 80 people returns group=fno to=AL",
        "60 people returns group=fno to=AL type=enforced",
        "20 people returns group=fno to=AL type=voluntary",
    ],
    "In 2024 there were 900 returns to Ghana. In 2023 enforced returns came to 300 and voluntary ones to 500.": [
        "900 people returns to=GH",
        "300 people returns type=enforced",
        "500 people returns type=voluntary",
    ],
    # each part is narrowed by its own words, not by those of the part before
    "In all 36,000 people were returned, 8,000 of them by force. Foreign criminals accounted for 5,000.": [
        "36,000 people returns",
        "8,000 people returns type=enforced",
        "5,000 people returns group=fno",
    ],
    "In all 36,000 people were returned. Of these 9,000 were enforced returns, 400 of them women.": [
        "36,000 people returns",
        "9,000 people returns type=enforced",
        "400 people returns group=women type=enforced",
    ],
    # the same part told twice
    "In all 36,000 people have been returned since the election. A quarter of those, 9,000, were enforced.": [
        "36,000 people returns",
        "A quarter percent returns type=enforced share",
        "9,000 people returns type=enforced",
    ],
    "Asylum: 100,000 people were on asylum support. Some 40,000 of them, or 40%, were living in hotels.": [
        "100,000 people asylum_supported",
        "about 40,000 people asylum_hotel_residents",
        "40% percent asylum_hotel_residents share",
    ],
    "Returns to Albania fell from 5,300 in 2023 to 4,800 in 2024. Foreign criminals made up 2,000 of the latter.": [
        "5,300 people returns to=AL",
        "4,800 people returns to=AL",
        "2,000 people returns group=fno to=AL",
    ],
    "Ministers would resettle 5,000 Afghans in 2022 and eventually 20,000.": [
        "5,000 people resettled nationality=AF",
        "20,000 people resettled nationality=AF",
    ],
    "The asylum system expects to spend £4.7 billion, of which hotels will take £2.1 billion.": [
        "£4.7 billion GBP asylum_spending",
        "£2.1 billion GBP asylum_spending item=hotels",
    ],
    "They put on 64 charter flights with 2,904 people aboard, 187 of them bound for Vietnam and 410 for Brazil.": [
        "64 flights return_flights",
        "2,904 people returns via=charter",
        "187 people returns to=VN via=charter",
        "410 people returns to=BR via=charter",
    ],
    "There were 109,343 asylum claims in the year to March. A third came from people who got here on a small boat.": [
        "109,343 cases asylum_applications",
        "A third percent asylum_applications group=small_boat share",
    ],
    # what goes on beside it: another sum, another people, the whole that they are out of, a line below
    "Britain paid Rwanda £220 million by the end of 2023, and another £50 million in April.": [
        "£220 million GBP scheme_spending item=payments scheme=uk-rwanda",
        "£50 million GBP scheme_spending item=payments scheme=uk-rwanda",
    ],
    "Of the 6,400 returns that were enforced nearly two-thirds, or 3,900, were of foreign national offenders.": [
        "6,400 people returns type=enforced",
        "nearly two-thirds percent returns group=fno type=enforced share",
        "3,900 people returns group=fno type=enforced",
    ],
    "The asylum grant rate in the year to March was 99% for Eritreans and 86% for Sudanese.": [
        "99% percent asylum_grant_rate nationality=ER",
        "86% percent asylum_grant_rate nationality=SD",
    ],
    "In 2022 it was 1,094 Afghans out of 4,548 people who crossed the Channel.": [
        "1,094 people small_boat_arrivals nationality=AF",
        "4,548 people small_boat_arrivals",
    ],
    "Expenditure on accommodation for asylum seekers was as follows.\n2021-22: £1.28 billion\n2022-23: £2.67 billion": [
        "£1.28 billion GBP asylum_spending item=accommodation",
        "£2.67 billion GBP asylum_spending item=accommodation",
    ],
    # a subject of its own begins another matter
    "Small boats: in 2023 some 4,700 Albanians were deported. Arrivals of all nationalities this year stood at 26,699, "
    "down from 39,929 by the same date last year.": [
        "about 4,700 people returns nationality=AL",
        "26,699 people small_boat_arrivals",
        "39,929 people small_boat_arrivals",
    ],
    "Illegal working: of last year's visits to premises 2,388 fell in the final quarter.": [
        "2,388 visits illegal_working_visits"
    ],
}


def what(one: Figure) -> str:
    """A figure in one line, without its time and status."""
    return told(one.model_copy(update={"period": None, "status": "actual"}))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_a_part_is_narrowed_by_its_whole_and_by_its_own_words(text: str) -> None:
    assert [what(one) for one in figures(text)] == TEXTS[text]


# A text, and the one number in it that counts something.
ALONE = {
    "In 2019 the asylum grant rate was 52 per cent. Nobody came to our 12 drop-ins.": "52 per cent",
    "Immigration Enforcement had 4,310 staff; 27 were on long-term sick leave.": "4,310",
    "The scheme for those returning home now extends to 11 countries. Questions 55214 and 55215 asked why.": "",
    "In 2024 there were 8,000 illegal working visits. Our sector had 2,190 of the visits.": "8,000",
}


@pytest.mark.parametrize("text", ALONE)
def test_a_number_of_something_else_or_a_part_that_nothing_tells_apart_is_no_figure(text: str) -> None:
    assert [one.text for one in figures(text)] == [ALONE[text]] * bool(ALONE[text])


# A text of several matters, and the figures that are of this country, whole, and no rates.
WHOLE: dict[str, list[str]] = {
    # places that nothing knows are local; names of people, parties and countries are not
    "There are 214 asylum seekers in two hotels in Harrowden, down from 351 in three.": [],
    "Some 30,000 asylum seekers were in hotels in Britain at the end of June.": ["30,000"],
    "In Starmer's first year 30,000 asylum seekers were living in hotels.": ["30,000"],
    # some left out
    "Ukrainians apart, the UK issued 9,800 humanitarian visas.": [],
    "Not counting Afghans, 5,000 people were granted asylum.": [],
    "Ukrainians were issued 9,800 humanitarian visas.": ["9,800"],
    "Of these 97,107 people applied for asylum (75,658 if only main applicants are counted).": ["97,107"],
    # how many come to each
    "The boats brought 224 people ashore at Dover, an average of 45 a boat.": ["224"],
    "Small boats are fuller: 59 people per boat came in May.": [],
    "Some 5,000 migrants crossed the Channel in small boats, 300 to each dinghy.": ["5,000"],
    # other countries
    "Net migration was 204,000. Germany's net immigration last year: 430,000.": ["204,000"],
    "Some 300 Indians agreed to go home voluntarily. Germany took 14,000 of our nurses.": ["300"],
    # statements that no cue knows
    "Asylum: 25,000 claims were withdrawn, and 34,000 claims were refused.": ["34,000"],
    # what only adds to another count
    "At sea 12 people died in the Channel. A relief group lists eight other deaths there.": ["12"],
    # words behind "of whom", "of which" and of another whole
    "On Tuesday 62 people, two of whom had a cold, were rescued off France and returned to Boulogne.": ["62"],
    "Some 9,000 people were resettled; 700 of them, 90 of whom are under 18, have never left a hostel.": ["9,000"],
    "Net migration fell as 479,000 people emigrated. The Carers' Guild vacancy count, 131,000, has hardly budged.": [
        "479,000"
    ],
    "In all 1,440 people were in immigration detention. Fifty-nine per cent of those who left had been bailed.": [
        "1,440"
    ],
    "Small boats: 5,000 people crossed. It took six weeks, three cancelled tickets and a ferry.": ["5,000"],
    "The asylum system houses many. One fifth of our hotels would fit into the barracks.": [],
    "He vowed to clear the legacy asylum backlog of 92,000.": [],
    "Some 5,612 people were resettled. In 2023 another 4,408 came through the Vulnerable Persons Scheme.": ["5,612"],
    # several countries together, what is left out, what is no noun of the pack's, whose staff it is
    "In 2024 seven in 10 of those who crossed the Channel in small boats came from Iran, Iraq, Sudan or Syria.": [],
    "Last year some 5,000 Iraqis and Iranians were returned.": [],
    "In 2024 36,816 people crossed the Channel in small boats. In Germany it was 18,000.": ["36,816"],
    "Illegal working visits rose. The figures exclude the 17 visits made with the tax office.": [],
    "More than 500 people smugglers have been arrested since 2020, and 21 organised crime groups dismantled.": ["500"],
    "Immigration enforcement grew. It rained. It poured. The charity was founded in May. It has 12 staff.": [],
    "Three people smugglers, all aged between 19 and 34, were arrested.": ["Three"],
    # ages, votes, digits that are read out
    "Net migration was 204,000. Yonas, now 23, who came in May, saw the bill pass by 366 votes to 265.": ["204,000"],
    "Four point seven six billion pounds went on asylum.": ["Four point seven six billion pounds"],
    # whose something else is
    "Vietnam: the time to process a returnee's papers should come down by 75%.": [],
}


@pytest.mark.parametrize("text", WHOLE)
def test_only_figures_of_the_whole_country_are_read(text: str) -> None:
    assert [one.text for one in figures(text)] == WHOLE[text]
