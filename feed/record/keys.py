"""Ed25519 keys as text: the one place that knows the cryptography package. The text is that of Go's note package."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from feed.model.checkpoint import ED25519, Verifier
from feed.model.errors import CheckpointRefused
from feed.record import disk
from feed.record.evidence import Evidence

PRIVATE = "PRIVATE+KEY"


class Signer:
    """A private key under its name. Never prints it: `secret` is for the file that keeps it."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._seed, self._key = seed, Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        """The signature of a text; the same each time."""
        return self._key.sign(text)

    @property
    def secret(self) -> str:
        """The key as the file that keeps it holds it. Whoever has it can sign as this log."""
        told = base64.b64encode(ED25519 + self._seed).decode()
        return f"{PRIVATE}+{self.verifier.name}+{self.verifier.id.hex()}+{told}"

    @classmethod
    def parse(cls, secret: str) -> Signer:
        """The key that `secret` told. Raises CheckpointRefused, without a word of the secret."""
        mark, _, rest = secret.strip().partition(f"{PRIVATE}+")
        name, _, rest = rest.partition("+")
        told, _, key = rest.partition("+")
        try:
            raw = base64.b64decode(key, validate=True)
            made = cls(name, raw[1:])
        except (binascii.Error, ValueError) as error:
            raise CheckpointRefused("the private key is malformed", mend=RESTORE) from error
        if mark or raw[:1] != ED25519 or made.verifier.id.hex() != told:
            raise CheckpointRefused("the private key is malformed, or not that of its own name", mend=RESTORE)
        return made


RESTORE = "Restore .feed/log.key from a copy: without it nothing can be signed in this log's name."


def named_by_itself(seed: bytes) -> Signer:
    """The key of a log that has no public name: named by its own digest, under a domain that never exists."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return Signer(f"log-{hashlib.sha256(public).hexdigest()[:12]}.feed-of-record.invalid", seed)


def checks(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether that Ed25519 key made this signature of that text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def signers(kept: Evidence, name: str, seed: Callable[[], bytes]) -> tuple[Signer, ...]:
    """The keys that sign for a log, the one that names it first; one is made where there is none.

    A log keeps the name under which it signed first. Raises CheckpointRefused for a file that holds no key, OSError.
    """
    if kept.secret.exists():
        return tuple(map(Signer.parse, kept.secret.read_text(encoding="ascii").split()))
    last = kept.last()
    called = last.note.checkpoint.origin if last else name
    signer = Signer(called, seed()) if called else named_by_itself(seed())
    keep(kept, (signer,))
    return (signer,)


def keep(kept: Evidence, signers: tuple[Signer, ...]) -> None:
    """Keep the keys that sign from now on, the newest first, durably and all at once. Raises OSError."""
    kept.folder.mkdir(parents=True, exist_ok=True)
    fresh = kept.secret.with_suffix(".new")
    disk.keep(fresh, "".join(f"{one.secret}\n" for one in signers).encode(), mode=0o600)
    for one in reversed(signers):
        kept.publish(one.verifier)
    fresh.replace(kept.secret)
    disk.flush_folder(kept.folder)
