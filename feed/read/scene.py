"""A sentence set for reading: its times, quantities and breaks as atoms, and every hit of the pack's cues in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from feed.model.topic import BREAKING, Refusal
from feed.read.numbers import Quantity, Reserved, behind_mark, read_numbers
from feed.read.patterns.lexicon import BREAK, QUANTITY, TIME, Hit, Line
from feed.read.tables import Named, Narrowing, Tables
from feed.read.text.lexer import Kind
from feed.read.text.once import lazily
from feed.read.text.sentences import Document, Layout, Paragraph, Sentence
from feed.read.text.words import Words
from feed.read.times import Calendar, Shape, Time, read_times

SCHEME = "scheme"
SOMEWHERE = "somewhere"
MOVES = "moves"  # English's class of what a count does: "tea @moves" is no noun
QUESTION = 14  # tokens
TITLED = 3  # letters; shorter words are small in headlines too
BREAKS = BREAKING | {"|"}
BRACKETS = frozenset({Kind.BRACKET, Kind.UNBRACKET})
IGNORED = frozenset({"•", "*", "·", "▪", "-", "→", "►", "▸", "‣", "●", "➤", "■", "◆", "✔", "✓"})


@dataclass(frozen=True)
class Scene:
    """One sentence with all that was seen in it. Atom indexes throughout; `quantities` and `times` by atom."""

    tables: Tables
    document: Document
    sentence: Sentence
    words: Words
    line: Line
    quantities: Mapping[int, Quantity]
    times: Mapping[int, Time]
    reserved: Sequence[Reserved]
    schemes: Mapping[int, str]
    form: Callable[[int], str]  # the form of an atom, "" beyond the ends

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that it stands in."""
        return self.document.paragraphs[self.sentence.paragraph]

    @property
    def layout(self) -> Layout:
        """The looks of its paragraph."""
        return self.paragraph.layout

    @lazily
    def metrics(self) -> list[Hit[Named]]:
        """The cues of metrics, without those whose last word only begins the noun of another: "tea <shops>"."""
        found = self.tables.metrics.find(self.line)
        if not found:
            return found
        nouns = [hit for hit in found if not self._verbal(hit.last - 1) and not _before_number(hit)]
        longer = [(hit.first, hit.last, hit.value.metric.id) for hit in nouns]
        found = [hit for hit in found if not _compound(hit, longer) and not self._names(hit)]
        idle = self.told("stock")
        found = [hit for hit in found if not any(_inside(hit, phrase) for phrase in idle)] if idle else found
        spoken = {None}.union(*self.line.names)
        heard = [hit for hit in found if hit.value.cue.context in spoken]
        return [hit for hit in found if not any(_held(hit, other) for other in heard)]

    def _verbal(self, at: int) -> bool:
        """Whether a cue that ends with that word is a statement, no compound: "vans brought", "sales rose"."""
        return self.line.has(at, MOVES) or self.form(at) in self.tables.open_words

    def _names(self, hit: Hit[Named]) -> bool:
        """Whether a cue's words are part of a longer name: "the Independent Family <Returns> Panel"."""
        first, last = self.line.firsts[hit.first], self.line.firsts[hit.last - 1] + 1
        if hit.counted >= 0 or first == 0 or not all(self._capital(at) for at in range(first, last)):
            return False
        return (self._capital(last) or (first > 1 and self._capital(first - 1))) and not self._titled

    def _capital(self, at: int) -> bool:
        token = self.words.token(at)
        return token.kind is Kind.WORD and token.capital and not token.text.isupper()

    @lazily
    def _titled(self) -> bool:
        """Whether most words are written with a capital, as in headlines."""
        letters = [token for token in self.words.tokens if token.kind is Kind.WORD and len(token.text) > TITLED]
        return sum(token.capital for token in letters) * 2 > len(letters)

    @lazily
    def narrowing(self) -> list[Hit[Narrowing]]:
        """The cues of dimensions."""
        return self.tables.narrowing.find(self.line)

    @lazily
    def refusals(self) -> list[Hit[Refusal]]:
        """The phrases that refuse a number."""
        found = self.tables.refusals.find(self.line)
        if not any(hit.value.unless for hit in found):
            return found
        admitted = self.tables.admitted.find(self.line)
        return [hit for hit in found if not any(hit.value is row.value and _met(hit, row) for row in admitted)]

    @lazily
    def cues(self) -> list[Hit[str]]:
        """What English tells of assertion: "target", "forecast", "perfect" ..."""
        return self.tables.cues.find(self.line)

    @lazily
    def _by_cue(self) -> Mapping[str, list[Hit[str]]]:
        found: dict[str, list[Hit[str]]] = {}
        for hit in self.cues:
            found.setdefault(hit.value, []).append(hit)
        return found

    def told(self, name: str) -> Sequence[Hit[str]]:
        """The hits of one kind of English cue."""
        return self._by_cue.get(name, ())

    def tells(self, name: str, atom: int) -> bool:
        """Whether a hit of that kind of English cue counts the number at that atom."""
        hits = self._by_cue.get(name)
        return hits is not None and any(hit.counted == atom for hit in hits)

    @lazily
    def spoken(self) -> frozenset[str]:
        """The forms that stand in it: to be asked before they are searched for."""
        return frozenset(self.line.forms)

    def met(self, words: Set[str], first: int, last: int) -> bool:
        """Whether one of these stands among the atoms `first` to `last`, end excluded."""
        return not words.isdisjoint(self.line.forms[max(first, 0) : max(last, 0)])

    def numbered(self, first: int, last: int) -> bool:
        """Whether a number stands among the atoms `first` to `last`, end excluded."""
        return QUANTITY in self.line.forms[max(first, 0) : max(last, 0)]

    def lines_after(self, before: Scene) -> int:
        """How many lines ago another sentence stands; captions and the hours of a live blog are no lines."""
        between = self.document.paragraphs[before.sentence.paragraph + 1 : self.sentence.paragraph + 1]
        lines = (paragraph for paragraph in between if paragraph.layout not in (Layout.STAMP, Layout.CAPTION))
        return sum(not self._asks(paragraph) for paragraph in lines)

    def _asks(self, paragraph: Paragraph) -> bool:
        """Whether a line only asks what the next one answers, or tells who wrote the article."""
        if self.document.byline(paragraph):
            return True
        last = self.document.tokens[paragraph.last - 1]
        return last.text == "?" and paragraph.last - paragraph.first <= QUESTION

    def entered(self, before: Scene) -> bool:
        """Whether a live blog's next entry began since another sentence."""
        between = self.document.paragraphs[before.sentence.paragraph + 1 : self.sentence.paragraph]
        return any(paragraph.layout is Layout.STAMP for paragraph in between)

    @lazily
    def brackets(self) -> Mapping[int, bool]:
        """The atoms that are brackets, and whether each opens."""
        kinds = self.words.kinds
        if BRACKETS.isdisjoint(kinds):
            return {}
        both = ((at, kinds[first]) for at, first in enumerate(self.line.firsts))
        return {at: kind == Kind.BRACKET for at, kind in both if kind in BRACKETS}

    def bracket(self, atom: int) -> bool:
        """Whether that atom is a bracket: a break, but only inside itself."""
        return atom in self.brackets

    def opens(self, atom: int) -> bool:
        """Whether that atom is a bracket that opens."""
        return self.brackets.get(atom, False)

    def enclosed(self, atom: int) -> bool:
        """Whether an atom stands in brackets."""
        before = [at for at in self.brackets if at < atom]
        return bool(before) and self.brackets[before[-1]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points of the words `first` to `last`."""
        return self.words.token(first).start, self.words.token(last - 1).end


def _before_number(hit: Hit[Named]) -> bool:
    """Whether a cue is one noun and the number behind it: in "coffee <sales> 400" it is the compound's."""
    return hit.counted == hit.last - 1 == hit.first + 1


def _compound(hit: Hit[Named], others: Iterable[tuple[int, int, str]]) -> bool:
    mine = hit.value.metric.id
    return hit.counted in (-1, hit.first) and any(
        hit.first < first < hit.last == last - 1 and metric != mine for first, last, metric in others
    )


def _of_compound(hit: Hit[Named], other: Hit[Named]) -> bool:
    """As in "coffee <sales> hit 400": words that begin with the noun of another's compound."""
    return other.counted < 0 and other.first + 1 == hit.first and other.last == hit.first + 1 < hit.last


def _met(hit: Hit[Refusal], phrase: Hit[Refusal]) -> bool:
    """Whether two phrases share words."""
    return phrase.first < hit.last and hit.first < phrase.last


def _inside(hit: Hit[Named], phrase: Hit[str]) -> bool:
    return phrase.first <= hit.first and hit.last <= phrase.last


def _held(hit: Hit[Named], other: Hit[Named]) -> bool:
    """Whether a longer phrase for another metric holds these words: the longest phrase wins."""
    inside = other.first <= hit.first and hit.last <= other.last and hit.last - hit.first < other.last - other.first
    inside = (inside and hit.counted == other.counted) or _of_compound(hit, other)
    if not inside or other.value.cue.weak:
        return False
    mine, its = hit.value.metric, other.value.metric
    return mine.id != its.id and not set(mine.units).isdisjoint(its.units)


def scene(
    document: Document, sentence: Sentence, tables: Tables, calendar: Calendar, schemes: Mapping[int, tuple[int, str]]
) -> Scene:
    """The sentence set for reading. `schemes`: token index of each mention -> (token after it, id)."""
    words = Words(document, sentence)
    times = read_times(words, calendar)
    reserved_at = _stop_names(words, times, tables)
    if sentence.first in document.sections and not (times and times[0].first == 0):
        reserved_at.append(Time(0, 1, Shape.DURATION, "number of a section"))
    quantities, reserved = read_numbers(words, [*times, *reserved_at], tables.arithmetic)
    kinds = words.kinds
    reserved += [Reserved(t.first, t.last, t.rule) for t in reserved_at if Kind.NUMBER in kinds[t.first : t.last]]
    reserved += [Reserved(t.first, t.last, f"time: {t.rule}") for t in times if Kind.NUMBER in kinds[t.first : t.last]]
    atoms = _atoms(words, times, quantities, behind_mark(words, reserved))
    met = {at: schemes[place] for at, place in atoms.plain(words) if place in schemes} if schemes else {}
    also = dict.fromkeys(_somewhere(atoms, words, tables) if atoms.quantities else (), (SOMEWHERE, 1))
    reach = {at: _reach(atoms, words, at, last) for at, (last, _) in met.items()}
    also |= {at - 1: (SCHEME, size + 1) for at, size in reach.items() if at and atoms.forms[at - 1] == "the"}
    also |= {at: (SCHEME, size) for at, size in reach.items()}
    line = Line(atoms.forms, tables.classes, atoms.firsts, also)
    by_scheme = {at: scheme for at, (_, scheme) in met.items()}
    reserved.sort()
    return Scene(tables, document, sentence, words, line, atoms.quantities, atoms.times, reserved, by_scheme, line.form)


class _Atoms(NamedTuple):
    """A sentence as atoms: their forms, the words that they begin with, and which are quantities and times."""

    forms: list[str]
    firsts: list[int]
    quantities: dict[int, Quantity]
    times: dict[int, Time]

    def plain(self, words: Words) -> Iterator[tuple[int, int]]:
        """The atoms that are single words, with their places among the document's tokens."""
        whole = {*self.quantities, *self.times}
        return ((at, words.place(first)) for at, first in enumerate(self.firsts) if at not in whole)


def _somewhere(atoms: _Atoms, words: Words, tables: Tables) -> list[int]:
    """Where a name begins that nothing in the pack knows: "in <Harrowden>"; not in "in Smith's first year"."""
    known, places = tables.known_words, tables.names
    strange = (at for at, form in enumerate(atoms.forms) if form not in known and form not in places)
    found = [at for at in strange if at and _capital(atoms, at, words) and "'s" not in atoms.forms[at + 1 : at + 3]]
    shouted = found and sum(_capital(atoms, at, words) for at in range(len(atoms.forms))) * 2 > len(atoms.forms)
    return [] if shouted else found


def _capital(atoms: _Atoms, at: int, words: Words) -> bool:
    return atoms.forms[at][:1].isalpha() and words.token(atoms.firsts[at]).capital


def _reach(atoms: _Atoms, words: Words, at: int, last: int) -> int:
    """How many atoms a mention takes that ends before the token `last`."""
    end = at
    while end < len(atoms.firsts) and words.place(atoms.firsts[end]) < last:
        end += 1
    return max(end - at, 1)


def _stop_names(words: Words, times: Iterable[Time], tables: Tables) -> list[Time]:
    """Phrases of the pack that must not be read: as times that tell nothing, so that they reserve their words."""
    forms = words.forms
    if Kind.NUMBER not in words.kinds and tables.numbers.keys().isdisjoint(forms):
        return []
    if not tables.reserving.met(set(forms)):
        return []
    line = Line(forms, tables.classes)
    taken = {i for time in times for i in range(time.first, time.last)}
    return [
        Time(hit.first, hit.last, Shape.DURATION, "name in the pack" if hit.value else "idiom")
        for hit in tables.reserved.find(line)
        if not taken.intersection(range(hit.first, hit.last))
    ]


def _atoms(words: Words, times: Iterable[Time], quantities: Iterable[Quantity], free: int) -> _Atoms:
    forms: list[str] = []
    firsts: list[int] = []
    by_quantity: dict[int, Quantity] = {}
    by_time: dict[int, Time] = {}
    wholes: dict[int, Quantity | Time] = {q.opening: q for q in quantities} | {t.first: t for t in times}
    for first in sorted(wholes):
        if first < free:
            continue
        _plain(words, free, first, forms, firsts)
        whole = wholes[first]
        if isinstance(whole, Quantity):
            by_quantity[len(forms)] = whole
            free = whole.closing
        else:
            by_time[len(forms)] = whole
            free = whole.last
        forms.append(QUANTITY if isinstance(whole, Quantity) else TIME)
        firsts.append(first)
    _plain(words, free, len(words), forms, firsts)
    return _Atoms(forms, firsts, by_quantity, by_time)


def _abbreviates(words: Words, at: int) -> bool:
    """Whether "(ABC)" begins there: the short form of a name, which parts nothing."""
    if words.form(at) != "(" or words.form(at + 2) != ")" or words.token(at - 1).kind is not Kind.WORD:
        return False  # in "PARIS, Nov 27 (ABC) - ..." it parts the place and day from the text
    letters = words.token(at + 1).text.rstrip("s")
    return len(letters) > 1 and letters.isalpha() and letters.isupper()


def _plain(words: Words, first: int, last: int, forms: list[str], firsts: list[int]) -> None:
    """Add the words in that range, each an atom."""
    told = words.forms[first:last]
    seen: Sequence[int] = range(first, last)
    if not IGNORED.isdisjoint(told):
        seen = [at for at in seen if words.forms[at] not in IGNORED]
    if "(" in told:
        short = {at + step for at in seen if _abbreviates(words, at) for step in range(3)}
        seen = [at for at in seen if at not in short]
    if len(seen) < len(told):
        told = tuple([words.forms[at] for at in seen])
    if not BREAKS.isdisjoint(told):
        told = tuple(
            [BREAK if form in BREAKS and not _during(words, at) else form for at, form in zip(seen, told, strict=True)]
        )
    forms += told
    firsts += seen


def _during(words: Words, at: int) -> bool:
    """Whether "while" only tells what somebody was doing: "lost <while crossing> the road"."""
    return words.form(at) == "while" and words.form(at + 1).endswith("ing")
