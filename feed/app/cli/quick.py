"""Questions whose words are plain, called without the library of the command line: it takes longer to load than they.

Understands nothing that the library would not, and says nothing about words: whatever is not plain is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from feed.app.cli.options import Option, asked_with
from feed.app.cli.program import QUICK, function_of


def quick(words: Sequence[str]) -> Callable[[], Any] | None:
    """The call that the words mean; None when that is to be said by the library: help, a word it may refuse."""
    if words[0] not in QUICK:
        return None
    function = function_of(words[0])
    options = {_spelt(name, hint): (name, get_args(hint)[0]) for name, hint in asked_with(function).items()}
    told: dict[str, Any] = {}
    rest = iter(words[1:])
    for word in rest:
        spelt, equals, value = word.partition("=")
        name, kind = options.get(spelt, ("", None))
        if kind is bool and not equals:
            told[name] = True
            continue
        given = value if equals else next(rest, "-")
        if kind not in TAKEN or given.startswith("-"):
            return None
        told[name] = TAKEN[kind](told.get(name), given)
    return partial(function, **told)


TAKEN: dict[Any, Callable[[Any, str], Any]] = {
    str: lambda _, given: given,
    Path | None: lambda _, given: Path(given),
    list[str] | None: lambda before, given: [*(before or ()), given],
}
"""What becomes of an option's word and of those given before it."""


def _spelt(name: str, hint: Any) -> str:
    (option,) = (each for each in get_args(hint) if isinstance(each, Option))
    return option.name or f"--{name.replace('_', '-')}"
