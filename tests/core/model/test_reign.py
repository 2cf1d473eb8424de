"""An office or scheme through the years: who holds it, how it stands, and what stood on a day gone by."""

from __future__ import annotations

from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.model.event import Draft
from feed.model.fact import Office, Scheme
from feed.model.figure import Quote, ReadBy
from feed.model.reign import Reign, reign
from feed.model.standing import State, state
from tests.told import day, draft

QUOTE = Quote(exact="q", start=0, end=1)
Status = Literal["considered", "announced", "agreed", "in_force", "blocked", "scrapped", "ended"]


def status(word: Status, as_of: str | None, published: str | None = "2024-01-01", *, by: str | None = None) -> State:
    when = None if as_of is None else day(as_of)
    return _state(draft(Scheme(scheme="oven", status=word, quote=QUOTE, as_of=when), f"{word} {published}",
                        published=published), by)  # fmt: skip


def holder(name: str, as_of: str, published: str | None = "2024-01-01", *, over: bool = False) -> State:
    held = Office(office="baker", country="GB", holder=name, as_of=day(as_of), quote=QUOTE,
                  until=day(as_of) if over else None)  # fmt: skip
    return _state(draft(held, f"{name} {published}", published=published), None)


def _state(made: Draft, by: str | None) -> State:
    if by is not None:
        read = made.data.model_copy(update={"readby": ReadBy(reviewer=by)})
        made = made.model_copy(update={"data": read})
    found = state(made)
    assert found is not None
    return found


def stands(*states: State) -> str | None:
    now = reign(states).standing
    return None if now is None else now.value


def on(told: Reign, *days: str) -> list[str | None]:
    return [None if one is None else one.value for _, one in told.on(days)]


def test_a_schemes_life_runs_one_way() -> None:
    assert stands(status("announced", "2022-04-01"), status("in_force", "2023-01-01")) == "in_force"
    assert stands(status("in_force", "2023-01-01"), status("announced", "2023-06-01")) == "in_force"
    assert stands(status("announced", "2022-04-01"), status("announced", "2022-06-01")) == "announced"
    assert reign([status("announced", "2022-04-01"), status("announced", "2022-06-01")]).standing == status(
        "announced", "2022-06-01"
    )
    assert stands(status("considered", "2022-04-01"), status("announced", "2022-06-01")) == "announced"
    assert stands(status("agreed", "2022-04-01"), status("considered", "2022-06-01")) == "agreed"
    announced, in_force = status("announced", "2022-04-01"), status("in_force", "2023-01-01")
    assert stands(announced, in_force, status("agreed", "2023-06-01")) == "in_force"


def test_what_can_come_at_any_stage_leaves_the_stage_as_it_was() -> None:
    agreed, blocked = status("agreed", "2022-04-01"), status("blocked", "2022-06-01")
    assert stands(agreed, blocked) == "blocked"
    assert stands(agreed, blocked, status("announced", "2022-07-01")) == "blocked"
    assert stands(agreed, blocked, status("in_force", "2022-07-01")) == "in_force"
    assert stands(blocked, status("considered", "2022-07-01")) == "considered"
    assert stands(blocked, status("considered", "2022-07-01"), status("announced", "2022-08-01")) == "announced"
    assert stands(status("considered", "2022-04-01"), blocked, status("considered", "2022-07-01")) == "considered"


def test_what_is_over_stays_over_unless_a_person_decides_otherwise() -> None:
    scrapped = status("scrapped", "2024-07-06")
    assert stands(scrapped, status("in_force", "2024-08-01")) == "scrapped"
    assert stands(scrapped, status("blocked", "2024-08-01")) == "scrapped"
    assert stands(scrapped, status("ended", "2024-08-01")) == "ended"
    back = status("announced", "2024-08-01", by="A. Reader")
    assert stands(scrapped, back) == "announced"
    assert stands(scrapped, back, status("agreed", "2024-09-01")) == "agreed"
    assert stands(scrapped, back, status("considered", "2024-09-01")) == "announced"


def test_stages_are_those_of_schemes_only() -> None:
    """Somebody who is called Ended holds an office like anybody else."""
    assert stands(holder("ended", "2024-01-01"), holder("Bea", "2024-02-01")) == "Bea"
    assert stands(holder("agreed", "2024-01-01"), holder("considered", "2024-02-01")) == "considered"


def test_what_is_over_or_has_no_day_sets_nothing_but_is_on_record() -> None:
    held, over, past = holder("Ann", "2024-01-01"), holder("Bea", "2025-01-01", over=True), status("blocked", None)
    told = reign([held, over])
    assert told.standing == held
    assert set(told.states) == {held, over}
    assert told.get(over.order) == over
    assert told.get(held.order) == held
    assert told.get(past.order) is None
    assert told.without(over) == reign([held])
    assert told.without(held) == reign([over])
    assert told.without(held).standing is None
    assert reign([past]).standing is None


