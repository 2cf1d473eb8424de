"""Which numbers a time cannot be about, wherever it stands: times of other clauses, brackets and asides."""

from __future__ import annotations

from feed.read.grammar.insertions import of_members, of_other_claim, of_subject
from feed.read.grammar.nouns import PRONOUNS
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME
from feed.read.scene import MOVES, Scene

RELATIVE = frozenset({"who", "which", "where", "when", "whom"})
OPENING = frozenset({"(", "["})
ASIDE = 24  # atoms that brackets or a clause may hold
EDGES = frozenset({",", BREAK, ""})


def fenced(scene: Scene, atom: int, at: int) -> bool:
    """Whether the time at `at` cannot be that of the number at `atom`."""
    if (
        revealed(scene, at, atom)
        or _bracketed(scene, atom, at)
        or _beyond(scene, atom, at)
        or conceded(scene, at, atom)
        or _beside(scene, atom, at)
    ):
        return True
    if at > atom and (_of_peak(scene, atom, at) or _of_total(scene, atom, at) or _of_record(scene, atom, at)):
        return True
    if at > atom:
        return _begins_another(scene, atom, at) or _in_next_clause(scene, atom, at)
    return (
        _in_aside(scene, atom, at)
        or _result(scene, atom, at)
        or _of_superlative(scene, at)
        or _before_perfect(scene, atom, at)
        or of_members(scene, atom, at)
        or of_other_claim(scene, atom, at)
    )


def _before_perfect(scene: Scene, atom: int, at: int) -> bool:
    """As in "they vow to shut them by 2029 and have moved 9,000": the time of what is to come, before what is done."""
    modals, before = scene.tables.clauses.modals, scene.line.forms[max(0, at - ASIDE) : at]
    if not any(form in modals or form == "to" or form.endswith(("'ll", "'d")) for form in before):
        return False
    joints = (i for i in range(at + 1, atom) if scene.form(i) in ("and", "but") and scene.form(i + 1) in PERFECT)
    return any(not scene.numbered(at, i) for i in joints)


PERFECT = frozenset({"have", "has", "had"})


def revealed(scene: Scene, at: int, atom: int) -> bool:
    """As in "sales may halve by 2030, he warned after figures showed that 5,000 were sold": only why it was said."""
    return any(at < hit.first and hit.last <= atom for hit in scene.told("revealing"))


def conceded(scene: Scene, at: int, atom: int) -> bool:
    """As in "38,000 live in hotels, despite the vow to close them by 2029": what is only conceded beside a number."""
    if scene.tables.clauses.conceding.isdisjoint(scene.spoken):
        return False
    first = next((i for i in range(at, max(-1, at - ASIDE), -1) if scene.form(i) in (",", BREAK)), -1) + 1
    if scene.form(first) not in scene.tables.clauses.conceding:
        return False
    return atom < first or scene.met({",", BREAK}, at, atom)


def _beside(scene: Scene, atom: int, at: int) -> bool:
    """As in "six went to Germany and one, on 2 December, to Jamaica": the time of that one alone."""
    here = at - 1
    while here > 0 and scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    apart = scene.form(here) == "," == scene.form(at + 1) and here < at - 1
    told = scene.form(here - 1) == QUANTITY or (scene.form(here - 1) == "one" and scene.form(here - 2) in (",", "and"))
    return apart and told and here - 1 != atom


def _group(scene: Scene, atom: int) -> tuple[int, int] | None:
    """The brackets around an atom."""
    if not scene.brackets:
        return None
    first = max([at for at in scene.brackets if atom - ASIDE <= at <= atom], default=-1)
    last = min([at for at in scene.brackets if atom <= at < atom + ASIDE], default=-1)
    if first < 0 or last < 0:
        return None
    opening, closing = (scene.words.form(scene.line.firsts[at]) for at in (first, last))
    return (first, last) if opening in OPENING and closing not in OPENING else None


def in_bracket(scene: Scene, at: int) -> bool:
    """Whether a time stands in brackets together with a number: it is that number's alone."""
    around = _group(scene, at)
    return around is not None and scene.numbered(*around)


