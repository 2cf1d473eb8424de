"""Whoever holds one old checkpoint finds every change to history; and nothing is ever signed that contradicts it."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pymerkle import InmemoryTree

from feed.model.chain import Head, canonical, digest
from feed.model.checkpoint import Checkpoint, Note
from feed.model.errors import CheckpointRefused, FeedError, HistoryChanged, LogUnwritable
from feed.model.merkle import consistency, is_consistent
from feed.record.evidence import Evidence
from feed.record.file import FileLog
from feed.record.keys import checks
from feed.record.lines import parse
from feed.record.notary import Notary
from feed.record.tree import Tree
from feed.record.verify import verify
from tests.events import NOW, captures, sealed_lines
from tests.logs import notary
from tests.nightly import NIGHTLY

LINES = sealed_lines(captures(40))
ALL = Head(40, digest(LINES[-1][:-1]))


def log_of(folder: Path, lines: list[bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "events.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def rechained(lines: list[bytes]) -> list[bytes]:
    """What somebody makes of changed lines who knows how the chain works."""
    made, previous = [], "0" * 64
    for number, line in enumerate(lines, 1):
        new = canonical({**parse(line.strip()), "sequence": f"{number:012d}", "prevhash": previous})
        previous = digest(new)
        made.append(new + b"\n")
    return made


def signed(path: Path, size: int) -> Note:
    made = notary(path).attest(Head(size, ""), NOW)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """The checkpoint over thirty lines that somebody took home."""
    return signed(log_of(tmp_path_factory.mktemp("home"), LINES), 30).checkpoint


def refused(path: Path, kept: Checkpoint) -> FeedError:
    with pytest.raises(FeedError) as caught:
        verify(path, checkpoints=[kept])
    assert caught.value.exit_code == 5
    return caught.value


def test_the_root_that_is_signed_is_that_of_the_lines(tmp_path: Path) -> None:
    peer = InmemoryTree(algorithm="sha256")
    for line in LINES:
        peer.append_entry(line[:-1])
    path = log_of(tmp_path, LINES)
    for size in (1, 2, 17, 40):
        note = signed(path, size)
        assert (note.checkpoint.origin, note.checkpoint.size) == ("record.example.org", size)
        assert note.checkpoint.root == peer.get_root(size)
        assert note.signed_by(Evidence(path).verifiers(), checks) is not None


def test_every_checkpoint_is_kept_and_each_extends_the_one_before(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    made = [signed(path, size) for size in (3, 4, 25, 40)]
    evidence = Evidence(path)
    assert [one.note for one in evidence.checkpoints()] == made
    assert evidence.last() == list(evidence.checkpoints())[-1]
    for old, new in pairwise(made):
        one, two = old.checkpoint, new.checkpoint
        path_between = consistency(one.size, two.size, evidence.tree.node)
        assert is_consistent(one.size, one.root, two.size, two.root, path_between)
    assert verify(path, checkpoints=[one.checkpoint for one in made]).lines == 40


def test_what_is_signed_already_is_not_signed_again(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    one = notary(path)
    assert one.attest(ALL, NOW) is not None
    assert one.attest(ALL, NOW) is None
    assert notary(path).attest(ALL, NOW) is None
    assert notary(path).attest(Head(39, ""), NOW) is None


def test_the_first_checkpoint_over_a_line_stays_the_first(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    assert Evidence(path).covering(1) is None
    one = notary(path)
    for size in (3, 7, 40):
        one.attest(Head(size, ""), NOW)
        kept = [Evidence(path).covering(line) for line in (1, 3, 4, 8)]
        sizes = [each.size for each in kept if each]
        assert sizes == [3, 3, 7, 40][: {3: 2, 7: 3, 40: 4}[size]]
    assert Evidence(path).covering(41) is None


def test_it_is_found_among_many_and_past_a_line_that_a_crash_left_unfinished(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    one, sizes = notary(path), [1, 2, 5, 6, 7, 12, 13, 29, 40]
    for size in sizes:
        one.attest(Head(size, ""), NOW)
    with (path.parent / ".feed" / "checkpoints.jsonl").open("ab") as file:
        file.write(b'{"size": 99')
    found = [Evidence(path).covering(line) for line in range(1, 41)]
    assert [each.size for each in found if each] == [min(s for s in sizes if s >= line) for line in range(1, 41)]
    assert Evidence(path).covering(41) is None


def test_a_checkpoint_is_due_ten_seconds_after_the_last_and_for_every_new_line_since(tmp_path: Path) -> None:
    one = notary(log_of(tmp_path, LINES))
    assert one.is_due(Head(3, ""), NOW)
    one.attest(Head(3, ""), NOW)
    assert not one.is_due(Head(3, ""), NOW + timedelta(days=1))
    assert not one.is_due(Head(4, ""), NOW + timedelta(seconds=9))
    assert one.is_due(Head(4, ""), NOW + timedelta(seconds=10))
    assert one.is_due(Head(4, ""), NOW - timedelta(days=1)), "a clock that goes back must not put off a checkpoint"


def test_the_private_key_is_for_nobody_else_and_the_public_one_for_all(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    signed(path, 40)
    secret, public = tmp_path / ".feed" / "log.key", tmp_path / ".feed" / "log.vkeys"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert public.read_text().startswith("record.example.org+")
    assert secret.read_text().split("+")[-1] not in public.read_text()


def test_a_log_keeps_its_name_and_history_when_its_key_is_lost(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    before = signed(path, 30)
    (tmp_path / ".feed" / "log.key").unlink()
    after = Notary(path, "renamed.example.org", lambda: b"n" * 32).attest(ALL, NOW)
    assert after is not None
    assert after.checkpoint.origin == "record.example.org"
    old, new = Evidence(path).verifiers()
    assert before.signed_by([old], checks) == old
    assert (after.signed_by([old], checks), after.signed_by([new], checks)) == (None, new)


def test_every_change_to_a_signed_line_is_found_and_named_however_well_it_is_hidden(
    tmp_path: Path, kept: Checkpoint
) -> None:
    path = log_of(tmp_path, LINES)
    signed(path, 30)
    for at in range(0, 30, 4):
        changed = [*LINES[:at], LINES[at].replace(b'"publisher":"Home', b'"publisher":"Away'), *LINES[at + 1 :]]
        log_of(tmp_path, rechained(changed))
        assert verify(path).lines == 40, "the chain alone is content"
        told = refused(path, kept)
        assert isinstance(told, HistoryChanged)
        assert told.where == f"events.jsonl, line {at + 1}"


def test_without_the_hashes_beside_the_log_it_is_found_all_the_same(tmp_path: Path, kept: Checkpoint) -> None:
    for number, tampered in enumerate((
        rechained([*LINES[:7], *LINES[8:]]),
        rechained([*LINES[:7], LINES[8], LINES[7], *LINES[9:]]),
        rechained(LINES[:20] + sealed_lines(captures(1, first=99)) + LINES[20:]),
    )):  # fmt: skip
        path = log_of(tmp_path / str(number), tampered)
        assert "some line from 1 to 30 was changed" in str(refused(path, kept))


def test_the_more_checkpoints_somebody_kept_the_closer_he_sees_where_something_was_changed(tmp_path: Path) -> None:
    home = log_of(tmp_path / "home", LINES)
    kept = [signed(home, size).checkpoint for size in (4, 12, 16, 30)]
    changed = [*LINES[:13], LINES[13].replace(b'"publisher":"Home', b'"publisher":"Away'), *LINES[14:]]
    path = log_of(tmp_path / "copy", rechained(changed))
    with pytest.raises(HistoryChanged, match="some line from 13 to 16 was changed"):
        verify(path, checkpoints=kept)


def test_each_line_that_is_deleted_doubled_or_swapped_is_found_even_when_all_is_chained_anew(
    tmp_path: Path, kept: Checkpoint
) -> None:
    for at in range(30):
        cut, double = [*LINES[:at], *LINES[at + 1 :]], [*LINES[: at + 1], *LINES[at:]]
        swapped = [*LINES[:at], LINES[at + 1], LINES[at], *LINES[at + 2 :]]
        for tampered in (cut, double, swapped):
            refused(log_of(tmp_path, tampered), kept)
            refused(log_of(tmp_path, rechained(tampered)), kept)


def test_a_cut_tail_is_found_at_each_length(tmp_path: Path, kept: Checkpoint) -> None:
    for keep in range(30):
        path = log_of(tmp_path, LINES[:keep])
        assert "the log ends before line 30" in str(refused(path, kept))
    for keep in range(30, 41):
        assert verify(log_of(tmp_path, LINES[:keep]), checkpoints=[kept]).lines == keep


def test_a_flipped_bit_is_found_wherever_the_checkpoint_covers_it(tmp_path: Path, kept: Checkpoint) -> None:
    content = b"".join(LINES)
    for at in range(0, len(b"".join(LINES[:30])), 1 if NIGHTLY else 29):
        flipped = bytearray(content)
        flipped[at] ^= 1 << at % 8
        path = log_of(tmp_path, [bytes(flipped)])
        assert str(refused(path, kept)).startswith(f"events.jsonl, line {content.count(10, 0, at) + 1}")


def test_nothing_is_signed_for_a_log_that_was_changed_or_cut(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    signed(path, 30)
    book = (tmp_path / ".feed" / "checkpoints.jsonl").read_bytes()
    changed = rechained([LINES[0].replace(b"Home", b"Away"), *LINES[1:]])
    for tampered, why in ((changed, "not those of the checkpoint"), (LINES[:20], "the log ends at line 20")):
        log_of(tmp_path, tampered)
        with pytest.raises(HistoryChanged, match=why):
            FileLog.open(path, notary(path).check)
        assert not (tmp_path / ".feed" / "events.jsonl.head").exists(), "it took the tampered log for its own"
    with pytest.raises(HistoryChanged):
        notary(log_of(tmp_path, changed)).attest(ALL, NOW)
    assert (tmp_path / ".feed" / "checkpoints.jsonl").read_bytes() == book
    log_of(tmp_path, LINES)
    with FileLog.open(path, notary(path).check) as log:
        assert notary(path).attest(log.head(), NOW) is not None


def test_nothing_is_signed_unless_a_proof_leads_to_it_from_what_was_signed_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = log_of(tmp_path, LINES)
    one = notary(path)
    one.attest(Head(20, ""), NOW)
    book = (tmp_path / ".feed" / "checkpoints.jsonl").read_bytes()
    extend = Tree.extend

    def spoilt(self: Tree, leaves: Iterable[bytes]) -> None:
        """A disk, or a fault of ours, that spoils an old hash while new ones are put behind it."""
        extend(self, leaves)
        held = bytearray((tmp_path / ".feed" / "tree" / "0").read_bytes())
        held[5] ^= 1
        (tmp_path / ".feed" / "tree" / "0").write_bytes(held)

    monkeypatch.setattr(Tree, "extend", spoilt)
    with pytest.raises(HistoryChanged, match="40 lines do not begin with the 20 that were signed for"):
        one.attest(ALL, NOW)
    assert (tmp_path / ".feed" / "checkpoints.jsonl").read_bytes() == book
    monkeypatch.undo()
    assert notary(path).attest(ALL, NOW) is not None


def harms(folder: Path) -> list[Callable[[], object]]:
    """What a crash, a bad disk or a copy without everything can do to the files beside the log."""
    tree, book = folder / "tree" / "0", folder / "checkpoints.jsonl"
    return [
        lambda: shutil.rmtree(folder / "tree"),
        lambda: tree.write_bytes(b""),
        lambda: tree.write_bytes(tree.read_bytes()[:100]),
        lambda: tree.write_bytes(b"\0" * len(tree.read_bytes())),
        lambda: tree.write_bytes(tree.read_bytes() + b"noise behind the last hash"),
        lambda: book.write_bytes(book.read_bytes()[:-7]),
        lambda: book.write_bytes(book.read_bytes() + b'{"size": 40, "of'),
    ]


@pytest.mark.parametrize("harm", range(7))
def test_the_files_beside_the_log_mend_themselves(tmp_path: Path, harm: int) -> None:
    path = log_of(tmp_path / "here", LINES)
    signed(path, 20)
    signed(path, 30)
    harms(tmp_path / "here" / ".feed")[harm]()
    whole = log_of(tmp_path / "there", LINES)
    assert signed(path, 40) == signed(whole, 40)
    assert Evidence(path).tree.hashes(0, 0, 40) == Evidence(whole).tree.hashes(0, 0, 40)
    assert [one.size for one in Evidence(path).checkpoints()] == ([20, 40] if harm == 5 else [20, 30, 40])


def test_a_tree_of_many_levels_grows_in_any_steps(tmp_path: Path) -> None:
    leaves = [number.to_bytes(32, "big") for number in range(1000)]
    whole, steps = Tree(tmp_path / "whole"), Tree(tmp_path / "steps")
    whole.extend(leaves)
    for at in range(0, 1000, 7):
        steps.extend(leaves[at : at + 7])
    steps.cut(513)
    steps.extend(leaves[513:])
    for size in (1, 255, 256, 257, 512, 999, 1000):
        assert whole.root(size) == steps.root(size)
    assert (tmp_path / "whole" / "1").stat().st_size == 3 * 32
    with pytest.raises(ValueError, match="no hashes"):
        whole.root(1001)


def test_a_disk_that_takes_no_checkpoint_is_an_honest_failure(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    (tmp_path / ".feed").mkdir()
    (tmp_path / ".feed" / "tree").write_text("in the way")
    with pytest.raises(LogUnwritable):
        notary(path).attest(ALL, NOW)


def test_a_key_file_that_holds_no_key_is_refused_and_not_replaced(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    signed(path, 30)
    secret = tmp_path / ".feed" / "log.key"
    secret.write_text("PRIVATE+KEY+nonsense")
    with pytest.raises(CheckpointRefused, match="malformed"):
        notary(path).attest(ALL, NOW)
    assert secret.read_text() == "PRIVATE+KEY+nonsense"


def test_the_book_of_checkpoints_is_plain_json(tmp_path: Path) -> None:
    path = log_of(tmp_path, LINES)
    note = signed(path, 40)
    (line,) = (tmp_path / ".feed" / "checkpoints.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "size": 40,
        "offset": path.stat().st_size,
        "time": "2025-02-10T09:30:00Z",
        "note": str(note),
    }
