"""What several tests at the edges need: a mailbox that takes real mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed.app.demo.receivers import Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of this test's own; `mails` is what it took."""
    box = Mailbox()
    box.start()
    yield box
    box.stop()
