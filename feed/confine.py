"""Run what takes foreign bytes apart where it can do no harm: in a child process of its own.

An edge, below the others: parsers of feeds and pages run through it. A child has half a GiB of memory, two seconds of
processor, three of time, and can open nothing: no file, no socket. What it finds comes back as JSON, never as code.
"""

from __future__ import annotations

import atexit
import codecs
import encodings.aliases
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from feed.model.errors import FetchRefused, SourceFailed
from feed.model.web import MIB

MEMORY = 512 * MIB
CPU_SECONDS = 2
SECONDS = 3.0
PATIENCE = 20.0  # for the first child of a kind, which waits until its parser is loaded
MOMENT = 0.1  # after its line is closed a killed process takes this long, at most, to be gone
ANSWER = 16 * MIB
REFUSALS: dict[str, type[SourceFailed]] = {kind.__name__: kind for kind in (SourceFailed, FetchRefused)}
# Given to the interpreter as it is: the nursery finds the same modules as we do, wherever we were started.
NURSERY = "import sys; sys.path[:] = {path!r}; from feed.confine import nursery; nursery({handle})"


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece of work was given: bytes and plain words about them."""

    body: bytes
    words: dict[str, str]


Work = Callable[[Told], Any]


def confined(work: str, body: bytes, **words: str) -> Any:
    """What the function `work` ("feed.poll.syndicated:listed") makes of these bytes, as JSON takes it apart.

    Raises what it raises of SourceFailed and FetchRefused, and SourceFailed when it was stopped at a limit or broke.
    `where` among the words is what errors name. Threads may call it at the same time.
    """
    where = words.get("where", "")
    try:
        answer = _answer(work, body, words)
        if not answer and NURSE.died():  # killed, perhaps for want of memory: not the fault of this body
            answer = _answer(work, body, words)
    except OSError as lost:
        raise SourceFailed(f"its parser gives no answer ({lost})", where=where) from lost
    try:
        made = json.loads(answer)
    except ValueError:
        raise SourceFailed("its parser was stopped: it took too long or too much memory", where=where) from None
    if "refused" in made:
        raise REFUSALS.get(made["refused"], SourceFailed)(made["what"], where=where, mend=made["mend"])
    return made["made"]


def _answer(work: str, body: bytes, words: dict[str, str]) -> bytes:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            NURSE.bear(work, theirs.fileno())
        ours.settimeout(PATIENCE)
        head = json.dumps(words).encode()
        with suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read all
            ours.sendall(len(head).to_bytes(4, "big") + head + body)
            ours.shutdown(socket.SHUT_WR)
        return _all(ours)


def _all(connection: socket.socket) -> bytes:
    pieces, size = [], 0
    with suppress(ConnectionResetError):
        while size <= ANSWER and (piece := connection.recv(65536)):
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces)


class _Nurse:
    """The one nursery of this process: a process that has the parsers loaded and bears a child for each body.

    A child of ours would hold a copy of our threads' locks; the nursery has no threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def bear(self, work: str, handle: int) -> None:
        """Have a child do the work over the socket `handle`. Raises OSError when none can be born."""
        with self._lock:
            try:
                socket.send_fds(self._line or self._started(), [work.encode()], [handle])
            except (BrokenPipeError, ConnectionResetError):  # it was killed before
                self._end()
                socket.send_fds(self._started(), [work.encode()], [handle])

    def died(self) -> bool:
        """Whether the nursery is no more."""
        with self._lock, suppress(subprocess.TimeoutExpired):
            return self._process is None or self._process.wait(MOMENT) is not None
        return False

    def end(self) -> None:
        """Let the nursery end. The next child gets a new one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.wait()
        self._line = self._process = None

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            code = NURSERY.format(path=sys.path, handle=theirs.fileno())
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._line = ours
        return ours


NURSE = _Nurse()
atexit.register(NURSE.end)


def nursery(handle: int) -> None:
    """Bear children until the other end of the line is closed. The life of the nursery's process."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for our parent; we end when it does
    for codec in sorted(set(encodings.aliases.aliases.values())):  # any of them may be named by a hostile page
        with suppress(LookupError):
            codecs.lookup(codec)
    with socket.socket(fileno=handle) as line:
        while True:
            name, handles, _, _ = socket.recv_fds(line, 200, 1)
            if not name:
                return
            work = _work(name.decode())
            if os.fork() == 0:
                line.close()
                _life(work, handles[0])
            for each in handles:
                os.close(each)


@cache
def _work(name: str) -> Work:
    """The function of that name, with all loaded that it needs: its module's `rehearse` sees to what loads late."""
    place, _, function = name.partition(":")
    module = import_module(place)
    module.rehearse()
    work: Work = getattr(module, function)
    return work


def _life(work: Work, handle: int) -> None:
    """A child's: read what it is given, work within limits, answer, end."""
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)  # its signal ends the child whatever it is doing
        with socket.socket(fileno=handle) as connection:
            told = _all(connection)
            _bind()
            connection.sendall(_done(work, told))
    finally:
        os._exit(0)


def _bind() -> None:
    # What is not loaded by now is not to be had. Parsers ask again and again for modules that nobody has; to look for
    # one, a folder on the path that changed since would have to be opened.
    sys.meta_path.clear()
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _done(work: Work, told: bytes) -> bytes:
    end = 4 + int.from_bytes(told[:4], "big")
    try:
        made = {"made": work(Told(told[end:], json.loads(told[4:end])))}
    except SourceFailed as refused:
        made = {"refused": type(refused).__name__, "what": refused.what, "mend": refused.mend}
    except MemoryError:
        return b""
    except Exception as broken:  # noqa: BLE001 - whatever a parser raises on hostile bytes is their fault, not ours
        made = {"refused": "SourceFailed", "what": f"it breaks its parser ({type(broken).__name__})", "mend": ""}
    return json.dumps(made).encode()
