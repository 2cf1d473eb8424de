"""The figures for other programs: tables that describe themselves, the same bytes each time, no formula let in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from feed.app.asking import open_view
from feed.publish import linked, tables
from feed.publish.tables import COLUMNS, Figure
from feed.view import queries
from tests.commands import answer, feed, recorded
from tests.desks import NEARLY_19000, OVER_24000

READS: dict[str, Callable[[str], object]] = {
    "string": str,
    "number": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("desk") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture(scope="module")
def out(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "export"
    ended = feed("export", folder, "--dir", desk)
    assert ended.code == 0, ended.err
    assert [Path(line).name for line in ended.out.splitlines()] == [
        *("figures.csv", "datapackage.json", "figures.csv-metadata.json"),
        *("figures.sdmx.csv", "claims.jsonld", "prov.jsonld"),
    ]
    return folder


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode(), newline="")))


def test_every_figure_on_record_is_a_row_whose_cells_are_what_their_columns_say(desk: Path, out: Path) -> None:
    told = rows(out / "figures.csv")
    with_id = {figure["id"]: figure for figure in answer(desk, "history", "*")}
    assert {row["id"] for row in told} == set(with_id)
    for row in told:
        for column in COLUMNS:
            assert row[column.name] or not column.required, (row["id"], column.name)
            assert row[column.name] == "" or READS[column.kind](row[column.name]) is not None
    standing = {(row["series"], row["frame"]): row for row in told if row["stands"] == "true"}
    stands = standing["returns/level/people", "since 2024-07-05"]
    assert (stands["printed"], stands["number"], stands["high"]) == ("more than 24,000", "24000", "")


def test_both_descriptions_name_every_column_in_order_and_the_table_by_its_digest(out: Path) -> None:
    (resource,) = json.loads((out / "datapackage.json").read_text())["resources"]
    names = [column.name for column in COLUMNS]
    assert [field["name"] for field in resource["schema"]["fields"]] == names
    table = (out / "figures.csv").read_bytes()
    assert (resource["hash"], resource["bytes"]) == (f"sha256:{sha256(table).hexdigest()}", len(table))
    csvw = json.loads((out / "figures.csv-metadata.json").read_text())
    assert (csvw["url"], [each["name"] for each in csvw["tableSchema"]["columns"]]) == ("figures.csv", names)


def test_observations_claims_and_provenance_lead_back_to_the_events(out: Path) -> None:
    ids = {row["id"] for row in rows(out / "figures.csv")}
    assert {row["EVENT"] for row in rows(out / "figures.sdmx.csv")} == ids
    claims = json.loads((out / "claims.jsonld").read_text())
    assert claims["@context"] == "https://schema.org"
    assert {claim["@id"].rpartition(":")[2] for claim in claims["@graph"]} == ids
    assert all(claim["@type"] == "Claim" and claim["text"] for claim in claims["@graph"])
    prov = json.loads((out / "prov.jsonld").read_text())["@graph"]
    assert all(entity["prov:wasQuotedFrom"]["@id"] for entity in prov)


def test_the_same_log_gives_the_same_bytes(desk: Path, out: Path, tmp_path: Path) -> None:
    feed("rebuild", "--dir", desk)
    assert feed("export", tmp_path / "again", "--dir", desk).code == 0
    for file in out.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_no_cell_of_text_is_a_formula(desk: Path, bad: str) -> None:
    from feed.app.settings import load

    with open_view(load(desk)) as view:
        one = queries.history(view.db, "*")[0]
    shown = one.shown._replace(quote=bad, article=bad, publisher=bad, attribution=bad)
    table = tables.figures_csv([Figure(shown, one.recorded, one.outcome, one.stands)])
    (row,) = csv.DictReader(io.StringIO(table.decode(), newline=""))
    assert {row[name] for name in ("quote", "article", "publisher", "attribution")} == {f"'{bad}"}
    assert json.loads(linked.claims([Figure(shown, "", "", one.stands)]))["@graph"][0]["text"] == bad


def test_a_negative_number_stays_a_number(desk: Path) -> None:
    from feed.app.settings import load

    with open_view(load(desk)) as view:
        one = queries.history(view.db, "*")[0]
    table = tables.figures_csv([Figure(one.shown._replace(number="-5"), one.recorded, one.outcome, one.stands)])
    assert next(csv.DictReader(io.StringIO(table.decode())))["number"] == "-5"


def test_an_empty_record_is_an_empty_table_and_what_is_not_known_is_refused(desk: Path, tmp_path: Path) -> None:
    assert feed("init", tmp_path / "empty").code == 0
    assert feed("export", tmp_path / "out", "--dir", tmp_path / "empty").code == 0
    assert len((tmp_path / "out" / "figures.csv").read_text().splitlines()) == 1
    ended = feed("export", tmp_path / "out", "--format", "xls", "--dir", desk)
    assert (ended.code, "Known: csv, sdmx, jsonld, parquet" in ended.err) == (2, True)
