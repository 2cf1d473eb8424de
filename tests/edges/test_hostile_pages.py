"""Markup that wants to run, in every field that a source fills and every page and letter that shows it, in Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from html import escape
from pathlib import Path

import pytest

from feed.model.notice import Notice, Shown
from feed.model.subscription import Kind, Letter, Medium
from feed.publish import feeds, page
from feed.publish.item import Items, Standing
from feed.publish.letter import Paper, Sender, mail
from feed.publish.post import INLINER
from feed.publish.told import told
from tests.make import NEARLY_19000, NOTE, OVER_24000, RECORDED, SITE, notice, renderer
from tests.payloads import scripts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RENDER = renderer()
WATCH = "<script>function ran(n){document.documentElement.setAttribute('data-ran-'+n,'')}</script>"
RAN = re.compile(r'data-ran-(\d+)=""')
ENOUGH = 25

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: `apt-get install chromium` brings it"),
]


def ran(file: Path) -> set[int]:
    """The numbers of the payloads that ran on a page, in the page itself or in a frame of it."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=5000")
    command = [str(CHROMIUM), *flags, f"--user-data-dir={file.parent / 'profile'}", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert "data-watched" in dom
    return {int(number) for number in RAN.findall(dom)}


def framed(pages: Iterable[str]) -> str:
    """Many pages, each in a frame of its own. None has a Content-Security-Policy: the escaping must hold alone."""
    bridge = "<script>function ran(n){parent.ran(n)}</script>"
    frames = (f'<iframe srcdoc="{escape(bridge + each, quote=True)}"></iframe>' for each in pages)
    return f"<html data-watched><head>{WATCH}</head><body>{''.join(frames)}</body></html>"


def figure(shown: Shown, text: str) -> Shown:
    """A figure in which that stands in every field that comes from a source."""
    return shown._replace(quote=text, publisher=text, attribution=text, url=text, printed=text, article=text)


def hostile(texts: Iterable[str]) -> list[Notice]:
    return [
        notice(
            n, sentence=text, context=(text,), old=figure(NEARLY_19000, text), new=figure(OVER_24000, text)
        )._replace(publisher=text, url=text, why=text, trace=(text,), article=text)
        for n, text in enumerate(texts, start=1)
    ]  # fmt: skip


def outputs(news: list[Notice]) -> dict[str, str]:
    """Everything that shows these alerts as HTML, many of them on one page."""
    items = Items(SITE, RENDER)
    figures = [side for each in news for side in (each.new, each.old) if side is not None]
    standing = [Standing(each, RECORDED, RECORDED) for each in figures]
    files = feeds.pages(news, items, standing)
    read = [
        item["content_html"]
        for name, file in files.items()
        if name.endswith(".json")
        for item in json.loads(file)["items"]
    ]
    letter = Letter(Medium.MAIL, "desk@example.org", Kind.ALERT, ("desk",), tuple(each.id for each in news))
    built = mail(letter, news, Paper(SITE, RENDER, Sender("a@b.example", "A", "b.example")), RECORDED)
    assert built
    words = {"site": SITE, "groups": [("all", [told(each, SITE) for each in news])], "subject": "x", "steps": {}}
    foot = {"subscriptions": "desk", "unsubscribe": "mailto:a@b.example", "below": "", "checkpoint": NOTE}
    mailed = RENDER("mail.html", **words, **foot)
    alerts = "\n".join(page.alert(each, SITE, RENDER).decode().partition("<main")[2] for each in news)
    return {
        "index": page.index(figures, news, SITE, RENDER).decode(),
        "alerts": f"<html><head></head><body><main{alerts}",
        "series": page.series("s", figures, figures, news, SITE, RENDER).decode(),
        "mail": INLINER.inline(mailed),
        "reader": f"<html><head></head><body>{''.join(dict.fromkeys(read))}</body></html>",
    }


def test_nothing_that_a_source_wrote_runs_anywhere(tmp_path: Path) -> None:
    payloads = scripts()
    assert len(set(payloads)) >= 250
    shown = outputs(hostile(payloads))
    assert all(html.count("ran(") >= len(payloads) for html in shown.values())
    file = tmp_path / "all.html"
    file.write_text(framed(shown.values()), encoding="utf-8", errors="replace")
    assert ran(file) == set()


def test_the_same_payloads_run_where_nobody_escapes_them(tmp_path: Path) -> None:
    # Each in a frame of its own, or the first one that opens a comment or a title would swallow the rest.
    file = tmp_path / "bare.html"
    file.write_text(framed(text for text in scripts() if "\u2028" not in text), encoding="utf-8")
    assert len(ran(file)) >= ENOUGH
