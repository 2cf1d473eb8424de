"""Numbers that a text itself calls old: "649,000, revised down from 728,000"."""

from __future__ import annotations

import pytest

from tests.core.read.reading import figures, told

JUNE = "2023-07-01..2024-06-30"
NEW, OLD = f"649,000 people net_migration {JUNE}", f"728,000 people net_migration {JUNE}"

# Each tells 649,000 as the number and 728,000 as what it was before, both for one time.
REVISED = (
    "Net migration was 649,000 in the year to June 2024, revised down from 728,000.",
    "Net migration was 649,000 in the year to June 2024, previously estimated at 728,000.",
    "Net migration was 649,000 in the year to June 2024, down from the 728,000 first reported.",
    "Net migration was 649,000 in the year to June 2024, not 728,000 as previously thought.",
    "Net migration was 649,000 in the year to June 2024. It was originally estimated at 728,000.",
    "Net migration was 649,000 (previously 728,000) in the year to June 2024.",
    "Net migration was revised down to 649,000 in the year to June 2024 from 728,000.",
    "Net migration in the year to June 2024 was 649,000, compared with the earlier estimate of 728,000.",
    "Net migration in the year to June 2024 was 728,000, since revised to 649,000.",
    "Net migration was 728,000 in the year to June 2024, a figure later revised to 649,000.",
    "Net migration was 728,000 (later revised to 649,000) in the year to June 2024.",
    "Net migration in the year to June 2024, first put at 728,000, was 649,000.",
    "The ONS has revised its estimate of net migration in the year to June 2024 from 728,000 to 649,000.",
    "Net migration was initially thought to be 728,000 in the year to June 2024 but the figure was revised to 649,000.",
)

# What looks alike and is something else: the number of another time, and one that was revised and is told as it is now.
STANDING = (
    "Net migration fell to 728,000 in the year to June 2024, down from a revised 906,000 in the year to June 2023.",
    "Net migration fell to 728,000 in the year to June 2024, down from 906,000 the year before.",
    "Net migration rose from 740,000 in 2023 to 906,000 in 2024.",
    "Net migration in the year to June 2024 is provisionally estimated at 728,000, below our 906,000 of 2023.",
    "The revised figure for net migration in the year to June 2024 is 649,000.",
)


@pytest.mark.parametrize("text", REVISED)
def test_the_number_that_was_revised_is_told_as_an_old_one_of_the_same_time(text: str) -> None:
    found = figures(text)
    assert {one.superseded: told(one).removesuffix(" (estimate)") for one in found} == {False: NEW, True: OLD}
    assert len(found) == 2


@pytest.mark.parametrize("text", STANDING)
def test_a_number_that_nothing_replaced_is_not(text: str) -> None:
    assert [one.text for one in figures(text) if one.superseded] == []
