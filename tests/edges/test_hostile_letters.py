"""Words that want to be headers, in every field that a source or an operator fills: none becomes one."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import compat32, default

from feed.model.subscription import Kind, Letter, Medium
from feed.publish.letter import Paper, Sender, Word, mail, note
from tests.make import NEARLY_19000, OVER_24000, RECORDED, SITE, notice, renderer
from tests.payloads import headers

NAMES = [
    "From", "To", "Subject", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted", "References", "Date",
    "MIME-Version", "Content-Type",
]  # fmt: skip
RENDER = renderer()


def letter(alerts: tuple[str, ...] = ("a",)) -> Letter:
    return Letter(Medium.MAIL, "desk@example.org", Kind.ALERT, ("desk",), alerts)


def written(text: str) -> bytes:
    """A mail in which that stands wherever somebody else's words do."""
    new = OVER_24000._replace(quote=text, publisher=text, attribution=text, printed=text)
    news = notice(new=new, old=NEARLY_19000._replace(quote=text), sentence=text, context=(text,))._replace(series=text)
    paper = Paper(replace(SITE, title=text), RENDER, Sender("feed@figures.example", text, text))
    return mail(letter(), [news], paper, RECORDED)


def test_no_word_of_anybody_becomes_a_header_or_a_recipient() -> None:
    payloads = headers()
    assert len(set(payloads)) >= 200
    for text in payloads:
        built = written(text)
        for policy in (default, compat32):
            message = message_from_bytes(built, policy=policy)
            assert message.keys() == NAMES, text
            assert str(message["To"]) == "desk@example.org"
        assert not {"evil@e.org"} & {
            each.addr_spec for each in message_from_bytes(built, policy=default)["From"].addresses
        }
        assert built.count(b"\r\n\r\n") >= 3
        assert b"\r" not in built.replace(b"\r\n", b"")


def test_nor_does_a_word_of_ours_that_quotes_somebody() -> None:
    for text in headers()[::5]:
        word = Word(f"A receiver was given up: {text}", (text,))
        built = note(
            letter(()),
            word,
            Paper(SITE, RENDER, Sender("feed@figures.example", text, "x.example")),
            RECORDED,
            listed=False,
        )
        kept = [name for name in NAMES if not name.startswith("List-") and name != "References"]
        assert message_from_bytes(built, policy=compat32).keys() == kept
