"""The metric, unit and dimensions of one number, from its own sentence or going on from the text before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feed.model.figure import Measure, Whole
from feed.read.claim import NO_DIMS, Attached, Claim, Memory
from feed.read.grammar.nouns import PRONOUNS, noun_unit, part_of_noun, partitive
from feed.read.grammar.roles import Role
from feed.read.metric.contrasted import as_many_others
from feed.read.metric.excluded import HAPPENS, has_those
from feed.read.metric.heard import partner
from feed.read.metric.rank import TIE, Ranked, candidates, chosen, lately_named, part_and_whole, weighed
from feed.read.metric.units import counted, of_those, unit_of
from feed.read.narrowing.jointly import several
from feed.read.narrowing.narrow import narrowed, own
from feed.read.narrowing.pointed import brings, pointed, scheme_pointed
from feed.read.narrowing.stretch import STATES, region
from feed.read.numbers import PERCENT, TIMES
from feed.read.onward.anaphora import anaphoric, bare_subject, did_so
from feed.read.onward.announced import headed
from feed.read.onward.clauses import beside_lost, names_part, stated_otherwise, subject, tied, untold_part
from feed.read.onward.columns import column, tabled
from feed.read.onward.handed import handed
from feed.read.onward.inherit import inherited, onward, part_of_another
from feed.read.onward.inturn import named_in_turn, placed_in_turn, step
from feed.read.onward.linked import linked, told_again
from feed.read.onward.members import members_of
from feed.read.onward.pairs import paired
from feed.read.onward.recalled import of_sum, recalled
from feed.read.onward.worded import Worded
from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import MOVES, Scene
from feed.read.tables import Named

SCHEME = "scheme"
NEAR = 3  # sentences
CLOSE = 4  # atoms


def attached(view: Scene, atom: int, role: Role, memory: Memory) -> Attached | None:
    """What the number at that atom counts; None when no metric claims it, or when two do."""
    found = _attached(view, atom, role, memory)
    return placed_in_turn(view, atom, found, memory) if found else None


def _attached(view: Scene, atom: int, role: Role, memory: Memory) -> Attached | None:
    if part_of_another(view, atom, memory.last) or stated_otherwise(view, atom) or beside_lost(view, atom, memory):
        return None
    if tabled(view, memory):
        return column(view, atom, memory)
    quantity = view.quantities[atom]
    noun = "" if quantity.unit else noun_unit(view, atom) or part_of_noun(view, atom)
    turn = named_in_turn(view, atom)
    others = turn is not None or as_many_others(view, atom, memory.last)
    settled = None if others else _settled(view, atom, role, noun, memory)
    if settled is not None:
        return settled
    scheme = scheme_near(view, atom, memory)
    ranked = step(_claiming(view, atom, role, noun, memory, scheme), turn)
    memory.weighed = weighed(ranked)
    part, whole = part_and_whole(view, atom, ranked) if role.measure is Measure.SHARE else (chosen(ranked), None)
    part = part or _as_before(view, ranked, memory)
    before = None if others else inherited(view, atom, noun, memory)
    if part is None:
        if ranked and (tied(view, role, noun, memory) or untold_part(view, atom, ranked)):
            return before
        return None if ranked or turn is not None else before or headed(view, atom, noun, memory)
    if partitive(view, atom) and _past_its_clause(view, atom, part):
        return before
    if before and (_yields(view, atom, role, part, before) or _other_side(view, atom, role, noun, part, memory)):
        return before
    return by_cue(view, atom, role, noun, (part, whole), memory, scheme, before)


def _claiming(view: Scene, atom: int, role: Role, noun: str, memory: Memory, scheme: str) -> list[Ranked]:
    """The cues of its own sentence that could claim a number, cheapest first."""
    ranked = candidates(view, atom, role, noun, _spoken(view, memory, scheme))
    ranked = [row for row in ranked if _antecedent(view, atom, row.hit)] or ranked
    ranked = [row for row in ranked if has_those(view, atom, row.hit)] or ranked
    return lately_named([row for row in ranked if not names_part(view, atom, row.hit, memory)], view, memory)


def _settled(view: Scene, atom: int, role: Role, noun: str, memory: Memory) -> Attached | None:
    """What a number counts that is told together with another one, or told again."""
    beside = None if paired(view, atom, memory) else linked(view, atom, role, noun, memory)
    if beside is not None:
        again = beside.role.measure is Measure.SHARE  # "two-thirds, or 3,926, were Welsh": the same part
        base = beside.attached._replace(own=NO_DIMS) if again else beside.attached
        told = onward(view, atom, base)._replace(counted=beside.beside)
        part = view.quantities[atom].unit == PERCENT and (again or told_again(view, atom, beside))
        # as in "the Welsh (5,400, or 26% of all)"
        return told._replace(own=told.own or told.population or told.dims) if part else told
    last = memory.last
    if last is not None and last.scene is view and did_so(view, atom):
        return onward(view, atom, last.attached)
    known = of_sum(view, atom, memory) or recalled(view, atom, noun, memory)
    return onward(view, atom, known.attached) if known else None


def _as_before(view: Scene, ranked: Sequence[Ranked], memory: Memory) -> Hit[Named] | None:
    """As in "Tickets rose to 300; for trains, 200 were <granted>": of several alike, what the last number counted."""
    last = memory.last
    if last is None or view.sentence.index - last.scene.sentence.index > 1:
        return None
    alike = (row for row in ranked if row.cost <= ranked[0].cost + TIE)
    return next((row.hit for row in alike if row.hit.value.metric.id == last.attached.metric.id), None)


def _apposed(view: Scene, atom: int, role: Role, last: Claim) -> bool:
    """As in "47,500 <live here>, nearly half of the 107,000 <fed>": what share the count before is of another one."""
    if role.measure is not Measure.SHARE or last.scene is not view or last.role.measure is not Measure.LEVEL:
        return False
    return view.form(atom - 1) == "," and view.form(atom + 1) == "of" and view.numbered(atom + 2, atom + 4)


def _antecedent(view: Scene, atom: int, hit: Hit[Named]) -> bool:
    """As in "<arrests>, of which there have been 2,816,": what is named just before is what is counted.

    "<visits> - there were 930 of those - ..." says the same.
    """
    again = view.form(hit.last) == BREAK and hit.last + 1 == atom - 2 and partitive(view, atom)
    if again and view.tells("existential", atom):
        return True
    return (
        view.form(hit.last) == ","
        and view.form(hit.last + 1) == "of"
        and view.form(hit.last + 2) in ("which", "whom")
        and view.tables.stating.auxiliary.issuperset({*view.line.forms[hit.last + 3 : atom]} - {"there"})
        and atom > hit.last + 3
    )


def _spoken(view: Scene, memory: Memory, scheme: str) -> frozenset[str]:
    """The word classes that cues may ask for; a scheme counts only while it is spoken of."""
    spoken = memory.spoken - {SCHEME}
    if scheme:
        spoken.add(SCHEME)
        if view.schemes or (memory.schemes and view.sentence.index - memory.schemes[-1][1] <= 1):
            spoken.add(f"{SCHEME} near")
    return frozenset(spoken).union(f"{name} near" for name in memory.lately)


def _past_its_clause(view: Scene, atom: int, part: Hit[Named]) -> bool:
    """As in "1,000 left, 18 of them Welsh, <another> ...": words behind the part's own clause are not the part's.

    A clause goes on behind an insertion: "18 of them - a tenth - were <counted>".
    """
    ends = [at for at in range(atom + 1, part.first) if view.form(at) in (",", BREAK) and not view.bracket(at)]
    if not ends:
        return False
    own = view.form(atom + 2) in ("whom", "which") and ends[0] > atom + 3  # "two of whom had a cold, were <counted>"
    return own or view.form(ends[-1] + 1) not in view.tables.stating.auxiliary


def _yields(view: Scene, atom: int, role: Role, part: Hit[Named], before: Attached) -> bool:
    """Whether a weak cue far off gives way to what the sentence plainly goes on about."""
    if before.metric.kind == "rate" and role.measure is None and part.value.metric.kind != "rate":
        return True  # "it stood at 98 per cent for Welsh applicants"
    share = role.measure is Measure.SHARE or (role.measure is None and view.form(atom + 1) in AUXILIARY)
    if before.own and share and (bare_subject(view, atom) or subject(view, atom, part)):
        return True  # "5,000 left. A third were <of one kind>": the cue only tells of which kind
    if _beyond_another(view, atom, part) or _summed(view, atom, part):
        return True
    if part.value.cue.weak and partitive(view, atom) and (part.last <= atom or _happened(view, atom)):
        return True
    if not part.value.cue.weak or part.first <= atom < part.last or before.metric.id == part.value.metric.id:
        return False
    if part.first <= 1 and not view.numbered(part.last, atom):
        return False  # the subject: "Arrivals of all kinds this year stood at 26,699"
    if _antecedent(view, atom, part):
        return False
    far = min(abs(part.first - atom), abs(atom - part.last)) > CLOSE
    return far and anaphoric(view, atom)


AUXILIARY = frozenset({"was", "were", "had"})


def _summed(view: Scene, atom: int, part: Hit[Named]) -> bool:
    """As in "cooks were seen in <vans>, which makes 94 this year": the sum is that of what was counted before."""
    return any(hit.counted == atom and part.last <= hit.first for hit in view.told("bring"))


def _beyond_another(view: Scene, atom: int, part: Hit[Named]) -> bool:
    """As in "that came to £2bn, or 58% of the £4bn <spent> in all": stated of a pronoun, before words of another."""
    if not view.numbered(atom + 1, part.first):
        return False
    near = (at for at in range(max(atom - STATED, 0), atom) if view.form(at) in STANDING)
    return any(view.line.has(at + 1, MOVES) and not view.numbered(at, atom) for at in near)


STATED = 5  # atoms from a pronoun to its number
STANDING = frozenset({"that", "it", "this", "which"})


def _happened(view: Scene, atom: int) -> bool:
    """As in "5,000 were resettled; 200 of them came in 2024"."""
    return view.line.has(atom + 3, HAPPENS)


def _other_side(view: Scene, atom: int, role: Role, noun: str, part: Hit[Named], memory: Memory) -> bool:
    """Whether a number is one of a pair, or the other side of a comparison: "11 visits, compared with 8 in 2019"."""
    last = memory.last
    if last is not None and _apposed(view, atom, role, last):
        return True
    if paired(view, atom, memory) or (last and last.scene is view and _part_of(view, atom, role, noun, part)):
        return True
    if last is None or last.scene is not view:
        return False
    same = last.attached.metric.id == part.value.metric.id
    if role.measure in (Measure.CHANGE, Measure.RATIO) and same and _spent(view, atom, part, last):
        return view.quantities[atom].unit in (PERCENT, TIMES)
    anew = view.met({",", BREAK, "and", QUANTITY}, last.atom + 1, part.first)
    if not role.compared or noun or (anew and last.atom < part.first <= part.last == atom - 1):
        return False  # "and <part> from 5 to 9"
    if part.first < atom:
        return part.first <= last.atom + CLOSE or not anew
    return view.met({BREAK, ",", "and"}, atom + 1, part.last - 1)


def _spent(view: Scene, atom: int, part: Hit[Named], last: Claim) -> bool:
    """Whether words are another number's: "5,000 <left>, a tenth more than in 2019, when 4,500 <went>"."""
    return part.last <= last.atom or view.numbered(atom + 1, part.first)


