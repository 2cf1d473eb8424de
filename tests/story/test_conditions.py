"""Story 10: conditions that know intervals. Each asks for another mark; the same articles decide who gets a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from feed.app.demo.receivers import Mailbox
from feed.app.pipeline import take
from feed.app.telling import open_ops, tell
from feed.app.wiring import open_desk
from feed.capture.capture import given
from tests.desks import MAIL, NOW, folder_with
from tests.stories import article

ASKS = """
[[subscription]]
name = "{name}"
channel = "mail"
to = "{name}@example.org"
severity = "low"
cadence = "immediate"
metrics = ["{metric}"]
when = {when}
"""
RETURNS = (
    {"seed": "seed-2-nearly-19000"},
    {"seed": "seed-1-return-hubs"},
    {
        "publisher": "Home Office",
        "on": "2025-05-02",
        "text": "Between 5 July 2024 and 1 May 2025, 24,103 people were returned.",
    },
    {
        "publisher": "Home Office",
        "on": "2025-06-02",
        "text": "Between 5 July 2024 and 1 June 2025, 29,867 people were returned.",
    },
)
HOTELS = (
    {
        "publisher": "Home Office",
        "on": "2025-05-02",
        "text": "On 30 April 2025, 42 hotels were in use for asylum seekers.",
    },
    {
        "publisher": "Home Office",
        "on": "2025-06-02",
        "text": "On 31 May 2025, 23 hotels were in use for asylum seekers.",
    },
)


@pytest.fixture
def post() -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    yield box
    box.stop()


def letters(folder: Path, box: Mailbox, metric: str, asks: dict[str, str], rows: tuple[dict[str, str], ...]) -> object:
    """After each article: how many letters each has had."""
    mail = MAIL.split("[[subscription]]")[0].format(port=box.port)
    tables = (ASKS.format(name=name, metric=metric, when=when) for name, when in asks.items())
    settings = folder_with(folder, mail, *tables)
    had = []
    with open_desk(settings) as desk, open_ops(desk) as ops:
        for number, row in enumerate(rows):
            now = NOW + timedelta(days=number)
            take(desk, given(article(row, number), desk.captures), now)
            tell(desk, ops, now)
            had.append(Counter(str(mail["To"]).partition("@")[0] for mail in box.mails))
    return had


def test_a_mark_is_told_once_when_it_is_certain_and_earlier_only_to_who_takes_the_possible(
    tmp_path: Path, post: Mailbox
) -> None:
    asks = {
        "twenty": "{ at_least = 20000 }",
        "sure": "{ at_least = 24500 }",
        "perhaps": "{ at_least = 24500, possible = true }",
    }
    assert letters(tmp_path, post, "returns", asks, RETURNS) == [
        {},  # nearly 19,000
        {"twenty": 1, "perhaps": 1},  # more than 24,000
        {"twenty": 1, "perhaps": 1},  # 24,103
        {"twenty": 1, "perhaps": 2, "sure": 1},  # 29,867
    ]


def test_a_minimum_base_keeps_from_42_to_23_from_being_an_alarm(tmp_path: Path, post: Mailbox) -> None:
    asks = {
        "quarter": '{ moved_part = 0.25, direction = "down" }',
        "of-many": '{ moved_part = 0.25, direction = "down", base_at_least = 100 }',
    }
    assert letters(tmp_path, post, "asylum_hotels", asks, HOTELS) == [{}, {"quarter": 1}]
