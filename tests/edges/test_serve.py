"""`serve` as an operator meets it: one process that polls, tells and answers, and that stops when it is asked."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import httpx2
import pytest

from feed.app import serve as serving
from feed.app.demo.loopback import Answered, Asked, Loopback
from feed.app.demo.newsroom import Newsroom
from feed.app.demo.receivers import Mailbox
from feed.app.home import FILE
from feed.app.settings import Settings, load
from feed.app.wiring import open_desk
from feed.model.errors import LogUnwritable, SettingsRefused
from tests.desks import MAIL, NEARLY_19000, folder_with, record

ROOT = Path(__file__).parents[2]
STOP_WITHIN = 2.0
PATIENCE = 30.0
SOURCE = """
[[source]]
name = "news"
url = "{url}"
every = 1
min = 1
alert_old = true
[reach]
allow = ["{host}"]
"""


@contextmanager
def served(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`feed serve` in a process of its own, with the address that it prints."""
    command = [sys.executable, "-m", "feed", "serve", "--dir", str(settings.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://[^\s]+/", said)
            assert found, said + (process.stderr.read() if process.stderr else "")
            yield process, found[0]
        finally:
            process.kill()


def stopped(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, float, str]:
    """Ask it to stop; its exit code, the seconds that it took, and what it said on stderr."""
    began = monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, monotonic() - began, said


def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    end, pause = monotonic() + PATIENCE, threading.Event()
    while not condition():
        assert monotonic() < end, "it never came true"
        pause.wait(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_where_it_answers_and_stops_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    settings = folder_with(tmp_path)
    with open_desk(settings) as desk:
        record(desk, NEARLY_19000)
    with served(settings) as (process, address):
        assert urlsplit(address).hostname == "127.0.0.1"
        assert "nearly 19,000" in httpx2.get(address).text
        health = httpx2.get(f"{address}health").json()
        assert health["ok"]
        assert health["head"] == len((tmp_path / "events.jsonl").read_bytes().splitlines())
        feed = httpx2.get(f"{address}feed.json")
        assert feed.headers["content-type"] == "application/feed+json"
        assert httpx2.get(f"{address}feed.json", headers={"If-None-Match": feed.headers["etag"]}).status_code == 304
        assert feed.json()["feed_url"] == f"{address}feed.json"
        code, seconds, said = stopped(process, number)
    assert (code, said) == (0, "")
    assert seconds < STOP_WITHIN


def test_it_polls_tells_and_shows_without_being_asked_and_never_twice(tmp_path: Path) -> None:
    newsroom, mailbox = Newsroom(ROOT / "seeds"), Mailbox()
    mailbox.start()
    newsroom.publish(), newsroom.publish(), newsroom.publish()
    settings = folder_with(
        tmp_path, SOURCE.format(url=newsroom.url, host=newsroom.host), MAIL.format(port=mailbox.port)
    )
    with served(settings) as (process, address):
        until(lambda: len(mailbox.mails) == 1)
        until(lambda: bool(httpx2.get(f"{address}feed.json").json()["items"]))
        health = httpx2.get(f"{address}health").json()
        assert [source["failures"] for source in health["sources"]] == [0]
        assert stopped(process)[0] == 0
    with served(settings) as (process, address):
        until(lambda: httpx2.get(f"{address}health").json()["letters"]["delivered"] == 1)
        newsroom.publish()
        until(lambda: len(mailbox.mails) == 2)
        assert stopped(process)[0] == 0
    newsroom.close()
    mailbox.stop()
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2


def test_a_source_that_never_answers_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    asked, gone = threading.Event(), threading.Event()

    def silent(_: Asked) -> Answered:
        asked.set()
        gone.wait(PATIENCE)
        return Answered(503)

    with Loopback(silent) as site:
        settings = folder_with(tmp_path, SOURCE.format(url=f"{site.url}/feed.xml", host=site.host))
        with served(settings) as (process, address):
            assert asked.wait(PATIENCE)
            assert httpx2.get(f"{address}health").json()["ok"]
            code, seconds, _ = stopped(process)
        gone.set()
    assert code == 0
    assert seconds < STOP_WITHIN


def test_who_listens_hears_of_news_and_is_let_go_when_it_stops(tmp_path: Path) -> None:
    newsroom = Newsroom(ROOT / "seeds")
    settings = folder_with(tmp_path, SOURCE.format(url=newsroom.url, host=newsroom.host))
    newsroom.publish(), newsroom.publish()
    with served(settings) as (process, address):
        until(lambda: httpx2.get(f"{address}health").json()["head"] > 0)
        with httpx2.stream("GET", f"{address}stream", timeout=PATIENCE) as events:
            lines = events.iter_lines()
            assert next(lines).startswith("retry: ")
            newsroom.publish()
            assert next(line for line in lines if line.startswith("event: ")) == "event: alert.raised.v1"
            code, _, said = stopped(process)
    newsroom.close()
    assert (code, said) == (0, "")


def test_two_processes_do_not_write_one_log(tmp_path: Path) -> None:
    settings = folder_with(tmp_path)
    with served(settings):
        second = subprocess.run(
            [sys.executable, "-m", "feed", "serve", "--dir", str(tmp_path)], cwd=ROOT, capture_output=True, text=True
        )
    assert second.returncode == 1
    assert "another process writes this log" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_an_address_that_is_taken_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with Loopback(lambda _: Answered(204)) as other:
        port = urlsplit(other.url).port
        (tmp_path / FILE).write_text(f'topic = "uk_returns"\n[web]\nport = {port}\n')
        with pytest.raises(SettingsRefused, match="port = 0 takes any"):
            serving.serve(load(tmp_path))


def test_a_log_that_cannot_be_written_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """A desk on a full disk."""

        def tick(self, now: object) -> None:
            raise LogUnwritable("the disk is full", where="events.jsonl")

    @contextmanager
    def full(*_: object) -> Iterator[Full]:
        yield Full()

    monkeypatch.setattr(serving, "at_work", full)
    said: list[str] = []
    with pytest.raises(LogUnwritable) as end:
        serving.serve(folder_with(tmp_path), tell=said.append)
    assert end.value.exit_code == 75
    assert said


def test_what_goes_wrong_in_one_round_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    newsroom = Newsroom(ROOT / "seeds")
    settings = folder_with(tmp_path, SOURCE.format(url=newsroom.url, host=newsroom.host))
    with served(settings) as (process, address):
        feed = settings.pages / "feed.json"
        feed.unlink()
        feed.mkdir()
        (feed / "in the way").touch()
        newsroom.publish()
        until(lambda: httpx2.get(f"{address}health").status_code == 503)
        assert "feed.json" in httpx2.get(f"{address}health").json()["trouble"]
        shutil.rmtree(feed)
        until(lambda: httpx2.get(f"{address}health").status_code == 200)
        assert httpx2.get(f"{address}feed.json").content == feed.read_bytes()
        code, _, said = stopped(process)
    newsroom.close()
    assert code == 0
    assert "Traceback" in said
