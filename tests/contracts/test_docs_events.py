"""docs/events.md is what the models say, and its shell loop checks the chain of a real log."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from feed.app.reference import events_page
from feed.app.reference.example import example_lines
from feed.app.reference.meanings import GLOSSES, MEANINGS
from feed.app.reference.shapes import parts
from feed.model.event import Envelope, decode
from feed.model.report import TYPES
from feed.record.verify import verify
from tests.events import capture, captures, every_type, sealed_lines
from tests.logs import log_of

ROOT = Path(__file__).parents[2]
LOG = ROOT / "events.jsonl"
REGENERATE = "docs/events.md is not what the models and the log say: run `./run docs`"


def page() -> str:
    return events_page(LOG.read_bytes().splitlines() if LOG.exists() else ())


def test_the_page_is_what_the_models_say() -> None:
    held = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert held == page(), REGENERATE


def test_every_type_has_an_example_that_is_a_line_of_it() -> None:
    shown = re.findall(r"^### (\S+\.v\d+)\n.*?^```json\n(.*?)\n```$", page(), re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in shown] == list(TYPES)
    assert [decode(line.encode()).type for _, line in shown] == list(TYPES)


def test_an_example_is_taken_from_the_log_where_the_log_has_one() -> None:
    lines = [line[:-1] for line in sealed_lines((*captures(2), *every_type()))]
    told = events_page(lines)
    assert f"Line 1 of `events.jsonl`:\n\n```json\n{lines[0].decode()}\n```" in told
    assert f"Line 4 of `events.jsonl`:\n\n```json\n{lines[3].decode()}\n```" in told
    assert "made up" not in told


def test_the_made_up_log_is_a_good_log(tmp_path: Path) -> None:
    log = log_of(tmp_path, b"".join(line + b"\n" for line in example_lines()))
    assert verify(log, strict=True).lines == len(example_lines())


def test_no_meaning_is_left_over() -> None:
    models = {part.__name__: part for model in TYPES.values() for part in parts(model)} | {"Envelope": Envelope}
    fields = {name: {*getattr(part, "model_fields", ()), "data"} for name, part in models.items()}
    fields["Fact"] = fields["IncidentReported"]
    assert [f"{name}.{field}" for name in MEANINGS for field in MEANINGS[name] if field not in fields[name]] == []
    words = {name: set(getattr(part, "__members__", ())) for name, part in models.items()}
    assert [f"{name}.{word}" for name in GLOSSES for word in GLOSSES[name] if word not in words[name]] == []


def test_every_link_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", page(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page())) <= anchors


def test_the_loop_finds_a_sound_log_sound(tmp_path: Path) -> None:
    log = log_of(tmp_path, b"".join(sealed_lines(every_type())))
    done = checked(tmp_path)
    held = verify(log)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{held.lines} lines, head {held.head.sequence}:{held.head.hash}\n"


def test_the_loop_is_not_fooled_by_text_that_spells_the_attribute(tmp_path: Path) -> None:
    forged = f'","prevhash":"{"f" * 64}","x":"'
    log_of(tmp_path, b"".join(sealed_lines((capture(forged, title=forged), *captures(2)))))
    assert checked(tmp_path).returncode == 0


@pytest.mark.parametrize("at", [1, 2, 3])
def test_the_loop_names_the_line_behind_a_changed_one(tmp_path: Path, at: int) -> None:
    lines = sealed_lines(captures(4))
    lines[at - 1] = lines[at - 1].replace("é".encode(), b"e")
    log_of(tmp_path, b"".join(lines))
    done = checked(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"line {at + 1} ")


def test_the_loop_names_the_place_of_a_line_that_was_taken_out(tmp_path: Path) -> None:
    lines = sealed_lines(captures(4))
    log_of(tmp_path, b"".join(lines[:1] + lines[2:]))
    assert checked(tmp_path).stderr.startswith("line 2 ")


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """The page's own loop, run in that folder."""
    loop = re.search(r"```bash\n(.*?)```", page(), re.DOTALL)
    assert loop
    return subprocess.run(["bash", "-c", loop[1]], cwd=folder, capture_output=True, text=True, check=False)
