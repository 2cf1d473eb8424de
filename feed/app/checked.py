"""Settings and wording for those who only ask, as they were last checked, as long as their files are the same.

To check feed.toml and a topic pack takes longer than any answer. So what questions need of them is kept under `.feed/`
with the digest of the files that it was made of, and of the product's version; anything else means: check them again.
Both files may be deleted at any time. They hold no password and no secret.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from feed import __version__
from feed.app import home
from feed.app.home import FILE, Home
from feed.model.chain import digest
from feed.model.labels import Labels

SETTINGS, LABELS = "settings.json", "labels.json"


class Checked(Home):
    """A data directory whose settings are as they should be. `sources` are the names of those that are polled."""

    def __init__(self, folder: Path, topic: str, sources: tuple[str, ...] = ()) -> None:
        self.folder, self.topic, self.sources = folder, topic, sources


def plain(folder: Path) -> Checked:
    """One without a feed.toml: what holds when every line is left out."""
    return Checked(folder, home.known()[0])


def settings(folder: Path) -> Checked:
    """The settings of a data directory, as far as questions need them. Raises what `settings.load` raises."""
    key = _key([folder / FILE])
    told = _kept(folder / ".feed" / SETTINGS, key)
    if told is None:
        from feed.app.settings import load

        found = load(folder)
        told = {"topic": found.topic, "sources": [source.name for source in found.sources if source.enabled]}
        _keep(folder / ".feed" / SETTINGS, key, _key([folder / FILE]), told)
    return Checked(folder, told["topic"], tuple(told["sources"]))


def labels(of: Home) -> Labels:
    """What the topic of a data directory calls everything. Raises what loading its pack raises."""
    pack, kept = home.pack(of.folder, of.topic), of.hidden / LABELS
    key = _key(sorted(pack.glob("*.toml")))
    told = _kept(kept, key)
    if told is not None:
        return Labels.of_json(told)
    from feed.app.packs import topic_of

    found = topic_of(of).labels
    _keep(kept, key, _key(sorted(pack.glob("*.toml"))), found.as_json())
    return found


def _key(files: Iterable[Path]) -> str:
    """A digest of these files, their names and who made something of them; "" when they cannot be read."""
    try:
        parts = [f"{file.name} {digest(file.read_bytes())}" for file in files]
    except OSError:
        return ""
    return digest("\n".join((f"version {__version__}", *parts)).encode())


def _kept(path: Path, key: str) -> dict[str, Any] | None:
    """What was kept under that key; None when nothing was, or not all of it is there."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if not key or head != _head(key, body):
        return None
    told: dict[str, Any] = json.loads(body)
    return told


def _keep(path: Path, key: str, again: str, told: Mapping[str, Any]) -> None:
    """Keep it, if the files were the same before and after it was made of them. Where nothing can be written: not."""
    if not key or key != again or not path.parent.is_dir():
        return
    body = json.dumps(told, ensure_ascii=False).encode()
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        fresh.write_bytes(_head(key, body) + b"\n" + body)
        fresh.replace(path)


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {digest(body)}".encode()
