"""Facts held to the annotated articles: every floor is what was reached, less nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from feed.model.fact import Fact
from feed.read.facts.written import written
from tests.core.read.facts.said import gold, read

# (found, in gold, told) for each type. Statements and incidents count as found when the quotes overlap and the
# speaker (the scheme) is right; the development sets annotate hardly any statement, and
# some articles no fact at all: those are not counted.
REACHED = {
    "seeds": {
        "office": (15, 15, 16),
        "scheme_status": (12, 13, 13),
        "scheme_term": (4, 6, 4),
        "statement": (11, 11, 36),
        "incident": (1, 1, 1),
    },
    "dev": {"office": (9, 11, 9), "scheme_status": (7, 9, 7)},
    "dev2": {"office": (2, 3, 2), "scheme_status": (3, 9, 4), "scheme_term": (1, 3, 1)},
    "dev3": {"office": (5, 9, 5), "scheme_status": (3, 6, 4), "scheme_term": (1, 1, 1)},
    "dev4": {"office": (4, 4, 4), "scheme_status": (0, 5, 0)},
    "dev5": {"office": (7, 7, 7), "scheme_status": (4, 7, 4)},
    "dev6": {"office": (3, 3, 3), "scheme_status": (2, 3, 4)},
}
KEYS = {
    "office": ("office", "country", "holder"),
    "scheme_status": ("scheme", "status"),
    "scheme_term": ("scheme", "term", "value"),
    "statement": ("speaker",),
    "incident": ("scheme",),
}


def _same(wanted: dict[str, object], fact: Fact, text: str) -> bool:
    told = written(fact)
    if told["type"] != wanted["type"] or ("until" in told) != ("until" in wanted):
        return False
    start = text.index(str(wanted["quote"]))
    overlaps = fact.quote.start < start + len(str(wanted["quote"])) and start < fact.quote.end
    keys = KEYS[str(wanted["type"])]
    return all(told.get(key) == wanted.get(key) for key in keys) and (len(keys) > 1 or overlaps)


@pytest.mark.parametrize("name", REACHED)
def test_facts_reach_what_they_reached(name: str) -> None:
    found, in_gold, in_all = Counter[str](), Counter[str](), Counter[str]()
    for one, wanted in gold(name):
        facts = list(read(one.text, str(one.published.time.date()) if one.published else None, one.publisher or ""))
        in_all.update(str(written(fact)["type"]) for fact in facts if wanted)
        for row in wanted:
            kind = str(row["type"])
            in_gold[kind] += 1
            hit = next((fact for fact in facts if _same(row, fact, one.text)), None)
            if hit:
                facts.remove(hit)
                found[kind] += 1
    for kind, (least, wanted_count, most) in REACHED[name].items():
        assert in_gold[kind] == wanted_count
        assert found[kind] >= least, kind
        assert in_all[kind] <= most, kind
