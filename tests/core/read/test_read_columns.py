"""Tables as an extractor leaves them: a line of headings, then a line for each row."""

from __future__ import annotations

from tests.core.read.reading import figures, reading, told

CLAIMS = "Nationality; asylum claims; grant rate\nAfghanistan; 9,307; 99%\nIran; 7,397; 86%"


def test_each_column_counts_what_its_heading_names_for_whom_the_line_is() -> None:
    rows = [(f.text, f.metric, dict(f.dims)) for f in figures(CLAIMS)]
    assert rows == [
        ("9,307", "asylum_applications", {"nationality": "AF"}),
        ("99%", "asylum_grant_rate", {"nationality": "AF"}),
        ("7,397", "asylum_applications", {"nationality": "IR"}),
        ("86%", "asylum_grant_rate", {"nationality": "IR"}),
    ]


def test_a_column_that_names_no_metric_stays_unread() -> None:
    text = "Year | Small boat arrivals | Average wait\n2022 | 45,774 | 1,110\n2023 | 29,437 | 602"
    assert [f.text for f in figures(text)] == ["45,774", "29,437"]
    assert {row.text for row in reading(text).leftovers if not row.text.startswith("20")} == {"1,110", "602"}


def test_lines_with_more_or_fewer_parts_than_the_headings_are_no_rows_of_theirs() -> None:
    assert figures(f"{CLAIMS.splitlines()[0]}\nAfghanistan; 9,307") == []
    assert figures(f"{CLAIMS.splitlines()[0]}\nMore is told below.\nAfghanistan; 9,307; 99%") == []


RETURNS = "The table shows returns of foreign national offenders.\nNationality | 2020 | 2021 | 2022\n"


def test_columns_under_years_count_what_the_line_above_the_table_names() -> None:
    rows = "Albania | 1,021 | 789 | 1,186\nAll nationalities | 3,384 | 2,802 | 3,189"
    assert [told(f) for f in figures(f"{RETURNS}{rows}")] == [
        "1,021 people returns group=fno nationality=AL 2020-01-01..2020-12-31",
        "789 people returns group=fno nationality=AL 2021-01-01..2021-12-31",
        "1,186 people returns group=fno nationality=AL 2022-01-01..2022-12-31",
        "3,384 people returns group=fno 2020-01-01..2020-12-31",
        "2,802 people returns group=fno 2021-01-01..2021-12-31",
        "3,189 people returns group=fno 2022-01-01..2022-12-31",
    ]


def test_a_row_under_years_may_name_what_it_counts_itself() -> None:
    text = "Year ending June | 2024 | 2025\nSmall boat arrivals | 31,493 | 43,309\nAsylum claims | 97,107 | 111,084"
    rows = [(f.text, f.metric) for f in figures(text)]
    assert rows[:2] == [("31,493", "small_boat_arrivals"), ("43,309", "small_boat_arrivals")]
    assert rows[2:] == [("97,107", "asylum_applications"), ("111,084", "asylum_applications")]


def test_rows_and_columns_of_which_nothing_known_is_told_stay_unread() -> None:
    assert figures(f"{RETURNS}Other nationalities | 61 | 72 | 83") == []
    text = "The table shows returns of offenders.\nNationality | 2021 | 2022 | Change\nAlbania | 789 | 1,186 | 397"
    assert [f.text for f in figures(text)] == ["789", "1,186"]


def test_a_column_counts_people_where_the_line_above_the_table_counts_people() -> None:
    lead = "The number of people who received an initial decision on asylum, and of them granted or refused, is below."
    rows = "Year | Decisions | Granted | Refused | Grant rate\n2022 | 23,841 | 18,130 | 5,711 | 76%"
    assert [told(f) for f in figures(f"{lead}\n{rows}")] == [
        "23,841 people asylum_decisions 2022-01-01..2022-12-31",
        "18,130 people asylum_grants 2022-01-01..2022-12-31",
        "5,711 people asylum_refusals 2022-01-01..2022-12-31",
        "76% percent asylum_grant_rate 2022-01-01..2022-12-31",
    ]


def test_a_column_of_decisions_counts_cases_where_nothing_else_is_told() -> None:
    rows = "Asylum in numbers\nYear | Decisions | Withdrawn | Grant rate\n2022 | 23,841 | 1,130 | 76%"
    assert [(f.text, f.unit) for f in figures(rows)] == [("23,841", "cases"), ("76%", "percent")]
