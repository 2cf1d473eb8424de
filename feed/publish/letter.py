"""A letter as a mail: bytes that are checked again after they were built, before anyone may send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from feed.model.notice import Notice
from feed.model.subscription import Letter, ascii_address
from feed.publish.clean import HEADER_LENGTH, header
from feed.publish.render import Renderer
from feed.publish.site import Site
from feed.publish.told import Told, groups, told

# The default policy encodes a long List-Unsubscribe, and one-click unsubscribe no longer finds it.
POLICY = SMTP.clone(max_line_length=998)
INLINER = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
ENCODING = "quoted-printable"
STRUCTURE = ["multipart/alternative", "text/plain", "text/html"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: `address` is From and where an unsubscribe mail goes, `name` stands beside it.

    `list_id` names the list (`feed.example.org`). `one_click` is an https address that unsubscribes on POST (RFC 8058),
    when there is one; `{}` in it stands for the letter's id.
    """

    address: str
    name: str
    list_id: str
    one_click: str | None = None

    @property
    def host(self) -> str:
        """The domain of the address."""
        return self.address.rpartition("@")[2]


def mail(
    letter: Letter, notices: Sequence[Notice], *, sender: Sender, site: Site, render: Renderer, now: datetime
) -> bytes:
    """The mail that tells a letter's alerts: text and HTML, contradictions first, then the loudest, grouped by topic.

    `now` becomes its Date: give the time it was first owed, and each attempt sends the same bytes.
    Raises DeliveryFailed (no retry) when what was built has not exactly the headers and the one recipient it should.
    """
    alerts = groups(told(notice, site) for notice in notices)
    news = subject(alerts)
    words = {
        "site": site,
        "groups": alerts,
        "subject": news,
        "subscriptions": ", ".join(letter.subscriptions),
        "unsubscribe": _unsubscribe(letter, sender),
    }
    text, html = render("mail.txt", **words), INLINER.inline(render("mail.html", **words))
    try:
        headers = _headers(letter, notices, sender, news) | {"Date": format_datetime(now)}
        built = _built(headers, text, html, boundary=f"=_{letter.id}")
    except (ValueError, MessageError) as malformed:
        raise _refused(letter, f"cannot be built ({malformed})") from malformed
    _proof(built, {*headers, "MIME-Version", "Content-Type"}, letter, sender)
    return built


def subject(alerts: Sequence[tuple[str, Sequence[Told]]]) -> str:
    """The news itself: the first sentence as the letter has them, and how many more there are."""
    sentences = [alert.sentence for _, each in alerts for alert in each]
    more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
    return header(header(sentences[0])[: HEADER_LENGTH - len(more)] + more)


def _headers(letter: Letter, notices: Sequence[Notice], sender: Sender, news: str) -> dict[str, str | Address]:
    headers: dict[str, str | Address] = {
        "From": Address(display_name=header(sender.name), addr_spec=ascii_address(sender.address)),
        "To": Address(addr_spec=ascii_address(letter.to)),
        "Subject": news,
        "Message-ID": f"<{letter.id}@{sender.host}>",
        "List-Id": f"<{header(sender.list_id)}>",
        "List-Unsubscribe": f"<{_mailto(letter, sender)}>",
        "Auto-Submitted": "auto-generated",
    }
    if sender.one_click:
        headers["List-Unsubscribe"] = f"<{_unsubscribe(letter, sender)}>, <{_mailto(letter, sender)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    series = {notice.series for notice in notices}
    if len(series) == 1 and None not in series:
        # Every letter about a series answers the same letter that never was: mail programs show them as one thread.
        headers["References"] = f"<{content_id('thread', *series)}@{sender.host}>"
    return headers


def _mailto(letter: Letter, sender: Sender) -> str:
    return f"mailto:{sender.address}?subject={quote('unsubscribe ' + ' '.join(letter.subscriptions))}"


def _unsubscribe(letter: Letter, sender: Sender) -> str:
    return sender.one_click.replace("{}", letter.id) if sender.one_click else _mailto(letter, sender)


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
