"""The first thing that a newcomer sees: `./run` alone shows the whole line, tells only what is true, and ends."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx2
import pytest

from feed.app.demo import ending
from feed.app.demo.line import demo
from feed.app.demo.loopback import Answered
from feed.app.demo.newsroom import Newsroom
from feed.app.demo.receivers import HookBox
from feed.app.demo.stage import DemoFailed
from feed.model.errors import SettingsRefused, UsageRefused

ROOT = Path(__file__).parents[2]
SECONDS = 30
STEPS = (
    "29 August 2024 · Daily Mail",
    "28 November 2024 · publisher not named",
    "10 February 2025 · Home Office",
    "31 March 2025 · Daily Express",
    "24 October 2025 · Daily Express",
)


@dataclass(frozen=True)
class Shown:
    """What came out of one demo, and where it wrote."""

    folder: Path
    text: str
    seconds: float
    code: int
    alerts: list[dict[str, object]]

    @property
    def sections(self) -> dict[str, str]:
        """What stands under each heading, by its first words."""
        parts = re.split(r"\n\n(?=\S)", self.text)
        return {part.partition("\n")[0].partition(":")[0]: part for part in parts}


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """A command of the product, in the checkout."""
    return subprocess.run([sys.executable, "-m", "feed", *words], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder, began = tmp_path_factory.mktemp("demo") / "record", monotonic()
    done = command("demo", "--dir", str(folder))
    seconds = monotonic() - began
    assert not done.stderr, done.stderr
    alerts = command("alerts", "--json", "--dir", str(folder))
    return Shown(folder, done.stdout, seconds, done.returncode, json.loads(alerts.stdout))


def test_it_ends_by_itself_in_half_a_minute(shown: Shown) -> None:
    assert shown.code == 0
    assert shown.seconds < SECONDS


def test_the_articles_come_out_in_order_of_publication(shown: Shown) -> None:
    places = [shown.text.index(step) for step in STEPS]
    assert places == sorted(places)
    assert shown.text.count("are on record, each with its quote.") == len(STEPS)


def test_every_alert_is_told_as_it_happens_and_shown_with_its_quotes(shown: Shown) -> None:
    flat = " ".join(shown.text.split())
    for alert in shown.alerts:
        assert flat.count(f"! {alert['sentence']}") == 2
        for side in ("old", "new"):
            figure = alert.get(side)
            if isinstance(figure, dict):
                assert " ".join(f"{figure['printed']}: “{figure['quote']}”".split()) in flat


def test_what_arrived_is_what_was_owed(shown: Shown) -> None:
    hooks = re.findall(r"webhook-id ([0-9a-f]{32})", shown.text)
    assert sorted(hooks) == sorted(str(alert["id"]) for alert in shown.alerts)
    assert f"{len(hooks)} webhooks, each with a signature that its receiver verified" in shown.text
    loud = {alert["article"] for alert in shown.alerts if alert["severity"] != "low"}
    assert f"{len(loud)} mails at desk@demo.example" in shown.text


def test_every_standing_figure_is_in_the_table(shown: Shown) -> None:
    totals = json.loads(command("totals", "--json", "--dir", str(shown.folder)).stdout)
    figures = [row for row in totals if "printed" in row]
    assert f"one figure for each series and frame ({len(figures)})" in shown.text
    assert all(str(row["printed"]).lstrip("-−") in shown.text for row in figures)


def test_everything_lies_where_it_says(shown: Shown) -> None:
    places = re.findall(rf"{re.escape(str(shown.folder))}\S*", shown.sections["Where it lies"])
    assert len(places) == 6
    assert all(Path(place).exists() for place in places)
    lines = (shown.folder / "events.jsonl").read_bytes().splitlines()
    assert f"{len(lines)} events, a line each" in shown.text
    assert command("verify", "--strict", "--dir", str(shown.folder)).returncode == 0
    items = json.loads((shown.folder / ".feed/public/feed.json").read_bytes())["items"]
    assert len(items) == len(shown.alerts)


def test_the_commands_that_it_names_work_as_printed(shown: Shown) -> None:
    printed = [line.strip() for line in shown.sections["Try next"].splitlines()[1:]]
    calls = [shlex.split(line.partition("  ")[0])[1:] for line in printed]
    assert [call[0] for call in calls] == ["why", "history", "serve"]
    for call in calls[:2]:
        done = command(*call)
        assert (done.returncode, done.stderr) == (0, "")
        assert "“" in done.stdout or "24,000" in done.stdout


def test_a_pipe_gets_plain_text(shown: Shown) -> None:
    assert "\x1b" not in shown.text
    assert not [line for line in shown.text.splitlines() if line != line.rstrip()]
    copied = str(shown.folder)
    assert not [line for line in shown.text.splitlines() if len(line) > 100 and copied not in line]


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageRefused, match="not empty"):
        demo(tmp_path)
    assert [held.name for held in tmp_path.iterdir()] == ["mine.txt"]


def test_what_does_not_arrive_makes_it_fail_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HookBox, "_answer", lambda *_: Answered(500))
    monkeypatch.setattr(ending, "show", lambda _: None)
    with pytest.raises(DemoFailed, match=r"letters were not delivered: .*answered 500") as end:
        demo(tmp_path / "record")
    assert end.value.exit_code == 1


def test_without_the_articles_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="Run the demo from a checkout"):
        Newsroom(tmp_path)


def test_the_news_site_shows_only_what_is_published() -> None:
    newsroom = Newsroom(ROOT / "seeds")
    first = newsroom.publish()
    listed = httpx2.get(newsroom.url)
    base = newsroom.url.removesuffix("/feed.xml")
    assert (listed.text.count("<item>"), httpx2.get(base + first.path).status_code) == (1, 200)
    assert httpx2.get(base + newsroom.stories[1].path).status_code == 404
    assert httpx2.get(newsroom.url, headers={"If-None-Match": listed.headers["etag"]}).status_code == 304
    newsroom.publish()
    assert httpx2.get(newsroom.url).text.count("<item>") == 2
    newsroom.close()


def test_a_webhook_with_another_signature_is_refused() -> None:
    box = HookBox("whsec_" + "c2VjcmV0" * 4)
    headers = {"webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": "v1,bm8="}
    assert httpx2.post(box.url, content=b"{}", headers=headers).status_code == 401
    assert (box.verified, box.refused) == ([], ["a"])
    box.close()
