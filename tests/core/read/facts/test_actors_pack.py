"""What a pack says of people and offices, and what it may not say."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from feed.model.actors import Actors, Held, Office

HELD = {"office": "chief", "country": "GB", "start": date(2020, 1, 1), "end": date(2021, 1, 1)}


def test_one_row_stands_for_an_office_of_each_portfolio() -> None:
    row = Office(id="{}_minister", titles=("{} minister", "minister for {}"))
    first, second = row.each(("health", "local government's"))
    assert (first.id, first.titles) == ("health_minister", ("health minister", "minister for health"))
    assert second.id == "local_governments_minister"


def test_a_term_holds_on_its_first_and_last_day_only() -> None:
    term = Held.model_validate(HELD)
    assert term.on(date(2020, 1, 1))
    assert term.on(date(2021, 1, 1))
    assert not term.on(date(2021, 1, 2))


def test_a_term_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValidationError, match="runs backwards"):
        Held.model_validate(HELD | {"end": date(2019, 1, 1)})


def test_an_office_that_the_pack_does_not_have_is_refused() -> None:
    person = {"name": "Anna Lee", "held": [HELD]}
    with pytest.raises(ValidationError, match=r"offices that offices\.toml does not have: chief"):
        Actors.model_validate({"names": {"person": [person]}})
    offices = {"office": [{"id": "chief", "titles": ["chief"]}]}
    assert Actors.model_validate({"names": {"person": [person]}, "offices": offices}).names.person[0].name == "Anna Lee"
