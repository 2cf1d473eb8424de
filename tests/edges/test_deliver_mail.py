from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from feed.deliver.email import Mail, Smtp
from feed.model.errors import DeliveryFailed
from feed.model.subscription import Kind, Letter, Medium
from feed.publish.letter import Paper, Sender, mail
from tests.make import RECORDED, SENTENCE, SITE, notice, renderer

SENDER = Sender("feed@figures.example", "Figures of record", "alerts.figures.example")
NEWS = notice(context=(".", "..", "A line", ".\r\nMAIL FROM:<evil@e.org>"))
LETTER = Letter(Medium.MAIL, "desk@example.org", Kind.ALERT, ("desk",), (NEWS.id,))
BODY = mail(LETTER, [NEWS], Paper(SITE, renderer(), SENDER), RECORDED)


class Post:
    """A mail server's judgement: keeps what it takes, and answers as told."""

    def __init__(self, *, data: str = "250 OK", rcpt: str = "250 OK", dies: bool = False) -> None:
        self.data, self.rcpt, self.dies = data, rcpt, dies
        self.taken: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data.startswith("250"):
            self.taken.append(envelope)
        if self.dies:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.data


class AnyPort(Controller):
    """Listens where the system has room; the original asks its port 0 whether it is up."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd types only a part


@contextmanager
def serving(post: Post, **how: Any) -> Iterator[Smtp]:
    controller = AnyPort(post, hostname="127.0.0.1", port=0, **how)
    controller.start()
    try:
        yield Smtp("127.0.0.1", controller.port, security="none", timeout=5)
    finally:
        controller.stop()


def send(smtp: Smtp) -> str:
    return Mail(smtp, SENDER.address)(LETTER, BODY, RECORDED)


def refused(smtp: Smtp) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        send(smtp)
    return failed.value


def test_a_mail_arrives_as_it_was_built_in_an_envelope_for_one() -> None:
    post = Post()
    with serving(post) as smtp:
        assert send(smtp) == "accepted: 250 OK"
    (envelope,) = post.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("feed@figures.example", ["desk@example.org"])
    assert envelope.content == BODY
    message = message_from_bytes(BODY, policy=default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == SENTENCE


@pytest.mark.parametrize(
    ("post", "retry"),
    [
        (Post(data="451 try later"), True),
        (Post(data="554 no"), False),
        (Post(rcpt="450 greylisted"), True),
        (Post(rcpt="550 no such user"), False),
    ],
    ids=["data 4xx", "data 5xx", "rcpt 4xx", "rcpt 5xx"],
)
def test_4xx_is_tried_again_and_5xx_is_not(post: Post, retry: bool) -> None:
    with serving(post) as smtp:
        failed = refused(smtp)
    assert failed.retry is retry
    assert (post.data + post.rcpt).replace("250 OK", "") in str(failed)
    assert post.taken == []


def test_a_server_that_dies_before_its_last_word_may_have_taken_it_so_it_gets_the_same_mail_again() -> None:
    post = Post(dies=True)
    with serving(post) as smtp:
        assert refused(smtp).retry
        post.dies = False
        send(smtp)
    first, second = post.taken
    assert first.content == second.content


def test_no_server_is_tried_again() -> None:
    with serving(Post()) as smtp:
        gone = smtp
    assert refused(gone).retry


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    post = Post()
    with serving(post) as smtp:
        failed = refused(replace(smtp, security="starttls", username="desk", password="secret"))
    assert failed.retry
    assert "STARTTLS" in str(failed)
    assert post.taken == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed: no certificate to test TLS with")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def ours(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate / "cert.pem"))


def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"desk", b"secret"), handled=False)


def test_login_and_mail_go_over_tls_that_is_verified(ours: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    post = Post()
    how: dict[str, Any] = {"tls_context": ours, "require_starttls": True, "authenticator": known}
    with serving(post, auth_required=True, **how) as smtp:
        tls = replace(smtp, security="starttls", username="desk", password="secret", tls=trusting)
        send(tls)
        wrong = refused(replace(tls, password="guess"))
        stranger = refused(replace(tls, tls=ssl.create_default_context()))
        clear = refused(smtp)
    assert len(post.taken) == 1
    assert wrong.retry
    assert "535" in str(wrong)
    assert "guess" not in str(wrong)
    assert "certificate" in str(stranger).lower()
    assert stranger.retry
    assert clear.where == smtp.where


def test_tls_from_the_first_byte(ours: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    post = Post()
    with serving(post, ssl_context=ours) as smtp:
        send(replace(smtp, security="tls", tls=trusting))
    assert len(post.taken) == 1


def test_a_password_is_not_printed() -> None:
    assert "hunter2" not in repr(Smtp("mail.example.org", password="hunter2"))
