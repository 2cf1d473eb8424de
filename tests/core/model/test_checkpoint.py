"""Checkpoints and proofs are what C2SP says, and nobody's word is taken for a signature."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed.app import sceptic
from feed.model.checkpoint import Checkpoint, Note, Verifier, signed
from feed.model.errors import CheckpointRefused
from feed.model.merkle import EMPTY_ROOT, inclusion, leaf_hash, node_hash
from feed.model.proof import Proof
from feed.record.keys import Signer, checks, named_by_itself

# The example of the documentation of Go's note package, which set the format.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETERS_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETERS_WORD = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="

# RFC 8032, section 7.1: secret, public, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]

ONE = Signer("record.example.org", b"1" * 32)
OTHER = Signer("record.example.org", b"2" * 32)
AT_144 = Checkpoint("record.example.org", 144, b"\xab" * 32)


def note() -> Note:
    return signed(AT_144, (ONE.verifier, ONE.sign))


def test_the_keys_and_signatures_of_the_format_s_inventors_are_read_and_made() -> None:
    peter = Verifier.parse(PETER)
    assert str(peter) == PETER
    signer = Signer.parse(PETERS_SECRET)
    assert signer.verifier == peter
    assert signer.secret == PETERS_SECRET
    line = str(signed(AT_144, (peter, lambda _: signer.sign(PETERS_TEXT.encode())))).splitlines()[-1]
    assert line == f"\u2014 PeterNeumann {PETERS_WORD}"


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_both_of_our_judges_agree_with_rfc_8032(secret: str, public: str, message: str, signature: str) -> None:
    key, text, word = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert Signer("a", bytes.fromhex(secret)).sign(text) == word
    for judge in (checks, lambda key, word, text: sceptic.is_signature(key, word, text)):
        assert judge(key, word, text)
        assert not judge(key, word, text + b".")
        assert not judge(key, word[:40] + bytes([word[40] ^ 1]) + word[41:], text)
        assert not judge(key, word[:-1], text)
        assert not judge(key[:-1], word, text)


@given(st.binary(min_size=64, max_size=64), st.integers(0, 63))
def test_the_judge_without_packages_believes_no_forgery(noise: bytes, at: int) -> None:
    word = ONE.sign(b"144 lines")
    bent = word[:at] + bytes([word[at] ^ (noise[at] or 1)]) + word[at + 1 :]
    for forged in (noise, bent):
        assert sceptic.is_signature(ONE.verifier.public, forged, b"144 lines") is False


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n  ", "\n> > "], ids=["plain", "mail", "spaced", "quoted"])
def test_a_note_is_found_in_the_letter_that_carries_it(end: str, tmp_path: Path) -> None:
    older = signed(Checkpoint("record.example.org", 7, b"\1" * 32), (ONE.verifier, ONE.sign))
    rotated = signed(AT_144, (ONE.verifier, ONE.sign), (OTHER.verifier, OTHER.sign))
    letter = f"From: record@example.org\n\nThe last one was\n{older}\nNow it is\n\n{rotated}\nTo stop: say so.\n"
    assert Note.within(letter.replace("\n", end)) == rotated
    kept = tmp_path / "kept.txt"
    kept.write_bytes(letter.replace("\n", end).encode())
    assert sceptic.parse_notes(str(kept)) == [str(rotated)]
    assert Note.within(str(note()).rstrip().replace("\n", end)) == note()
    with pytest.raises(CheckpointRefused, match="no checkpoint stands in it"):
        Note.within(f"{AT_144.text}\nTo stop: say so.\n".replace("\n", end))


def test_a_note_reads_as_it_was_written() -> None:
    text = str(note())
    assert text.splitlines()[:4] == ["record.example.org", "144", "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=", ""]
    assert Note.parse(text) == note()
    assert Note.parse(text).signed_by([ONE.verifier], checks) == ONE.verifier


def test_a_signature_counts_only_from_a_key_that_is_known() -> None:
    assert note().signed_by([OTHER.verifier], checks) is None
    both = signed(AT_144, (OTHER.verifier, OTHER.sign), (ONE.verifier, ONE.sign))
    assert both.signed_by([ONE.verifier], checks) == ONE.verifier
    forged = signed(AT_144, (ONE.verifier, OTHER.sign))
    with pytest.raises(CheckpointRefused, match="not that of the key"):
        forged.signed_by([ONE.verifier], checks)


def test_a_witness_may_have_signed_too_and_a_log_may_say_more() -> None:
    longer = f"{AT_144.text}more\n\n{''.join(map(str, note().signatures))}\u2014 witness.example AAAAAAAAAAAA\n"
    assert Note.parse(longer).checkpoint == AT_144
    assert str(Note.parse(longer)) == longer


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "record.example.org\n144\n",
        str(note())[:-1],
        str(note()).replace("144", "0144"),
        str(note()).replace("144", "-1"),
        str(note()).replace("q6ur", "q6u", 1),
        str(note()).replace("\u2014 ", "- "),
        str(note()).replace("144", "14\t4"),
        str(note()).replace("record.example.org\n", "\n", 1),
        str(note()) + "\u2014 a AAAA\n",
        str(note()) + "\u2014 a+b AAAAAAAA\n",
        str(note()) + "\u2014 a AAAA?AAA\n",
        AT_144.text + "\n" + str(note().signatures[0]) * 17,
    ],
)
def test_what_is_no_signed_checkpoint_is_refused(bad: str) -> None:
    with pytest.raises(CheckpointRefused):
        Note.parse(bad)


@pytest.mark.parametrize(
    "bad", ["", "a", "a+b+c", PETER.replace("c7", "c8"), PETER.replace("+ARp", "+BRp"), PETER[:-4]]
)
def test_what_is_no_key_is_refused(bad: str) -> None:
    with pytest.raises(CheckpointRefused):
        Verifier.parse(bad)
    with pytest.raises(CheckpointRefused, match="the private key is malformed"):
        Signer.parse(f"PRIVATE+KEY+{bad}")


def test_a_log_without_a_name_is_called_by_its_key() -> None:
    signer = named_by_itself(b"3" * 32)
    assert signer.verifier.name.endswith(".feed-of-record.invalid")
    assert named_by_itself(b"3" * 32).verifier == signer.verifier
    assert named_by_itself(b"4" * 32).verifier.name != signer.verifier.name


def proof(line: bytes = b"two") -> Proof:
    leaves = [leaf_hash(each) for each in (b"one", b"two", b"three")]
    heights = [leaves, [node_hash(*leaves[:2])]]
    root = node_hash(heights[1][0], leaves[2])
    made = signed(Checkpoint("a", 3, root), (ONE.verifier, ONE.sign))
    return Proof(1, inclusion(1, 3, lambda height, index: heights[height][index]), made)


def test_a_proof_is_a_text_that_holds_for_one_line() -> None:
    told = Proof.parse(str(proof()))
    assert told == proof()
    assert told.holds_for(b"two")
    assert not told.holds_for(b"one")
    assert not Proof(2, told.path, told.note).holds_for(b"two")
    assert not Proof(9, told.path, told.note).holds_for(b"two")
    extra = str(proof()).replace("index", "extra AAAA\nindex", 1)
    assert Proof.parse(extra) == proof()


@pytest.mark.parametrize(
    "bad", ["", "index 1\n", str(proof()).replace("index 1", "index -1"), str(proof()).replace("@v1", "@v2"),
            str(proof()).replace("index 1\n", "index 1\nAAAA\n"), str(proof()).replace("index 1\n", "index 1\n?\n"),
            str(proof()).partition("\n\n")[0]],
)  # fmt: skip
def test_what_is_no_proof_is_refused(bad: str) -> None:
    with pytest.raises(CheckpointRefused):
        Proof.parse(bad)


def test_an_empty_log_has_a_checkpoint_too() -> None:
    made = signed(Checkpoint("a", 0, EMPTY_ROOT), (ONE.verifier, ONE.sign))
    assert Note.parse(str(made)).checkpoint.size == 0
