"""Data directories for tests: made from words of feed.toml, filled with the seed articles through the real pipeline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from feed.app.home import FILE
from feed.app.pipeline import Taken, take
from feed.app.settings import Settings, load
from feed.app.wiring import Desk
from feed.capture.capture import given
from feed.capture.handed import articles

GOLD = Path(__file__).parent / "gold"
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SECRET = "whsec_" + "c2VjcmV0" * 4
NEARLY_19000, OVER_24000 = "seed-2-nearly-19000", "seed-1-return-hubs"
STEPS = "seed-0-reintegration"

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "record@example.org"
[[subscription]]
name = "desk"
channel = "mail"
to = "desk@example.org"
"""
HOOK = """
[[subscription]]
name = "system"
channel = "webhook"
to = "{url}"
secret = "{secret}"
severity = "low"
"""


def folder_with(folder: Path, *tables: str) -> Settings:
    """A data directory whose feed.toml has these tables, `serve` on any free port."""
    folder.mkdir(parents=True, exist_ok=True)
    begin = 'title = "Tests of record"\ntopic = "uk_returns"\n[web]\nport = 0\n'
    (folder / FILE).write_text("\n".join((begin, *tables)), encoding="utf-8")
    return load(folder)


def record(desk: Desk, *names: str, now: datetime = NOW) -> list[Taken]:
    """Record these seed articles, in this order."""
    known = {article.name: article for article in articles(GOLD / "seeds.articles.jsonl")}
    return [take(desk, given(known[name], desk.captures), now) for name in names]
