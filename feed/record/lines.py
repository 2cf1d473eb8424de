"""The log as raw lines: where each stands, and whether each is the one that its successor was chained to.

Going through a log costs one SHA-256 a line and no decoding; memory does not grow with it.
"""

from __future__ import annotations

import hashlib
import json
import struct
from binascii import hexlify
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from feed.model.chain import GENESIS, Head, canonical, digest
from feed.model.errors import Gate, LineRefused

LINE_LIMIT = 64 * 1024 - 1  # two bytes tell its length where logs are served in tiles
BATCH_LIMIT = 1024 * 1024
AT_ONCE = 512  # lines
FEED = 10  # the byte that ends a line


_LAYOUT = struct.Struct("32s 14s 64s 18s 20s 14s 12s")
_BETWEEN = (b'","prevhash":"', b'","recordedtime":"', b'","sequence":"')
_ID = b',"id":"'
_TO_PREVHASH = len(_ID) + 32  # from the key of the id to the end of its value
_LINK = b'","prevhash":"%b","recordedtime":"%b","sequence":"%012d'


class Place(NamedTuple):
    """Where a line stands, as its envelope says. `id` is the 16 bytes of the event's id."""

    id: bytes
    prevhash: str
    recordedtime: str
    sequence: int


class Start(NamedTuple):
    """Where to begin in a log: at byte `offset`, behind line `sequence`, of which digest and time are known, in hex."""

    offset: int = 0
    sequence: int = 0
    hash: str = GENESIS
    recorded: str = ""


BEGINNING = Start()


class Held(NamedTuple):
    """A line that was read and that nothing has vouched for yet. `recorded` is its time, `hash` its digest, in hex."""

    sequence: int
    id: bytes
    recorded: bytes
    line: bytes
    hash: bytes


