"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

ARTICLES = frozenset(
    {
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "OpinionNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Report",
    }
)
DEPTH = 6


def article(scripts: list[str]) -> dict[str, Any]:
    """The first article that the scripts describe, {} when none does. Broken scripts count as none."""
    for script in scripts:
        try:
            described = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(described, DEPTH):
            if ARTICLES.intersection(_strings(node.get("@type"))):
                return node
    return {}


def text(node: dict[str, Any], key: str) -> str:
    """A property as plain text, "" when it is missing or something else."""
    return next(iter(_strings(node.get(key))), "").strip()


def name(node: dict[str, Any], key: str) -> str:
    """The name of who stands under a property: a string, or things with a name, joined by commas."""
    value = node.get(key)
    things = value if isinstance(value, list) else [value]
    names = _strings([text(thing, "name") if isinstance(thing, dict) else thing for thing in things])
    return ", ".join(found.strip() for found in names if found.strip())


def _strings(value: Any) -> list[str]:
    # JSON can spell half a character, which no file takes.
    strings = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    return [one.encode("utf-8", "replace").decode() for one in strings]


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth - 1)
    elif depth and isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth - 1)
