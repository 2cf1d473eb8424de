"""What may, could or will be: whether it is told of a number or of something else in its sentence."""

from __future__ import annotations

from feed.read.patterns.lexicon import BREAK, QUANTITY, Hit
from feed.read.scene import Scene


def before_modal(view: Scene, hit: Hit[str]) -> bool:
    """As in "5,000 were stopped <before> they could leave": what did not come to pass is no forecast of the number.

    Nor is "I would watch it, <since it was> 5,000": what is told as the reason has come to pass.
    """
    modals = view.tables.clauses.modals
    modal = next((at for at in range(hit.first, hit.last) if view.form(at) in modals), -1)
    if modal >= 0 and view.form(modal + 1) == "be" and view.words.hyphened(view.line.firsts[modal + 1]):
        return True  # "5,000 would-be drinkers"
    if modal > 0 and hit.counted > modal + 3:
        reason = (
            at for at in range(modal + 1, hit.counted) if view.form(at) in REASONS and view.form(at - 1) in (",", BREAK)
        )
        if any({view.form(at + 2), view.form(at + 3)} & PAST for at in reason):
            return True
    return modal > 0 and "before" in (view.form(modal - 1), view.form(modal - 2))


REASONS = frozenset({"since", "because", "as", "given"})
PAST = frozenset({"was", "were", "had"})


def of_another(view: Scene, modal: int, atom: int) -> bool:
    """Whether what may or will be is told of something else.

    As in "the scheme, now in 11 countries, may help": of what stands before the aside that the number is in.
    """
    if view.form(modal) not in view.tables.clauses.modals:
        return False
    aside = modal > atom and view.form(modal - 1) == "," and "," in view.line.forms[:atom]
    return aside or _reports(view, modal, atom) or _concedes(view, modal, atom) or _happened(view, modal, atom)


def whole_of_part(view: Scene, atom: int) -> bool:
    """As in "50 of the <400> hotels will be shut": what may or will become of a part is not to come for its whole."""
    if view.form(atom - 1) not in OWNED or view.form(atom - 2) != "of" or view.form(atom - 3) != QUANTITY:
        return False
    ends = (at for at in range(atom + 1, len(view.line.forms)) if view.form(at) in (QUANTITY, BREAK))
    return view.met(view.tables.clauses.modals, atom + 1, next(ends, len(view.line.forms)))


def in_its_relative(view: Scene, atom: int, cue: int) -> bool:
    """As in "they will mourn the <82 who died>": what those counted have done, whatever will be done about them."""
    who = next((at for at in (atom + 1, atom + 2) if view.form(at) == "who"), 0)
    if not who or cue < who or view.form(atom - 1) not in OWNED:
        return False
    ends = next((at for at in range(who, len(view.line.forms)) if view.form(at) in (",", BREAK)), len(view.line.forms))
    coming = view.tables.clauses.modals | {"to", "be"}
    return cue < ends and not view.met(coming, who, min(cue + 3, ends))


OWNED = frozenset({"the", "its", "their", "our", "these", "those"})
MEANING = frozenset({"mean", "means", "so", "ensure", "see", "be", "likely", "expected", "imply", "require"})


def _reports(view: Scene, modal: int, atom: int) -> bool:
    """As in "ministers may boast that 5,000 have left": what may be said is no forecast of what is told."""
    that = next((at for at in range(modal + 2, atom) if view.form(at) == "that"), None)
    if that is None or view.form(that - 1) in MEANING:
        return False
    modals = view.tables.clauses.modals
    return view.form(that + 1) not in modals and not view.met(modals, that + 1, atom)


SUBORDINATE = frozenset({"because", "although", "though", "while", "whilst", "whereas"})
OPENS = 3  # atoms from a clause's first word to its modal


def _concedes(view: Scene, modal: int, atom: int) -> bool:
    """As in "Because they may not work, 106,771 live on support": what may be in a clause that only leads up."""
    opens = any(view.words.form(view.line.firsts[at]) in SUBORDINATE for at in range(max(0, modal - OPENS), modal))
    comma = next((at for at in range(modal, atom) if view.form(at) == ","), None)
    return opens and comma is not None and not view.met(view.tables.clauses.modals, comma, atom)


def _happened(view: Scene, modal: int, atom: int) -> bool:
    """As in "the others may appeal, and 8,100 appeals <were> lodged": the number's own clause tells what has been."""
    joins = (at for at in range(atom - 1, modal, -1) if view.form(at) in JOINS and view.form(at - 1) in (",", BREAK))
    begins = next(joins, -1)
    if not 0 <= begins >= atom - SUBJECT or view.numbered(begins, atom):
        return False
    ends = (at for at in range(atom + 1, len(view.line.forms)) if view.form(at) in (",", BREAK, QUANTITY))
    clause = view.line.forms[atom + 1 : min(next(ends, len(view.line.forms)), atom + CLAUSE)]
    return not PAST.isdisjoint(clause)


JOINS = frozenset({"and", "but", "while", "as", "though", "although"})
SUBJECT, CLAUSE = 4, 6  # atoms from a clause's first word to its number, and from that to its verb
