"""Mail by SMTP: one connection, one envelope, one recipient for each letter."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from feed.model.errors import DeliveryFailed
from feed.model.subscription import Letter

Security = Literal["starttls", "tls", "none"]
TAKEN = range(200, 300)
PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes our mail. Without `security="none"` nothing, not even the login, goes over in the clear."""

    host: str
    port: int = 587
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    @property
    def where(self) -> str:
        """The server as errors name it."""
        return f"mail server {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Mail:
    """The channel. `sender` is the envelope's, where bounces go."""

    smtp: Smtp
    sender: str

    def __call__(self, letter: Letter, body: bytes, now: datetime, /) -> str:  # noqa: ARG002 - the webhook needs it
        """Send a built mail; the server's word for it is taken when it says 250 after the last dot.

        Raises DeliveryFailed: to be tried again on no answer, 4xx, or when our own login or TLS fails; not on 5xx.
        """
        with self._connected() as server:
            with _telling(self.smtp.where):
                answer = self._handed_over(server, letter.to, body)
            # The mail is theirs now. How the connection ends must not make us send it again.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        return answer

    def _handed_over(self, server: smtplib.SMTP, to: str, body: bytes) -> str:
        server.ehlo_or_helo_if_needed()
        _taken(*server.mail(self.sender))
        _taken(*server.rcpt(to))
        return f"accepted: {_taken(*server.data(body))}"

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        smtp = self.smtp
        ours = self.sender.rpartition("@")[2]  # else the library asks DNS for a name, which can take minutes
        server: smtplib.SMTP | None = None
        try:
            try:
                if smtp.security == "tls":
                    server = smtplib.SMTP_SSL(smtp.host, smtp.port, ours, timeout=smtp.timeout, context=smtp.tls)
                else:
                    server = smtplib.SMTP(smtp.host, smtp.port, ours, timeout=smtp.timeout)
                if smtp.security == "starttls":
                    server.starttls(context=smtp.tls)
                if smtp.username is not None:
                    server.login(smtp.username, smtp.password or "")
            except (smtplib.SMTPException, OSError) as refused:
                raise DeliveryFailed(f"no session ({_words(refused)})", where=smtp.where) from refused
            yield server
        finally:
            if server is not None:
                server.close()


@contextmanager
def _telling(where: str) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPResponseException as refused:
        raise _failed(refused.smtp_code, refused.smtp_error, where) from refused
    except (smtplib.SMTPException, OSError) as lost:
        raise DeliveryFailed(f"no answer ({_words(lost)})", where=where) from lost


def _taken(code: int, words: bytes) -> str:
    if code not in TAKEN:
        raise smtplib.SMTPResponseException(code, words)
    return f"{code} {_said(words)}"


def _failed(code: int, words: bytes | str, where: str) -> DeliveryFailed:
    return DeliveryFailed(f"{code} {_said(words)}", where=where, retry=code not in PERMANENT)


def _said(words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(said.split())[:200]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
