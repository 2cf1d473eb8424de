"""Questions whose words are plain, called without the library of the command line: it takes longer to load than they.

Understands nothing that the library would not, and says nothing about words: whatever is not plain is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from feed.app.cli.options import Argument, asked_with
from feed.app.cli.program import QUICK, function_of


def quick(words: Sequence[str]) -> Callable[[], Any] | None:
    """The call that the words mean; None when that is to be said by the library: help, a word it may refuse."""
    if words[0] not in QUICK:
        return None
    function = function_of(words[0])
    places, switches, options = _asked(function)
    told: dict[str, Any] = {}
    rest = iter(words[1:])
    for word in rest:
        spelt, equals, value = word.partition("=")
        if not word.startswith("-"):
            if not places:
                return None
            told[places.pop(0)] = word
        elif word in switches:
            name, told_so = switches[word]
            told[name] = told_so
        else:
            given = value if equals else next(rest, "-")
            if spelt not in options or given.startswith("-"):
                return None
            name, take = options[spelt]
            told[name] = take(told.get(name), given)
    return None if places else partial(function, **told)


Take = Callable[[Any, str], Any]
"""What becomes of an option's word and of those given before it."""
TAKEN: dict[Any, Take] = {
    str: lambda _, given: given,
    Path | None: lambda _, given: Path(given),
    list[str] | None: lambda before, given: [*(before or ()), given],
}
SWITCHES = (bool, bool | None)


def _asked(function: Callable[..., Any]) -> tuple[list[str], dict[str, tuple[str, bool]], dict[str, tuple[str, Take]]]:
    """What a command takes: words by their place, switches with what they say, options with how their words are taken.

    What is of another kind is left out, and so left to the library.
    """
    places, switches, options = list[str](), dict[str, tuple[str, bool]](), dict[str, tuple[str, Take]]()
    for name, hint in asked_with(function).items():
        kind, told = get_args(hint)
        if isinstance(told, Argument):
            places.append(name)
            continue
        spelt, _, against = (told.name or f"--{name.replace('_', '-')}").partition("/")
        if kind in SWITCHES:
            switches[spelt] = (name, True)
            switches |= {against: (name, False)} if against else {}
        elif kind in TAKEN:
            options[spelt] = (name, TAKEN[kind])
    return places, switches, options