def _bracketed(scene: Scene, atom: int, at: int) -> bool:
    """As in "the rate was 77% (in 2019: 55%)": the time in the brackets is that of the number in them."""
    around = _group(scene, at)
    if around is None or around[0] < atom < around[1]:
        return False
    return scene.numbered(*around) or scene.met(scene.tables.stating.auxiliary, *around)


def _of_peak(scene: Scene, atom: int, at: int) -> bool:
    """As in "halved since its peak of 175,457 in June 2023": the time of the peak, not of what is told by it."""
    number = next((i for i in range(at - 1, atom, -1) if scene.form(i) == QUANTITY), None)
    if number is None or any(scene.form(i) not in scene.tables.clauses.before_time for i in range(number + 1, at)):
        return False
    return scene.form(number - 1) == "of" and scene.form(number - 2) in PEAKS


def _of_record(scene: Scene, atom: int, at: int) -> bool:
    """As in "1,195 came on Saturday, the highest daily total <of the year>": among what it is the highest."""
    here = at - 1
    while scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    return scene.met(SUPERLATIVE, max(atom + 1, here - PHRASE), here + 1)


SUPERLATIVE = frozenset(
    {"highest", "biggest", "largest", "busiest", "worst", "lowest", "smallest", "deadliest", "quietest"}
)
PHRASE = 4  # atoms of "highest daily total"


def _of_superlative(scene: Scene, at: int) -> bool:
    """As in "Saturday is still the busiest day <of the year>, with 1,195": among what another time is the highest."""
    here = at - 1
    while scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    told = any(scene.form(i) in SUPERLATIVE for i in range(max(0, here - 2), here + 1))
    return told and scene.form(at - 1) in ("of", "in") and any(other < here for other in scene.times)


def _of_total(scene: Scene, atom: int, at: int) -> bool:
    """As in "they came in 14 boats and took the tally for the year to 8,452": the total's time."""
    return any(atom < hit.first < at for hit in scene.told("bring"))


PEAKS = frozenset({"peak", "high", "low", "height", "maximum", "minimum", "trough"})


def _clause_end(scene: Scene, at: int) -> int:
    end = min(len(scene.line.forms), at + ASIDE)
    return next((i for i in range(at, end) if scene.form(i) == BREAK and not scene.bracket(i)), end)


def opens_clause(scene: Scene, at: int) -> bool:
    """As in "..., and in 2020, with planes grounded, they fell to 900": what a further clause begins with."""
    here = at - 1
    while here > 0 and scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    return scene.form(here) in scene.tables.clauses.openers and scene.form(here - 1) in (",", BREAK)


def heads_clause(scene: Scene, at: int) -> bool:
    """Whether a time stands first in a clause that is not the first: "...; in 2024 it was 616", "and in May 300"."""
    here = at - 1
    while here > 0 and scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    form = scene.form(here)
    if here <= 0 or at not in scene.times:
        return False
    parts = form == BREAK and not scene.bracket(here)
    return parts or (form in scene.tables.clauses.openers and form not in ("when", "which", "where", "with"))


def _begins_another(scene: Scene, atom: int, at: int) -> bool:
    """As in "6,000 came, and in 2020 it was 3,000", "where a year before there had been 600": what comes next."""
    here = at - 1
    while here > atom and scene.form(here) in scene.tables.clauses.before_time:
        here -= 1
    form = scene.form(here)
    if here <= atom or (form not in scene.tables.clauses.openers and form not in EDGES):
        return False
    if form in ("and", "but") and scene.form(here - 1) == "," and _clause_end(scene, at) - at > STATEMENT:
        return True  # "we put £150m into it, and this morning they signed a plan"
    if form == "and" and scene.form(here - 1) in (TIME, QUANTITY):
        return scene.form(here - 1) == QUANTITY and _counts(scene, at, comma=True)
    return _counts(scene, at, comma=form == ",")


STATEMENT = 3  # atoms behind a time in the shortest statement


def _counts(scene: Scene, at: int, *, comma: bool) -> bool:
    """Whether a number follows a time in its clause; `comma`: before the next comma."""
    for i in range(at + 1, _clause_end(scene, at)):
        form = scene.form(i)
        if form == QUANTITY:
            return True
        if form == "," and comma:
            return False
    return False


