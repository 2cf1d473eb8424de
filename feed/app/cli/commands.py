"""The program with all that the library of the command line gives it: help, and what is wrong with words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Signature, signature
from typing import Annotated, Any, get_args, get_origin

import typer
import typer.main
from typer.exceptions import Abort, TyperException

from feed import __version__
from feed.app.cli.options import Argument, Option, asked_with
from feed.app.cli.program import COMMANDS, EXITS, PROGRAM, function_of
from feed.model.errors import FeedError

USAGE = 2


class WordsRefused(FeedError):
    """What the library of the command line refuses, in its words."""

    def __init__(self, what: str, exit_code: int) -> None:
        super().__init__(what)
        self.exit_code = exit_code


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"feed {__version__}")
        raise typer.Exit


def feed(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
) -> None:
    """A feed of record: which figure stands, what it replaced, who says so, and where that is written."""


def app_of(word: str = "") -> typer.Typer:
    """The program with that command alone, which starts in half the time; with all of them where none is called so.

    `docs` comes with all of them: it writes about them.
    """
    made = typer.Typer(
        name=PROGRAM,
        help=feed.__doc__,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Exit codes: " + "; ".join(f"{code} {means}" for code, means in EXITS.items()) + ".",
    )
    made.callback()(feed)
    for name in [word] if word in COMMANDS and word != "docs" else COMMANDS:
        made.command(name)(_explained(function_of(name)))
    return made


def called(words: Sequence[str]) -> Any:
    """Run the command that the words name; gives what it returns. Raises WordsRefused, KeyboardInterrupt, and what
    the command raises.
    """
    command = typer.main.get_command(app_of(words[0]))
    try:
        return command.main(args=list(words), prog_name=PROGRAM, standalone_mode=False)
    except TyperException as refused:
        raise WordsRefused(_said(refused), refused.exit_code) from refused
    except Abort as interrupted:
        raise KeyboardInterrupt from interrupted


def _explained(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, its options said so that the library understands them."""
    hints = asked_with(function)

    @wraps(function)
    def called_so(*args: Any, **named: Any) -> Any:
        return function(*args, **named)

    taken = [each.replace(annotation=_told(hints[name])) for name, each in signature(function).parameters.items()]
    called_so.__signature__ = Signature(taken)  # type: ignore[attr-defined]  # where the library looks
    called_so.__annotations__ = {each.name: each.annotation for each in taken}
    return called_so


def _told(hint: Any) -> Any:
    if get_origin(hint) is not Annotated:
        return hint
    kind, *more = get_args(hint)
    return Annotated[(kind, *map(_word, more))]


def _word(ours: Any) -> Any:
    """An option or argument of ours as the library's; what is the library's already as it is."""
    if isinstance(ours, Option):
        return typer.Option(*([ours.name] if ours.name else []), metavar=ours.metavar, help=ours.help)
    return typer.Argument(metavar=ours.metavar, help=ours.help) if isinstance(ours, Argument) else ours


def _said(refused: TyperException) -> str:
    told = refused.format_message().rstrip(".")
    if refused.exit_code != USAGE:
        return told
    context = getattr(refused, "ctx", None)
    stop = "" if told.endswith(("?", ")")) else "."
    return f"{told}{stop} See: {context.command_path if context else PROGRAM} --help"
