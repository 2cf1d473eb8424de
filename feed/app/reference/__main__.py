"""`python -m feed.app.reference [LOG] > docs/events.md`: the page, with the lines of that log as examples."""

from __future__ import annotations

import sys
from pathlib import Path

from feed.app.reference import events_page

if __name__ == "__main__":
    log = [line for name in sys.argv[1:] for line in Path(name).read_bytes().splitlines()]
    sys.stdout.write(events_page(log))
