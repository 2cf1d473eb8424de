"""What is looked for on record is all that a check can use."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from feed.check import Facts, asked, checks
from feed.model.figure import Measure, Whole
from feed.model.rules import Balance, Parts
from feed.model.standing import Reported
from tests.told import day, figure, since, told, window

PARTS = (Parts(metric="stock", dim="kind", values=("sweet", "sour")),)
BALANCES = (Balance(metric="stock", plus="baked", minus="eaten"),)
YEAR, BEFORE = window("2024-01-01", "2024-12-31"), window("2023-01-01", "2023-12-31")
TIMES = [YEAR, BEFORE, since("2024-05-31", start=day("2024-01-01"))]
DIMS: list[dict[str, str]] = [{}, {"kind": "sweet"}, {"kind": "sour"}, {"kind": "sweet", "shop": "leeds"}]
SAYS = [
    ("300", "people", Measure.LEVEL),
    ("400", "people", Measure.LEVEL),
    ("35", "percent", Measure.CHANGE),
    ("3", "times", Measure.RATIO),
    ("25", "percent", Measure.SHARE),
]


@st.composite
def figures(draw: st.DrawFn) -> Reported:
    text, unit, measure = draw(st.sampled_from(SAYS))
    whole = Whole(metric=draw(st.sampled_from(["stock", "tins"])), dims=draw(st.sampled_from(DIMS)))
    made = figure(
        text,
        period=draw(st.sampled_from(TIMES)),
        metric=draw(st.sampled_from(["stock", "baked", "eaten"])),
        dims=draw(st.sampled_from(DIMS)),
        unit=unit,
        measure=measure,
        baseline=draw(st.sampled_from([BEFORE, None])) if measure is Measure.CHANGE else None,
        of=whole if measure is Measure.SHARE else None,
        at=draw(st.integers(0, 99)),
    )
    return told(made, draw(st.sampled_from("abc")))


RECORD = tuple(
    told(figure(f"{100 + 7 * at}", period=period, metric=metric, dims=dims, unit="people", at=at), "on record")
    for at, (metric, dims, period) in enumerate(product(["stock", "baked", "eaten", "tins"], DIMS, TIMES))
)
ARTICLES = st.lists(figures(), min_size=1, max_size=4, unique_by=lambda each: each.id).map(tuple)


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
def test_a_check_uses_nothing_that_was_not_asked_for(new: tuple[Reported, ...]) -> None:
    metrics = {each.series.metric for each in new} | {each.figure.of.metric for each in new if each.figure.of}
    names = asked(new, PARTS, BALANCES)
    known = tuple(each for each in RECORD if each.series.metric in metrics)
    found = tuple(each for each in known if each.series.counted in names)
    assert checks(Facts(new, found, parts=PARTS, balances=BALANCES)) == checks(
        Facts(new, known, parts=PARTS, balances=BALANCES)
    )


def test_what_is_told_of_all_asks_for_its_parts_and_what_is_told_of_a_part_for_its_wholes() -> None:
    of_all, of_part = (told(figure("300", period=None, metric="stock", dims=dims)) for dims in (DIMS[0], DIMS[3]))
    assert asked((of_all,), PARTS, ()) == {"stock{kind=sweet}", "stock{kind=sour}"}
    assert asked((of_part,), PARTS, ()) == {"stock", "stock{kind=sweet}", "stock{shop=leeds}"}
    assert asked((of_all,), (), BALANCES) == set()
    baked = told(figure("9", period=None, metric="baked"))
    assert asked((of_all, baked), (), BALANCES) == {"baked"}


def test_what_is_told_of_a_part_and_time_of_its_own_asks_for_nothing_of_others() -> None:
    sweet, tins, january = DIMS[1], Whole(metric="tins", dims={}), since("2025-01-31")
    share = told(
        figure("25%", period=january, metric="stock", dims=sweet, unit="percent", measure=Measure.SHARE, of=tins)
    )
    assert asked((share,), (), ()) == {"stock{kind=sweet}", "tins"}
    baked = told(figure("9", period=january, metric="baked"))
    assert asked((baked,), PARTS, ()) == set()
    left = told(figure("5", period=january, metric="stock", dims=sweet))
    assert asked((baked, left), (), BALANCES) == {"stock", "baked{kind=sweet}"}
