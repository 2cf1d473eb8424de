"""Letters: the news first, then what it rests on; and the few words that we have to say ourselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feed.model.notice import Notice, Shown
from feed.model.subscription import Letter
from feed.publish.clean import HEADER_LENGTH, header, line
from feed.publish.post import Sender, Written, post, unsubscribe
from feed.publish.render import Renderer
from feed.publish.site import Site
from feed.publish.told import Side, Told, groups, side, told

__all__ = ["Paper", "Sender", "mail", "note", "plain", "subject"]

STEPS = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """What every letter is written with. `history`: for an alert's id, the figures that its series had by then.

    `checkpoint` is a signed note for the reader to keep, "" when there is none.
    """

    site: Site
    render: Renderer
    sender: Sender
    history: Mapping[str, Sequence[Shown]] = field(default_factory=dict)
    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that we say ourselves: a subject, sentences, and perhaps an address to go to with what it does."""

    subject: str
    says: tuple[str, ...]
    link: str | None = None
    does: str = ""


def mail(letter: Letter, notices: Sequence[Notice], paper: Paper, now: datetime) -> bytes:
    """The mail that tells a letter's alerts: text and HTML, contradictions first, then the loudest, grouped by topic.

    `now` as in `post`, which says what is raised.
    """
    alerts = groups(told(notice, paper.site) for notice in notices)
    words = {**_common(letter, paper), "groups": alerts, "subject": subject(alerts), "steps": _steps(notices, paper)}
    words["checkpoint"] = paper.checkpoint
    series = {notice.series for notice in notices}
    thread = next(iter(series)) if len(series) == 1 else None
    text, html = (paper.render(name, **words) for name in ("mail.txt", "mail.html"))
    return post(letter, Written(subject(alerts), text, html, thread), paper.sender, now)


def plain(letter: Letter, notices: Sequence[Notice], paper: Paper) -> bytes:
    """The same as plain text for services that know no mail: the news on the first line, then what it rests on."""
    alerts = groups(told(notice, paper.site) for notice in notices)
    text = paper.render("mail.txt", **_common(letter, paper), groups=alerts, steps={}, checkpoint="")
    return f"{subject(alerts)}\n\n{text}".encode()


def note(letter: Letter, word: Word, paper: Paper, now: datetime, *, listed: bool) -> bytes:
    """A mail of ours without alerts. `listed` when it comes of a subscription."""
    words = {**_common(letter, paper), "word": word, "listed": listed}
    text, html = (paper.render(name, **words) for name in ("note.txt", "note.html"))
    return post(letter, Written(word.subject, text, html, listed=listed), paper.sender, now)


def plain_note(word: Word) -> bytes:
    """The same as plain text."""
    return "\n".join((line(word.subject), "", *word.says)).encode()


def subject(alerts: Sequence[tuple[str, Sequence[Told]]]) -> str:
    """The news itself: the first sentence as the letter has them, and how many more there are."""
    sentences = [alert.sentence for _, each in alerts for alert in each]
    more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
    return header(header(sentences[0])[: HEADER_LENGTH - len(more)] + more)


def _common(letter: Letter, paper: Paper) -> dict[str, object]:
    return {
        "site": paper.site,
        "subscriptions": ", ".join(letter.subscriptions),
        "below": letter.note if letter.alerts else "",
        "unsubscribe": unsubscribe(letter, paper.sender),
    }


def _steps(notices: Sequence[Notice], paper: Paper) -> dict[str, list[Side]]:
    """For each alert of a figure, how it came to this: the last figures that stood in that frame, oldest first."""
    found = {}
    for notice in notices:
        told_before = [side(each, paper.site) for each in paper.history.get(notice.id, ())]
        steps = [each for at, each in enumerate(told_before) if at == 0 or _said(each) != _said(told_before[at - 1])]
        if len(steps) > 2:  # two are in the letter as it is
            found[notice.id] = steps[-STEPS:]
    return found


def _said(each: Side) -> tuple[str, str]:
    return each.printed, each.period
