"""The tree is that of RFC 6962: same roots and proofs as pymerkle's, and no proof that can be bent."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from feed.model import merkle
from feed.model.merkle import Growing, consistency, inclusion, is_consistent, leaf_hash, node_hash, root_of
from tests.nightly import NIGHTLY

MOST = 300
MANY = 2_000 if NIGHTLY else 150
LEAVES = [leaf_hash(b"line %d" % number) for number in range(MOST)]
HEIGHTS = [LEAVES]
while len(HEIGHTS[-1]) > 1:
    HEIGHTS.append([node_hash(*pair) for pair in zip(HEIGHTS[-1][::2], HEIGHTS[-1][1::2], strict=False)])

PEER = InmemoryTree(algorithm="sha256")
for leaf in range(MOST):
    PEER.append_entry(b"line %d" % leaf)

sizes = st.integers(0, MOST)


def node(height: int, index: int) -> bytes:
    return HEIGHTS[height][index]


def test_the_example_of_rfc_6962_has_the_root_that_certificate_logs_give_it() -> None:
    entries = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]
    entries += [b"\x50\x51\x52\x53\x54\x55\x56\x57", bytes(range(0x60, 0x70))]
    tree, roots = Growing(), []
    for entry in entries:
        tree.add(leaf_hash(entry))
        roots.append(tree.root().hex())
    assert roots[0] == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert roots[-1] == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert Growing().root() == sha256(b"").digest()


@settings(max_examples=60)
@given(size=sizes)
def test_a_root_is_the_peers_however_it_was_made(size: int) -> None:
    tree = Growing()
    for leaf in LEAVES[:size]:
        tree.add(leaf)
    assert tree.size == size
    assert tree.root() == merkle.root(size, node)
    assert tree.root() == (PEER.get_root(size) if size else merkle.EMPTY_ROOT)


@settings(max_examples=MANY)
@given(st.integers(1, MOST).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_a_proof_of_a_line_is_the_peers_and_leads_to_the_root(place: tuple[int, int]) -> None:
    size, index = place
    path = inclusion(index, size, node)
    peers = {bytes.fromhex(each) for each in PEER.prove_inclusion(index + 1, size).serialize()["path"]}
    assert set(path) | {LEAVES[index]} == peers
    assert root_of(LEAVES[index], index, size, path) == PEER.get_root(size)


@settings(max_examples=MANY)
@given(st.integers(1, MOST).flatmap(lambda new: st.tuples(st.integers(1, new), st.just(new))))
def test_a_proof_of_growth_is_that_of_the_rfc_and_shows_it(grown: tuple[int, int]) -> None:
    old, new = grown
    path = consistency(old, new, node)
    assert path == subproof(old, LEAVES[:new], known=True)
    assert is_consistent(old, PEER.get_root(old), new, PEER.get_root(new), path)
    verify_consistency(PEER.get_root(old), PEER.get_root(new), PEER.prove_consistency(old, new))


def subproof(old: int, leaves: list[bytes], *, known: bool) -> tuple[bytes, ...]:
    """SUBPROOF, word for word as section 2.1.2 of RFC 6962 defines it."""
    if old == len(leaves):
        return () if known else (tree(leaves),)
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if old <= half:
        return (*subproof(old, leaves[:half], known=known), tree(leaves[half:]))
    return (*subproof(old - half, leaves[half:], known=False), tree(leaves[:half]))


def tree(leaves: list[bytes]) -> bytes:
    made = Growing()
    for leaf in leaves:
        made.add(leaf)
    return made.root()


@settings(max_examples=150)
@given(st.data())
def test_no_bent_proof_shows_anything(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, MOST))
    old = data.draw(st.integers(1, new))
    index = data.draw(st.integers(0, new - 1))
    line, growth = list(inclusion(index, new, node)), list(consistency(old, new, node))
    bent = data.draw(st.sampled_from(["flip", "drop", "add", "root"]))
    for path in (line, growth):
        if bent == "flip" and path:
            at = data.draw(st.integers(0, len(path) - 1))
            path[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
        elif bent == "drop" and path:
            path.pop(data.draw(st.integers(0, len(path) - 1)))
        elif bent == "add":
            path.insert(data.draw(st.integers(0, len(path))), LEAVES[0])
    wrong = bent in ("flip", "drop") and not growth
    root = sha256(b"another").digest() if bent == "root" or wrong else merkle.root(new, node)
    assert not is_consistent(old, merkle.root(old, node), new, root, growth)
    assert is_refused(index, new, line, root)


def is_refused(index: int, size: int, path: list[bytes], root: bytes) -> bool:
    try:
        return root_of(LEAVES[index], index, size, path) != root
    except ValueError:
        return True


def test_growth_from_nothing_and_from_itself_needs_no_hashes() -> None:
    one, two = merkle.root(1, node), merkle.root(2, node)
    assert consistency(0, 2, node) == consistency(2, 2, node) == ()
    assert is_consistent(0, merkle.EMPTY_ROOT, 2, two, ())
    assert is_consistent(2, two, 2, two, ())
    assert not is_consistent(2, one, 2, two, ())
    assert not is_consistent(0, one, 2, two, ())
    assert not is_consistent(2, two, 1, one, ())
    assert not is_consistent(1, one, 2, two, ())
    assert not is_consistent(2, two, 3, merkle.root(3, node), ())


def test_what_a_tree_does_not_have_has_no_proof() -> None:
    with pytest.raises(ValueError, match="a tree of 3 has no leaf 3"):
        inclusion(3, 3, node)
    with pytest.raises(ValueError, match="a tree of 3 has no leaf -1"):
        root_of(LEAVES[0], -1, 3, ())
    with pytest.raises(ValueError, match="a tree of 3 does not begin with 4 leaves"):
        consistency(4, 3, node)
