"""The view for those who only ask: opened at once where it is up to the log, made anew first where it is not.

What folding needs is only imported when something is to be folded: a question costs no more than its answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from feed.app.home import Home
from feed.model.errors import LogBusy
from feed.record.peek import peek
from feed.view import seal
from feed.view.tables import Opened

IN_MEMORY = ":memory:"


@contextmanager
def open_view(home: Home) -> Iterator[Opened]:
    """The view for questions, as the log says now. Needs no lock.

    A view that lags behind, or is not what its writer left, is made anew first; in memory alone where a writer is at
    work, which will bring its own up, or where nothing can be written.
    """
    sound = seal.holds(home.view) and _answers(home)
    view = Opened(home.view) if sound or _rebuilt(home) else _in_memory(home)
    try:
        yield view
    finally:
        view.close()


def _in_memory(home: Home) -> Opened:
    from feed.app.packs import topic_of
    from feed.app.wiring import fill
    from feed.record.file import ReadOnlyLog
    from feed.view.store import View

    view = View(IN_MEMORY)
    fill(view, topic_of(home), ReadOnlyLog(home.log).read())
    return view


def _rebuilt(home: Home) -> bool:
    """Whether the view on disk answers now: made anew, or kept up by somebody who writes here meanwhile."""
    from feed.app.packs import topic_of
    from feed.app.wiring import rebuild_view
    from feed.record.file import ReadOnlyLog
    from feed.record.lock import WriterLock
    from feed.record.side import Side

    try:
        home.hidden.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(Side(home.log).lock)
    except LogBusy:
        return _answers(home)  # nobody vouches for a view that its writer is changing, but he does for each change
    except OSError:
        return False
    try:
        rebuild_view(home, topic_of(home), ReadOnlyLog(home.log).read())
    finally:
        lock.release()
    return True


def _answers(home: Home) -> bool:
    if not home.view.is_file():
        return False
    view = Opened(home.view)
    try:
        return view.usable() and view.position() == peek(home.log)
    finally:
        view.close()
