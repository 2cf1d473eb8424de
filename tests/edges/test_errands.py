"""Errands to many hosts at once: side by side, politely, and taken up on one thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest

from feed.app import errands as errands_module
from feed.app.errands import Chain, Errand, Errands, host_of

PATIENCE, PAUSE = 10.0, 0.05


def chain(host: str, *runs: Callable[[], Any], got: list[Any]) -> Chain:
    for run in runs:
        brought = yield Errand(host, run)
        got.append(brought)


def test_what_errands_bring_is_taken_up_in_order_on_the_thread_that_settles() -> None:
    errands, got, threads = Errands(lambda _: 0.0), list[Any](), set[Any]()

    def on_thread() -> Chain:
        brought = yield Errand("a", threading.get_ident)
        threads.add((threading.get_ident(), brought))

    errands.start("one", chain("a", lambda: 1, lambda: 2, got=got))
    errands.start("two", on_thread())
    assert errands.out("one")
    assert errands.settle(PATIENCE)
    assert not errands.out("one")
    assert got == [1, 2]
    ((ours, worker),) = threads
    assert ours == threading.get_ident() != worker


def test_a_host_that_does_not_answer_delays_no_other() -> None:
    errands, got, gone = Errands(lambda _: 0.0), list[Any](), threading.Event()
    for number in range(20):
        errands.start(f"bad {number}", chain(f"bad {number}", lambda: gone.wait(PATIENCE), got=[]))
    for number in range(5):
        errands.start(f"good {number}", chain(f"good {number}", lambda: 1, lambda: 2, got=got))
    while any(errands.out(f"good {number}") for number in range(5)):
        assert not errands.settle(0.05)
    assert sorted(got) == [1] * 5 + [2] * 5
    gone.set()
    assert errands.settle(PATIENCE)


def test_to_one_host_there_is_one_errand_at_a_time_and_a_pause_after_it() -> None:
    began: list[tuple[str, float]] = []
    under_way, most = set[str](), list[int]()

    def asking(name: str) -> Callable[[], None]:
        def run() -> None:
            under_way.add(name)
            most.append(len(under_way))
            began.append((name, monotonic()))
            under_way.discard(name)

        return run

    errands = Errands(lambda host: PAUSE if host == "slowly" else 0.0)
    for name in ("a", "b", "c"):
        errands.start(name, chain("slowly", asking(name), got=[]))
    assert errands.settle()
    times = [time for _, time in began]
    assert [name for name, _ in began] == ["a", "b", "c"]
    assert most == [1, 1, 1]
    assert all(later - earlier >= PAUSE for earlier, later in pairwise(times))


def test_hosts_that_were_slow_never_take_all_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands_module, "SLOW", 0.01)
    gone, got = threading.Event(), list[Any]()
    errands = Errands(lambda _: 0.0, workers=4)
    for number in range(6):
        slow = chain(f"slow {number}", lambda: gone.wait(0.05), lambda: gone.wait(PATIENCE), got=[])
        errands.start(f"slow {number}", slow)
    errands.settle(0.5)
    errands.start("good", chain("good", lambda: 1, lambda: 2, got=got))
    while errands.out("good"):
        errands.settle(0.05)
    assert got == [1, 2]
    gone.set()
    assert errands.settle(PATIENCE)


def test_what_an_errand_raises_is_raised_in_its_chain_and_what_a_chain_raises_is_told() -> None:
    errands, got = Errands(lambda _: 0.0), list[Any]()

    def fails() -> None:
        raise ValueError("no answer")

    def careful() -> Chain:
        try:
            yield Errand("a", fails)
        except ValueError as told:
            got.append(str(told))
        got.append((yield Errand("a", lambda: "on")))

    errands.start("careful", careful())
    assert errands.settle(PATIENCE)
    assert got == ["no answer", "on"]
    errands.start("careless", chain("a", fails, got=[]))
    errands.start("other", chain("b", lambda: 3, got=got))
    with pytest.raises(ValueError, match="no answer"):
        errands.settle()
    assert not errands.out("careless")
    assert errands.settle(PATIENCE)
    assert got[-1] == 3


def test_a_host_is_what_an_address_names() -> None:
    assert host_of("https://News.Example:8443/a") == "news.example"
    assert host_of("http://[::1]:80/") == "::1"
    assert host_of("http://[::1") == ""
