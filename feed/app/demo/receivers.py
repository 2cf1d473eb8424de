"""The receivers of the demo: a mail server and a webhook, on this machine alone."""

from __future__ import annotations

import socket
from asyncio import AbstractServer
from collections.abc import Awaitable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from feed.app.demo.loopback import HOST, Answered, Asked, Loopback


class Mailbox(Controller):
    """A mail server that keeps what it is given, on a free port."""

    def __init__(self) -> None:
        self._bound = socket.create_server((HOST, 0))
        super().__init__(self, hostname=HOST, port=self._bound.getsockname()[1])
        self.mails: list[EmailMessage] = []

    def _create_server(self) -> Awaitable[AbstractServer]:
        # The library takes a port, and port 0 would not tell it which one it got.
        return self.loop.create_server(self._factory_invoker, sock=self._bound)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - as aiosmtpd asks
        """Keep a mail."""
        self.mails.append(message_from_bytes(bytes(envelope.content or b""), policy=policy.default))  # type: ignore[arg-type]
        return "250 kept"


class HookBox:
    """A webhook that checks the signature of what it is given, by the public rules, and keeps the ids."""

    def __init__(self, secret: str) -> None:
        self._webhook = Webhook(secret)
        self.verified: list[str] = []
        self.refused: list[str] = []
        self._site = Loopback(self._answer)
        self.close = self._site.close
        self.host, self.url = self._site.host, f"{self._site.url}/hook"

    def _answer(self, asked: Asked) -> Answered:
        name = asked.headers.get("webhook-id", "")
        try:
            self._webhook.verify(asked.body, dict(asked.headers))
        except WebhookVerificationError:
            self.refused.append(name)
            return Answered(401)
        self.verified.append(name)
        return Answered(204)
