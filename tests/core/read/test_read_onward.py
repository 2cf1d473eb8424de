"""What a number goes on about: pairs, the other side of a comparison, lists of peoples, times that refer back."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figures, told

JUNE = "2024-07-01..2025-06-30"
MAY = "2025-05-01..2025-05-31"

# A text, and the figures in it.
TEXTS: dict[str, list[str]] = {
    # A line that leads on heads its rows; of a row with two columns nothing tells which one is meant.
    "Expenditure on accommodation for asylum seekers was as follows.\n2022-23: £2.67 billion\n"
    "2023-24: £3.11 billion (provisional)": [
        "£2.67 billion GBP asylum_spending item=accommodation 2022-04-01..2023-03-31",
        "£3.11 billion GBP asylum_spending item=accommodation 2023-04-01..2024-03-31 (estimate)",
    ],
    "The sums spent on accommodation for asylum seekers and on other support were as follows.\n"
    "2022-23: £2.67 billion; £1.1 billion": [],
    "In May officers carried out 900 illegal working visits and made 700 arrests. In May last year the figures were "
    "600 and 400.": [
        f"900 visits illegal_working_visits {MAY}",
        f"700 people illegal_working_arrests {MAY}",
        "600 visits illegal_working_visits 2024-05-01..2024-05-31",
        "400 people illegal_working_arrests 2024-05-01..2024-05-31",
    ],
    # What was told in two units goes on in the first of them.
    "Asylum claims in the year to June numbered 72,027 and covered 85,902 people. Nearly one in five, 13,650, came "
    "from Albanians; in the previous year it had been 3,100.": [
        f"72,027 cases asylum_applications {JUNE}",
        f"85,902 people asylum_applications {JUNE}",
        f"nearly one in five percent asylum_applications nationality=AL share {JUNE}",
        f"13,650 cases asylum_applications nationality=AL {JUNE}",
        "3,100 cases asylum_applications nationality=AL 2023-07-01..2024-06-30",
    ],
    "Of the 9,000 enforced returns in the year to June 2025, 3,000 were Albanian, 1,200 Romanian and 900 Brazilian.": [
        f"9,000 people returns type=enforced {JUNE}",
        f"3,000 people returns nationality=AL type=enforced {JUNE}",
        f"1,200 people returns nationality=RO type=enforced {JUNE}",
        f"900 people returns nationality=BR type=enforced {JUNE}",
    ],
    "There were 6,000 returns to Albania in 2024, 4,000 to Romania and 2,000 to India.": [
        "6,000 people returns to=AL 2024-01-01..2024-12-31",
        "4,000 people returns to=RO 2024-01-01..2024-12-31",
        "2,000 people returns to=IN 2024-01-01..2024-12-31",
    ],
    "The number of asylum seekers in hotels fell from 38,000 to 32,000.": [
        "38,000 people asylum_hotel_residents 2025-08-22..2025-08-22",
        "32,000 people asylum_hotel_residents 2025-08-22..2025-08-22",
    ],
    "Britain deported 5,000 foreign criminals in the year to June, a tenth more than in the year before.": [
        f"5,000 people returns group=fno {JUNE}",
        f"a tenth percent returns group=fno change {JUNE}",
    ],
    "Nearly 4,000 failed asylum seekers were removed in the first quarter.": [
        "nearly 4,000 people returns group=failed_asylum 2025-01-01..2025-03-31",
    ],
    "The UK granted 200,000 work visas, 400,000 study visas and 70,000 family visas in the year to June 2025.": [
        f"200,000 cases visas category=work {JUNE}",
        f"400,000 cases visas category=study {JUNE}",
        f"70,000 cases visas category=family {JUNE}",
    ],
    "In the year to June 2025 enforced returns rose by 9 per cent to 9,000. Voluntary returns came to 27,000 in the "
    "same year.": [
        f"9 per cent percent returns type=enforced change {JUNE}",
        f"9,000 people returns type=enforced {JUNE}",
        f"27,000 people returns type=voluntary {JUNE}",
    ],
    "Voluntary departures made up 26,000 of the 35,000 returns in the year to June 2025.": [
        f"26,000 people returns type=voluntary {JUNE}",
        f"35,000 people returns {JUNE}",
    ],
    "In the year to June 2025 the Home Office refused 50,000 asylum claims, compared with 40,000 in the previous year, "
    "and granted asylum to 30,000 people.": [
        f"50,000 cases asylum_refusals {JUNE}",
        "40,000 cases asylum_refusals 2023-07-01..2024-06-30",
        f"30,000 people asylum_grants {JUNE}",
    ],
    "In the year to June 2025 net migration was 400,000, having been 800,000.": [
        f"400,000 people net_migration {JUNE}",
        "800,000 people net_migration 2023-07-01..2024-06-30",
    ],
    "In all 200,000 visas had been granted by the end of January.": ["200,000 cases visas ?..2025-01-31"],
    "Some 1,900 people are now in immigration detention.": ["about 1,900 people detained 2025-08-22..2025-08-22"],
    "Illegal working visits were up 34% in May, and arrests on them 47%. The numbers have not doubled.": [
        f"34% percent illegal_working_visits change {MAY}",
        f"47% percent illegal_working_arrests change {MAY}",
    ],
}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_a_number_goes_on_about_what_was_counted(text: str) -> None:
    assert [told(one) for one in figures(text)] == TEXTS[text]


NOTHING = [
    "Immigration: net migration fell. It is now in paragraph 2.2 of the report.",
    "Cafes accounted for 38 per cent of the illegal working raids.",
    "Small boat arrivals rose. The government has a majority of 174.",
    "Small boat arrivals rose. Six in the morning, out they come.",
    "Talks on returns were held with nine countries, of which two said no.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_of_something_else_are_no_figures(text: str) -> None:
    assert [told(one) for one in figures(text)] == []