def _part_of(view: Scene, atom: int, role: Role, noun: str, part: Hit[Named]) -> bool:
    """As in "..., of whom nine were ...", "and six from Iran", "11,000, down 80": the sentence's own number goes on."""
    if part.first <= atom < part.last:
        return False
    before, earlier = view.form(atom - 1), view.form(atom - 2)
    if role.measure is Measure.CHANGE and before in ("up", "down") and earlier in (",", BREAK):
        return part.first > atom and view.met({BREAK}, atom + 1, part.first)
    own_words = (hit for hit in view.narrowing if hit.counted == atom and not hit.first < part.first < hit.last)
    told = any(hit.value.placed for hit in own_words)
    behind = view.form(atom + 1) == "of" and view.form(atom + 2) in PRONOUNS
    done = behind and part.last == atom  # "sent back 20 of them": what was done with that part
    partitive = (behind and not done) or (before in PRONOUNS and earlier in ("of", "among"))
    return (told or partitive) and (earlier == "among" or not noun) and part.first < atom


def by_cue(
    view: Scene,
    atom: int,
    role: Role,
    noun: str,
    hits: tuple[Hit[Named], Hit[Named] | None],
    memory: Memory,
    scheme: str,
    before: Attached | None,
) -> Attached:
    """What a number counts whose metric those words name; `hits`: they, and those that name the whole of a share."""
    part, whole = hits
    metric, cue, rule = part.value
    where = region(view, atom, part)
    dims, population = narrowed(view, metric, atom, part, where)
    dims = {**pointed(view, metric, where, memory), **dims}
    carried = handed(Worded(view, atom, role, noun, part, population, before), memory)
    members = members_of(view, atom, metric, memory)
    of = Whole(metric=whole.value.metric.id, dims={}) if whole and whole.value.metric.id != metric.id else None
    if of and whole:
        members = {**whole.value.metric.members, **members}
    dims = {**members, **carried, **dims}
    told = (_within(view, part) or partner(view, part) or scheme) if metric.needs else _under(view, where, atom, part)
    if told and metric.schemes:
        dims.setdefault(SCHEME, told)
    return Attached(
        metric,
        rule,
        of_those(view, atom, metric, memory, noun, part) or unit_of(view, atom, metric, noun, part),
        dims,
        population or carried,
        of,
        measure=cue.measure,
        at=part.first,
        counted=part.counted == atom and bool(cue.unit),
        stock=(cue.kind or metric.kind) == "stock",
        counts=counted(view, metric, noun, part),
        several=several(view, metric, atom, where),
        own=_as_part(view, atom, part, dims, memory),
    )


