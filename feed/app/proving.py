"""A folder that proves one event to somebody who trusts nobody: lines, proofs, captures, and what checks them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feed.app.settings import Settings
from feed.capture.captures import Captures
from feed.model.errors import NotFound, UsageRefused
from feed.model.merkle import inclusion, leaf_hash
from feed.model.proof import Proof
from feed.record.evidence import Evidence, Kept
from feed.record.recovery import walking
from feed.record.tree import Tree

CHECKER = Path(__file__).with_name("sceptic.py")
TOLD = """\
Proof of event {id}
{kind}, line {sequence} of the log of {origin}.

lines/       the event and what it rests on, each as it stands in the log, with its Merkle proof (C2SP tlog-proof@v1)
checkpoint   the signed note (C2SP tlog-checkpoint) to whose root the proofs lead: {size} lines
key.txt      the public keys of the log, the last one signs now; compare them with those that it publishes
captures/    what was captured of the articles, under its SHA-256: the text that was read, and the bytes as they came
check.py     checks all of this with Python alone:  python3 check.py .

It proves that these lines stood in the log when the checkpoint was signed, that nobody changed them since, and that the
quotes stand in the captured text. Whoever else holds a checkpoint of this log can hold this one against it.
It does not prove that what the article says is true, that the page really read so (only that this was captured), that
nothing else was recorded, or when: a time is what the log says.
"""


@dataclass(frozen=True, slots=True)
class Proven:
    """What was written: the event's sequence, those of all lines, the digests of captures that were not here."""

    sequence: int
    lines: tuple[int, ...]
    missing: tuple[str, ...]


def prove(settings: Settings, wanted: str, out: Path) -> Proven:
    """Write the folder `out` for the event whose id begins so. Changes nothing else.

    Raises NotFound for an id that is not on record or that no checkpoint covers yet, UsageRefused for an id that begins
    several events or a folder that is not empty, LineRefused for a damaged log.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageRefused("the folder is not empty", where=str(out), mend="Name a new one")
    kept = Evidence(settings.log)
    last = kept.last()
    found = _gather(settings.log, wanted)
    newest = max(number for number, _ in found.values())
    if last is None or last.size < newest:
        raise NotFound(f"no checkpoint covers line {newest} yet", mend="Sign one: feed checkpoint")
    with tempfile.TemporaryDirectory() as folder:
        tree = _tree(settings.log, kept, last, Path(folder))
        for number, line in found.values():
            proof = Proof(number - 1, inclusion(number - 1, last.size, tree.node), last.note)
            _put(out / "lines" / f"{number:012d}.json", line + b"\n")
            _put(out / "lines" / f"{number:012d}.tlog-proof", str(proof).encode())
    _put(out / "checkpoint", str(last.note).encode())
    _put(out / "key.txt", "".join(f"{key}\n" for key in kept.verifiers()).encode())
    _put(out / "check.py", CHECKER.read_bytes())
    sequence, line = next(iter(found.values()))
    event = json.loads(line)
    told = {"id": event["id"], "kind": event["type"], "sequence": sequence, "size": last.size}
    _put(out / "README.txt", TOLD.format(**told, origin=last.note.checkpoint.origin).encode())
    missing = tuple(_captures(settings, [json.loads(line) for _, line in found.values()], out))
    return Proven(sequence, tuple(sorted(number for number, _ in found.values())), missing)


def _gather(log: Path, wanted: str) -> dict[str, tuple[int, bytes]]:
    """Sequence and line of the event and of all that it rests on, by id; the event itself first."""
    places: dict[str, tuple[int, bytes]] = {}
    with walking(log) as walk:
        for sequence, key, line in walk:
            places.setdefault(key.decode(), (sequence, line))
    begun = [name for name in places if name.startswith(wanted)] if wanted else []
    if not begun:
        raise NotFound(f"no event {wanted!r} is on record", where=log.name, mend="See: feed alerts --json")
    if len(begun) > 1:
        raise UsageRefused(f"{len(begun)} events begin with {wanted!r}", mend="Give more of the id")
    found, open_ends = dict[str, tuple[int, bytes]](), begun
    while open_ends:
        name = open_ends.pop(0)
        if name in places and name not in found:
            found[name] = places[name]
            open_ends += _rests_on(json.loads(places[name][1]))
    return found


def _rests_on(event: dict[str, Any]) -> Iterator[str]:
    """The ids that an event names: its cause, the capture of a fact, the facts of an alert or check."""
    data = event["data"]
    check = data.get("check") or {}
    names = (event.get("causationid"), *(data.get(key) for key in ("capture", "old", "new", "fact", "replaces")))
    operands = (operand["id"] for operand in check.get("operands", ()))
    yield from (name for name in (*names, *operands) if isinstance(name, str))


def _tree(log: Path, kept: Evidence, last: Kept, spare: Path) -> Tree:
    """The hashes kept beside the log; in a copy without them, or with wrong ones, they are made anew in `spare`."""
    if kept.tree_root(last.size) == last.note.checkpoint.root:
        return kept.tree
    fresh = Tree(spare)
    with walking(log) as walk:
        fresh.extend(leaf_hash(line) for _, _, line in walk)
    if fresh.size < last.size or fresh.root(last.size) != last.note.checkpoint.root:
        raise NotFound("the log is not the one of its newest checkpoint", where=log.name, mend="Try feed verify")
    return fresh


def _captures(settings: Settings, events: list[dict[str, Any]], out: Path) -> Iterator[str]:
    """Copy what was captured; the digests of what is not here."""
    captures = Captures(settings.captures)
    named = {event["data"][kind] for event in events if "raw" in event["data"] for kind in ("raw", "text")}
    for digest in sorted(named):
        try:
            _put(out / "captures" / digest, captures.get(digest))
        except NotFound:
            yield digest


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
