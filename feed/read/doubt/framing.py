"""Which numbers the opening of a clause frames: "At one <place> seven were <counted> and four <counted>"."""

from __future__ import annotations

from feed.model.topic import Refusal
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene


def framed(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """Whether a refusal that stands before one number, as a place or an occasion, holds for the next one joined to it.

    Does not look beyond the clause, another time or words that widen the view again ("and nationally 50,000").
    """
    if not 0 < hit.counted < atom or hit.counted != hit.last - 1:
        return False
    if hit.first <= LEADS and _its_next_deed(view, hit.counted, atom):
        return True
    if view.form(hit.first) not in SETTING:
        return False
    between = range(hit.counted + 1, atom)
    if any(view.form(at) in ELSEWHERE or at in view.times or view.line.has(at, "home") for at in between):
        return False
    return view.form(atom - 1) in ("and", "to") or view.form(atom - 2) == "and"


def _its_next_deed(view: Scene, counted: int, atom: int) -> bool:
    """As in "The gang <brought 240> over and lost 180": the subject of the sentence goes on, by another verb."""
    joint = next((at for at in range(atom - 1, counted, -1) if view.form(at) in ("and", BREAK, QUANTITY)), counted)
    verb, tables = view.form(joint + 1), view.tables
    done = verb.endswith("ed") or verb in tables.stating.does or verb in tables.participles or verb in ALIKE
    home = any(view.line.has(at, "home") for at in range(counted + 1, atom))
    return view.form(joint) == "and" and done and joint + 1 < atom and not home


ALIKE = frozenset({"put", "let", "cut", "set", "hit"})  # verbs with one form
LEADS = 2  # atoms before a sentence's subject

# what opens a place or an occasion
SETTING = frozenset({"at", "in", "on", "during", "under", "as", "aboard", "across", "around", "near"})
ELSEWHERE = frozenset(
    {BREAK, "nationally", "nationwide", "overall", "altogether", "total", "all", "across", "in", "at", "country"}
)
