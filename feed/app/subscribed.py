"""Who is told, from feed.toml and by command; and the addresses in letters that stop or confirm a subscription."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_bytes

from feed.app.settings import Settings
from feed.deliver.subscribers import Subscribers, current, mac
from feed.model.subscription import Subscription

KEY_BYTES = 32
STOP, CONFIRM = "unsubscribe", "confirm"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The subscriptions of a data directory. `base` is where the site is reached; `public` whether others reach it."""

    settings: Settings
    subscribers: Subscribers
    base: str

    def now(self) -> tuple[Subscription, ...]:
        """Who is told now."""
        return current(self.settings.subscriptions, self.subscribers)

    def address(self, what: str, letter: str) -> str | None:
        """Where the reader of a letter stops (STOP) or confirms (CONFIRM); None when nobody reaches our site."""
        if self.settings.web.base is None:
            return None
        return f"{self.base}/{what}/{letter}/{mac(key(self.subscribers), what, letter)}"


def key(subscribers: Subscribers) -> bytes:
    """The key of a data directory's letters."""
    return subscribers.key(lambda: token_bytes(KEY_BYTES))
