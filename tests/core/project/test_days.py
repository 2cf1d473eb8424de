"""What stood on a day gone by, as it is kept: for each series and subject the days on which something else stood."""

from __future__ import annotations

from feed.model.quantity import Qualifier as Hedge
from feed.model.standings import EMPTY
from feed.model.stood import Clock, Stood
from feed.project import published, recorded
from tests.core.project.test_changes import ANN, BEA, MORE, NEARLY, holds, record
from tests.told import day, figure, since, told

GROUP, BAKER = NEARLY.group, "office GB/baker"
UNDATED = told(figure("25,000", period=since("2025-04-30")), "c", "Crumb", None)


def test_by_publication_each_day_on_which_something_new_was_out_has_its_word() -> None:
    before = record(NEARLY)
    both = before.with_figure(MORE)
    assert list(published(EMPTY, both, [GROUP], [])) == [
        Stood(Clock.PUBLISHED, GROUP, "2025-02-10", NEARLY.id),
        Stood(Clock.PUBLISHED, GROUP, "2025-03-31", MORE.id),
    ]
    assert list(published(before, both, [GROUP], [])) == [Stood(Clock.PUBLISHED, GROUP, "2025-03-31", MORE.id)]
    assert list(published(both, both, [GROUP], [])) == []


def test_days_come_in_their_order() -> None:
    days = [f"2025-04-{number:02d}" for number in range(10, 30)]
    more = [told(figure(f"2{number},103", period=since(out)), out, "Crumb", out) for number, out in enumerate(days)]
    assert [each.day for each in published(EMPTY, record(*more), [GROUP], [])] == days


def test_what_nobody_knows_the_day_of_stood_on_none() -> None:
    known = record(NEARLY, UNDATED)
    assert {(told.day, told.fact) for told in published(EMPTY, known, [GROUP], [])} == {("2025-02-10", NEARLY.id)}
    assert list(recorded(known, [GROUP], [], day("2026-01-01"))) == [
        Stood(Clock.RECORDED, GROUP, "2026-01-01", UNDATED.id)
    ]


def test_what_was_withdrawn_stood_never_and_what_stands_as_it_stood_is_not_told_again() -> None:
    before = record(NEARLY, MORE)
    first, last = before.without([NEARLY.id]), before.without([MORE.id])
    assert [(told.day, told.fact, told.gone) for told in published(before, first, [GROUP], [])] == [
        ("2025-02-10", None, True),
    ]
    assert [(told.day, told.fact, told.gone) for told in published(before, last, [GROUP], [])] == [
        ("2025-03-31", NEARLY.id, True),
    ]


def test_a_day_of_which_not_all_was_withdrawn_tells_still() -> None:
    again = told(figure("24,000", Hedge.OVER, since("2025-03-31")), "d", "Dough", "2025-03-31")
    over = holds("Cyd", "2025-03-31")
    before = record(MORE, again, ANN, BEA, over)

    def gone(*facts: str) -> dict[str, bool]:
        return {each.day: each.gone for each in published(before, before.without(facts), [GROUP], [BAKER])}

    assert gone(again.id) == gone(MORE.id) == gone(BEA.id) == gone(over.id) == {"2025-03-31": False}
    assert gone(again.id, MORE.id) == gone(BEA.id, over.id) == {"2025-03-31": True}
    assert gone(ANN.id) == {"2024-08-29": True, "2025-03-31": False}


def test_offices_are_kept_likewise() -> None:
    assert list(published(EMPTY, record(ANN, BEA), [], [BAKER])) == [
        Stood(Clock.PUBLISHED, (BAKER,), "2024-08-29", ANN.id),
        Stood(Clock.PUBLISHED, (BAKER,), "2025-03-31", BEA.id),
    ]
    assert list(recorded(record(ANN), [], [BAKER, "office GB/none"], day("2026-01-01"))) == [
        Stood(Clock.RECORDED, (BAKER,), "2026-01-01", ANN.id),
        Stood(Clock.RECORDED, ("office GB/none",), "2026-01-01", None),
    ]
