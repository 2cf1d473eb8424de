"""What reading looks up, compiled once for each pack of the product and kept beside its byte code.

Compiling the patterns of a pack takes longer than reading an article. What came of it is kept as Python keeps byte
code: where only whoever may write the product's code may write, and made anew when any file changes that it was made
from. A pack of one's own may come from somebody else and lies elsewhere, so it is compiled each time.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path

from pydantic import VERSION

from feed.app import packs
from feed.app.home import PRODUCT, TOPICS, Home, known, pack
from feed.model.topic import Topic
from feed.read.english import English
from feed.read.tables import Tables, keep, tables

DIGEST = hashlib.sha256
SIZE = DIGEST().digest_size
MADE_FROM = ("read", "model")  # the product's folders whose code decides what tables are like


def load(folder: Path | str = "") -> tuple[Topic, English]:
    """The topic pack in that folder or of that name, and the table of English, for reading.

    As `packs.load` and `packs.english`, which it asks when nothing is kept, and raises what they raise. Where nothing
    can be written nothing is kept; a file that is damaged or of another state of the product is made anew.
    """
    folder = folder or known()[0]
    home = TOPICS / folder if isinstance(folder, str) else folder
    if home.parent != TOPICS or not home.is_dir():
        return packs.load(folder), packs.english()
    file, stamp = place(home.name), _stamp(home)
    with _uncollected():
        made = _kept(file, stamp)
        if made is None:
            topic, english = packs.load(home), packs.english()
            if not sys.dont_write_bytecode:
                _keep(file, stamp, topic, english)
            return topic, english
        keep(made)
        return made.topic, made.english


def of(home: Home) -> tuple[Topic, English]:
    """The same for the pack of a data directory."""
    return load(pack(home.folder, home.topic))


def place(name: str) -> Path:
    """Where the tables of that pack are kept: with the byte code of this module."""
    code = cache_from_source(str(Path(__file__).with_name(f"{name}.py")))
    return Path(code).with_suffix(".tables")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without collecting garbage: there is none, and looking for it takes longer than the loading does."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # tables stay as long as the process: later collections need not look through them
        if before:
            gc.enable()


def _stamp(home: Path) -> bytes:
    """The digest of everything that the tables come from: the pack, English, the code, and what runs it."""
    whole = DIGEST(f"{sys.version} pydantic {VERSION}".encode())
    for file in _sources(home):
        content = file.read_bytes()
        whole.update(f"{'/'.join(file.parts[-3:])} {len(content)}\n".encode())
        whole.update(content)
    return whole.digest()


def _sources(home: Path) -> Iterator[Path]:
    yield from sorted((*home.glob("*.toml"), *home.glob("*.json")))
    for part in MADE_FROM:
        yield from sorted(file for kind in ("*.py", "*.toml") for file in (PRODUCT / part).rglob(kind))


def _kept(file: Path, stamp: bytes) -> Tables | None:
    """The tables of that state, None when they are not there or not whole."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    head, rest = content[: 2 * SIZE], content[2 * SIZE :]
    if head != stamp + DIGEST(rest).digest():
        return None
    made = pickle.loads(rest)  # noqa: S301  as trustworthy as the byte code beside it
    return made if isinstance(made, Tables) else None


def _keep(file: Path, stamp: bytes, topic: Topic, english: English) -> None:
    """Write the tables, whole or not at all; where the product's folder may not be written, nothing is said of it."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
        try:
            with os.fdopen(handle, "wb") as out:
                rest = pickle.dumps(tables(topic, english), protocol=pickle.HIGHEST_PROTOCOL)
                out.write(stamp + DIGEST(rest).digest() + rest)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
