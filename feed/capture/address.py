"""One spelling for an article's address, so that the same page is not two."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

# They tell the site where a reader came from, never which page it is.
TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "twclid", "igshid", "mc_cid", "mc_eid", "yclid", "cmpid", "icid", "ito"}
)
TRACKING_PREFIXES = ("utm_", "at_", "ns_")
PORTS = {"http": 80, "https": 443}


def tidy(url: str) -> str:
    """The address without fragment, tracking parameters and default port, host in lower case. Else as it came.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _tracks(name.lower())]
    if len(kept) != len(pairs):
        query = urlencode(kept)
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def canonical(claimed: str, url: str) -> str | None:
    """The tidy form of the address that a page claims as its own; None when it is not to be believed.

    A page may speak for its own site (with or without `www.`, `m.`, `amp.`), not for another: or it could pass
    itself off as somebody else's article.
    """
    try:
        whole = tidy(urljoin(url, claimed.strip()))
        own = urlsplit(whole).scheme in PORTS and _site(whole) == _site(url)
    except ValueError:
        return None
    return whole if own and len(whole) <= 2048 else None


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _site(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for prefix in ("www.", "m.", "amp."):
        host = host.removeprefix(prefix)
    return host, None if parts.port in (None, *PORTS.values()) else parts.port
