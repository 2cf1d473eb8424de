"""From words to an exit code: every way in which a command can end."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from feed.app.cli.program import PROGRAM, RINGS
from feed.app.cli.quick import quick
from feed.model.errors import FeedError

DEBUG = "--debug"
INTERRUPTED, FAULT = 130, 1


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code, one of EXITS; what went wrong is one line on stderr.

    `--debug`, anywhere before a `--`, adds the traceback. Raises nothing.
    """
    _speak_utf8()
    gc.set_threshold(*RINGS)
    asked, debug = _without_debug(words)
    try:
        return _called(asked or ["--help"])
    except FeedError as refused:
        return _ended(str(refused), refused.exit_code, refused, debug=debug)
    except BrokenPipeError:
        return _unread()
    except OSError as closed:
        return _ended(_closed(closed), FAULT, closed, debug=debug)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the one place where a fault of ours becomes a line
        told = f"this is a fault of ours ({type(fault).__name__}: {fault}). Run it again with {DEBUG} and report that."
        return _ended(told, FAULT, fault, debug=debug)


def _called(words: Sequence[str]) -> int:
    call = quick(words)
    if call is None:
        from feed.app.cli.commands import called

        code = called(words)
    else:
        code = call()
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _without_debug(words: Sequence[str]) -> tuple[list[str], bool]:
    ours = words.index("--") if "--" in words else len(words)
    kept = [word for word in words[:ours] if word != DEBUG]
    return [*kept, *words[ours:]], len(kept) < ours


def _ended(told: str, code: int, error: BaseException, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    print(f"{PROGRAM}: {' '.join(told.split())}", file=sys.stderr)
    return code


def _closed(closed: OSError) -> str:
    where = f"{closed.filename}: " if closed.filename else ""
    return f"{where}{closed.strerror or closed}. Look at its permissions and at the space on its disk."


def _unread() -> int:
    """Nobody reads on, as behind `| head`: end like other tools, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAULT


def _speak_utf8() -> None:
    # Quotes hold whatever the articles print, and JSON is UTF-8, whatever the terminal's locale says.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