def _in_next_clause(scene: Scene, atom: int, at: int) -> bool:
    """As in "they had 2,200 places, and he promised 1,000 more by 2027": the time of a clause with a number."""
    if _of_another_noun(scene, atom, at) or _as_another(scene, at):
        return True
    for i in range(atom + 1, at):
        if scene.form(i) == "and" and _turns(scene, i, at):
            return True
        if scene.form(i) not in (",", BREAK) or scene.bracket(i):
            continue
        if _parted(scene, atom, i, at):
            return True
    return False


def _of_another_noun(scene: Scene, atom: int, at: int) -> bool:
    """As in "290 places at two sites <that shut in 2015>": the time of what another number's noun did."""
    link = next((i for i in range(at - 1, atom, -1) if scene.form(i) in ("that", "which", "where")), atom)
    if link == atom or any(scene.form(i) in (QUANTITY, ",", BREAK) for i in range(link, at)):
        return False
    number = next((i for i in range(link - 1, atom, -1) if scene.form(i) == QUANTITY), None)
    return number is not None and link - number <= PHRASE and not scene.quantities[number].unit


def _as_another(scene: Scene, at: int) -> bool:
    """As in "four were sent back <as this year's arrivals pass 32,000>": the time of a clause with its own number."""
    opens = scene.form(at - 1) == "as" and scene.form(at - 2) not in AS_MUCH and scene.form(at + 1) in ("'s", "s")
    return opens and QUANTITY in scene.line.forms[at + 1 : _clause_end(scene, at)]


AS_MUCH = frozenset({"many", "much", "such", "same", "high", "far", "as", "known"})


def _parted(scene: Scene, atom: int, joint: int, at: int) -> bool:
    """Whether what begins at a comma or a break behind the number has that time for itself."""
    comma = scene.form(joint) == ","
    link = joint + 1 if comma else joint
    if comma and (_of_part(scene, link, at) or _described(scene, link, at)):
        return True
    form, inside = scene.form(link), [scene.form(k) for k in range(link, at)]
    if form == "who":  # "32,059 were in hotels, said the minister, who took over in 2024"
        stated = not scene.tables.clauses.finite.isdisjoint(scene.line.forms[atom + 1 : joint])
        return stated or QUANTITY in inside
    if comma and form not in scene.tables.clauses.links:
        return False
    if form == "which" or _of_part(scene, link, at) or scene.form(at + 1) in scene.tables.clauses.finite:
        return True
    if QUANTITY not in inside:
        return False
    stated = form in RELATIVE or not scene.tables.clauses.finite.isdisjoint(inside)
    return stated or _told_of(scene, link, at)


def _described(scene: Scene, first: int, at: int) -> bool:
    """As in "half were in care, a route that barely existed in 2020": the time of what only describes."""
    inside = [scene.form(i) for i in range(first, at)]
    return inside[:1] in (["a"], ["an"]) and "that" in inside[2:5] and QUANTITY not in inside


def _of_part(scene: Scene, first: int, at: int) -> bool:
    """As in "26 people have gone, 16 <of them> since Friday", "..., with another £50m due in May": the part's time."""
    inside = [scene.form(i) for i in range(first, at)]
    if inside[:1] == ["with"] and QUANTITY in inside[: PHRASE + 1] and "," not in inside:
        return True
    part = scene.form(first) == QUANTITY and scene.form(first + 1) == "of" and scene.form(first + 2) in PRONOUNS
    return part and _only_time(scene, first + 2, at)


def _told_of(scene: Scene, first: int, last: int) -> bool:
    """Whether a verb stands right behind a number: "and a further £50m <falls> due in April"."""
    verbs = (at for at in range(first + 1, last) if scene.form(at - 1) == QUANTITY and scene.line.has(at, MOVES))
    openers = scene.tables.clauses.openers
    return any(
        scene.form(at) not in openers and not scene.line.has(at, "role:share") for at in verbs if _verb(scene, at)
    )


