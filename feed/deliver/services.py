"""Chat and push services by apprise, when that is installed: addresses come from the operator only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from feed.model.errors import DeliveryFailed
from feed.model.subscription import Letter


def _library() -> Any:
    return import_module("apprise")


@dataclass(frozen=True, slots=True)
class Services:
    """The channel. `library` gives the module, which is asked for only when something is to be sent."""

    library: Callable[[], Any] = _library

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:  # noqa: ARG002 - the webhook needs it
        """Send a text whose first line is its title. Raises DeliveryFailed: to be tried again, unless nothing can help.

        The library says yes or no and no more; its log has the reason. It may follow redirects and private addresses.
        """
        where = letter.receiver
        try:
            apprise = self.library()
        except ImportError as missing:
            raise DeliveryFailed("apprise is not installed", where=where, mend="pip install apprise") from missing
        service = apprise.Apprise()
        if not service.add(letter.to):
            raise DeliveryFailed("apprise knows no such service", where=where, retry=False)
        title, _, text = body.decode().partition("\n")
        if not service.notify(title=title, body=text.strip(), body_format=apprise.NotifyFormat.TEXT):
            raise DeliveryFailed("the service did not take it", where=where)
        return "taken by the service"
