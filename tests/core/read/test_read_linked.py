"""Numbers told together in one sentence: a level and its change, two counts side by side, like compared with like."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figures, told

JUNE = "2024-07-01..2025-06-30"

# A text, and the figures in it.
TEXTS: dict[str, list[str]] = {
    "Enforced returns stood at 9,072 in the year to June 2025, 24 per cent up on the year before, and voluntary "
    "returns at 26,761, up 13 per cent.": [
        f"9,072 people returns type=enforced {JUNE}",
        f"24 per cent percent returns type=enforced change {JUNE}",
        f"26,761 people returns type=voluntary {JUNE}",
        f"13 per cent percent returns type=voluntary change {JUNE}",
    ],
    # Behind the level's whole clause, too, although another metric is named in it.
    "In the year to June 2025 some 9,000 people were removed after an asylum claim, a tenth fewer than in the year "
    "before.": [
        f"about 9,000 people returns {JUNE}",
        f"a tenth percent returns change {JUNE}",
    ],
    # But not where a subject of its own stands before the comma.
    "In 2024 some 9,000 people were removed by force, and asylum claims, up by a tenth, came to 50,000.": [
        "about 9,000 people returns type=enforced 2024-01-01..2024-12-31",
        "a tenth percent asylum_applications change 2024-01-01..2024-12-31",
        "50,000 cases asylum_applications 2024-01-01..2024-12-31",
    ],
    "Asylum claims fell by 12 per cent to 88,000 in the year to June 2025.": [
        f"12 per cent percent asylum_applications change {JUNE}",
        f"88,000 cases asylum_applications {JUNE}",
    ],
    # What is only counted beside the statement has neither change nor past.
    "In 2024 36,816 people crossed the Channel in 695 boats, up 25 per cent on 2023.": [
        "36,816 people small_boat_arrivals 2024-01-01..2024-12-31",
        "695 boats small_boats 2024-01-01..2024-12-31",
        "25 per cent percent small_boat_arrivals change 2024-01-01..2024-12-31",
    ],
    # Like is compared with like: by kind, and by size.
    "In 2024 the Home Office issued 2,105 illegal working penalties worth £94m, up from 1,490 and £67m in 2023.": [
        "2,105 penalties illegal_working_penalties 2024-01-01..2024-12-31",
        "£94m GBP illegal_working_penalties 2024-01-01..2024-12-31",
        "1,490 penalties illegal_working_penalties 2023-01-01..2023-12-31",
        "£67m GBP illegal_working_penalties 2023-01-01..2023-12-31",
    ],
    "In 2024 36,816 people crossed the Channel in 695 boats, as against 602 in 2023.": [
        "36,816 people small_boat_arrivals 2024-01-01..2024-12-31",
        "695 boats small_boats 2024-01-01..2024-12-31",
        "602 boats small_boats 2023-01-01..2023-12-31",
    ],
    "There were 106,771 asylum seekers in accommodation at the end of March 2025 (32,345 of them in hotels), 6% fewer "
    "than a year before.": [
        "106,771 people asylum_supported 2025-03-31..2025-03-31",
        "32,345 people asylum_hotel_residents 2025-03-31..2025-03-31",
        "6% percent asylum_supported change 2025-03-31..2025-03-31",
    ],
    # A count told again as its share.
    "In the year to June 2025 there were 36,457 returns; enforced ones accounted for 9,072 (25%) and voluntary returns "
    "for 26,388, or 72 per cent.": [
        f"36,457 people returns {JUNE}",
        f"9,072 people returns type=enforced {JUNE}",
        f"25% percent returns type=enforced share {JUNE}",
        f"26,388 people returns type=voluntary {JUNE}",
        f"72 per cent percent returns type=voluntary share {JUNE}",
    ],
    # The head of a noun phrase is what is counted, not what it is of.
    "The backlog of asylum cases awaiting an initial decision fell to 70,532 at the end of June 2025.": [
        "70,532 cases asylum_backlog stage=initial 2025-06-30..2025-06-30",
    ],
    # A part that nothing tells apart from its whole is no figure.
    "In 2024 Britain deported 5,000 foreign criminals, 900 of them on Tuesdays.": [
        "5,000 people returns group=fno 2024-01-01..2024-12-31",
    ],
    # A statement of its own, which no cue knows.
    "In 2024 50,000 asylum claims were refused. A further 3,400 were withdrawn.": [
        "50,000 cases asylum_refusals 2024-01-01..2024-12-31",
    ],
}


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_told_together_are_read_together(text: str) -> None:
    assert [told(one) for one in figures(text)] == TEXTS[text]
