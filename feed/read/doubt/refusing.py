"""Which numbers are no figures: those that the pack's words or the text itself refuse, and what goes on about them."""

from __future__ import annotations

from feed.model.topic import Refusal
from feed.read.claim import Attached, Memory
from feed.read.doubt.framing import framed
from feed.read.grammar.fences import opens_clause
from feed.read.grammar.nouns import unit_at
from feed.read.grammar.roles import Role
from feed.read.metric.heard import MONEY
from feed.read.narrowing.stretch import begins_clause
from feed.read.numbers import PERCENT
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene
from feed.read.text.sentences import Layout
from feed.read.times import Shape
from feed.read.times.dates import Grain


def refused(view: Scene, atom: int) -> str:
    """Why the number is no figure whatever may claim it; "" when nothing refuses it."""
    for at in (atom, *_told_too(view, atom)):
        why = _refusal(view, at)
        if why:
            return why
    if any(_denies(hit, atom) for hit in view.told("denied")) and not _corrected(view, atom):
        return "the text denies it"
    if any(hit.counted == atom and not unit_at(view, hit.first - 1) for hit in view.told("tallied")):
        return "how many of something else there are"
    if _labelled(view, atom):
        return "its label names something else"
    if _time_apart(view, atom):
        return "how much more or less time"
    return "only supposed" if view.tells("supposed", atom) else ""


def _time_apart(view: Scene, atom: int) -> bool:
    """As in "the mean was 40 weeks, <nine> fewer than before", "the average stay was 33 days (<31>)"."""
    before = view.times.get(atom - 2)
    if before is None or before.shape is not Shape.DURATION or view.quantities[atom].unit:
        return False
    enclosed = view.bracket(atom - 1) and view.bracket(atom + 1)
    return enclosed or (view.form(atom - 1) == "," and view.form(atom + 1) in LONGER)


LONGER = frozenset({"more", "fewer", "less", "longer", "shorter", "up", "down"})


def _labelled(view: Scene, atom: int) -> bool:
    """As in "the member for Leeds (majority: 12,278)": in brackets, behind a name that nothing here knows."""
    label, tables = view.form(atom - 2), view.tables
    if not (
        view.opens(atom - 3) and view.form(atom - 1) == BREAK and view.words.form(view.line.firsts[atom - 1]) == ":"
    ):
        return False
    known = (tables.known_words, tables.open_words, tables.qualities, tables.neutral, tables.names)
    return label.isalpha() and label not in LABELS and not any(label in words for words in known)


LABELS = frozenset({"total", "number", "figure", "sum", "count", "tally", "peak", "average", "then", "now"})


def _refusal(view: Scene, atom: int) -> str:
    money = view.quantities[atom].unit.startswith(MONEY)
    for hit in view.refusals:
        if hit.value.metrics:
            continue
        if _each_of_them(view, hit, atom):
            continue
        bears = hit.counted == atom or (hit.counted < 0 and _leads_to(view, atom, hit.first)) or framed(view, hit, atom)
        if bears and hit.value.money is money and not _severed(view, hit, atom) and not _led_to(view, hit):
            return hit.value.why
    return ""


