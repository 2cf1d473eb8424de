"""The commands: one file each, thin. `main` is what `feed` and `python -m feed` run.

Nothing heavy is imported before a command needs it, so that `feed --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path

HELP = Path(__file__).with_name("help.txt")
HELP_COLUMNS = 80
"""The first page of help, written by `feed docs` as it is set in so many columns; a test keeps it current."""


def main() -> None:
    """Run the command of this process and end the process with its exit code."""
    import sys

    words = sys.argv[1:]
    if words == ["--version"]:  # what a script asks first is not worth all that the others need
        from feed import __version__

        print(f"feed {__version__}")
        sys.exit()
    if words in ([], ["--help"], ["-h"]) and _columns() >= HELP_COLUMNS:
        sys.stdout.write(HELP.read_text(encoding="ascii"))
        sys.exit()
    from feed.app.cli.run import run

    sys.exit(run(words))


def _columns() -> int:
    """How wide the terminal is; wide enough where there is none."""
    import os

    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return HELP_COLUMNS
