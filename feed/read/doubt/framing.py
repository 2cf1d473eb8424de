"""Which numbers the opening of a clause frames: "At one <place> seven were <counted> and four <counted>"."""

from __future__ import annotations

from feed.model.topic import Refusal
from feed.read.patterns.lexicon import BREAK, Hit
from feed.read.scene import Scene


def framed(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """Whether a refusal that stands before one number, as a place or an occasion, holds for the next one joined to it.

    Does not look beyond the clause, another time or words that widen the view again ("and nationally 50,000").
    """
    if not 0 < hit.counted < atom or hit.counted != hit.last - 1 or view.form(hit.first) not in SETTING:
        return False
    between = range(hit.counted + 1, atom)
    if any(view.form(at) in ELSEWHERE or at in view.times or view.line.has(at, "home") for at in between):
        return False
    return view.form(atom - 1) in ("and", "to") or view.form(atom - 2) == "and"


# what opens a place or an occasion
SETTING = frozenset({"at", "in", "on", "during", "under", "as", "aboard", "across", "around", "near"})
ELSEWHERE = frozenset(
    {BREAK, "nationally", "nationwide", "overall", "altogether", "total", "all", "across", "in", "at", "country"}
)
