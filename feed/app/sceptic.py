#!/usr/bin/env python3
"""Check a record without its makers: this one file needs Python 3.9 or newer, no package, and nothing of ours.

    python3 check.py LOG                        is the chain of this events.jsonl whole, with what was closed before it?
    python3 check.py LOG CHECKPOINT [KEY]       and does it begin with the lines that this checkpoint was signed for?
    python3 check.py FOLDER [KEY]               do the lines, quotes and captures of this proof belong together?

CHECKPOINT is a file that was kept from an earlier day: one signed note, a text in which one stands, or the log's
checkpoints.jsonl with all of them, which tells more closely where something was changed. KEY is the log's public key
(name+id+key) or a file with its keys. Ends with 0 when all of it holds, with 1 when something does not, and names the
line as far as that can be known, with 2 when it was given something else than what it needs. Where no key is given, a
signature is not checked, and that is said. What it computes is written out here once more, on purpose.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
DASH = "\u2014 "  # begins the line of a signature

# Ed25519, as RFC 8032 says. Only checks public signatures: it knows no secrets that its timing could tell.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


class Wrong(Exception):
    """Something does not hold. The text says what and where."""


class Unclear(Exception):
    """What was given is not what is needed, so that nothing can be said about the log. The text says what it is not."""


def sha256(content: bytes) -> bytes:
    """The SHA-256 of bytes."""
    return hashlib.sha256(content).digest()


def recover_x(y: int, sign: int) -> int | None:
    """The x of a point by its y and the sign of x; None when there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(packed: bytes) -> Point | None:
    """The point that 32 bytes tell, in extended coordinates; None when they tell none."""
    y = int.from_bytes(packed, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(one: Point, two: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, one: Point) -> Point:
    """A point added to itself so many times."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, one)
        one, number = add(one, one), number >> 1
    return total


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signature(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether an Ed25519 signature of a text was made with a key."""
    key, commitment = point(public), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or key is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), add(commitment, times(challenge, key))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


def parse_keys(told: str) -> list[tuple[str, bytes, bytes]]:
    """Name, id and raw public key of each `name+id+key`: of one that is told, or of those in a file."""
    try:
        keys = [parse_key(one) for one in (Path(told).read_bytes().decode().split() if Path(told).exists() else [told])]
    except (OSError, ValueError):
        keys = []
    if not keys:
        raise Unclear("this is neither an Ed25519 key (name+id+key) nor a file of such keys: " + told)
    return keys


def parse_key(told: str) -> tuple[str, bytes, bytes]:
    """Name, id and raw public key. ValueError for what is no key."""
    name, number, key = told.strip().split("+", 2)
    raw = base64.b64decode(key)
    if raw[:1] != b"\x01" or sha256(name.encode() + b"\n" + raw)[:4].hex() != number:
        raise ValueError("its id is not that of the key")
    return name, bytes.fromhex(number), raw[1:]


def parse_note(note: str) -> tuple[str, int, bytes]:
    """Origin, number of lines and root of a signed note. Believes nobody yet."""
    origin, size, root = (note.rpartition("\n\n")[0] + "\n").split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def check_signature(note: str, key: str | None) -> None:
    """That a note was signed with one of these keys; without one it is said that nobody looked."""
    if key is None:
        print("The checkpoint's signature was NOT checked: give the log's public key as the last word.")
        return
    text, _, below = note.rpartition("\n\n")
    keys = parse_keys(key)
    for name, number, public in keys:
        raws = [base64.b64decode(line.split(" ")[2]) for line in below.splitlines() if line.split(" ")[1] == name]
        if any(raw[:4] == number and is_signature(public, raw[4:], (text + "\n").encode()) for raw in raws):
            print(f"The checkpoint was signed with the key of {name} ({number.hex()}).")
            return
    raise Wrong("the checkpoint was not signed with the key of " + keys[-1][0])


def check_chain(path: str, wanted: set[int]) -> tuple[int, str, dict[int, bytes]]:
    """Number of lines and head of a log; for each number that is wanted the Merkle root over that many lines."""
    previous, at, roots, left, peaks = "0" * 64, 0, dict[int, bytes](), b"", list[bytes]()
    for raw in lines_of(path):
        if raw[-1:] != b"\n":
            left += raw
            continue
        line, at = raw[:-1], at + 1
        told = parse_line(line, at)
        if left or told.get("sequence") != f"{at:012d}":
            raise Wrong(f"line {at} is not whole, or stands where another belongs")
        if told.get("prevhash") != previous:
            raise Wrong(f"line {at} was not written behind line {at - 1} as that stands now")
        previous = sha256(line).hex()
        grow(peaks, at - 1, sha256(b"\0" + line))
        if at in wanted:
            roots[at] = bag(peaks)
    if left:
        print(f"{len(left)} bytes behind line {at} are a write that was not finished: no line, so nothing to judge.")
    return at, previous, roots


