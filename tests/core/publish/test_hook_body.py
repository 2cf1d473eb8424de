from __future__ import annotations

import json

import pytest

from feed.model.chain import canonical
from feed.model.errors import DeliveryFailed
from feed.publish.hook import body
from tests.make import notice


def test_a_hook_carries_the_recorded_line_byte_for_byte() -> None:
    news = notice()
    assert body(news) == canonical(news.event)
    assert json.loads(body(news))["id"] == news.id


def test_a_line_that_receivers_need_not_take_is_refused() -> None:
    with pytest.raises(DeliveryFailed, match="20000") as refused:
        body(notice(sentence="a" * 20_000))
    assert not refused.value.retry