def _verb(scene: Scene, at: int) -> bool:
    """Whether that word is no mere direction: not "300 <up> on May"."""
    return scene.form(at) not in ("up", "down", "higher", "lower")


def _beyond(scene: Scene, atom: int, at: int) -> bool:
    """As in "the police, whom they gave £480m, had stopped 20,000 since May": the main clause's, not the aside's."""
    end = next((i for i in range(atom + 1, at) if scene.form(i) in EDGES), None)
    if end is None or scene.form(end) != "," or scene.form(end + 1) not in scene.tables.clauses.finite:
        return False
    start = next((i for i in range(atom - 1, max(-1, atom - ASIDE), -1) if scene.form(i) in EDGES), 0)
    return scene.form(start) == "," and scene.form(start + 1) in RELATIVE


TOLD_TO = frozenset({"has", "have", "is", "are", "wants", "want", "hopes", "hope", "plans", "plan", "aims", "aim"})
TO_COME = ("target", "plan", "forecast")


def _turns(scene: Scene, joint: int, at: int) -> bool:
    """As in "there are 2,200 places and they will add 290 by 2026": what is to come behind what is."""
    inside = [scene.form(k) for k in range(joint, at)]
    meant = [hit for name in TO_COME for hit in scene.told(name)]
    if any(hit.first > joint and joint < hit.counted < at for hit in meant):  # "and is meant to reach 15 by April"
        return not any(0 <= hit.counted < joint for hit in meant)
    modals = scene.tables.clauses.modals
    if QUANTITY in inside and inside[1] in TOLD_TO and "to" in inside[2 : inside.index(QUANTITY)]:
        return True  # "it has a staff of 5,200 and has been told to find 500 more by spring"
    return QUANTITY in inside and not modals.isdisjoint(inside) and modals.isdisjoint(scene.line.forms[:joint])


def _in_aside(scene: Scene, atom: int, at: int) -> bool:
    """As in "Ms Doe, who took over in July, promised 5,000": a time in a clause about something else."""
    end = next((i for i in range(at + 1, atom) if scene.form(i) in EDGES), None)
    if end is None or any(hit.first < at < hit.last for hit in scene.told("release")):
        return False  # "figures, which cover the year to June, show ..." tells what all of them are about
    goes_on = scene.form(end) == "," and scene.form(end + 1) not in (QUANTITY, "and", "but", BREAK)
    counts = False
    for i in range(at - 1, max(-1, at - ASIDE), -1):
        form = scene.form(i)
        if form == BREAK or (form == QUANTITY and not goes_on):
            return False
        if form == QUANTITY and scene.form(i - 1) == "," and _only_time(scene, i, at):
            return True  # "the rate, 76% in the former year, dropped by nine"
        counts = counts or form == QUANTITY
        if form == "," and (_described(scene, i + 1, at) or _apposition(scene, i, end)):
            return True
        if form == "," and counts:
            return False
        if form in RELATIVE and scene.form(i - 1) == ",":
            return of_subject(scene, i, end) or (form != "when" if counts else not scene.numbered(at, end))
    return False


def _apposition(scene: Scene, comma: int, end: int) -> bool:
    """As in "in the year to June 2019, the last before the vote of that December, was": more about a time told."""
    told = scene.form(comma - 1) == TIME and scene.form(comma + 1) in APPOSING and scene.form(end) == ","
    return told and scene.form(end + 1) in scene.tables.clauses.finite


APPOSING = frozenset({"the", "a", "an", "its", "their", "when", "which"})


def _only_time(scene: Scene, number: int, at: int) -> bool:
    return all(scene.form(i) in scene.tables.clauses.before_time for i in range(number + 1, at))


def _result(scene: Scene, atom: int, at: int) -> bool:
    """As in "it was 900 in 2020, so this is a fall of 300": a sum over times, of none of them alone."""
    if not {"means", "meaning", "makes", "amounts"}.isdisjoint(scene.form(i) for i in range(at + 1, atom)):
        return True
    return any(
        scene.form(i) == "so" and scene.form(i - 1) in (",", BREAK, ".") and scene.form(i + 1) != "far"
        for i in range(at + 1, atom)
    )
