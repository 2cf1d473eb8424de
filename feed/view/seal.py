"""Whether the view on disk is what its writer left: SQLite itself does not notice most single bits that change.

`view.db.sum` holds the SHA-256 of the file from the end of one writer's work to the beginning of the next one's.
While a writer is at work, and after a crash, there is none.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

LOOKED_THROUGH = 64 << 20  # bytes: a longer view is looked through when somebody asks for it, not at each start


def lift(view: Path) -> None:
    """The view is about to be changed."""
    _sum(view).unlink(missing_ok=True)


def put(view: Path) -> None:
    """The view was closed and will not be changed until `lift`.

    Where that cannot be noted, or somebody else still has it open, nothing is: it will be made anew.
    """
    with suppress(OSError):
        wal = Path(f"{view}-wal")
        if not (wal.exists() and wal.stat().st_size):
            _sum(view).write_text(_digest(view), encoding="ascii")


def is_broken(view: Path, *, most: int | None = None) -> bool:
    """Whether somebody vouched for the view and it is another now. Reads all of it, unless it is longer than `most`."""
    if not (_sum(view).exists() and view.exists()):
        return False
    return not holds(view, most=view.stat().st_size if most is None else most)


def holds(view: Path, *, most: int = LOOKED_THROUGH) -> bool:
    """Whether the view is there and what its writer left. Of one longer than `most` bytes only that it was left."""
    try:
        told = _sum(view).read_text(encoding="ascii")
        return view.stat().st_size > most or told == _digest(view)
    except (OSError, UnicodeDecodeError):
        return False


def _sum(view: Path) -> Path:
    return view.with_name(f"{view.name}.sum")


def _digest(view: Path) -> str:
    with view.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
