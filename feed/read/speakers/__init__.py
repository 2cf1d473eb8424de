"""Who says it: the speakers of quotations, and to whom a number in a sentence is ascribed."""

from __future__ import annotations

from feed.model.topic import Topic
from feed.read.cast import stage
from feed.read.english.telling import Telling
from feed.read.offices import offices
from feed.read.speakers.ascribed import Speech, attribute
from feed.read.speakers.quotations import quotations
from feed.read.speakers.voices import every_voice, inside
from feed.read.speakers.words import words
from feed.read.text.sentences import Document

__all__ = ["Speech", "attribute", "inside", "speech"]


def speech(document: Document, topic: Topic, telling: Telling) -> Speech:
    """Who is who and who speaks where in an article. Pure; linear in the article's length."""
    cast = stage(document, topic, telling)
    holders = offices(cast)
    table = words(cast.telling.speech)
    voices = tuple(every_voice(cast, table))
    publisher = cast.document.article.publisher
    releases = publisher if publisher in cast.names.releases else None
    return Speech(cast, holders, voices, tuple(quotations(cast, table, voices)), releases)
