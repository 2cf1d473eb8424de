"""Figures for programs that speak of the world in links: schema.org Claims and W3C PROV, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feed.model.chain import canonical
from feed.model.instant import instant
from feed.model.notice import Shown
from feed.publish.tables import Figure

EVENT = "urn:feed-of-record:event:"


def claims(figures: Iterable[Figure]) -> bytes:
    """Each figure as a schema.org Claim: said where, by whom, of what time. That it was said, not that it is so."""
    graph = [_claim(figure.shown) for figure in figures]
    return canonical({"@context": "https://schema.org", "@graph": graph}) + b"\n"


def provenance(figures: Iterable[Figure]) -> bytes:
    """Each figure as a PROV entity that was quoted from an article, attributed to its publisher, by our reading."""
    graph: list[dict[str, Any]] = []
    for figure in figures:
        shown = figure.shown
        article = {"@id": shown.url or f"urn:feed-of-record:article:{shown.article}"}
        graph.append(
            _known(
                {
                    "@id": f"{EVENT}{shown.id}",
                    "@type": "prov:Entity",
                    "prov:value": shown.printed,
                    "prov:wasQuotedFrom": article,
                    "prov:generatedAtTime": {"@type": "xsd:dateTime", "@value": figure.recorded},
                    "prov:wasAttributedTo": shown.publisher
                    and {"@type": ["prov:Agent", "prov:Organization"], "rdfs:label": shown.publisher},
                }
            )
        )
    context = {
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    }
    return canonical({"@context": context, "@graph": graph}) + b"\n"


def _claim(shown: Shown) -> dict[str, Any]:
    appearance = _known(
        {
            "@type": "NewsArticle",
            "identifier": shown.article,
            "url": shown.url,
            "publisher": shown.publisher and {"@type": "Organization", "name": shown.publisher},
            "datePublished": shown.time and instant(shown.time),
        }
    )
    about = _known({"@type": "StatisticalVariable", "name": shown.series, "measuredProperty": shown.metric})
    return _known(
        {
            "@id": f"{EVENT}{shown.id}",
            "@type": "Claim",
            "text": shown.quote,
            "about": about,
            "appearance": appearance,
            "temporalCoverage": _coverage(shown),
            "author": shown.attribution and {"@type": "Thing", "name": shown.attribution},
        }
    )


def _coverage(shown: Shown) -> str | None:
    if shown.period is None:
        return None
    start = ".." if shown.period.start is None else shown.period.start.isoformat()
    return f"{start}/{shown.period.end.isoformat()}"


def _known(whole: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in whole.items() if value is not None}
