"""Every command that README and docs show runs, and prints what they say it prints.

A `console` block holds commands behind `$ ` and their output. `…` stands for any text within a line, a line of only
`…` for any lines. Commands run in the checkout, whose log is the five seeds'.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from feed.app.asking import open_view
from feed.app.packs import topic_of
from feed.app.settings import load
from feed.app.site import renderer, site_of
from feed.model.subscription import Kind, Letter, Medium
from feed.publish import letter
from feed.view import queries
from tests.make import NOTE
from tests.pages import pattern, trimmed

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEPT = (
    *("README.md", "events.jsonl", "feed.toml", "pyproject.toml", "requirements.lock", "run"),
    *("docs", "feed", "schemas", "seeds"),
)


@dataclass(frozen=True)
class Shown:
    """One block of a page: its commands, each with the output that the page shows."""

    page: Path
    at: int
    steps: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.at}"


def blocks() -> list[Shown]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            at = text.count("\n", 0, match.start()) + 1
            commands = re.split(r"^\$ ", match[1], flags=re.MULTILINE)[1:]
            steps = (command.partition("\n") for command in commands)
            found.append(Shown(page, at, tuple((line, printed) for line, _, printed in steps)))
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as a newcomer has it, with the environment that these tests run in."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in KEPT:
        source = ROOT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


@pytest.mark.parametrize("shown", blocks(), ids=str)
def test_what_a_page_shows_is_what_happens(shown: Shown, checkout: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(checkout, tmp_path / "checkout", symlinks=True)
    for command, printed in shown.steps:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder, check=False, capture_output=True, text=True, timeout=120,
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TMPDIR": str(tmp_path)},  # noqa: TID251 - passed on
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert pattern(printed).fullmatch(trimmed(said)), f"$ {command}\n{said}"


def test_the_elisions_are_read_as_the_pages_mean_them() -> None:
    assert pattern("a …\n…\nz\n").fullmatch("a b\nc\nd\nz")
    assert pattern("a\nz\n").fullmatch("a\nz")
    assert not pattern("a\nz\n").fullmatch("a\nb\nz")
    assert pattern("…\n").fullmatch("anything\nat all\n")
    assert pattern("").fullmatch("")
    assert not pattern("").fullmatch("something")


def test_there_is_something_to_run() -> None:
    assert len(blocks()) >= 5


def test_the_letter_on_the_page_is_the_letter_that_is_sent() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(From: .*?)^```$", page, re.MULTILINE | re.DOTALL)
    (alert,) = re.findall(r"/alerts/([0-9a-f]{32})$", shown, re.MULTILINE)
    settings = load(ROOT)
    topic = topic_of(settings)
    with open_view(settings) as view:
        notice = queries.notice(view.db, alert, topic.labels.gloss)
    sent = letter.mail(
        Letter(Medium.MAIL, "desk@example.org", Kind.ALERT, ("desk",), (notice.id,)),
        [notice],
        letter.Paper(
            site_of(settings, topic, "http://127.0.0.1:8460"),
            renderer(),
            letter.Sender("record@example.org", settings.title, "alerts.example.org"),
            checkpoint=NOTE,
        ),
        datetime(2026, 11, 22, 9, tzinfo=UTC),
    )
    arrived = message_from_bytes(sent, policy=policy.default)
    text = arrived.get_body(("plain",))
    assert text is not None
    headers = "".join(f"{name}: {value}\n" for name, value in arrived.items())
    said = trimmed(f"{headers}\n{text.get_content()}")
    assert pattern(shown).fullmatch(said), said