def lines_of(path: str) -> Iterator[bytes]:
    """The lines of a log, of all its files."""
    for file in files_of(path):
        with file.open("rb") as lines:
            yield from lines


def files_of(path: str) -> list[Path]:
    """The files of a log that are there: those closed before it (events.000000000001.jsonl) beside it, then its own."""
    log = Path(path)
    return [*sorted(log.parent.glob(f"{log.stem}.{'[0-9]' * 12}{log.suffix}")), *([log] if log.is_file() else [])]


def grow(peaks: list[bytes], size: int, leaf: bytes) -> None:
    """Put one more leaf behind the full subtrees of a tree of `size` leaves."""
    while size & 1:
        leaf = sha256(b"\1" + peaks.pop() + leaf)
        size >>= 1
    peaks.append(leaf)


def bag(peaks: list[bytes]) -> bytes:
    """The root over full subtrees."""
    top = peaks[-1]
    for left in reversed(peaks[:-1]):
        top = sha256(b"\1" + left + top)
    return top


def parse_line(line: bytes, at: int) -> dict[str, Any]:
    """The object of a line."""
    try:
        told = json.loads(line.decode())
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Wrong(f"line {at} is no JSON object")
    return told


def check_log(path: str, checkpoint: str | None = None, key: str | None = None) -> None:
    """A whole log, perhaps against a checkpoint, or against all that are in a file."""
    if not files_of(path):
        raise Unclear(f"there is no log {path}: give the events.jsonl itself")
    notes = sorted(parse_notes(checkpoint) if checkpoint else [], key=lambda note: parse_note(note)[1])
    signed = {size: root for _, size, root in map(parse_note, notes)}
    origin, size, _ = parse_note(notes[-1]) if notes else ("", 0, b"")
    if notes:
        check_signature(notes[-1], key)
    lines, head, roots = check_chain(path, set(signed))
    print(f"{lines} lines, each chained to the one before. Head: {lines}:{head}")
    if lines < size:
        raise Wrong(f"the log ends at line {lines}, but the checkpoint covers {size}: lines were taken away")
    bad = min((one for one in signed if roots[one] != signed[one]), default=0)
    if bad:
        check_signature(notes[list(signed).index(bad)], key)
        good = max((one for one in signed if one < bad and roots[one] == signed[one]), default=0)
        which = changed_in(path, good, bad, signed[bad])
        raise Wrong(f"{which} was changed since {bad} lines were signed, and all lines behind it were chained anew")
    if size:
        print(f"It begins with the {size} lines of the checkpoint of {origin}: none was changed, added or taken away.")


def parse_notes(file: str) -> list[str]:
    """The notes in a file, in order: of checkpoints.jsonl each line's, else the last that stands in its text."""
    try:
        lines = [line.strip().strip("\t >") for line in Path(file).read_bytes().decode().splitlines()]
        if lines and lines[0].startswith('{"'):
            return [note_in(str(json.loads(line)["note"]).splitlines()) for line in lines]
        return [note_in(lines)]
    except OSError as error:
        raise Unclear(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError) as error:
        raise Unclear(f"{file} holds no checkpoint: a name, a number, a root, an empty line, signatures") from error


def note_in(lines: list[str]) -> str:
    """The last note in a text, such as that of a mail. ValueError when there is none."""
    ends = [at for at, line in enumerate(lines) if at > 3 and line.startswith(DASH) and not lines[at - 1]]
    origin, size, root, _ = lines[ends[-1] - 4 : ends[-1]] if ends else ("", "", "", "")
    if not origin or not size.isdigit() or len(base64.b64decode(root)) != 32:
        raise ValueError("no note")
    signatures = itertools.takewhile(lambda line: line.startswith(DASH), lines[ends[-1] :])
    return "\n".join([origin, size, root, "", *signatures, ""])


