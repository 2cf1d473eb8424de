"""Whether an article says of itself that it was corrected."""

from __future__ import annotations

# Each with a line in which it stands; compared without regard to case.
NOTES = {
    "correction:": "Correction: an earlier headline gave the wrong year.",
    "clarification:": "Clarification: the figure covers the whole country.",
    "corrections and clarifications": "Corrections and clarifications",
    "earlier version of this": "An earlier version of this article gave the wrong total.",
    "previous version of this": "A previous version of this story misstated the total.",
    "was amended on": "This article was amended on 3 March to correct the total.",
    "has been amended": "This article has been amended since it was published.",
    "was corrected on": "This story was corrected on Tuesday.",
    "has been corrected": "The third paragraph has been corrected.",
    "updated to correct": "This story was updated to correct the total.",
    "update to correct": "An update to correct the total.",
    "we are happy to clarify": "We are happy to clarify that the total covers the whole year.",
    "originally stated": "This article originally stated that there were more.",
    "previously stated": "It previously stated that there were more.",
}


def is_noted(text: str, since: str = "") -> bool:
    """Whether a note of a correction stands in `text` that did not stand in the text before. In English only."""
    before, now = since.lower(), text.lower()
    return any(now.count(note) > before.count(note) for note in NOTES)