def test_what_stood_on_a_day_goes_by_publication() -> None:
    first = holder("Ann", "2024-07-05", "2024-07-06")
    second = holder("Bea", "2025-09-05", "2025-09-06")
    history = holder("Cyd", "2022-10-25", "2026-01-10")
    told = reign([history, second, first])
    assert on(told, "2024-07-05", "2024-07-06", "2025-09-05", "2025-09-06", "2026-01-09") == [
        None, "Ann", "Ann", "Bea", "Bea",
    ]  # fmt: skip
    assert on(told, "2026-01-10", "2027-01-01") == ["Bea", "Bea"]
    assert on(told, "2027-01-01", "2024-07-06") == ["Ann", "Bea"]  # in their order
    assert on(told) == []


def test_what_nobody_knows_the_day_of_stands_now_but_on_no_day() -> None:
    known = holder("Ann", "2024-07-05", "2024-07-06")
    undated = holder("Bea", "2025-09-05", None)
    later = holder("Cyd", "2025-10-05", "2025-10-06")
    for told in (reign([known, undated]), reign([undated, known])):
        assert told.standing == undated
        assert told.dated.standing == known
        assert on(told, "2024-07-06", "2027-01-01") == ["Ann", "Ann"]
    assert on(reign([known, undated, later]), "2025-10-05", "2025-10-06") == ["Ann", "Cyd"]
    assert on(reign([undated]), "2027-01-01") == [None]


def test_a_reign_that_goes_on_changed_on_the_days_of_what_is_new() -> None:
    before = reign([holder("Ann", "2024-07-05", "2024-07-06")])
    after = before.with_state(holder("Bea", "2025-09-05", "2025-09-06"))
    assert after.changed(before) == before.changed(after) == {"2025-09-06"}
    assert after.changed(after) == set()
    aside = before.with_state(holder("Bea", "2025-09-05", "2025-09-06", over=True))
    assert aside.changed(before) == {"2025-09-06"}
    assert before.with_state(holder("Bea", "2025-09-05", None)).changed(before) == set()


def test_one_that_comes_late_changes_all_days_from_its_own_on() -> None:
    before = reign([holder("Ann", "2024-07-05", "2024-07-06"), holder("Cyd", "2026-01-01", "2026-01-02")])
    after = before.with_state(holder("Bea", "2025-09-05", "2025-09-06"))
    assert after.changed(before) == before.changed(after) == {"2025-09-06", "2026-01-02"}
    both = after.with_state(holder("Dee", "2026-02-01", "2026-02-02"))
    assert both.changed(before) == {"2025-09-06", "2026-01-02", "2026-02-02"}


PUBLISHED = st.none() | st.dates(day("2024-01-01"), day("2024-01-09")).map(str)
STATES = st.builds(
    lambda word, as_of, published, by: status(word, as_of, published, by=by),
    st.sampled_from(["considered", "agreed", "in_force", "blocked", "scrapped"]),
    PUBLISHED,
    PUBLISHED,
    st.sampled_from([None, None, "A. Reader"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STATES, max_size=7, unique_by=lambda one: one.order), STATES, st.randoms(use_true_random=False))
def test_the_days_on_which_something_else_stands_are_among_those_named(
    held: list[State], new: State, shuffle: Any
) -> None:
    before = reign(held)
    after = before.with_state(new)
    days = [f"2024-01-{number:02d}" for number in range(1, 11)]
    differ = {at for at, a, b in zip(days, on(before, *days), on(after, *days), strict=True) if a != b}
    named = sorted(after.changed(before))
    if differ:
        assert named
        assert min(differ) >= named[0]
    kept = dict(zip(days, on(before, *days), strict=True)) | dict(zip(named, on(after, *named), strict=True))
    # Of each day the last word up to it: what the view keeps.
    assert [kept[at] for at in named] == on(after, *named)
    shuffle.shuffle(held)
    assert reign(held) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(STATES, min_size=1, max_size=7, unique_by=lambda one: one.order), st.data())
def test_a_state_taken_back_might_never_have_been_told(held: list[State], data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(held))
    left = [one for one in held if one is not old]
    assert reign(held).without(old) == reign(left)


def test_the_day_of_what_was_taken_back_is_no_day_of_it_any_more() -> None:
    first, last = holder("Ann", "2024-07-05", "2024-07-06"), holder("Bea", "2025-09-05", "2025-09-06")
    told = reign([first, last])
    assert (told.latest, told.without(last).latest, told.without(last).without(first).latest) == (
        "2025-09-06", "2024-07-06", None,
    )  # fmt: skip
    assert told.out_on(["2024-07-06", "2025-01-01", "2025-09-06"]) == {"2024-07-06", "2025-09-06"}
    assert told.without(last).out_on(["2024-07-06", "2025-09-06"]) == {"2024-07-06"}
