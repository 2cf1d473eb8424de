"""The way out to the web, over real sockets: where it goes, what it takes, when it gives up."""

from __future__ import annotations

import gzip
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from feed.fetch import Guard, Times, Web
from feed.fetch import guard as guard_module
from feed.fetch.guard import public
from feed.model.errors import FetchRefused, SettingsRefused, SourceFailed
from feed.model.web import FEED_LIMITS, Limits, Request

AGENT = "feed-of-record/test (+mailto:desk@example.org)"
SMALL = Limits(packed=2_000, body=100_000)
HURRY = Times(connect=1.0, piece=0.3, whole=0.6)


@pytest.fixture(scope="module")
def web() -> Web:
    return Web(agent=AGENT, guard=Guard(allow_hosts=frozenset({"localhost"})))


def ask(url: str, limits: Limits = FEED_LIMITS, **headers: str) -> Request:
    return Request(url=url, limits=limits, headers=headers)


def test_asks_politely_and_gives_the_answer(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/feed", headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"}).respond_with_data(
        gzip.compress(b"<rss/>" * 50), headers={"Content-Encoding": "gzip", "ETag": 'W/"caf\u00e9"'}
    )
    answer = web(ask(httpserver.url_for("/feed")))
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"<rss/>" * 50, 'W/"café"')
    assert (answer.url, answer.moved) == (httpserver.url_for("/feed"), None)


def test_no_proxy_of_the_environment_is_used(httpserver: HTTPServer, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    httpserver.expect_request("/").respond_with_data("straight")
    assert web(ask(httpserver.url_for("/"))).body == b"straight"


def test_any_status_is_an_answer_and_its_body_is_left_alone(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/").respond_with_data("x" * 5_000, status=503, headers={"Retry-After": "120"})
    answer = web(ask(httpserver.url_for("/"), SMALL))
    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "120", b"")


def test_permanent_moves_are_told_until_the_first_that_is_not(httpserver: HTTPServer, web: Web) -> None:
    for path, status, target in (("/1", 301, "/2"), ("/2", 308, "/3"), ("/3", 302, "/4")):
        httpserver.expect_request(path).respond_with_data("", status=status, headers={"Location": target})
    httpserver.expect_request("/4").respond_with_data("here")
    answer = web(ask(httpserver.url_for("/1")))
    assert (answer.body, answer.url) == (b"here", httpserver.url_for("/4"))
    assert answer.moved == httpserver.url_for("/3")


def test_five_redirects_are_followed_and_six_refused(httpserver: HTTPServer, web: Web) -> None:
    for n in range(6):
        httpserver.expect_request(f"/{n}").respond_with_data("", status=302, headers={"Location": f"/{n + 1}"})
    httpserver.expect_request("/6").respond_with_data("far")
    assert web(ask(httpserver.url_for("/1"))).body == b"far"
    with pytest.raises(FetchRefused, match="more than 5 redirects"):
        web(ask(httpserver.url_for("/0")))


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://[::1]/", "file:///etc/passwd"])
def test_each_redirect_is_checked_anew(httpserver: HTTPServer, web: Web, target: str) -> None:
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": target})
    with pytest.raises(FetchRefused):
        web(ask(httpserver.url_for("/")))


def test_a_post_follows_no_redirect(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/hook", method="POST", data="{}").respond_with_data(
        "", status=307, headers={"Location": "/elsewhere"}
    )
    answer = web(Request(httpserver.url_for("/hook"), FEED_LIMITS, method="POST", content=b"{}"))
    assert answer.status == 307


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127。0。0。1/",
        "http://localhost/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://exa mple.org/",
        "http:///nothing",
        "http://example.org\\@127.0.0.1/",
        "https://example.org/" + "x" * 2048,
    ],
)
def test_what_leads_inside_is_refused(url: str) -> None:
    with pytest.raises((FetchRefused, SourceFailed)):
        Web(agent=AGENT)(ask(url))