def _as_part(view: Scene, atom: int, part: Hit[Named], dims: Mapping[str, str], memory: Memory) -> Mapping[str, str]:
    """What tells a part of the whole that opens a sentence: "Of the 5,000 <counted>, 300 were Welsh; 200 were Manx"."""
    stated = next((at for at in range(atom + 2, len(view.line.forms)) if view.form(at) in STATES), -1)
    whole = view.form(atom + 1) == "of" and view.form(atom + 2) not in PRONOUNS
    begun = next((claim.atom for claim in memory.row if claim.scene is view), atom)
    if partitive(view, begun) and view.form(begun + 1) == "of":  # "Seven of those <counted> were Welsh and five Manx"
        return own(view, part.value.metric, atom)[0]
    if whole and (stated > 0 or view.form(0) not in ("of", "out")):  # "Nine in ten of the <counted> are Welsh"
        behind = {hit.value.dim for hit in view.narrowing if 0 < stated < hit.last - 1}
    elif view.form(0) in ("of", "out") and "," in view.line.forms[part.last : atom]:
        behind = {hit.value.dim for hit in view.narrowing if hit.last > atom}
        dims = own(view, part.value.metric, atom)[0]
    else:
        return NO_DIMS
    return {dim: value for dim, value in dims.items() if dim in behind}


