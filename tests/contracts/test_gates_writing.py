"""What is written passes the gates without being read back: whatever its values went round, as if it had been."""

from __future__ import annotations

import warnings
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from feed.model.chain import EMPTY, Head, canonical
from feed.model.errors import EventRefused
from feed.model.event import Draft, decode, line_object
from feed.model.figure import Quote, Span, Status
from feed.model.period import Period
from feed.model.quantity import Interval, Qualifier
from feed.model.report import TYPES, SchemeReported
from feed.record.gates import Gates, gates
from feed.record.laws import classes, laws
from tests.events import every_type, figure
from tests.nightly import NIGHTLY


class FullWay(Gates):
    """The gates without their quick way."""

    def _passes(self, line: bytes) -> bool:
        return False

    def _quickly(self, draft: Draft, after: Head, now: datetime, *, suspect: bool) -> bytes | None:
        return None


FULL_WAY = FullWay()


def test_what_is_recorded_goes_the_quick_way_and_the_full_way_would_write_the_same() -> None:
    drafts = every_type()
    assert all(gates()._quickly(draft, EMPTY, LATER, suspect=False) for draft in drafts)
    assert gates().admit(drafts, EMPTY, LATER) == FULL_WAY.admit(drafts, EMPTY, LATER)


LATER = datetime(2025, 3, 1, 12, tzinfo=UTC)
PERIOD = Period(start=date(2024, 7, 5), end=date(2025, 1, 31))
BACKWARDS = {"start": date(2025, 1, 1), "end": date(2024, 1, 1)}
ODD: tuple[object, ...] = (
    *(None, True, 0, 0.0, 1.5, -1, 2**53, 10**30, float("nan"), "", "10", "9", "1e3", "x" * 70_000, "\ud83d", b"x"),
    *(Decimal("1E+3"), Decimal("1.50"), Decimal("NaN"), Decimal(-5), Status.PLAN, Qualifier.ABOUT, "actual", object()),
    *(
        date(2025, 2, 1),
        date(1, 1, 1),
        datetime(2025, 2, 1, 12, 0, 0, 5, UTC),
        datetime(2025, 2, 1, tzinfo=ZoneInfo("Europe/Berlin")),
    ),
    *(
        datetime(2025, 2, 1, tzinfo=UTC).replace(tzinfo=None),
        "2025-02-01",
        "2025-06-30T23:59:60Z",
        "2025-02-30",
        [],
        ["a"],
        (),
        (Decimal(1), "2"),
        (0.5,),
    ),
    *({}, {"a": 1}, {"a": 0.5}, {"\ue000": "2", "\U0001f36e": "1"}, {1: "a"}, {"start": 0, "end": 3}),
    *(Span(start=1, end=2), PERIOD, PERIOD.model_copy(update=BACKWARDS), [PERIOD.model_copy(update=BACKWARDS)]),
)


@settings(max_examples=2_000 if NIGHTLY else 80)
@given(st.sampled_from(every_type()), st.data())
def test_whatever_went_round_its_model_is_recorded_as_the_full_way_would_or_refused(
    draft: Draft, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 2))):
        draft = bent(draft, data)
    lines = []
    for judge in (gates(), FULL_WAY):
        with warnings.catch_warnings(), suppress(EventRefused):
            warnings.simplefilter("ignore")
            lines.append(judge.admit((draft,), EMPTY, LATER).lines)
    assert len(lines) in (0, 2)
    for line in (line for (line,) in lines):
        assert line == lines[0][0]
        assert canonical(line_object(decode(line))) == line


def bent(model: Any, data: st.DataObject) -> Any:
    """The model with one value, anywhere inside, that may be of any kind, and which nobody judged."""
    name = data.draw(st.sampled_from(sorted(model.__dict__)))
    held = model.__dict__[name]
    inside = isinstance(held, BaseModel) and data.draw(st.integers(0, 3))
    return model.model_copy(update={name: bent(held, data) if inside else data.draw(st.sampled_from(ODD))})


def test_the_laws_of_every_model_are_asked_of_what_is_made() -> None:
    """What a schema cannot say is said in no other way than by laws over a whole model, which are asked again."""
    seen = set[type[BaseModel]]()
    for model in TYPES.values():
        reached(model, seen)
    with_laws = {model for model in seen if model.__pydantic_decorators__.model_validators}
    assert with_laws == {Quote, Interval, Period, SchemeReported}
    assert all(laws(model).needed for model in with_laws)


def reached(model: type[BaseModel], seen: set[type[BaseModel]]) -> None:
    laws(model)
    seen.add(model)
    for each in model.model_fields.values():
        for inner in classes(each.annotation):
            if issubclass(inner, BaseModel) and inner not in seen:
                reached(inner, seen)


@pytest.mark.parametrize(
    ("path", "to", "gate"),
    [
        (("quote", "start"), 0.0, "meaning"),  # a whole number, says JSON Schema; the writer's bytes would say 0.0
        (("quote", "end"), 2**53, "53-bit|canonical"),
        (("dims",), {"\ue000": "2", "\U0001f36e": "1"}, "canonical"),  # whose order RFC 8785 has otherwise
        (("quote", "end"), 3, "meaning"),
        (("unit",), "", "shape"),
        (("unit",), "\ud83d", "surrogates|UTF-8"),
    ],
)
def test_what_no_reader_made_is_not_recorded(path: tuple[str, ...], to: object, gate: str) -> None:
    """A value that went round its model is judged as the line that it would become."""
    draft = figure()
    data, inner = draft.data, draft.data
    for step in path[:-1]:
        inner = getattr(inner, step)
    bent = inner.model_copy(update={path[-1]: to})
    data = data.model_copy(update={path[0]: bent}) if len(path) > 1 else bent
    warned = pytest.warns(UserWarning, match="serialized") if isinstance(to, float) else nullcontext()
    with warned, pytest.raises(EventRefused, match=gate):
        gates().admit((draft.model_copy(update={"data": data}),), EMPTY, datetime(2025, 3, 1, tzinfo=UTC))
