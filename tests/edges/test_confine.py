"""A parser's child: what it may not do, and that it takes nobody with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from time import monotonic

import pytest

from feed.confine import CPU_SECONDS, NURSE, Told, confined
from feed.model.errors import FetchRefused, SourceFailed

HERE = "tests.edges.test_confine"


def rehearse() -> None:
    """Nothing is loaded late."""


def echo(told: Told) -> list[object]:
    return [len(told.body), told.words["where"], os.getpid()]


def spin(told: Told) -> None:
    while True:
        pass


def wait(told: Told) -> None:
    threading.Event().wait()


def swell(told: Told) -> int:
    return len(bytearray(1 << 30))


def open_file(told: Told) -> str:
    return Path(__file__).read_text()


def call_home(told: Told) -> None:
    socket.create_connection(("127.0.0.1", 9))


def die(told: Told) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(told: Told) -> None:
    raise FetchRefused("too many of them", mend="Send fewer.")


def test_it_answers_from_a_process_of_its_own() -> None:
    length, where, child = confined(f"{HERE}:echo", b"x" * 5_000_000, where="there")
    assert (length, where) == (5_000_000, "there")
    assert child != os.getpid()
    assert confined(f"{HERE}:echo", b"", where="there")[2] != child, "each body has a child of its own"


def test_what_it_refuses_is_raised_here() -> None:
    with pytest.raises(FetchRefused, match=r"there: too many of them\. Send fewer\."):
        confined(f"{HERE}:refuse", b"", where="there")


@pytest.mark.parametrize(
    ("work", "why"),
    [
        ("swell", "too much memory"),
        ("die", "too long or too much"),
        ("open_file", "OSError"),
        ("call_home", "OSError|LookupError"),
        ("no_such_work", "no answer|stopped"),
    ],
)
def test_it_can_do_no_harm(work: str, why: str) -> None:
    with pytest.raises(SourceFailed, match=why):
        confined(f"{HERE}:{work}", b"body", where="there")
    assert confined(f"{HERE}:echo", b"after", where="")[0] == 5


def test_endless_work_ends_and_holds_nobody_up() -> None:
    def ends(work: str) -> float:
        began = monotonic()
        with pytest.raises(SourceFailed, match="too long"):
            confined(f"{HERE}:{work}", b"", where="there")
        return monotonic() - began

    with ThreadPoolExecutor(2) as both:
        endless = [both.submit(ends, work) for work in ("spin", "wait")]
        assert confined(f"{HERE}:echo", b"good", where="")[0] == 4
        assert not any(each.done() for each in endless), "it did not wait for them"
        assert all(each.result() > CPU_SECONDS - 0.5 for each in endless)


def test_a_nursery_that_was_killed_is_replaced_and_ends_with_us() -> None:
    script = f"""
import os, signal
from feed.confine import NURSE, confined
confined("{HERE}:echo", b"", where="")
os.kill(NURSE._process.pid, signal.SIGKILL)
assert confined("{HERE}:echo", b"again", where="")[0] == 5
print(NURSE._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=root, check=False, stdout=subprocess.PIPE, text=True)
    nursery, end = int(done.stdout), monotonic() + 10
    while Path(f"/proc/{nursery}/cmdline").exists() and Path(f"/proc/{nursery}/cmdline").read_bytes():
        assert monotonic() < end, "it outlived us"


def look_for_what_nobody_has(told: Told) -> bool:
    try:
        import_module("drv_libxml2")
    except ImportError:
        return True
    return False


def test_a_folder_on_the_path_that_changed_since_does_not_stop_its_parsers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    NURSE.end()  # the next one has that folder on its path
    assert confined(f"{HERE}:look_for_what_nobody_has", b"", where="") is True
    (tmp_path / "new.py").touch()
    os.utime(tmp_path, (1, 1))
    assert confined(f"{HERE}:look_for_what_nobody_has", b"", where="") is True
    NURSE.end()


def test_it_can_be_ended_and_begun_again() -> None:
    NURSE.end()
    assert confined(f"{HERE}:echo", b"new", where="")[0] == 3
