"""Whether one text is a copy of another: the same press release or agency report, perhaps cut or with a new top.

Runs of five words are compared, as a set. A text that has a number of its own is no copy, however like it is:
statistics come out month by month in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

RUN = 5
KEEP = 16  # one run in so many goes into the sketch, chosen by its digest, so the same ones in every text
NOMINATE, COPY = 0.5, 0.8
LEAST = 20  # runs: what is shorter is like too much


def runs(text: str) -> set[int]:
    """The runs of five words of a text, as numbers of 63 bits. Case and punctuation do not count."""
    words = _words(text)
    joined = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") >> 1 for run in joined}


def sketch(whole: Iterable[int]) -> set[int]:
    """The few runs by which a text is found again."""
    return {run for run in whole if run % KEEP == 0}


def nominated(shared: int, one: int, other: int) -> bool:
    """Whether two sketches of these sizes that share so many runs may belong to copies."""
    return shared >= NOMINATE * min(one, other)


def is_copy(new: str, old: str) -> bool:
    """Whether four fifths of the shorter text stand in the longer, and every number of `new` stands in `old`."""
    one, other = runs(new), runs(old)
    least = min(len(one), len(other))
    return least >= LEAST and len(one & other) >= COPY * least and _numbers(new) <= _numbers(old)


def _words(text: str) -> list[str]:
    kept = "".join(letter if letter.isalnum() else " " for letter in text.lower().replace(",", ""))
    return kept.split()


def _numbers(text: str) -> set[str]:
    return {word for word in _words(text) if word[0].isdigit()}
