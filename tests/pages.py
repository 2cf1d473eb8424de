"""What a page shows of an output, held against the output: `…` stands for anything."""

from __future__ import annotations

import re


def trimmed(text: str) -> str:
    """A text without what nobody sees at the ends of it and of its lines."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def pattern(printed: str) -> re.Pattern[str]:
    """What the whole of a trimmed output must match: `…` is the rest of a line, alone on one any lines."""
    lines = trimmed(printed).split("\n") if printed.strip() else []
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts).removesuffix(r"\n") + (r"\n?" if parts else ""))
