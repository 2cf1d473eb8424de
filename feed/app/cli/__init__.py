"""The commands: one file each, thin. `main` is what `feed` and `python -m feed` run.

Nothing heavy is imported before a command needs it, so that `feed --help` answers at once.
"""

from __future__ import annotations


def main() -> None:
    """Run the command of this process and end the process with its exit code."""
    import sys

    from feed.app.cli.run import run

    sys.exit(run(sys.argv[1:]))