def scheme_near(view: Scene, atom: int, memory: Memory) -> str:
    """The scheme that is spoken of: the nearest in the sentence, else the last one near, else the only one so far."""
    if view.schemes:
        return view.schemes[min(view.schemes, key=lambda at: (_clauses_apart(view, atom, at), abs(at - atom)))]
    if not memory.schemes:
        return ""
    name, index = memory.schemes[-1]
    alone = len({scheme for scheme, _ in memory.schemes}) == 1
    return name if alone or view.sentence.index - index <= NEAR else ""


def _clauses_apart(view: Scene, one: int, other: int) -> bool:
    """Whether a clause with a number of its own begins between: "£150m for <scheme>, and 11 countries are in <it>"."""
    first, last = sorted((one, other))
    return any(view.form(at) == "," and view.form(at + 1) in ("and", "while", "but") for at in range(first, last))


def _within(view: Scene, part: Hit[Named]) -> str:
    """The scheme that is named within a cue's words: "paid £5m for <its shops in Leeds>"."""
    return next((scheme for at, scheme in view.schemes.items() if part.first <= at < part.last), "")


UNDER = frozenset({"under", "through", "by", "via"})
UNDER_WHICH = UNDER | {"for", "on"}
NEAREST = 4  # atoms from "for which" to its number


def _under(view: Scene, where: range, atom: int, part: Hit[Named]) -> str:
    """The scheme under which something was done: "under the deal", "through the X scheme", "<scheme> housed 379"."""
    for at, scheme in view.schemes.items():
        named = at in range(part.first, part.last) or _relative(view, atom, at)
        led = UNDER & {view.form(at - 1), view.form(at - 2), view.form(at - 3)}
        if named or brings(view, at, atom) or (led and (at in where or _apart(view, atom, at))):
            return scheme
    return scheme_pointed(view, where, atom)


def _apart(view: Scene, atom: int, at: int) -> bool:
    """As in "had 38 on board, the most yet under <scheme>": set apart by a comma, with no other number between."""
    commas = [i for i in range(atom + 1, at) if view.form(i) == ","]
    return len(commas) == 1 and view.form(commas[0] + 1) in ("the", "all") and not view.numbered(atom + 1, at)


def _relative(view: Scene, atom: int, at: int) -> bool:
    """As in "came under <scheme>, for which 164,700 <counted> ...": what follows is the scheme's."""
    heads = range(at + 1, atom - 1)
    return any(view.form(i) in UNDER_WHICH and view.form(i + 1) == "which" and i + NEAREST >= atom for i in heads)
