from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from feed.model.notice import Notice
from feed.publish import feeds
from feed.publish.item import Items
from tests.make import SITE, inconsistent, notice, renderer, state_changed

SCHEMA = json.loads(Path(__file__).with_name("jsonfeed-1.1.schema.json").read_text())
JUDGE = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def pages(notices: list[Notice]) -> dict[str, bytes]:
    made = feeds.pages(notices, Items(SITE, renderer()))
    return {name: file for name, file in made.items() if name.endswith(".json")}


def test_the_judge_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_feed_file_is_a_json_feed() -> None:
    notices = [*(notice(n) for n in range(1, 61)), state_changed(61), inconsistent(62)]
    for file in pages(notices).values():
        JUDGE.validate(json.loads(file))
    for file in pages([]).values():
        JUDGE.validate(json.loads(file))


@pytest.mark.parametrize(
    "spoil",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"title": None},
        {"next_url": "/feed/2.json"},
        {"items": [{"id": 7, "content_text": ""}]},
        {"items": [{"id": "7"}]},
        {"items": [{"id": "7", "content_text": "", "date_published": "yesterday"}]},
        {"figures": {}},
    ],
    ids=str,
)
def test_the_judge_refuses_what_is_none(spoil: dict[str, object]) -> None:
    whole = json.loads(pages([notice()])["feed.json"])
    with pytest.raises(ValidationError):
        JUDGE.validate(whole | spoil)
