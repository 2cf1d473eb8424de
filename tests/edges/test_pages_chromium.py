"""The pages in a real browser: what a source wrote is read there, never run."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from feed.publish import page
from tests.make import NEARLY_19000, OVER_24000, SITE, notice, renderer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = (
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    '"><svg onload="document.title=\'run\'">',
    "</title></blockquote><script>document.title='run'</script>",
    "{{ 7 * 7 }} javascript:document.title='run'",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: `apt-get install chromium` brings it"),
]


def dom(file: Path) -> str:
    """The page as the browser has it after every script that would run has run."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=2000")
    profile = f"--user-data-dir={file.parent / 'profile'}"
    command = [str(CHROMIUM), *flags, profile, "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_hostile_words_are_shown_and_not_run(tmp_path: Path) -> None:
    words = " ".join(HOSTILE)
    old = replace(NEARLY_19000, quote=words, publisher=words, printed=words)
    new = replace(OVER_24000, quote=words, attribution=words)
    told = replace(notice(sentence=words, context=(words,)), old=old, new=new, why=words, trace=(words,))
    # Without a server, so without its Content-Security-Policy: the escaping has to hold by itself.
    (tmp_path / "index.html").write_bytes(page.index((old, new), [told], SITE, renderer()))
    (tmp_path / "alert.html").write_bytes(page.alert(told, SITE, renderer()))
    for name in ("index.html", "alert.html"):
        seen = dom(tmp_path / name)
        assert "<title>run" not in seen
        assert "<script" not in seen
        assert seen.count("document.title") >= len(HOSTILE)


def test_the_same_words_run_where_nobody_escapes_them(tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text(f"<title>still</title>{HOSTILE[1]}")
    assert "<title>run" in dom(tmp_path / "bare.html")
