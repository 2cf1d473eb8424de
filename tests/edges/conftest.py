"""What several tests at the edges need: a mailbox that takes real mail, a record that may be harmed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed.app.demo.receivers import Mailbox
from tests.commands import recorded
from tests.desks import NEARLY_19000, OVER_24000


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of this test's own; `mails` is what it took."""
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of two articles, of which the second tells more than the first. Nobody changes it."""
    return recorded(tmp_path_factory.mktemp("record") / "record", NEARLY_19000, OVER_24000)


@pytest.fixture
def home(record: Path, tmp_path: Path) -> Path:
    """A copy of that record, which somebody may harm."""
    return shutil.copytree(record, tmp_path / "home")
