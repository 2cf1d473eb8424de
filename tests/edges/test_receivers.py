"""The receivers that the documentation hands out: they take what is ours, each alert once, and nothing else."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from feed.deliver.webhook import Hook
from feed.fetch import Guard, Web
from feed.model.errors import DeliveryFailed
from feed.model.subscription import Kind, Letter, Medium
from feed.publish.hook import body
from tests.make import SENTENCE, notice

SECRET, OTHER = ("whsec_" + base64.b64encode(bytes(range(start, start + 32))).decode() for start in (0, 32))
RECEIVERS = Path(__file__).parents[2] / "docs" / "receivers"
NODE = shutil.which("node")
NEWS, LATER = notice(1), notice(2, sentence="Later news")


@contextmanager
def listening(*command: str) -> Iterator[tuple[str, IO[str]]]:
    with subprocess.Popen(
        command,
        env={**os.environ, "SECRET": SECRET},  # noqa: TID251 - passed on
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1], process.stdout
        finally:
            process.kill()


@pytest.mark.parametrize(
    "command",
    [
        pytest.param((sys.executable, "-I", str(RECEIVERS / "receiver.py"), "0"), id="python"),
        pytest.param(
            (str(NODE), str(RECEIVERS / "receiver.mjs"), "0"),
            id="node",
            marks=pytest.mark.skipif(NODE is None, reason="there is no node here: `apt-get install nodejs` brings it"),
        ),
    ],
)
def test_it_takes_what_is_ours_each_alert_once_and_nothing_else(command: tuple[str, ...]) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - the receiver looks at the real clock
    web = Web(agent="feed-of-record/test", guard=Guard(allow_hosts=frozenset({"127.0.0.1"})))
    ours, theirs = (Hook(web, {"desk": secrets}) for secrets in ((OTHER, SECRET), (OTHER,)))
    with listening(*command) as (address, printed):
        letter = Letter(Medium.WEBHOOK, address, Kind.ALERT, ("desk",), (NEWS.id,))
        after = Letter(Medium.WEBHOOK, address, Kind.ALERT, ("desk",), (LATER.id,))
        with pytest.raises(DeliveryFailed, match="401"):
            theirs(letter, body(NEWS), now)
        for wrong in (timedelta(minutes=-6), timedelta(minutes=6)):
            with pytest.raises(DeliveryFailed, match="401"):
                ours(letter, body(NEWS), now + wrong)
        with pytest.raises(DeliveryFailed, match="413"):
            ours(letter, body(NEWS) + b" " * 20_000, now)
        for each, said in ((letter, NEWS), (letter, NEWS), (after, LATER)):
            assert ours(each, body(said), now) == "answered 204"
        assert [printed.readline().strip() for _ in range(2)] == [SENTENCE, "Later news"]