def _each_of_them(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """As in "a line <for each of the 27> who died": one for each is told, and how many they are as well."""
    owned = view.form(atom - 2) == "of" and view.form(atom - 3) in ("each", "every", "one", "all")
    return owned and view.form(atom - 1) in ("the", "these", "those", "its", "their") and hit.last == atom + 1


def _led_to(view: Scene, hit: Hit[Refusal]) -> bool:
    """As in "a plane to <Rome had 41> people on it": the place is only where the subject goes, or who has a part."""
    return view.form(hit.first - 1) in TOWARDS and view.line.has(hit.first, "place") and not hit.first < 2


TOWARDS = frozenset({"to", "for", "towards", "from", "with"})


def heading_refused(view: Scene) -> tuple[int, str] | None:
    """As in "And in Germany?": (its paragraph, why) of a short line whose words refuse what it heads."""
    if view.quantities or len(view.line.forms) > SHORT:
        return None
    asks = view.words.form(len(view.words) - 1) == "?" or view.layout is Layout.HEADING
    why = next((hit.value.why for hit in view.refusals if not hit.value.metrics and hit.counted < 0), "")
    return (view.sentence.paragraph, why) if asks and why else None


SHORT = 8  # atoms


def under_refused(view: Scene, memory: Memory) -> str:
    """Why a number of the paragraph under such a line is no figure; "" where its own sentence speaks of home."""
    if memory.refusing is None or view.sentence.paragraph - memory.refusing[0] > 1:
        return ""
    home = any(view.line.has(at, "home") for at in range(len(view.line.forms)))
    return "" if home else memory.refusing[1]


def _told_too(view: Scene, atom: int) -> tuple[int, ...]:
    """The atoms of numbers that are as this one is: the same in other words, the end of "from £15,000 to £45,000"."""
    same = _in_other_words(view, atom)
    if same:
        return (same,)
    aside = _of_subject(view, atom)
    if aside:
        return (aside,)
    ends = view.form(atom - 1) == "from" and view.form(atom + 1) == "to" and view.form(atom + 2) == QUANTITY
    return (atom + 2,) if ends and view.quantities[atom + 2].unit == view.quantities[atom].unit else ()


def _of_subject(view: Scene, atom: int) -> int:
    """As in "<Another country>, with 83 million people, counted 20,084": the number of the aside, 0 for none.

    Whatever words before its comma refuse that number, they tell that the sentence's subject is none of ours.
    """
    if not view.refusals or len(view.quantities) < 2:
        return 0
    comma = next((at for at in range(atom - 1, max(0, atom - WORDY), -1) if view.form(at) in (",", BREAK)), 0)
    aside = next((at for at in range(comma - 1, max(0, comma - WORDY), -1) if view.form(at) == QUANTITY), 0)
    start = next((at for at in range(aside - 1, 0, -1) if view.form(at) in (",", BREAK)), 0) if aside else 0
    told = any(hit.counted == aside and hit.first < start for hit in view.refusals if not hit.value.metrics)
    return aside if start and start <= LEADS and told else 0


LEADS = 6  # atoms that a sentence's subject may take
WORDY = 12  # atoms between a number and what it is in other words


def _in_other_words(view: Scene, atom: int) -> int:
    """As in "two-thirds of those in the queue, or 76,268,": the atom of the same number told again, 0 for none."""
    if not view.numbered(atom + 1, atom + WORDY):
        return 0
    for at in range(atom + 1, atom + WORDY):
        if view.form(at) == QUANTITY:
            apart = (view.quantities[atom].unit == PERCENT) is not (view.quantities[at].unit == PERCENT)
            return at if apart and view.form(at - 1) == "or" and view.form(at - 2) == "," else 0
    return 0


def _denies(hit: Hit[str], atom: int) -> bool:
    """Whether words of denial bear on the number: "hasn't <doubled>", "it is wrong to say that ... <counted>"."""
    return hit.counted == atom or (hit.counted < 0 and hit.first < atom)


def _corrected(view: Scene, atom: int) -> bool:
    """As in "it is 40,667, not 46,067 as first stated": what a correction takes back was stated all the same."""
    return view.form(atom - 1) == "not" and bool(view.told("corrected"))


def barred(view: Scene, atom: int, found: Attached) -> str:
    """Why the number is no figure of the metric that claims it; "" when nothing bars it."""
    for hit in view.refusals:
        if _of_all(view, hit, atom) or _of_several(view, hit, atom):
            continue
        bears = hit.counted in (-1, atom) or framed(view, hit, atom)
        if found.metric.id in hit.value.metrics and bears and not _severed(view, hit, atom):
            return hit.value.why
    return ""


def _severed(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """As in "we put £150m into it, and this morning at <a place> they met": the words stand in another clause."""
    if any(view.form(at) == "and" and view.form(at + 1) == "that" for at in range(hit.first, atom)):
        return True  # "they said that <for each> one £5 was paid and that 70,532 were waiting"
    between = range(atom + 1, hit.last)
    return any(
        begins_clause(view, at) or (at in view.times and opens_clause(view, at)) or _somebody(view, at)
        for at in between
    )


def _somebody(view: Scene, at: int) -> bool:
    """As in "4,052 were lodged, and a judge who sits at <a place> ...": a clause about somebody else begins."""
    joined = (
        view.form(at) == ","
        and view.form(at + 1) in ("and", "but", "while")
        and view.form(at + 2) in ("a", "an", "the")
    )
    return joined and not {"who", "whose"}.isdisjoint(view.line.forms[at + 3 : at + 3 + SUBJECT])


SUBJECT = 4  # atoms from "a judge" to "who"


def _of_all(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """As in "he is in Leeds, one of 26,000 who wait": what tells of the one tells nothing of all of them."""
    return hit.first < atom == hit.last - 1 and view.form(atom - 1) == "of" and view.form(atom - 2) == "one"


def _of_several(view: Scene, hit: Hit[Refusal], atom: int) -> bool:
    """As in "seven <vans with 81> people": what is told of one van tells nothing of those of seven."""
    before = view.quantities.get(hit.first - 1)
    return before is not None and hit.first - 1 != atom and hit.counted == atom and before.numbers[0] > 1


def adds(memory: Memory, view: Scene, atom: int, found: Attached) -> str:
    """Why "eight other deaths" are no figure of their own; "" when another thing is told of them."""
    if not view.tells("others", atom):
        return ""
    last = memory.last
    near = last and view.sentence.index - last.scene.sentence.index <= 1
    if last and (near or last.scene.sentence.paragraph == view.sentence.paragraph) and _apart(last.attached, found):
        return ""
    if any(time.shape is Shape.WINDOW and time.grain is Grain.DAY for time in view.times.values()):
        return ""  # "yesterday 209 others came": the day tells them apart
    return "a part that only adds to another count"


def _apart(before: Attached, found: Attached) -> bool:
    return before.metric.id != found.metric.id or (bool(found.dims) and found.dims != before.dims)


def beside_refused(memory: Memory, view: Scene, atom: int, found: Attached, role: Role) -> bool:
    """Whether a number goes on about one that was refused, or is what that one is compared with."""
    if memory.refused is None or memory.refused[0] is not view:
        return False
    before = memory.refused[1]
    claimed = memory.last is not None and memory.last.scene is view and memory.last.atom > before
    its_noun = found.at <= before + NOUN and found.at < atom and view.form(atom - 1) != "of"
    return found.at < before or (not claimed and (its_noun or (role.compared and found.at < atom)))


NOUN = 2  # atoms behind a number where its noun stands: "160 beds, going up to 400"


def _leads_to(view: Scene, atom: int, first: int) -> bool:
    """Whether words behind a number speak of it: no other number stands between."""
    return atom < first and not view.numbered(atom + 1, first)
