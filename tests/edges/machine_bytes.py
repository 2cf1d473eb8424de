"""All that follows from a log, as one digest: rows, alerts, exports, feeds and pages. Run on other machines' settings.

python -m tests.edges.machine_bytes FOLDER_OF_A_RECORD
"""

from __future__ import annotations

import io
import json
import platform
import sys
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from feed.app.asking import open_view
from feed.app.cli.run import run
from feed.app.packs import topic_of
from feed.app.settings import load
from feed.app.site import made, renderer, site_of
from feed.publish.item import Items


def main(home: Path) -> None:
    """Print what there is, each with its digest, and where it was made."""
    told = {"python": platform.python_version()}
    with TemporaryDirectory() as out, redirect_stdout(io.StringIO()) as said:
        assert run(["replay", "--dir", str(home), "--to", f"{out}/replay"]) == 0
        assert run(["export", f"{out}/export", "--dir", str(home)]) == 0
        assert run(["asof", "2025-02-15", "--json", "--dir", str(home)]) == 0
        assert run(["totals", "--dir", str(home)]) == 0
        told["said"] = digest(said.getvalue().replace(out, "").encode())
        for file in sorted(Path(out).rglob("*")):
            if file.suffix in (".jsonl", ".csv", ".json", ".jsonld"):
                told[file.name] = digest(file.read_bytes())
    settings = load(home)
    topic = topic_of(settings)
    with open_view(settings) as view:
        site = made(view.db, Items(site_of(settings, topic, "https://record.example.org"), renderer()), topic)
    told |= {f"/{name}": digest(content) for name, content in site.pages.items()}
    print(json.dumps(told, sort_keys=True))


def digest(content: bytes) -> str:
    """In hex."""
    return sha256(content).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