def test_one_private_address_among_public_ones_spoils_the_name() -> None:
    mixed = Guard(resolve=lambda _host, _port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(FetchRefused, match="private network"):
        Web(agent=AGENT, guard=mixed)(ask("http://example.org/"))


def test_a_name_that_changes_its_mind_gains_nothing(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("checked")
    answers = iter((["127.0.0.1"], ["127.0.0.2"]))  # whoever resolves again meets a closed port, or StopIteration
    name = f"news.example:{httpserver.port}"
    rebinding = Guard(allow_hosts=frozenset({name}), resolve=lambda _host, _port: next(answers))
    assert Web(agent=AGENT, guard=rebinding)(ask(f"http://{name}/")).body == b"checked"
    assert next(answers) == ["127.0.0.2"], "resolved once for a connection"


def test_public_border_addresses_pass_and_special_ones_do_not() -> None:
    for address in ("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "172.32.0.1", "2606:4700::1111"):
        assert public(address), address
    for address in ("10.1.2.3", "100.64.0.1", "224.0.0.1", "192.88.99.1", "2002:7f00:1::", "fe80::1%eth0", "ff02::1"):
        assert not public(address), address
    assert not public("localhost")


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
@settings(max_examples=30)
def test_a_private_address_stays_private_inside_an_ipv6_one(address: object) -> None:
    assert not public(f"::ffff:{address}")
    assert not public(f"64:ff9b::{address}")


def test_a_body_at_the_limit_is_taken_and_one_byte_more_is_not(httpserver: HTTPServer, web: Web) -> None:
    for size in (2_000, 2_001):
        httpserver.expect_request(f"/{size}").respond_with_data(os.urandom(size))
    assert len(web(ask(httpserver.url_for("/2000"), SMALL)).body) == 2_000
    with pytest.raises(FetchRefused, match="larger than 2000 bytes"):
        web(ask(httpserver.url_for("/2001"), SMALL))


@pytest.mark.parametrize(
    ("limits", "body", "why"),
    [
        (SMALL, b"\0" * 100_001, "larger than 100000 bytes when unpacked"),
        (FEED_LIMITS, b"\0" * 200_000, "more than 100 times"),
        (replace(SMALL, packed=100), os.urandom(200), "larger than 100 bytes"),
    ],
)
def test_a_packed_bomb_is_not_unpacked(httpserver: HTTPServer, web: Web, limits: Limits, body: bytes, why: str) -> None:
    httpserver.expect_request("/").respond_with_data(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchRefused, match=why):
        web(ask(httpserver.url_for("/"), limits))


def packed(body: bytes) -> bytes:
    """The same bytes whenever it is packed: they name the test."""
    return gzip.compress(body, mtime=0)


@pytest.mark.parametrize(
    ("coding", "body", "refused"),
    [
        ("gzip, gzip", packed(packed(b"x")), FetchRefused),
        ("br", b"x", FetchRefused),
        ("gzip", packed(b"x") + b"more", FetchRefused),
        ("gzip", packed(b"x" * 1000)[:-9], SourceFailed),
        ("gzip", b"not packed at all", SourceFailed),
    ],
)
def test_a_strangely_packed_answer_is_refused(
    httpserver: HTTPServer, web: Web, coding: str, body: bytes, refused: type[Exception]
) -> None:
    httpserver.expect_request("/").respond_with_data(body, headers={"Content-Encoding": coding})
    with pytest.raises(refused):
        web(ask(httpserver.url_for("/")))


def test_an_endless_answer_ends_at_the_limit(httpserver: HTTPServer, web: Web) -> None:
    def endless(_: Asked) -> Answer:
        return Answer(iter(lambda: b"x" * 500, b""))

    httpserver.expect_request("/").respond_with_handler(endless)
    with pytest.raises(FetchRefused, match="larger than 2000 bytes"):
        web(ask(httpserver.url_for("/"), SMALL))


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """A server that does to each connection what it is told; its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def start(act: Callable[[socket.socket], None]) -> str:
        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                try:
                    act(connection)
                except OSError:
                    return  # the client hung up, as it should

        threading.Thread(target=serve, daemon=True).start()
        return f"http://localhost:{listening.getsockname()[1]}/"

    with closing(listening):
        yield start


def drip(connection: socket.socket) -> None:
    waiting = threading.Event()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        waiting.wait(0.05)


def flood(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(20_000):
        connection.sendall(b"X-%d: %s\r\n" % (n, b"x" * 100))


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda connection: threading.Event().wait(1.0), "in time"),
        (drip, "in time"),
        (lambda connection: None, "no answer"),
        (lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), "no answer"),
        (lambda connection: connection.sendall(b"this is not HTTP\r\n\r\n"), "no answer"),
        (flood, "no answer"),
    ],
    ids=["silent", "dripping", "hangs up", "cut off", "babbling", "header flood"],
)
def test_a_hostile_server_costs_at_most_its_time(
    raw: Callable[[Callable[[socket.socket], None]], str], act: Callable[[socket.socket], None], why: str
) -> None:
    hasty = Web(agent=AGENT, guard=Guard(allow_hosts=frozenset({"localhost"})), times=HURRY)
    with pytest.raises(SourceFailed, match=why):
        hasty(ask(raw(act)))


def test_a_redirect_to_nonsense_is_refused(raw: Callable[[Callable[[socket.socket], None]], str], web: Web) -> None:
    nonsense = b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(FetchRefused, match="malformed"):
        web(ask(raw(lambda connection: connection.sendall(nonsense))))


def test_an_allowed_host_may_be_named_with_its_port(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("mine")
    mine = Web(agent=AGENT, guard=Guard(allow_hosts=frozenset({f"localhost:{httpserver.port}"})))
    assert mine(ask(httpserver.url_for("/"))).body == b"mine"
    other = Web(agent=AGENT, guard=Guard(allow_hosts=frozenset({"localhost:1"})))
    with pytest.raises(FetchRefused, match="allow_hosts"):
        other(ask(httpserver.url_for("/")))
    anything = Web(agent=AGENT, guard=Guard(allow_private=True))
    assert anything(ask(httpserver.url_for("/"))).body == b"mine"


def test_what_an_operator_names_is_a_host_or_a_network() -> None:
    guard = Guard.allowing(["Intranet", "wiki:8080", "10.1.0.0/16", "fd00::/8"])
    assert guard.allow_hosts == {"intranet", "wiki:8080"}
    for address, taken in (("10.1.2.3", True), ("fd00::1", True), ("10.2.0.1", False), ("127.0.0.1", False)):
        inside = replace(guard, resolve=lambda _host, _port, at=address: [at])  # type: ignore[misc]
        if taken:
            assert inside.addresses("news.example", 80) == [address]
        else:
            with pytest.raises(FetchRefused, match="private network"):
                inside.addresses("news.example", 80)
        with pytest.raises(FetchRefused, match="web port"):
            inside.addresses("news.example", 8080)
    with pytest.raises(SettingsRefused, match="has host bits set"):
        Guard.allowing(["10.1.2.3/16"])


def test_a_name_without_an_address_or_an_answer_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceFailed, match="no address"):
        Guard(resolve=lambda _host, _port: []).addresses("news.example", 80)
    asked, answered = threading.Event(), threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        asked.set()
        answered.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(guard_module, "DNS_SECONDS", 0.05)
    with pytest.raises(SourceFailed, match="did not resolve within"):
        guard_module.resolve("news.example", 80)
    assert asked.is_set()
    answered.set()


def test_a_name_that_does_not_resolve_is_a_failure_not_a_refusal() -> None:
    with pytest.raises(SourceFailed, match="does not resolve"):
        Web(agent=AGENT)(ask("http://no-such-name.invalid/"))
