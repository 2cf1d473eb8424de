"""Commands as people meet them: what they answer, how they end, what they say when something is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
import typer.main

from feed.app.cli.commands import app_of
from feed.app.cli.reference import reference
from feed.model.errors import FeedError, LogUnwritable, SettingsRefused, SourceFailed
from tests.commands import ROOT, answer, feed, given, python, recorded, seeds

REFERENCE = reference(typer.main.get_command(app_of()))
COMMANDS = [line.split()[1] for line in REFERENCE.splitlines() if line.startswith("## ") and " " not in line[3:]]
HOME, SOME_FAILED = "seed-2-nearly-19000", 4


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two articles, of which the second supersedes figures of the first. Copy it before changing it."""
    return recorded(tmp_path_factory.mktemp("cli") / "record", HOME, "seed-1-return-hubs")


# --- help


def test_every_command_is_documented_and_the_reference_is_current() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == REFERENCE
    assert {"demo", "init", "ingest", "poll", "serve", "read", "verify", "rebuild"} <= set(COMMANDS)
    assert "| None |" not in REFERENCE  # a word without an explanation
    assert {"totals", "history", "alerts", "why", "asof", "checks"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_words_explains_itself(command: str) -> None:
    ended = feed(command, "--help")
    assert ended.code == 0
    assert ended.out.splitlines()[2].strip().endswith(".")


def test_no_word_at_all_is_answered_with_help() -> None:
    assert feed().out == feed("--help").out


# --- endings


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["totls"], 2, "Did you mean 'totals'?"),
        (["totals", "--jsn"], 2, "See: feed totals --help"),
        (["asof", "yesterday"], 2, "Write it as 2025-02-15."),
        (["alerts", "--class", "odd"], 2, "Known: superseded, revised"),
        (["alerts", "--severity", "loud"], 2, "Known: low, medium, high."),
        (["verify", "--head", "12"], 2, "what `feed verify` printed"),
        (["history", "biscuits"], 1, "`feed totals` lists"),
        (["why", "0000"], 1, "`feed alerts` lists them"),
        (["poll"], 3, "Add a [[source]]"),
        (["read", "no-such-file"], 1, "no-such-file: No such file"),
        (["read", "--topic", "no-such-pack"], 3, "the file is missing"),
        (["ingest", "no-such-file"], 1, "no-such-file"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_a_wrong_word_gets_one_line_and_its_code(words: list[str], code: int, told: str, record: Path) -> None:
    ended = feed(*words, "--dir", record)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith("feed: ")
    assert told in ended.err
    assert ended.err.count("\n") == 1


def test_without_a_data_directory_it_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert feed("totals", "--dir", tmp_path).code == 3
    monkeypatch.chdir(tmp_path)
    ended = feed("totals")
    assert ended.code == 3
    assert "`feed init DIR`" in ended.err


def test_the_data_directory_is_found_from_a_folder_inside_it(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(record / ".feed")
    assert feed("totals", "--json").json == answer(record, "totals")


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (FeedError("it is shut"), 1),
        (SettingsRefused("it is odd"), 3),
        (SourceFailed("it is gone"), SOME_FAILED),
        (LogUnwritable("it is full"), 75),
        (PermissionError(13, "Permission denied", "feed.toml"), 1),
        (KeyboardInterrupt(), 130),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_ending_has_its_code(refused: BaseException, code: int) -> None:
    with patch("feed.app.cli.totals.home_of", side_effect=refused):
        ended = feed("totals")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.count("\n") == (0 if code == 130 else 1)
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("words", [["--debug", "totals"], ["totals", "--debug"]], ids=" ".join)
def test_a_fault_of_ours_is_one_line_and_a_traceback_only_when_asked_for(words: list[str]) -> None:
    with patch("feed.app.cli.totals.home_of", side_effect=ZeroDivisionError("by zero")):
        quiet, loud = feed("totals"), feed(*words)
    assert quiet.err.count("\n") == 1
    assert "a fault of ours (ZeroDivisionError: by zero)" in quiet.err
    assert "--debug" in quiet.err
    assert loud.err.startswith("Traceback")
    assert (quiet.code, loud.code) == (1, 1)


def test_a_reader_that_goes_away_is_no_fault(record: Path) -> None:
    piped = f"'{sys.executable}' -m feed totals --json --dir '{record}' | head -n 1"
    ended = subprocess.run(piped, shell=True, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.stdout, ended.stderr) == ("[\n", "")


# --- init


def test_init_writes_settings_that_can_be_used_at_once(tmp_path: Path) -> None:
    made = feed("init", tmp_path / "record", "--title", 'The "whole" record')
    assert made.code == 0
    assert answer(tmp_path / "record", "totals") == []
    assert feed("totals", "--dir", tmp_path / "record").out == "Nothing is on record there.\n"


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    refused = feed("init", tmp_path)
    assert refused.code == 2
    assert "not empty" in refused.err
    assert [held.name for held in tmp_path.iterdir()] == ["notes.txt"]
    assert feed("init", tmp_path / "new", "--topic", "no-such-topic").code == 2


def test_a_setting_that_cannot_be_is_told_by_its_place_and_in_our_words(tmp_path: Path) -> None:
    asked = '[[subscription]]\nname = "desk"\nchannel = "mail"\nto = "desk@example.org"\ncadence = "often"\n'
    (tmp_path / "feed.toml").write_text(f'topic = "uk_returns"\n{asked}', encoding="utf-8")
    refused = feed("totals", "--dir", tmp_path)
    assert refused.code == 3
    assert "feed.toml: subscriptions.0.cadence: 'often' is no cadence. Known: immediate" in refused.err
    assert "Value error" not in refused.err


def test_the_schemas_are_written_where_asked(tmp_path: Path) -> None:
    assert feed("schemas", tmp_path / "made").code == 0
    made = {file.name: file.read_bytes() for file in (tmp_path / "made").iterdir()}
    assert made == {file.name: file.read_bytes() for file in (ROOT / "schemas").glob("*.json")}


# --- ingest


def test_articles_are_recorded_once_and_it_says_so(record: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(record, tmp_path / "copy")
    again = feed("ingest", given(tmp_path / "a.jsonl", seeds()[HOME]), "--dir", copy)
    assert (again.code, again.out) == (0, f"{HOME}: already on record\n1 article, 0 of them new: 0 events recorded.\n")


def test_what_was_recorded_can_be_had_as_json(tmp_path: Path) -> None:
    assert feed("init", tmp_path / "record").code == 0
    handed = given(tmp_path / "a.jsonl", seeds()[HOME], seeds()["seed-1-return-hubs"])
    first, second = answer(tmp_path / "record", "ingest", str(handed))
    assert (first["article"], first["figures"], first["alerts"]) == (HOME, 8, [])
    assert "Returns since 5 July 2024: more than 24,000 (was nearly 19,000 to 31 January)" in [
        alert["sentence"] for alert in second["alerts"]
    ]


def test_one_bad_line_and_nothing_is_recorded(record: Path, tmp_path: Path) -> None:
    copy, handed = shutil.copytree(record, tmp_path / "copy"), tmp_path / "a.jsonl"
    handed.write_text('{"id": "a", "text": "One.", "published": null}\n{"id": "b"}\n', encoding="utf-8")
    before = (copy / "events.jsonl").read_bytes()
    refused = feed("ingest", handed, "--dir", copy)
    assert refused.code == 1
    assert f"{handed}, line 2: `text` is missing" in refused.err
    assert (copy / "events.jsonl").read_bytes() == before


# --- questions


def test_a_standing_figure_in_json_says_all_of_itself(record: Path) -> None:
    figure = next(row for row in answer(record, "totals") if row.get("printed") == "more than 24,000")
    assert list(figure)[:17] == [
        *("metric", "dims", "measure", "unit", "status", "frame", "printed", "number", "qualifier", "low", "high"),
        *("period", "article", "publisher", "time", "quote", "id"),
    ]
    assert (figure["number"], figure["low"], figure["high"], figure["qualifier"]) == (24000, 24000, None, "over")
    assert figure["time"] == "2025-03-31T00:00:00Z"


def test_history_tells_what_came_of_each_figure(record: Path) -> None:
    told = [
        (past["printed"], past["outcome"], past["stands"]) for past in answer(record, "history", "returns/level/people")
    ]
    assert ("nearly 19,000", "first", False) in told
    assert ("more than 24,000", "superseded", True) in told
    heads, first, *_ = feed("history", "returns/level/people", "--dir", record).out.splitlines()[1:]
    assert heads.endswith("PUBLISHED   RECORDED")
    assert first.startswith("nearly 19,000")
    recorded = [past["recorded"][:10] for past in answer(record, "history", "returns/level/people")]
    assert first.endswith(f"2025-02-10  {recorded[0]}")


def test_alerts_can_be_narrowed(record: Path) -> None:
    every = answer(record, "alerts")
    assert {alert["class"] for alert in every} == {"superseded"}
    assert answer(record, "alerts", "--class", "stale") == []
    assert answer(record, "alerts", "--since", "2026-01-02") == []
    assert answer(record, "alerts", "--since", "2026-01-01", "--severity", "medium") == every


def test_why_shows_both_quotes_and_what_the_words_mean(record: Path) -> None:
    alert = next(each for each in answer(record, "alerts") if each["measure"] == "level")
    told = feed("why", alert["id"][:8], "--dir", record).out
    assert alert["old"]["quote"] in told
    assert alert["new"]["quote"] in told
    assert "It is about a later time, so it takes the place of the one on record" in " ".join(told.split())
    assert '"deported" is narrower' in told
    assert answer(record, "why", alert["id"])["trace"] == alert["trace"]


def test_in_a_pipe_each_row_of_a_table_is_one_plain_line(record: Path) -> None:
    told = python("-m", "feed", "totals", "--dir", str(record), COLUMNS="40", FORCE_COLOR="").stdout
    heads, *rows = told.split("\n\n")[0].splitlines()
    assert heads.split() == ["WHAT", "FRAME", "FIGURE", "TO", "PUBLISHER", "ARTICLE", "PUBLISHED"]
    assert len(rows) == sum("metric" in row for row in answer(record, "totals"))
    assert "\x1b" not in told


def test_no_article_can_write_to_the_terminal(tmp_path: Path) -> None:
    assert feed("init", tmp_path / "record").code == 0
    hostile = {**seeds()[HOME], "id": "a\x1b]0;owned\x07", "publisher": "The\u202e Paper\x1b[2J"}
    assert feed("ingest", given(tmp_path / "a.jsonl", hostile), "--dir", tmp_path / "record").code == 0
    told = feed("totals", "--dir", tmp_path / "record").out
    assert "The Paper [2J" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert answer(tmp_path / "record", "totals")[0]["publisher"] == hostile["publisher"]


# --- keeping


def test_verify_gives_a_head_that_a_cut_log_fails_against(record: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(record, tmp_path / "copy")
    whole = answer(copy, "verify", "--strict")
    assert (whole["captures"], whole["missing"]) == (2, 0)
    log = copy / "events.jsonl"
    shutil.rmtree(copy / ".feed")  # what the log remembers of itself, which would tell
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert feed("verify", "--dir", copy).code == 0
    cut = feed("verify", "--head", whole["head"], "--dir", copy)
    assert cut.code == 5
    assert f"events.jsonl, line {whole['lines']}" in cut.err


def test_a_changed_line_is_named_with_its_gate(record: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(record, tmp_path / "copy")
    log = copy / "events.jsonl"
    log.write_bytes(log.read_bytes().replace(b"nearly", b"merely", 1))
    ended = feed("verify", "--dir", copy)
    assert ended.code == 5
    assert "gate: chain" in ended.err
    assert ended.err.count("\n") == 1


def test_captures_that_are_not_here_are_counted_and_a_changed_one_is_refused(record: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(record, tmp_path / "copy")
    first, second = sorted(file for file in (copy / ".feed" / "captures").rglob("*") if file.is_file())
    first.unlink()
    assert "1 of them not kept here" in feed("verify", "--dir", copy).out
    second.chmod(0o644)
    second.write_text("another text", encoding="utf-8")
    ended = feed("verify", "--strict", "--dir", copy)
    assert ended.code == 5
    assert "not those of the digest" in ended.err


def test_rebuild_counts_its_rows(record: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(record, tmp_path / "copy")
    (copy / ".feed" / "view.db").unlink()
    rebuilt = answer(copy, "rebuild")
    assert rebuilt["events"] == len((copy / "events.jsonl").read_bytes().splitlines())
    assert rebuilt["rows"]["articles"] == 2
    assert json.loads(json.dumps(answer(copy, "totals"))) == answer(record, "totals")


def one_article(folder: Path) -> Path:
    return given(folder / "articles.jsonl", seeds()[HOME])


def test_articles_can_be_recorded_into_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    done = feed("ingest", one_article(tmp_path), "--dir", tmp_path / "new")
    assert (done.code, done.err.count("new data directory")) == (0, 1)
    assert answer(tmp_path / "new", "totals")


def test_a_folder_of_something_else_is_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.doc").touch()
    for words in (("totals",), ("ingest", one_article(tmp_path))):
        done = feed(*words, "--dir", tmp_path / "other")
        assert done.code == 3
        assert "feed init" in done.err
    assert [held.name for held in (tmp_path / "other").iterdir()] == ["thesis.doc"]
