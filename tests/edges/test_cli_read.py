"""`feed read`: articles in, readings out, nothing recorded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import GOLD, ROOT, feed, given, seeds

KEYS = {
    *("text", "span", "number", "qualifier", "unit", "metric", "dims", "measure"),
    *("period", "baseline", "status", "attribution"),
}


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_needs_no_data_directory_and_records_nothing(tmp_path: Path) -> None:
    handed = given(tmp_path / "a.jsonl", *seeds().values())
    ended = feed("read", handed)
    assert ended.code == 0
    assert [line["id"] for line in ended.lines] == list(seeds())
    assert [file.name for file in tmp_path.iterdir()] == ["a.jsonl"]


def test_figures_have_exactly_the_keys_of_the_guide() -> None:
    for line in feed("read", GOLD / "seeds.jsonl").lines:
        assert list(line) == ["id", "figures", "facts", "unplaced"]
        assert all(set(figure) - {"of"} == KEYS for figure in line["figures"])


def test_an_explanation_shows_each_number_in_its_sentence_with_the_rule_that_decided() -> None:
    told = feed("read", "--explain", ROOT / "seeds").out
    assert "The number of Channel small boat arrivals has now passed [6,000] since Labour came to power." in told
    assert "read: more than 6,000: Small boat arrivals; unit people" in told
    assert "when: since 5 July 2024 (a named event of the calendar, up to the day of the article)" in told
    assert "reserved: time: date" in told
    assert "because: returns." in told


def test_the_explanation_says_what_else_could_have_been_meant(tmp_path: Path) -> None:
    text = "In 2023 some 4,000 people claimed asylum after 9,000 people had crossed the Channel in small boats."
    article = {"id": "a", "text": text, "published": "2024-01-05"}
    told = feed("read", "--explain", given(tmp_path / "a.jsonl", article)).out
    assert "In 2023 some [4,000] people claimed asylum" in told
    assert "weighed: Small boat arrivals (" in told


def test_a_count_so_far_is_explained_with_its_last_day(tmp_path: Path) -> None:
    text = "By 30 November 2025 some 173 people had been flown to France under the scheme."
    article = {"id": "a", "text": text, "published": "2025-12-04"}
    told = feed("read", "--explain", given(tmp_path / "a.jsonl", article)).out
    assert "when: so far, up to 30 November 2025 (its sentence says so)" in told


def test_the_pack_editors_work_is_what_no_metric_claims_by_frequency(tmp_path: Path) -> None:
    for name, text in (("a", "There were 31 amendments. A baker had 12 ovens."), ("b", "Peers saw 99 amendments.")):
        given(tmp_path / f"{name}.jsonl", {"id": name, "text": text, "published": "2024-01-05"})
    rows = [line.split(maxsplit=2) for line in feed("read", "--unplaced", tmp_path).out.splitlines()]
    assert rows[1][:2] == ["2", "2"]
    assert rows[1][2].startswith("# amendments")
    assert "There were [31] amendments." in rows[1][2]
    assert rows[2][2].startswith("# ovens")


def test_nothing_unplaced_is_said(tmp_path: Path) -> None:
    article = {"id": "a", "text": "The baker opened on 3 March 2021.", "published": "2024-01-05"}
    assert feed("read", "--unplaced", given(tmp_path / "a.jsonl", article)).out.startswith("Every number was read")


def test_both_ways_of_telling_at_once_are_refused() -> None:
    ended = feed("read", "--explain", "--unplaced", ROOT / "seeds")
    assert ended.code == 2
    assert "one of --explain and --unplaced" in ended.err


def test_articles_come_in_by_stdin_too() -> None:
    article = json.dumps(seeds()["seed-4-one-in-one-out"]).encode()
    assert feed("read", stdin=article).out == feed("read", "-", stdin=article).out != ""


def test_what_stood_before_a_bad_line_is_answered(tmp_path: Path) -> None:
    handed = given(tmp_path / "a.jsonl", seeds()["seed-4-one-in-one-out"])
    with handed.open("a", encoding="utf-8") as file:
        file.write('\n{"id": "b", "text": 7, "published": null}\n')
    ended = feed("read", handed)
    assert ended.code == 1
    assert [line["id"] for line in ended.lines] == ["seed-4-one-in-one-out"]
    assert ended.err.startswith(f"feed: {handed}, line 3: `text` is missing")


def test_each_answer_is_there_before_the_next_article_is() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "feed", "read", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reading:
        assert reading.stdin is not None
        assert reading.stdout is not None
        for article in list(seeds().values())[:2]:
            reading.stdin.write(json.dumps(article).encode() + b"\n")
            reading.stdin.flush()
            assert json.loads(reading.stdout.readline())["id"] == article["id"]
        reading.stdin.close()
        assert reading.wait(timeout=30) == 0


def test_what_is_too_large_to_be_read_is_told_and_recorded(tmp_path: Path) -> None:
    text = "Page 7. " * 2_000 + "It was a year in which 5,000 came."
    handed = given(tmp_path / "a.jsonl", {"id": "pages", "text": text, "published": "2025-03-31"})
    why = "more than 2,000 numbers"
    assert feed("read", handed).lines[0]["unread"] == {"span": [16_000, len(text)], "why": why}

    told = feed("ingest", handed, "--dir", tmp_path / "record")
    assert f"not read from character 16000 on: {why}" in told.out
    last = json.loads((tmp_path / "record" / "events.jsonl").read_text().splitlines()[-1])
    assert (last["type"], last["subject"]) == ("article.unread.v1", "pages")
    assert last["data"]["span"] == {"start": 16_000, "end": len(text)}
    assert feed("verify", "--strict", "--dir", tmp_path / "record").code == 0
    assert "already on record" in feed("ingest", handed, "--dir", tmp_path / "record").out
