from __future__ import annotations

import unicodedata
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feed.model.alert import Severity
from feed.model.checkpoint import Note
from feed.model.errors import DeliveryFailed
from feed.model.notice import Notice
from feed.model.subscription import Kind, Letter, Medium
from feed.publish.clean import header
from feed.publish.letter import Paper, Sender, mail, plain
from feed.publish.render import Renderer
from feed.publish.site import Site
from tests.make import (
    NEARLY_19000,
    NOTE,
    OVER_24000,
    RECORDED,
    SENTENCE,
    about,
    inconsistent,
    notice,
    state_changed,
)

SENDER = Sender("feed@figures.example", "Figures of record", "alerts.figures.example")
PAYLOAD = "=?utf-8?q?hi=0d=0aBcc:_evil@e.org?="
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
}


def owed(*notices: Notice, to: str = "desk@example.org") -> Letter:
    return Letter(Medium.MAIL, to, Kind.ALERT, ("desk",), tuple(each.id for each in notices))


def written(site: Site, render: Renderer, *notices: Notice, sender: Sender = SENDER) -> EmailMessage:
    built = mail(owed(*notices), notices, Paper(site, render, sender), RECORDED)
    message = message_from_bytes(built, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_carries_a_checkpoint_for_its_reader_to_keep(site: Site, render: Renderer) -> None:
    for sealed in (NOTE, ""):
        built = mail(owed(notice()), [notice()], Paper(site, render, SENDER, checkpoint=sealed), RECORDED)
        message = message_from_bytes(built, policy=default)
        assert isinstance(message, EmailMessage)
        for kind in ("plain", "html"):
            assert ("Keep this mail" in part(message, kind)) is bool(sealed)
            assert sealed in part(message, kind).replace("\r\n", "\n")
        if sealed:
            assert str(Note.within(part(message, "plain"))) == sealed
    assert NOTE not in plain(owed(notice()), [notice()], Paper(site, render, SENDER, checkpoint=NOTE)).decode()


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text


def test_the_subject_is_the_news_and_both_parts_hold_both_quotes(site: Site, render: Renderer) -> None:
    message = written(site, render, notice())
    assert message["Subject"] == SENTENCE
    for kind in ("plain", "html"):
        for needed in (NEARLY_19000.quote, OVER_24000.quote, "Home Office", "Daily Express", "10 February 2025"):
            assert needed in part(message, kind)


def test_the_headers_say_that_a_machine_wrote_to_one_person_on_a_list(site: Site, render: Renderer) -> None:
    message = written(site, render, state_changed(1))
    assert set(message.keys()) == HEADERS
    assert message["To"] == "desk@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<alerts.figures.example>"
    assert message["List-Unsubscribe"] == "<mailto:feed@figures.example?subject=unsubscribe%20desk>"
    assert message["Date"] == "Tue, 01 Apr 2025 06:30:00 +0000"


def test_one_click_is_offered_only_when_something_answers_it(site: Site, render: Renderer) -> None:
    sender = replace(SENDER, one_click="https://figures.example/unsubscribe/{}?token=" + "x" * 60)
    message = written(site, render, notice(), sender=sender)
    letter = owed(notice()).id
    assert f"<https://figures.example/unsubscribe/{letter}?" in message["List-Unsubscribe"]
    assert "mailto:" in message["List-Unsubscribe"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    built = mail(owed(notice()), [notice()], Paper(site, render, sender), RECORDED)
    assert b"\nList-Unsubscribe: <https://" in built


def test_each_attempt_sends_the_same_bytes_under_the_same_id(site: Site, render: Renderer) -> None:
    news = notice()
    once, again = (mail(owed(news), [news], Paper(site, render, SENDER), RECORDED) for _ in range(2))
    assert once == again
    assert f"Message-ID: <{owed(news).id}@figures.example>".encode() in once


def test_letters_about_one_series_are_one_thread(site: Site, render: Renderer) -> None:
    first, second = written(site, render, notice(1)), written(site, render, notice(2))
    other = written(site, render, about(3, "crossings"))
    both = written(site, render, notice(1), about(3, "crossings"))
    assert first["References"] == second["References"] != other["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert both["References"] is None
    assert written(site, render, state_changed())["References"] is None


def test_a_letter_with_several_is_grouped_and_tells_contradictions_first(site: Site, render: Renderer) -> None:
    news = (
        notice(1),
        about(2, "crossings"),
        notice(3, sentence="Returns are contradicted", alert="contradicted"),
        state_changed(4),
        about(5, "crossings", sentence="A loud crossing", severity=Severity.HIGH),
        inconsistent(6),
    )
    message = written(site, render, *news)
    assert message["Subject"] == "Returns are contradicted (and 5 more)"
    lines = part(message, "plain").splitlines()
    titles = [line for line in lines if line.isupper() or line.startswith("* ")]
    assert titles == [
        "RETURNS",
        "* Returns are contradicted",
        f"* {SENTENCE}",
        "SMALL BOAT ARRIVALS",
        "* Small boat arrivals do not add up by 1",
        "CROSSINGS",
        "* A loud crossing",
        "* crossings: more than 24,000 (was nearly 19,000)",
        "HOME SECRETARY (GB)",
        "* Home secretary: Shabana Mahmood (was Yvette Cooper)",
    ]


def test_styles_stand_at_their_elements_and_scripts_nowhere(site: Site, render: Renderer) -> None:
    hostile = OVER_24000._replace(quote="<script>alert(1)</script>", url="javascript:alert(1)")
    html = part(written(site, render, notice(new=hostile)), "html")
    assert '<blockquote cite="https://news.example/seed-2" style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "<script" not in html
    assert "javascript:" not in html
    assert "&lt;script&gt;" in html


def test_a_very_long_sentence_is_cut_where_mail_programs_would(site: Site, render: Renderer) -> None:
    subject = written(site, render, notice(1, sentence="a" * 500), notice(2))["Subject"]
    assert len(subject) == 200
    assert subject.endswith("(and 1 more)")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text=PAYLOAD)
@example(text="==??utf-8?q?hi=0d=0aBcc:_evil@e.org?=")
@example(text="=\u200b?utf-8?q?hi=0d=0aBcc:_evil@e.org?=")
@example(text="hi\r\nBcc: evil@e.org")
@example(text="hi\u2028Bcc: evil@e.org\x00\x0b\x0c\x85")
@example(text="\r\n.\r\nMAIL FROM:<evil@e.org>")
@example(text="é" * 300 + PAYLOAD)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_title_ever_lets_a_header_or_recipient_in(text: str, site: Site, render: Renderer) -> None:
    side = OVER_24000._replace(quote=text, publisher=text, attribution=text)
    news = notice(new=side, sentence=text, old=None)._replace(series=text or None)
    sender = replace(SENDER, name=text)
    message = written(site, render, news, sender=sender)
    assert set(message.keys()) - {"References"} == HEADERS
    assert len(message["To"].addresses) == 1
    assert "Bcc" not in message
    assert message["Subject"] == header(text)


@given(text=st.text() | st.just(PAYLOAD))
def test_a_header_value_is_one_clean_line(text: str) -> None:
    value = header(text)
    assert len(value) <= 200
    assert "=?" not in value
    assert not {unicodedata.category(c) for c in value} & {"Cc", "Cf", "Zl", "Zp", "Cs"}
    assert header(value) == value


@pytest.mark.parametrize("to", ["a@e.org, b@e.org", "A <a@e.org>, b@e.org", "a@e.org\r\nBcc: b@e.org", ""])
def test_a_letter_to_none_or_two_is_refused(to: str, site: Site, render: Renderer) -> None:
    with pytest.raises(DeliveryFailed, match="the mail") as refused:
        mail(owed(notice(), to=to), [notice()], Paper(site, render, SENDER), RECORDED)
    assert not refused.value.retry


@pytest.mark.parametrize("address", [f"https://e.org/{PAYLOAD}", "https://e.org/\r\nBcc: evil@e.org"])
def test_a_header_that_nobody_foresaw_is_found_in_the_built_bytes(address: str, site: Site, render: Renderer) -> None:
    sender = replace(SENDER, one_click=address)
    with pytest.raises(DeliveryFailed, match="the mail") as refused:
        mail(owed(notice()), [notice()], Paper(site, render, sender), RECORDED)
    assert not refused.value.retry
