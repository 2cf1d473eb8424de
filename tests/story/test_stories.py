"""The stories of `told/`, one file each: what people are told, nothing more, and what they are answered."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest

from feed.alert.rules import BACK, HISTORY, KNOWN, OUTCOMES, STEP, UNMOVED
from feed.model.alert import AlertClass
from tests.stories import Story, asked, desk, outcomes, raised, stories, tell


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_it_goes_as_told(story: Story, tmp_path: Path) -> None:
    with contextmanager(desk)(tmp_path / "record") as open_desk:
        for number, row in enumerate(story.articles):
            taken = tell(open_desk, row, number)
            assert raised(taken) == row.get("alerts", []), taken.article
            came = outcomes(open_desk, taken.article)
            assert {printed: came.get(printed) for printed in row.get("held", {})} == row.get("held", {})
    for ask in story.asks:
        wanted, given = asked(tmp_path / "record", ask)
        assert given == wanted, ask["words"]


def test_every_class_of_alert_and_every_reason_to_stay_quiet_is_told_in_a_story() -> None:
    rows = [row for story in stories() for row in story.articles]
    classes = {alert.partition(": ")[0] for row in rows for alert in row.get("alerts", ())}
    assert classes == set(get_args(AlertClass))
    reasons = {why.partition("; ")[2] for row in rows for why in row.get("held", {}).values()}
    assert {*(held for _, held in OUTCOMES.values()), *KNOWN.values(), STEP, HISTORY, BACK, UNMOVED} <= reasons
