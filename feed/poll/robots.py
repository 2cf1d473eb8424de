"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from feed.model.errors import SourceFailed
from feed.model.web import MIB, Fetch, Limits, Request

TOKEN = "feed-of-record"  # noqa: S105 - the name that we go by there
LONGEST = 500 * 1024
SLOWEST = 30.0
ALWAYS = "/robots.txt"
LIMITS = Limits(packed=MIB, body=MIB)
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that a site has for us: patterns with whether they allow, and the seconds it wants between requests.

    `why` tells a person why something is not asked.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    why: str = "the site's robots.txt asks that this page is not fetched"

    def allows(self, url: str) -> bool:
        """Whether the address may be asked: the longest pattern that matches decides, and allows in a tie."""
        parts = urlsplit(url)
        path = _plain(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
        told = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)]
        return path == ALWAYS or max(told, default=(0, True))[1]


def ask_robots(origin: str, fetch: Fetch) -> str | None:
    """The text of a site's robots.txt, "" when it has none; None when it cannot be had, which forbids all for now."""
    try:
        answer = fetch(Request(url=f"{origin}{ALWAYS}", limits=LIMITS))
    except SourceFailed:
        return None
    if answer.status == HTTPStatus.OK:
        return answer.body.decode("utf-8", "replace")
    has_none = HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return "" if has_none and answer.status != TOO_MANY else None


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def robots(text: str, token: str = TOKEN) -> Robots:
    """The rules of the groups that name `token`, else of those for everybody. Lines that mean nothing are left out.

    Reads the first 500 KiB. A wish for a delay (`Crawl-delay`, no part of the standard) is heard up to 30 seconds.
    """
    ours: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    for agents, rules in _groups(text[:LONGEST]):
        if token in agents:
            named = True
            ours += rules
        if "*" in agents:
            everybody += rules
    chosen = ours if named else everybody
    delays = [_seconds(value) for name, value in chosen if name == "crawl-delay"]
    told = tuple((_plain(value), name == "allow") for name, value in chosen if name in ("allow", "disallow") and value)
    return Robots(told, min(max(delays, default=0.0), SLOWEST))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    begun = False
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            if begun:
                yield agents, rules
                agents, rules, begun = set(), [], False
            agents.add(value.partition("/")[0].strip().lower())
        elif colon and agents and name in ("allow", "disallow", "crawl-delay"):
            rules.append((name, value))
            begun = True
    yield agents, rules


def _plain(path: str) -> str:
    """One spelling of escapes, so that `/\u00fc` and `/%c3%bc` are the same."""
    first, *escapes = quote(path, safe="/%?&=+*$:@!,;~()'[]-._").split("%")
    return "%".join((first, *(escape[:2].upper() + escape[2:] for escape in escapes)))


def _matches(pattern: str, path: str) -> bool:
    """`*` stands for anything, a `$` at the end for the end. Takes as long as the path, whatever the pattern."""
    whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others, start=1):
        last = whole and number == len(others)
        found = path.rfind(part, at) if last else path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(path) if whole else True


def _seconds(written: str) -> float:
    try:
        wish = float(written)
    except ValueError:
        return 0.0
    return wish if 0 < wish < float("inf") else 0.0
