"""Plain questions go past the library of the command line and the models of settings: with the same answers."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from feed.app import checked
from feed.app.cli.program import COMMANDS, QUICK
from feed.app.packs import load
from tests.commands import ROOT, Ended, feed, python, recorded

BISCUITS = ROOT / "tests" / "packs" / "biscuits"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("quick") / "record", "seed-2-nearly-19000", "seed-1-return-hubs")


@pytest.fixture
def own(record: Path, tmp_path: Path) -> Path:
    """A record with a pack of its own beside it."""
    copy = Path(shutil.copytree(record, tmp_path / "record"))
    shutil.copytree(ROOT / "feed" / "topics" / "uk_returns", copy / "ours")
    settings = copy / "feed.toml"
    settings.write_text(settings.read_text().replace('"uk_returns"', '"ours"'))
    return copy


def slowly(*words: str | Path) -> Ended:
    """The same, as the library of the command line understands the words."""
    with patch("feed.app.cli.run.quick", lambda _: None):
        return feed(*words)


@pytest.mark.parametrize(
    "words",
    [
        ["totals"],
        ["totals", "--json"],
        ["totals", "--json", "--json"],
        ["checks"],
        ["alerts", "--json"],
        ["alerts", "--class", "superseded", "--severity=medium"],
        ["alerts", "--class", "revised", "--class", "superseded", "--since", "2026-01-01"],
        ["alerts", "--since="],
        ["history", "returns/level/people"],
        ["history", "returns", "--chart"],
        ["history", "--chart", "--no-chart", "returns*"],
        ["history", "--json", "returns"],
        ["why", "nothing"],
        ["why-not", ""],
        ["asof", "2025-04-01", "--series", "returns"],
        ["asof", "--recorded", "2035-04-01", "--json"],
        ["diff", "2025-01-01", "2025-04-01"],
        ["diff", "--series=returns", "2025-01-01", "2025-04-01", "--json"],
        # what is refused
        ["history"],
        ["history", "returns", "people"],
        ["history", "returns", "--chart=yes"],
        ["asof", "yesterday"],
        ["asof", "-1"],
        ["diff", "2025-04-01"],
        ["diff", "2025-04-01", "2025-01-01"],
        ["why", "--", "nothing"],
        ["totals", "--nonsense"],
        ["totals", "--js"],
        ["totals", "--json=yes"],
        ["totals", "more"],
        ["totals", "-j"],
        ["totals", "--", "--json"],
        ["alerts", "--since"],
        ["alerts", "--since", "--json"],
        ["alerts", "--since", "yesterday"],
        ["alerts", "--severity", "loud"],
        ["alerts", "--class", "odd"],
        ["status", "--help"],
        ["totals", "-h"],
    ],
    ids=" ".join,
)
def test_every_word_means_what_it_means_to_the_library(record: Path, words: list[str]) -> None:
    asked = [words[0], f"--dir={record}", *words[1:]]
    assert feed(*asked) == slowly(*asked)


def test_of_two_the_last_counts_and_a_folder_may_be_that_of_the_process(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice: list[str | Path] = ["totals", "--dir", tmp_path, "--dir", record]
    assert feed(*twice) == slowly(*twice)
    monkeypatch.chdir(record / ".feed")
    assert feed("totals") == slowly("totals", "--dir", record)


def test_a_folder_without_settings_is_asked_with_what_holds_without_them(record: Path, tmp_path: Path) -> None:
    shutil.copy(record / "events.jsonl", tmp_path)
    assert feed("totals", "--dir", tmp_path).out == feed("totals", "--dir", record).out
    assert feed("totals", "--dir", tmp_path / "nowhere") == slowly("totals", "--dir", tmp_path / "nowhere")


def test_each_quick_question_is_a_command() -> None:
    assert set(QUICK) <= set(COMMANDS)


def test_what_was_checked_is_not_checked_again(own: Path) -> None:
    first = feed("totals", "--dir", own)
    with patch("feed.app.packs.topic_of", side_effect=AssertionError), patch("feed.app.settings.load") as settings:
        assert feed("totals", "--dir", own) == first
    settings.assert_not_called()


def test_a_pack_that_changed_is_read_again(own: Path) -> None:
    feed("totals", "--dir", own)
    metrics = own / "ours" / "metrics.toml"
    metrics.write_text(metrics.read_text().replace('title = "Returns"', 'title = "Sent away"', 1))
    assert "Sent away " in feed("totals", "--dir", own).out


def test_what_is_wrong_with_a_pack_or_a_setting_is_told_though_it_was_right_before(own: Path) -> None:
    right = feed("totals", "--dir", own)
    (own / "ours" / "words.toml").write_text("[[class")
    ended = feed("totals", "--dir", own)
    assert (ended.code, "words.toml" in ended.err) == (3, True)
    assert feed("totals", "--dir", own, "--json").code == 0, "an answer in ids needs no words"
    shutil.copy(ROOT / "feed" / "topics" / "uk_returns" / "words.toml", own / "ours")
    assert feed("totals", "--dir", own) == right
    (own / "feed.toml").write_text('topic = "ours"\nport = 1\n')
    ended = feed("totals", "--dir", own)
    assert (ended.code, "port" in ended.err) == (3, True)
    (own / "feed.toml").unlink()
    assert feed("totals", "--dir", own).code == 0


@pytest.mark.parametrize("name", [checked.SETTINGS, checked.LABELS])
@pytest.mark.parametrize("harm", ["other words", "cut", "no JSON", "another key"])
def test_what_was_kept_is_not_believed_when_it_is_not_what_was_kept(own: Path, name: str, harm: str) -> None:
    right = feed("totals", "--dir", own)
    kept = own / ".feed" / name
    head, body = kept.read_text().split("\n", 1)
    others = {
        "other words": f"{head}\n" + body.replace("ours", "uk_returns").replace("Returns", "Sent away"),
        "cut": f"{head}\n{body}"[:-9],
        "no JSON": "nothing of the kind",
        "another key": f"{'0' * 64} {head.split()[1]}\n{body}",
    }
    kept.write_text(others[harm])
    assert feed("totals", "--dir", own) == right
    assert kept.read_text() == f"{head}\n{body}"


def test_another_version_checks_anew(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed("totals", "--dir", own)
    before = (own / ".feed" / checked.LABELS).read_text()
    monkeypatch.setattr(checked, "__version__", "99")
    feed("totals", "--dir", own)
    assert (own / ".feed" / checked.LABELS).read_text() != before


def test_no_secret_of_the_settings_is_kept(own: Path) -> None:
    secret = "whsec_" + "c2VjcmV0" * 4
    with (own / "feed.toml").open("a") as settings:
        settings.write('[mail]\nhost = "h"\nsender = "a@example.org"\npassword = "hush"\n')
        settings.write('[[subscription]]\nname = "s"\nchannel = "webhook"\n')
        settings.write(f'to = "https://e.org/"\nsecret = "{secret}"\n')
    assert feed("totals", "--dir", own).code == 0
    kept = (own / ".feed" / checked.SETTINGS).read_text()
    assert json.loads(kept.split("\n", 1)[1]) == {"topic": "ours", "sources": []}


def test_where_nothing_can_be_kept_the_answer_is_the_same(own: Path) -> None:
    right = feed("totals", "--dir", own)
    for name in (checked.SETTINGS, checked.LABELS):
        (own / ".feed" / name).unlink()
        (own / ".feed" / f"{name}.{os.getpid()}").mkdir()  # in the way of what would be written
    assert feed("totals", "--dir", own) == right


def test_labels_come_back_as_they_were_kept() -> None:
    labels = load(BISCUITS).labels
    assert type(labels).of_json(json.loads(json.dumps(labels.as_json()))) == labels


def test_when_nobody_reads_on_it_ends_without_a_word(record: Path) -> None:
    script = f"""
import os, sys
from feed.app.cli.run import run
read, write = os.pipe()
os.close(read)
os.dup2(write, 1)
sys.exit(run(["totals", "--dir", {str(record)!r}]))
"""
    ended = python("-c", script)
    assert (ended.returncode, ended.stderr) == (1, "")
