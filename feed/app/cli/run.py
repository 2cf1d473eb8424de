"""From words to an exit code: every way in which a command can end."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer.main
from typer.exceptions import Abort, TyperException

from feed.app.cli.commands import app_of
from feed.app.cli.program import PROGRAM, RINGS
from feed.model.errors import FeedError

DEBUG = "--debug"
USAGE, INTERRUPTED, FAULT = 2, 130, 1


def run(words: Sequence[str]) -> int:
    """Run one command and give its exit code, one of EXITS; what went wrong is one line on stderr.

    `--debug`, anywhere before a `--`, adds the traceback. Raises nothing.
    """
    _speak_utf8()
    gc.set_threshold(*RINGS)
    asked, debug = _without_debug(words)
    try:
        return _called(asked or ["--help"])
    except TyperException as refused:
        return _ended(_usage(refused), refused.exit_code, refused, debug=debug)
    except FeedError as refused:
        return _ended(str(refused), refused.exit_code, refused, debug=debug)
    except OSError as closed:
        return _ended(_closed(closed), FAULT, closed, debug=debug)
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the one place where a fault of ours becomes a line
        told = f"this is a fault of ours ({type(fault).__name__}: {fault}). Run it again with {DEBUG} and report that."
        return _ended(told, FAULT, fault, debug=debug)


def _called(words: Sequence[str]) -> int:
    command = typer.main.get_command(app_of(words[0]))
    code = command.main(args=list(words), prog_name=PROGRAM, standalone_mode=False)
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


def _usage(refused: TyperException) -> str:
    told = refused.format_message().rstrip(".")
    if refused.exit_code != USAGE:
        return told
    context = getattr(refused, "ctx", None)
    stop = "" if told.endswith(("?", ")")) else "."
    return f"{told}{stop} See: {context.command_path if context else PROGRAM} --help"


def _closed(closed: OSError) -> str:
    where = f"{closed.filename}: " if closed.filename else ""
    return f"{where}{closed.strerror or closed}. Look at its permissions and at the space on its disk."


def _speak_utf8() -> None:
    # Quotes hold whatever the articles print, and JSON is UTF-8, whatever the terminal's locale says.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
