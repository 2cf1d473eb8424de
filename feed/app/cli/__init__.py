"""The commands: one file each, thin. `main` is what `feed` and `python -m feed` run.

Nothing heavy is imported before a command needs it, so that `feed --help` answers at once.
"""

from __future__ import annotations


def main() -> None:
    """Run the command of this process and end the process with its exit code."""
    import sys

    words = sys.argv[1:]
    if words == ["--version"]:  # what a script asks first is not worth all that the others need
        from feed import __version__

        print(f"feed {__version__}")
        sys.exit()
    from feed.app.cli.run import run

    sys.exit(run(words))
