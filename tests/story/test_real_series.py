"""Figures as they really went on, told in articles of our own: who is told what, and nobody of anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import answer, feed, given

# Publisher, day, text, and the alerts that it must raise.
Told = tuple[str, str, str, list[str]]

RETURNS: list[Told] = [
    ("The Beacon", "2024-12-10", "Nearly 10,000 people have been returned since the election, ministers said.", []),
    (
        "Home Office",
        "2025-02-20",
        "A total of 18,987 people were returned between 5 July 2024 and 31 January 2025, official figures show.",
        ["superseded: Returns since 5 July 2024: 18,987 (was nearly 10,000 to 10 December 2024)"],
    ),
    (
        "Home Office",
        "2025-03-28",
        "Between 5 July 2024 and 22 March 2025 there were 24,103 returns.",
        ["superseded: Returns since 5 July 2024: 24,103 (was 18,987 to 31 January)"],
    ),
    (
        "The Beacon",
        "2025-05-20",
        "Nearly 30,000 people have been removed from the UK since Labour took office.",
        ["superseded: Returns since 5 July 2024: nearly 30,000 (was 24,103 to 22 March)"],
    ),
    (
        "Home Office",
        "2025-08-21",
        "From 5 July 2024 to 4 July 2025, 35,052 people were returned.",
        ["superseded: Returns since 5 July 2024: 35,052 (was nearly 30,000 to 20 May)"],
    ),
    (
        "The Beacon",
        "2025-09-02",
        "Nearly 30,000 people have been removed from the UK since Labour took office.",
        [
            "stale: Returns since 5 July 2024: nearly 30,000, an old figure: it has been 35,052 since 4 July "
            "(Home Office)"
        ],
    ),
]
HOTELS: list[Told] = [
    ("Home Office", "2025-08-21", "There were 32,059 asylum seekers in hotels at the end of June 2025.", []),
    (
        "Home Office",
        "2025-11-27",
        "There were 36,273 asylum seekers in hotels at the end of September 2025, "
        "up from 32,041 at the end of June 2025.",
        [
            "superseded: Asylum seekers in hotels at 30 September 2025: 36,273 (was 32,059 at 30 June 2025)",
            "revised: Asylum seekers in hotels at 30 June 2025: 32,041, which revises 32,059 (Home Office)",
        ],
    ),
]
NET: list[Told] = [
    ("ONS", "2023-11-23", "Net migration was 672,000 in the year to June 2023.", []),
    (
        "ONS",
        "2024-11-28",
        "Net migration was 728,000 in the year to June 2024, down from a revised 906,000 in the year to June 2023.",
        [
            "superseded: Net migration in the year to June 2024: 728,000 (was 672,000 in the year to June 2023)",
            "revised: Net migration in the year to June 2023: 906,000, which revises 672,000 "
            "(Office for National Statistics)",
        ],
    ),
    (
        "ONS",
        "2025-05-22",
        "Net migration was 649,000 in the year to June 2024, the ONS now says.",
        [
            "revised: Net migration in the year to June 2024: 649,000, which revises 728,000 "
            "(Office for National Statistics)"
        ],
    ),
]
CROSSINGS: list[Told] = [
    ("The Beacon", "2023-01-02", "In 2022, 45,755 people crossed the Channel in small boats.", []),
    ("Home Office", "2023-02-23", "In 2022 there were 45,755 small boat arrivals.", []),
    (
        "Home Office",
        "2024-02-29",
        "In 2022, 45,774 people arrived in small boats, revised figures show.",
        ["revised: Small boat arrivals in 2022: 45,774, which revises 45,755 (Home Office)"],
    ),
]


@pytest.mark.parametrize(
    "series", [RETURNS, HOTELS, NET, CROSSINGS], ids=["returns", "hotels", "net migration", "crossings"]
)
def test_each_step_tells_just_what_changed(series: list[Told], tmp_path: Path) -> None:
    for at, (publisher, day, text, _) in enumerate(series):
        row = {"id": f"a{at}", "publisher": publisher, "published": day, "text": text}
        assert feed("ingest", given(tmp_path / f"{at}.jsonl", row), "--dir", tmp_path / "record").code == 0
    raised = answer(tmp_path / "record", "alerts")
    told = [
        [f"{alert['class']}: {alert['sentence']}" for alert in raised if alert["article"] == f"a{at}"]
        for at in range(len(series))
    ]
    assert told == [expected for *_, expected in series]
