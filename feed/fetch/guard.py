"""Which addresses may be asked: nothing on this machine or its networks, unless the operator allows it by name."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self
from urllib.parse import urlsplit

from feed.model.errors import FetchRefused, SettingsRefused, SourceFailed

URL_LENGTH = 2048
PORTS = {"http": 80, "https": 443}
DNS_SECONDS = 5.0

# Global by the letter of `ipaddress`, yet they lead inside (translation, tunnels) or nowhere (documentation, anycast).
SPECIAL = tuple(
    ip_network(block)
    for block in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "fec0::/10",
        "100::/64",
        "3fff::/20",
        "5f00::/16",
        "192.88.99.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.175.48.0/24",
    )
)

Resolve = Callable[[str, int], Sequence[str]]


def public(address: str) -> bool:
    """Whether an IP address (no name) is one of the public internet's. An IPv4 address inside an IPv6 one decides."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip.version == block.version and ip in block for block in SPECIAL)


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them, within 5 seconds. Raises SourceFailed when it has none."""
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in found])
        except (OSError, UnicodeError) as none:
            answers.put(none)

    # The system's resolver knows no time limit: a thread that may be left behind gives it one.
    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=DNS_SECONDS)
    except queue.Empty:
        raise SourceFailed(f"the name {host} did not resolve within {DNS_SECONDS:g} s", where=host) from None
    if isinstance(answer, Exception):
        raise SourceFailed(f"the name {host} does not resolve ({answer})", where=host) from answer
    return list(dict.fromkeys(answer))


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be asked. `allow_hosts` names hosts (`host` or `host:port`) that may be private and on any port;
    addresses in `allow_networks` may be private, on web ports. `allow_private` lifts both rules for all: for tests.
    """

    allow_hosts: frozenset[str] = frozenset()
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_private: bool = False
    resolve: Resolve = field(default=resolve)

    @classmethod
    def allowing(cls, named: Iterable[str]) -> Self:
        """A guard that allows what an operator names: `host`, `host:port` or a network such as `10.1.0.0/16`.

        Raises SettingsRefused for what looks like a network and is none.
        """
        words = {word.strip().lower() for word in named}
        try:
            networks = tuple(ip_network(word) for word in sorted(words) if "/" in word)
        except ValueError as wrong:
            raise SettingsRefused(str(wrong), where="allowed networks", mend="Write one as 10.1.0.0/16.") from wrong
        return cls(frozenset(word for word in words if "/" not in word), networks)

    def check(self, url: str) -> None:
        """Raise FetchRefused unless the address's spelling, scheme and port may be asked. Asks no resolver."""
        why = self._why_not(url)
        if why:
            raise FetchRefused(why, where=url[:200], mend="Name the host in allow_hosts if it is one of yours.")

    def addresses(self, host: str, port: int) -> list[str]:
        """The IP addresses that a connection to the host may use: all that it has, or none.

        Raises FetchRefused if a single one is not public: which one a later connection took would be a lottery.
        """
        found, allowed = list(self.resolve(host, port)), self._allowed(host, port)
        if not allowed and port not in PORTS.values():
            raise FetchRefused(f"port {port} is not a web port", where=host)
        if not allowed and not all(public(address) or self._ours(address) for address in found):
            raise FetchRefused(
                "the host leads into a private network",
                where=host,
                mend="Name it in allow_hosts if it is one of yours.",
            )
        if not found:
            raise SourceFailed("the name has no address", where=host)
        return found

    def _allowed(self, host: str, port: int) -> bool:
        host = host.strip("[]").lower()
        return self.allow_private or host in self.allow_hosts or f"{host}:{port}" in self.allow_hosts

    def _ours(self, address: str) -> bool:
        return any(ip_address(address) in network for network in self.allow_networks)

    def _why_not(self, url: str) -> str:
        if len(url) > URL_LENGTH:
            return f"the address is longer than {URL_LENGTH} characters"
        if any(character <= " " or character == "\\" for character in url):
            return "the address holds a blank, a control character or a backslash"
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            return "the address is malformed"
        if parts.scheme not in PORTS or not parts.hostname:
            return "only http and https addresses are asked"
        if parts.username is not None or parts.password is not None:
            return "the address holds a user name or password"
        if port not in PORTS.values() and not self._allowed(parts.hostname, port):
            return f"port {port} is not a web port"
        return ""
