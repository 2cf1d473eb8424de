"""A mail as bytes that are checked again after they were built, before anyone may send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from css_inline import CSSInliner

from feed.model.chain import content_id
from feed.model.errors import DeliveryFailed
from feed.model.subscription import Letter, ascii_address
from feed.publish.clean import header

# The default policy encodes a long List-Unsubscribe, and one-click unsubscribe no longer finds it.
POLICY = SMTP.clone(max_line_length=998)
INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
ENCODING = "quoted-printable"
STRUCTURE = ["multipart/alternative", "text/plain", "text/html"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: `address` is From and where an unsubscribe mail goes, `name` stands beside it.

    `list_id` names the list (`feed.example.org`). `one_click` is an address that unsubscribes on POST, when there is
    one; `{}` in it stands for the letter's id. Only an https one is told to mail programs as such (RFC 8058).
    """

    address: str
    name: str
    list_id: str
    one_click: str | None = None

    @property
    def host(self) -> str:
        """The domain of the address."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Written:
    """What a mail says: `subject` is the news itself; `thread` names what it is about, where mails form a thread.

    `listed`: it comes of a subscription, which its reader can stop.
    """

    subject: str
    text: str
    html: str
    thread: str | None = None
    listed: bool = True


def post(letter: Letter, written: Written, sender: Sender, now: datetime) -> bytes:
    """The mail. `now` becomes its Date: give the time it was first owed, and each attempt sends the same bytes.

    Raises DeliveryFailed (no retry) when what was built has not exactly the headers and the one recipient it should.
    """
    try:
        headers = _headers(letter, written, sender) | {"Date": format_datetime(now)}
        built = _built(headers, written.text, INLINER.inline(written.html), boundary=f"=_{letter.id}")
    except (ValueError, MessageError) as malformed:
        raise _refused(letter, f"cannot be built ({malformed})") from malformed
    _proof(built, {*headers, "MIME-Version", "Content-Type"}, letter, sender)
    return built


def unsubscribe(letter: Letter, sender: Sender) -> str:
    """The address at which the reader of a letter stops what it came of."""
    return sender.one_click.replace("{}", letter.id) if sender.one_click else _mailto(letter, sender)


def _headers(letter: Letter, written: Written, sender: Sender) -> dict[str, str | Address]:
    headers: dict[str, str | Address] = {
        "From": Address(display_name=header(sender.name), addr_spec=ascii_address(sender.address)),
        "To": Address(addr_spec=ascii_address(letter.to)),
        "Subject": header(written.subject),
        "Message-ID": f"<{letter.id}@{sender.host}>",
    }
    if written.listed:
        headers |= {"List-Id": f"<{header(sender.list_id)}>", "List-Unsubscribe": f"<{_mailto(letter, sender)}>"}
    headers["Auto-Submitted"] = "auto-generated"
    if written.listed and sender.one_click:
        headers["List-Unsubscribe"] = f"<{unsubscribe(letter, sender)}>, <{_mailto(letter, sender)}>"
        if sender.one_click.startswith("https://"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if written.thread is not None:
        # Every letter about a series answers the same letter that never was: mail programs show them as one thread.
        headers["References"] = f"<{content_id('thread', written.thread)}@{sender.host}>"
    return headers


def _mailto(letter: Letter, sender: Sender) -> str:
    return f"mailto:{sender.address}?subject={quote('unsubscribe ' + ' '.join(letter.subscriptions))}"


def _built(headers: Mapping[str, str | Address], text: str, html: str, boundary: str) -> bytes:
    message = EmailMessage(policy=POLICY)
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, cte=ENCODING)
    message.add_alternative(html, subtype="html", cte=ENCODING)
    # Chosen by us, or the library draws lots; "=_" cannot occur in a quoted-printable body.
    message.set_boundary(boundary)
    return message.as_bytes()


def _proof(built: bytes, names: set[str], letter: Letter, sender: Sender) -> None:
    """Read the bytes as a stranger would, whatever the library made of a value that we did not foresee."""
    message = BytesParser(policy=SMTP).parsebytes(built)
    bare = built.replace(b"\r\n", b"")
    wrong = (
        ("headers", sorted(message.keys()) != sorted(names)),
        ("recipient", [each.addr_spec for each in message["To"].addresses] != [letter.to]),
        ("sender", [each.addr_spec for each in message["From"].addresses] != [sender.address]),
        ("line ends", b"\r" in bare or b"\n" in bare),
        ("structure", bool(message.defects) or [each.get_content_type() for each in message.walk()] != STRUCTURE),
    )
    for what, is_wrong in wrong:
        if is_wrong:
            raise _refused(letter, f"has wrong {what}")


def _refused(letter: Letter, why: str) -> DeliveryFailed:
    return DeliveryFailed(f"the mail {why}", where=f"letter {letter.id}", retry=False)
