"""What an edit of an article changes: facts that it no longer states are withdrawn, others take their place.

Facts that it still states stay on record as they were first captured; nothing is said twice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from feed.app.drafts import replacing, withdrawal_draft
from feed.model.event import Draft
from feed.model.report import TYPE_OF, ArticleCaptured, FactWithdrawn, FigureReported
from feed.model.standing import Cut, reported
from feed.view.rows import figure_row

FIGURE = ("series", "frame", "printed", "qualifier", "period_start", "period_end", "attribution")
PLACE = ("series", "frame")
ELSEWHERE = ("article", "capture", "quote", "publisher", "published", "readby", "replaces")
SILENT = "edited silently: the article no longer says so, and carries no note of a correction"
NOTED = "edited: the article no longer says so, and carries a note of a correction"


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact that an article states. `says` is equal for the same statement in another capture.

    `place` is equal for what could take its place: a figure of the same series and frame, a fact of the same subject.
    """

    id: str
    subject: str
    says: str
    place: str


def stated(figures: Iterable[Mapping[str, Any]], facts: Iterable[Mapping[str, Any]]) -> Iterator[Stated]:
    """The rows of a view as what an article states."""
    for row in figures:
        yield Stated(row["id"], row["series"], _text(row, FIGURE), _text(row, PLACE))
    for row in facts:
        yield _fact(row["id"], row["type"], row["subject"], json.loads(row["says"]))


def edited(before: Iterable[Stated], capture: Draft, facts: Iterable[Draft], cut: Cut, *, noted: bool) -> list[Draft]:
    """The drafts of an edit: what is gone is withdrawn, then what is new, naming what it takes the place of.

    `noted`: the article carries a note of a correction that it did not carry before.
    """
    gone, new = changed(before, facts, cut)
    return [*(_withdrawal(one, capture, noted=noted) for one in gone), *new]


def changed(before: Iterable[Stated], facts: Iterable[Draft], cut: Cut) -> tuple[list[Stated], list[Draft]]:
    """What was stated and is no more, and the drafts of what is new, naming what they take the place of."""
    told = [(draft, _of(draft, cut)) for draft in facts]
    still = Counter(one.says for _, one in told)
    gone = []
    for one in before:
        if still[one.says]:
            still[one.says] -= 1
        else:
            gone.append(one)
    left = list(gone)
    new = [_in_place(draft, one, left) for draft, one in told if _is_new(one, still)]
    return gone, new


def _is_new(one: Stated, left_over: Counter[str]) -> bool:
    if not left_over[one.says]:
        return False
    left_over[one.says] -= 1
    return True


def _in_place(draft: Draft, one: Stated, gone: list[Stated]) -> Draft:
    old = next((old for old in gone if old.place == one.place), None)
    if old is None:
        return draft
    gone.remove(old)
    return replacing(draft, old.id)


def _withdrawal(one: Stated, capture: Draft, *, noted: bool) -> Draft:
    by = capture.data.publisher if isinstance(capture.data, ArticleCaptured) else None
    gone = FactWithdrawn(fact=one.id, why="edited", by=by or "its publisher", reason=NOTED if noted else SILENT)
    return withdrawal_draft(gone, one.subject, capture)


def _of(draft: Draft, cut: Cut) -> Stated:
    if isinstance(draft.data, FigureReported):
        row = figure_row(reported(draft, cut), ("", None, None, None))
        return Stated(draft.id, draft.subject, _text(row, FIGURE), _text(row, PLACE))
    return _fact(draft.id, TYPE_OF[type(draft.data)], draft.subject, draft.data.model_dump(mode="json"))


def _fact(name: str, kind: str, subject: str, says: Mapping[str, Any]) -> Stated:
    kept = {key: value for key, value in says.items() if key not in ELSEWHERE}
    if kind.startswith("statement"):
        kept["quote"] = says["quote"]["exact"]  # what was said is all that it says
    return Stated(name, subject, f"{kind} {json.dumps(kept, sort_keys=True)}", f"{kind} {subject}")


def _text(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return json.dumps([row[key] for key in keys])
