"""The reference of all commands, made from what they say of themselves; `feed docs` writes it down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feed.app.cli.objects import FIGURE
from feed.app.cli.program import EXITS, PROGRAM

HEAD = f"""\
# Commands

Made by `feed docs`; a test keeps it current. In a checkout, `./run X` is `{PROGRAM} X`.

A command that needs a data directory takes the one at or above the current folder, or `--dir DIR`. `--debug` may stand
anywhere and adds the traceback to an error, which is else one line: what, where, and how to mend it. Tables fold in a
terminal; in a pipe each row is one line. `NO_COLOR` is respected.
"""
JSON = f"""\
## In JSON

A figure has the keys {", ".join(f"`{key}`" for key in FIGURE)}.
`printed` is the qualifier word and the number's text; `low` and `high` are the ends of what it admits, null when
infinite; `article` is the id that it was handed in under, else its address.

The state of an office has `office`, `country` and `holder`, that of a scheme `scheme` and `status`; both
`as_of`, `article`, `publisher`, `time`, `quote`, `id`, `url`.

An alert has `id`, `class`, `severity`, `sentence`,
`article`, `time`, `trace`; besides `metric`, `dims`, `measure`, `frame` with `old` and `new` as figures, or `office` or
`scheme` with `old` and `new` as words, or `why` for a failed check.

Times are UTC, numbers are numbers, nothing is cut.
"""


def reference(group: Any) -> str:
    """The whole page in Markdown, of the group of all commands; the same on every machine."""
    return "\n".join([HEAD, *(_section(name, command) for name, command in group.commands.items()), JSON, _exits()])


def _section(name: str, command: Any) -> str:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join([PROGRAM, name, *map(_placed, arguments), *(f"[{_spelt(option)}]" for option in options)])
    rows = [(_placed(param), param.help) for param in arguments] + [(_spelt(param), param.help) for param in options]
    told = "\n\n".join(" ".join(part.split()) for part in command.help.split("\n\n"))
    return "\n".join([f"## {name}", "", told, "", f"    {usage}", "", *_table(rows)])


def _placed(argument: Any) -> str:
    name = (argument.metavar or argument.name.upper()).strip("[]")
    return name if argument.required else f"[{name}]"


def _spelt(option: Any) -> str:
    value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
    return f"{option.opts[0]}{value}"


def _table(rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield from ("| | |", "|---|---|")
        yield from (f"| `{name}` | {' '.join(told.split())} |" for name, told in rows)
    yield ""


def _exits() -> str:
    return "\n".join(["## Exit codes", "", *_table([(str(code), means) for code, means in EXITS.items()])])
