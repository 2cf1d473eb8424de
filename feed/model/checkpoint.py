"""Checkpoints: so many lines, under this root, signed. As C2SP says: tlog-checkpoint in a signed-note. Pure.

Whoever keeps one of them can prove later whether history was changed. Public witnesses and monitors read the format.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feed.model.errors import CheckpointRefused
from feed.model.merkle import HASH

ED25519 = b"\1"
MARK = "\u2014 "  # an em dash begins each signature
MOST_SIGNATURES = 16
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
STANDING = re.compile(r"^[^\n]+\n[0-9]{1,19}\n[A-Za-z0-9+/]{43}=\n\n(?:" + MARK + r"[^\n]+\n)+", re.MULTILINE)

AROUND = "\t >"  # what mail programs put around the lines of a letter that is passed on

Sign = Callable[[bytes], bytes]
Checks = Callable[[bytes, bytes, bytes], bool]
"""`checks(public, signature, text)`: whether an Ed25519 signature of the text was made with that key."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name, as anyone may know it: `name+id+key`, which `str` gives."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart; no proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """The key that a text tells. Raises CheckpointRefused, also when its id is not its own."""
        name, _, rest = text.strip().partition("+")
        told, _, key = rest.partition("+")
        try:
            raw = base64.b64decode(key, validate=True)
        except binascii.Error:
            raw = b""
        made = cls(name, raw[1:])
        if not _is_name(name) or raw[:1] != ED25519 or len(raw) != 1 + 32 or made.id.hex() != told:
            raise CheckpointRefused(f"{text.strip()[:120]!r} is no Ed25519 verifier key (name+id+key)")
        return made


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note: who says to have signed, and the raw signature behind the key's id."""

    name: str
    key: bytes
    raw: bytes

    def __str__(self) -> str:
        return f"{MARK}{self.name} {base64.b64encode(self.key + self.raw).decode()}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` lines of the log called `origin` have this Merkle root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Of the text of a note. Lines behind the third are allowed and ignored. Raises CheckpointRefused."""
        lines = text.split("\n")
        origin, size, told = (*lines[:3], "", "", "")[:3]
        try:
            root = base64.b64decode(told, validate=True)
        except binascii.Error:
            root = b""
        number = size.isascii() and size.isdecimal() and str(int(size)) == size
        if not origin or not number or len(root) != HASH or lines[-1] or "" in lines[:-1]:
            raise CheckpointRefused("its text is not an origin, a number of lines and a root, a line each")
        return cls(origin, int(size), root)


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures. `str` gives the note, byte for byte as it is passed on.

    `text` is what was signed: of a note from elsewhere it may hold more lines than its checkpoint tells.
    """

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, note: str) -> Note:
        """Of a signed note. Believes nobody yet: see `signed_by`. Raises CheckpointRefused."""
        text, blank, below = note.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES or CONTROL.search(note):
            raise CheckpointRefused("this is no signed note: a text, an empty line, signatures behind an em dash")
        return cls(Checkpoint.parse(f"{text}\n"), f"{text}\n", tuple(map(_signature, lines)))

    @classmethod
    def within(cls, text: str) -> Note:
        """The note that stands in a longer text, such as a letter: the last one, whatever space is around its
        lines, and quoted or not.

        Raises CheckpointRefused when there is none.
        """
        lines = "".join(f"{line.strip().strip(AROUND)}\n" for line in text.splitlines())
        found = STANDING.findall(lines)
        if not found:
            raise CheckpointRefused("no checkpoint stands in it: an origin, a number of lines, a root and signatures")
        return cls.parse(found[-1])

    def signed_by(self, verifiers: Iterable[Verifier], checks: Checks) -> Verifier | None:
        """The first of these keys that signed it; None when none of them tried. Raises CheckpointRefused for a forgery:
        a signature under the name and id of one of them that is not its own.
        """
        found = None
        for verifier in verifiers:
            for one in self.signatures:
                if (one.name, one.key) == (verifier.name, verifier.id):
                    if not checks(verifier.public, one.raw, self.text.encode()):
                        raise CheckpointRefused(f"the signature is not that of the key {verifier}")
                    found = found or verifier
        return found


def signed(checkpoint: Checkpoint, *signers: tuple[Verifier, Sign]) -> Note:
    """The note that says this, signed by each."""
    text = checkpoint.text
    made = (Signature(verifier.name, verifier.id, sign(text.encode())) for verifier, sign in signers)
    return Note(checkpoint, text, tuple(made))


def _signature(line: str) -> Signature:
    name, _, told = line.removeprefix(MARK).partition(" ")
    try:
        raw = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not line.startswith(MARK) or not _is_name(name) or len(raw) < 5:
        raise CheckpointRefused(f"{line[:120]!r} is no signature line")
    return Signature(name, raw[:4], raw[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(map(str.isspace, name))