def changed_in(path: str, good: int, bad: int, root: bytes) -> str:
    """Which line was changed, by the hashes beside the log (.feed/tree) if they were signed; else between which."""
    tree, peaks, first = Path(path).parent / ".feed" / "tree" / "0", list[bytes](), 0
    hashes = tree.read_bytes()[: bad * 32] if tree.exists() else b""
    for at, line in enumerate(itertools.islice(lines_of(path), len(hashes) // 32 if len(hashes) == bad * 32 else 0)):
        was = hashes[at * 32 : at * 32 + 32]
        grow(peaks, at, was)
        first = first or (at + 1 if was != sha256(b"\0" + line[:-1]) else 0)
    if first and bag(peaks) == root:
        return f"line {first}"
    return f"some line from {good + 1} to {bad}"


def check_inclusion(line: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a proof leads to from a line."""
    found, last, path = sha256(b"\0" + line), size - 1, list(path)
    while last:
        if index & 1:
            found = sha256(b"\1" + path.pop(0) + found)
        elif index != last:
            found = sha256(b"\1" + found + path.pop(0))
        index, last = index >> 1, last >> 1
    if path:
        raise Wrong("the proof is too long")
    return found


def check_folder(folder: str, key: str | None = None) -> None:
    """The folder of a proof: every line is in the log that was signed, every quote in the bytes that were captured."""
    if not Path(folder, "checkpoint").is_file():
        raise Unclear(f"{folder} is not the folder of a proof; of a log, give the events.jsonl in it")
    if key is None and Path(folder, "key.txt").exists():
        print("The key came with the proof: compare key.txt with the one that the log publishes.")
        key = str(Path(folder, "key.txt"))
    note = Path(folder, "checkpoint").read_bytes().decode()
    try:
        check_signature(note, key)
    except Unclear as unclear:
        raise Wrong(str(unclear)) from unclear
    origin, size, root = parse_note(note)
    found = {}
    for file in sorted(Path(folder, "lines").glob("*.json")):
        line = file.read_bytes().rstrip(b"\n")
        index, path, told = parse_proof(file.with_suffix(".tlog-proof").read_text("utf-8"))
        event = parse_line(line, index + 1)
        if told != note or index + 1 != int(event["sequence"]) or index >= size:
            raise Wrong(f"the proof of line {index + 1} is that of another line or checkpoint")
        if check_inclusion(line, index, size, path) != root:
            raise Wrong(f"line {index + 1} is not the line {index + 1} that was signed")
        print(f"Line {index + 1} ({event['type']}) is in the log of {origin}.")
        found[event["id"]] = event
    for event in found.values():
        check_quote(folder, event, found)
    print("\nWhat this shows: these lines stand in the log, unchanged since the checkpoint was signed.")
    print("What it does not show: that what the article says is true, or that nothing else was recorded.")


def parse_proof(text: str) -> tuple[int, list[bytes], str]:
    """Index, hashes and checkpoint of a proof (tlog-proof@v1)."""
    above, _, note = text.partition("\n\n")
    rows = above.split("\n")
    return int(rows[1].split(" ")[1]), [base64.b64decode(row) for row in rows[2:]], note


def check_quote(folder: str, event: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    """That the quote of a fact is in the captured text, at its place."""
    data, at = event["data"], int(event["sequence"])
    if "quote" not in data or data.get("capture") not in found:
        return
    digest = found[data["capture"]]["data"]["text"]
    if not Path(folder, "captures", digest).exists():
        print(f"Line {at}: the captured text is not here, so its quote was not looked up.")
        return
    text = Path(folder, "captures", digest).read_bytes()
    if sha256(text).hex() != digest:
        raise Wrong(f"the captured text is not that of line {int(found[data['capture']]['sequence'])}")
    quote = data["quote"]
    if text.decode()[quote["start"] : quote["end"]] != quote["exact"]:
        raise Wrong(f"line {at}: its quote does not stand in the captured text")
    print(f"Line {at}: its quote stands in the captured text, from character {quote['start']} on.")


def main(words: list[str]) -> int:
    """Do what is asked; the exit code."""
    if not 1 <= len(words) <= 3 or words[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        (check_folder if Path(words[0]).is_dir() else check_log)(*words)
    except Unclear as unclear:
        print(f"CANNOT TELL: {unclear}")
        return 2
    except (Wrong, OSError, ValueError, KeyError, IndexError) as wrong:
        print(f"DOES NOT HOLD: {wrong}")
        return 1
    print("HOLDS.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
