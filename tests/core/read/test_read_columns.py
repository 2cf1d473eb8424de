"""Tables as an extractor leaves them: a line of headings, then a line for each row."""

from __future__ import annotations

from tests.core.read.reading import figures, reading

CLAIMS = "Nationality; asylum claims; grant rate\nAfghanistan; 9,307; 99%\nIran; 7,397; 86%"


def test_each_column_counts_what_its_heading_names_for_whom_the_line_is() -> None:
    told = [(f.text, f.metric, dict(f.dims)) for f in figures(CLAIMS)]
    assert told == [
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
