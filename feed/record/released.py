"""The schemas as they were released, held to the digests that were recorded then: what `verify --strict` judges by.

They are files, `schemas/` of a checkout, and come with an installed product; the models of this version do not matter.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from feed.model.errors import SchemaChanged

HERE = Path(__file__).resolve()
FOLDERS = (HERE.parents[1] / "schemas", HERE.parents[2] / "schemas")  # as installed, and in a checkout
DIGESTS = "released.txt"


def released(folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """Every schema that was released, by its `$id`, from that folder or from where this version keeps them.

    Raises SchemaChanged for one that is gone, or whose bytes are not those of which the digest was recorded.
    """
    where = folder or next((one for one in FOLDERS if (one / DIGESTS).is_file()), FOLDERS[0])
    try:
        rows = (where / DIGESTS).read_text(encoding="ascii").splitlines()
    except FileNotFoundError as missing:
        raise SchemaChanged("the list of released schemas is gone", where=str(where / DIGESTS), mend=MEND) from missing
    known = (_schema(where / name, digest) for digest, name in (row.split("  ") for row in rows))
    return {schema["$id"]: schema for schema in known}


MEND = "Install the version anew. No line was judged"


def _schema(path: Path, digest: str) -> dict[str, Any]:
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != digest:
        what = "not the schema that was released, by the digest that was recorded then" if content else "gone"
        raise SchemaChanged(f"this is {what}", where=str(path), mend=MEND)
    schema: dict[str, Any] = json.loads(content)
    return schema