def parse(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises ValueError, in words, for bytes that are not exactly one plain object.

    Refused: not UTF-8, not JSON, a key twice, NaN and infinities, nesting beyond reason. Accepted: any spelling.
    """
    if not line.strip(b"\0 \t\r"):
        message = "the line is empty"
        raise ValueError(message)
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        raise ValueError(message) from error
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} at character {error.pos + 1}"
        raise ValueError(message) from error
    except RecursionError as error:
        message = "nested too deeply"
        raise ValueError(message) from error
    if isinstance(value, dict):
        return value
    message = "not a JSON object"
    raise ValueError(message)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        message = f"the key {twice!r} stands twice in one object"
        raise ValueError(message)
    return made


def _no_constant(name: str) -> object:
    message = f"{name} is not a JSON number"
    raise ValueError(message)


def place_of(raw: bytes) -> Place | None:
    """The place of a raw line, None when it names none. Promises nothing about the rest of the line."""
    # In a canonical line these four attributes are neighbours of fixed width, and no object follows them, so that
    # the last `,"id":"` is the envelope's: inside a string the quotes would be escaped.
    try:
        name, one, prevhash, two, recorded, three, sequence = _LAYOUT.unpack_from(raw, raw.rfind(_ID) + len(_ID))
        if (one, two, three) == _BETWEEN:
            return Place(bytes.fromhex(name.decode()), prevhash.decode(), recorded.decode(), int(sequence))
    except (ValueError, struct.error):
        return _parsed_place(raw)
    return _parsed_place(raw)


def _parsed_place(raw: bytes) -> Place | None:
    """For a line that is not laid out as this version would: a newer one may know more attributes."""
    try:
        envelope = parse(raw.removesuffix(b"\n"))
        name, prevhash, recorded, sequence = (envelope[key] for key in ("id", "prevhash", "recordedtime", "sequence"))
        return Place(bytes.fromhex(name), str(prevhash), str(recorded), int(sequence))
    except (ValueError, KeyError, TypeError):
        return None


def flaw(raw: bytes) -> tuple[Gate, str] | None:
    """What is wrong with a raw line by itself, if anything: unfinished, too long, not JSON, not canonical."""
    line = raw.removesuffix(b"\n")
    if len(line) > LINE_LIMIT:
        return Gate.SHAPE, f"longer than {LINE_LIMIT} bytes"
    if line == raw:
        return Gate.SHAPE, "not ended by a line feed"
    try:
        value = parse(line)
    except ValueError as error:
        return Gate.SHAPE, str(error)
    try:
        same = canonical(value) == line
    except (ValueError, TypeError) as error:
        return Gate.CANONICAL, str(error)
    if not same:
        return Gate.CANONICAL, "the bytes differ when encoded again"
    return None


class Walk:
    """One pass over a log, line by line, that stops at the first bad one.

    Gives each line that its successor vouches for by `prevhash`, as (sequence, id in hex, line without line feed); the
    last one must stand by itself. `heads` are digests known from elsewhere, by sequence; each must be met. `durable` is
    the offset before which no crash can have done harm: damage there raises LineRefused, naming the changed line itself
    where its neighbours tell, not the one after it. What is bad from there on is an interrupted write: the walk ends
    and `torn` says why. It begins at `start`, and takes for granted what that says of the line before.

    `offset` is where the lines given out so far end, in bytes, and the bad one begins. `refuse` names the line's file.
    """

    def __init__(
        self,
        file: BinaryIO,
        refuse: Callable[[int, Gate, str], LineRefused],
        *,
        durable: int,
        heads: Mapping[int, str],
        start: Start = BEGINNING,
    ) -> None:
        self._file, self._refused, self._durable, self._heads = file, refuse, durable, heads
        self.offset, self.torn = file.seek(start.offset), ""
        self._last = (start.sequence, start.recorded.encode(), start.hash.encode())

    @property
    def head(self) -> Head:
        """Where the lines given out so far end."""
        return Head(self._last[0], self._last[2].decode())

    @property
    def recorded(self) -> str:
        """When the last line given out was recorded, as spelt there; empty before the first."""
        return self._last[1].decode()

    def __iter__(self) -> Iterator[tuple[int, bytes, bytes]]:
        try:
            yield from self._lines()
        except LineRefused as refused:
            if not self._durable <= self.offset < self._file.tell():
                raise
            self.torn = refused.why

    def ids(self) -> Iterator[list[bytes]]:
        """The same, but only the ids, many lines at a time: in two thirds of the time."""
        while names := self._sound():
            yield names
        for _, name, _ in self:
            yield [name]

    def _sound(self) -> list[bytes]:
        """The ids of some lines that certainly are sound; none when the next two are not certainly, for any reason."""
        # Most of an audit's time goes by here; `_lines` says the same with all its doubts.
        readline, sha256, after, begun = self._file.readline, hashlib.sha256, self._last[2], self._last[0] + 1
        names, hashes, recorded, before, line, raw = list[bytes](), list[bytes](), b"", b"", b"", b""
        key, to_end, most, feed = _ID, _TO_PREVHASH, LINE_LIMIT + 1, FEED
        for at in range(begun, begun + AT_ONCE):
            before, line, raw = line, raw, readline(most)
            end = raw.rfind(key) + to_end
            if not raw.startswith(_LINK % (after, recorded, at), end):
                recorded = raw[end + 96 : end + 116]  # lines of one batch have one time
                if not raw.startswith(_LINK % (after, recorded, at), end):
                    break
            if raw[-1] != feed:
                break
            names.append(raw[end - 32 : end])
            after = hexlify(sha256(raw[:-1]).digest())
            hashes.append(after)
        else:
            before, line, raw = line, raw, b""
        # The last of them nothing has vouched for yet: it is read again.
        place_before, end = place_of(before), self._file.tell() - len(raw) - len(line)
        count = len(names) - 1
        met = all(hashes[at - begun].decode() == told for at, told in self._heads.items() if 0 <= at - begun < count)
        if count < 1 or place_before is None or not met:
            self._file.seek(self.offset)
            return []
        self.offset = self._file.seek(end)
        self._last = (begun + count - 1, place_before.recordedtime.encode(), hashes[count - 1])
        return names[:count]

    def _lines(self) -> Iterator[tuple[int, bytes, bytes]]:
        # Every line of a log goes through this loop at each start and audit, so it compares raw bytes and parses none:
        # in a canonical line id, prevhash, recordedtime and sequence are neighbours of fixed width.
        readline, sha256, name, line = self._file.readline, hashlib.sha256, b"", b""
        at, recorded, after = self._last
        while raw := readline(LINE_LIMIT + 1):
            end = raw.rfind(_ID) + _TO_PREVHASH
            link = b'","prevhash":"%b","recordedtime":"' % after
            place = b'","sequence":"%012d' % (at + 1)
            odd = None
            if not raw.startswith(link, end) or not raw.startswith(place, end + 116) or raw[-1:] != b"\n":
                odd = self._odd(Held(at, name, recorded, line, after), raw)
                if isinstance(odd, LineRefused) and odd.at <= at:
                    raise odd
            if line:
                if at in self._heads:
                    self._meets_heads(Held(at, name, recorded, line, after))
                self.offset += len(line) + 1
                self._last = (at, recorded, after)
                yield at, name, line
            if isinstance(odd, LineRefused):
                raise odd
            name, recorded = odd or (raw[end - 32 : end], raw[end + 96 : end + 116])
            line = raw[:-1]
            after = sha256(line).hexdigest().encode()
            at += 1
        if line:
            self._stands_alone(Held(at, name, recorded, line, after))
            self.offset += len(line) + 1
            self._last = (at, recorded, after)
            yield at, name, line
        self._reaches_heads()

    def _odd(self, held: Held, raw: bytes) -> tuple[bytes, bytes] | LineRefused:
        """Id and time of a line that is sound though it is laid out otherwise; else which line is bad, and why."""
        place = place_of(raw)
        expected = (held.hash.decode(), held.sequence + 1)
        if place is None or (place.prevhash, place.sequence) != expected or raw[-1:] != b"\n":
            return self._first_bad(held, raw, place)
        return place.id.hex().encode(), place.recordedtime.encode()

    def _meets_heads(self, held: Held) -> None:
        at = held.sequence
        if self._heads.get(at, held.hash.decode()) != held.hash.decode():
            raise self._refused(at, Gate.CHAIN, f"not the line {at} that was on record here when its digest was kept")

    def _stands_alone(self, held: Held) -> None:
        self._meets_heads(held)
        at = held.sequence
        if at not in self._heads and (wrong := flaw(held.line + b"\n")):
            raise self._refused(at, *wrong)

    def _reaches_heads(self) -> None:
        last = max(self._heads, default=0)
        if self.head.sequence < last:
            why = f"the log ends before it, but {last} lines were on record here when their digest was kept"
            raise self._refused(self.head.sequence + 1, Gate.CHAIN, why)

    def _first_bad(self, held: Held, raw: bytes, place: Place | None) -> LineRefused:
        """Which of two neighbours that do not fit was changed: the one that a third party contradicts."""
        if held.line:
            try:
                self._stands_alone(held)
            except LineRefused as refused:
                return refused
        at = held.sequence + 1
        if wrong := flaw(raw):
            return self._refused(at, *wrong)
        if place is None:
            return self._refused(at, Gate.SHAPE, "no id, prevhash, recordedtime and sequence")
        if place.sequence != at:
            return self._refused(at, Gate.CHAIN, f"sequence {place.sequence} stands where {at} belongs")
        if held.line and digest(raw[:-1]) == self._vouched(at):
            why = f"changed: its digest is not the one that line {at} was chained to"
            return self._refused(at - 1, Gate.CHAIN, why)
        return self._refused(at, Gate.CHAIN, f"prevhash is not the digest of line {at - 1}")

    def _vouched(self, at: int) -> str | None:
        following = place_of(self._file.readline(LINE_LIMIT + 1))
        return self._heads.get(at) or (following and following.prevhash)
