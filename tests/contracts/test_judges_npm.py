"""What JavaScript reads in what we send: feedsmith our feeds, standardwebhooks our signatures, cloudevents our events.

The three libraries come from the npm registry, once for each run, where node and a registry can be had.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feed.deliver.webhook import Hook
from feed.model.subscription import Kind, Letter, Medium
from feed.model.web import Request, Response
from feed.publish import feeds
from feed.publish.hook import body
from feed.publish.item import Items
from tests.make import SITE, inconsistent, notice, renderer, state_changed

PACKAGES = ("feedsmith@3", "standardwebhooks@1", "cloudevents@10")
NODE, NPM = shutil.which("node"), shutil.which("npm")
SECRETS = tuple("whsec_" + base64.b64encode(bytes(range(start, start + 32))).decode() for start in (0, 32))
NEWS = [notice(1), state_changed(2), inconsistent(3)]
JUDGE = """
import { readFileSync } from "node:fs";
import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import { Webhook } from "standardwebhooks";
import { HTTP } from "cloudevents";
const asked = JSON.parse(readFileSync(0, "utf8"));
const out = { json: parseJsonFeed(JSON.parse(asked.json)), atom: parseAtomFeed(asked.atom), events: [], refused: 0 };
for (const secret of asked.secrets) {
  const told = new Webhook(secret).verify(asked.body, asked.headers);
  out.events.push(HTTP.toEvent({ headers: asked.headers, body: JSON.stringify(told) }).toJSON());
  try { new Webhook(secret).verify(asked.body.replace("24,000", "42,000"), asked.headers); } catch { out.refused += 1; }
}
console.log(JSON.stringify(out));
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if NODE is None or NPM is None:
        pytest.skip("there is no node or npm here: `apt-get install npm` brings both")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "judge.js").write_text(JUDGE)
    command = [NPM, "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm found no registry in time")
    if done.returncode:
        pytest.skip(f"npm could not install the judges: {done.stderr.strip().splitlines()[-1:]}")
    return folder


def signed() -> tuple[dict[str, str], bytes]:
    """What a receiver gets while one secret replaces another."""
    came: list[Request] = []

    def taking(request: Request, /) -> Response:
        came.append(request)
        return Response(request.url, 204, {}, b"")

    letter = Letter(Medium.WEBHOOK, "https://example.org/hook", Kind.ALERT, ("desk",), (NEWS[0].id,))
    now = datetime.now(UTC)  # noqa: TID251 - the verifier looks at the real clock
    Hook(taking, {"desk": SECRETS})(letter, body(NEWS[0]), now)
    return {name.lower(): value for name, value in came[0].headers.items()}, came[0].content


def test_javascript_reads_feeds_signatures_and_events_as_we_meant_them(judge: Path) -> None:
    files = feeds.pages(NEWS, Items(SITE, renderer()))
    headers, sent = signed()
    asked = {
        "json": files["feed.json"].decode(),
        "atom": files["feed.atom"].decode(),
        "secrets": SECRETS,
        "headers": headers,
        "body": sent.decode(),
    }
    done = subprocess.run(
        [str(NODE), "judge.js"],
        cwd=judge,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    ours = json.loads(files["feed.json"])
    for told, entry, item in zip(read["json"]["items"], read["atom"]["entries"], ours["items"], strict=True):
        kept = (
            "id",
            "url",
            "external_url",
            "title",
            "content_html",
            "content_text",
            "date_published",
            "tags",
            "attachments",
        )
        assert {key: told[key] for key in kept} == {key: item[key] for key in kept}
        assert (entry["id"], entry["title"]["value"], entry["published"]) == (
            item["id"],
            item["title"],
            item["date_published"],
        )
        assert entry["content"]["value"].strip() == item["content_html"].strip()
        assert {each["rel"]: each["href"] for each in entry["links"]}["via"] == item["external_url"]
    assert read["refused"] == len(SECRETS)
    for event in read["events"]:
        assert event["time"].replace(".000Z", "Z") == NEWS[0].event["time"]  # JavaScript tells milliseconds
        assert {**event, "time": NEWS[0].event["time"]} == NEWS[0].event
