"""Every way inside that was thought of, and a canary that none of them reaches."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace

import pytest

from feed.fetch import Guard, Times, Web
from feed.fetch import guard as guard_module
from feed.fetch.guard import public
from feed.model.errors import FetchRefused, SourceFailed
from feed.model.web import FEED_LIMITS, Request

SPECIAL_ADDRESSES = """
0.0.0.0 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.0.0.53 127.255.255.254
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1
192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::10.0.0.1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2001:10::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd00::1
fd12:3456:789a::1 fe80::1 febf::1 fec0::1 ff02::1 ff05::2 fe80::1%lo ::ffff:0.0.0.0
"""
PUBLIC_ADDRESSES = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255
172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 223.255.255.255 2606:4700::1111 2a00:1450:4001::1
"""
SPECIAL, PUBLIC = SPECIAL_ADDRESSES.split(), PUBLIC_ADDRESSES.split()
SPELT = (
    "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "0x0",
    "127\u30020\u30020\u30021", "\uff11\uff12\uff17.0.0.1", "\u2460\u2461\u2466.0.0.1", "localhost", "LOCALHOST",
    "localhost.", "localhost.localdomain", "ip6-localhost", "127.0.0.1.", "[::1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
)  # fmt: skip
WRAPPED = (
    "http://user@{}/", "http://user:word@{}/", "http://example.org@{}/", "http://{}#@example.org/", "http://{}?@example.org/",
    "http://{}\\@example.org/", "http://example.org\\@{}/", "http:///{}/", "http:{}/", "//{}/", "gopher://{}/", "file://{}/",
    "ftp://{}/", "dict://{}/", "http://{}\t/", "http://{}\n/", "http://{}\r\nHost: x/", "http://[{}/", "http://{}%00/",
    "jar:http://{}/",
)  # fmt: skip
WEB = Web(agent="a", times=Times(connect=0.3, piece=0.3, whole=1.0))


class Canary:
    """Listens on both loopback addresses, on one port, and counts whoever comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._open = [socket.create_server(("127.0.0.1", 0))]
        self.port: int = self._open[0].getsockname()[1]
        with suppress(OSError):  # a machine without IPv6
            self._open.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listening in self._open:
            threading.Thread(target=self._listen, args=(listening,), daemon=True).start()

    def _listen(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = listening.accept()
                self.visits += 1
                with closing(visitor):
                    visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    def close(self) -> None:
        for listening in self._open:
            listening.close()


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    """Its port counts as one of the web, so that only its address can keep anyone away."""
    made = Canary()
    monkeypatch.setattr(guard_module, "PORTS", {"http": made.port, "https": 443})
    yield made
    made.close()


@pytest.fixture
def hop() -> Iterator[tuple[str, list[bytes]]]:
    """A host of ours that sends everyone on to the last address of the list; its name with the port."""
    listening, targets = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        with suppress(OSError):
            while True:
                visitor, _ = listening.accept()
                with closing(visitor), suppress(OSError):
                    visitor.recv(4096)
                    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: "
                    visitor.sendall(head + targets[-1] + b"\r\n\r\n")

    threading.Thread(target=serve, daemon=True).start()
    yield f"hop.example:{listening.getsockname()[1]}", targets
    listening.close()


def refused(web: Web, url: str) -> bool:
    with pytest.raises((FetchRefused, SourceFailed)) as refusal:
        web(Request(url=url, limits=FEED_LIMITS))
    return refusal.type is FetchRefused


def literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def test_three_hundred_ways_inside_reach_nobody(canary: Canary, hop: tuple[str, list[bytes]]) -> None:
    port, (name, targets) = canary.port, hop
    asked = 0
    for address in SPECIAL:
        named = replace(WEB, guard=Guard(resolve=lambda _h, _p, at=address: [at]))  # type: ignore[misc]
        mixed = replace(WEB, guard=Guard(resolve=lambda _h, _p, at=address: ["1.1.1.1", at]))  # type: ignore[misc]
        assert not public(address), address
        refused(WEB, f"http://{literal(address)}:{port}/")
        assert refused(named, f"http://news.example:{port}/"), address
        assert refused(mixed, f"http://news.example:{port}/"), address
        hopping = replace(WEB, guard=Guard(frozenset({name}), resolve=_hop(address)))
        targets.append(f"http://{literal(address)}:{port}/".encode())
        refused(hopping, f"http://{name}/")
        asked += 4
    for host in SPELT:
        refused(WEB, f"http://{host}:{port}/")
        targets.append(f"http://{host}:{port}/".encode())
        refused(replace(WEB, guard=Guard(frozenset({name}), resolve=_hop(None))), f"http://{name}/")
        asked += 2
    for shape in WRAPPED:
        refused(WEB, shape.format(f"127.0.0.1:{port}"))
        targets.append(shape.format(f"127.0.0.1:{port}").partition("\r")[0].encode())
        refused(replace(WEB, guard=Guard(frozenset({name}), resolve=_hop(None))), f"http://{name}/")
        asked += 2
    assert asked >= 300
    assert canary.visits == 0


def _hop(address: str | None) -> guard_module.Resolve:
    def resolve(host: str, port: int) -> list[str]:
        if host == "hop.example":
            return ["127.0.0.1"]
        return [address] if address else guard_module.resolve(host, port)

    return resolve


def test_a_name_that_is_public_first_and_inside_next_is_asked_once_for_each_connection(canary: Canary) -> None:
    for first in PUBLIC:
        answers = iter([[first], ["127.0.0.1"]])
        guard = Guard(resolve=lambda _h, _p, told=answers: next(told))  # type: ignore[misc]
        assert guard.addresses("news.example", canary.port) == [first], "what is connected to is what was checked"
        assert refused(replace(WEB, guard=guard), f"http://news.example:{canary.port}/")
    assert canary.visits == 0


def test_no_public_address_is_taken_for_a_special_one() -> None:
    assert [address for address in PUBLIC if not public(address)] == []


def test_the_canary_sings_when_it_is_reached(canary: Canary) -> None:
    guard = Guard(allow_hosts=frozenset({"127.0.0.1"}))
    answer = replace(WEB, guard=guard)(Request(url=f"http://127.0.0.1:{canary.port}/", limits=FEED_LIMITS))
    assert answer.body == b"hi"
    assert canary.visits == 1


def test_a_refusal_tells_nothing_of_what_is_inside(canary: Canary) -> None:
    told = set()
    for port in (canary.port, 443):  # somebody listens at the one, nobody at the other
        with pytest.raises(FetchRefused) as refusal:
            WEB(Request(url=f"http://127.0.0.1:{port}/", limits=FEED_LIMITS))
        told.add(refusal.value.what)
    assert len(told) == 1
