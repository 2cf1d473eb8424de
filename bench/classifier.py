"""`python -m bench.classifier [--write]`: learn from annotated articles which metric the words around a number mean.

A multinomial logistic regression (scikit-learn) over the features of `feed.read.metric.around`: one example for each
number that nothing refuses, with the metric that the annotation gives it, or none. Weights that hardly matter are left
out and the others rounded, so that the table stays small and adds up alike anywhere. Printed is how often a table is
right on sets that it was not learned from. Needs what bench/learn.lock names, which nothing else does:

    .venv/bin/uv pip install --target .venv/learn -r bench/learn.lock
    PYTHONPATH=.venv/learn .venv/bin/python -m bench.classifier --write
    PYTHONPATH=.venv/learn .venv/bin/python -m bench.trust --write
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.reading import GOLD as FIRST
from bench.reading import articles
from feed.app import packs
from feed.app.home import TOPICS
from feed.model.classifier import NONE, UNIT, Classifier
from feed.model.topic import Topic
from feed.read import reader
from feed.read.claim import NOT_LEARNED, Memory
from feed.read.grammar.roles import Role
from feed.read.metric.around import features
from feed.read.scene import Scene

GOLD = FIRST.parent
TABLE = TOPICS / "uk_returns" / packs.LEARNED
OFTEN = 5  # examples in which a feature stands at least; 3 and 10 did no better on other sets
MATTERS = 0.1  # log odds; all weights gave 0.01 less log likelihood an example, those of 0.2 and more 0.05
PENALTY = 1.0  # the inverse of the ridge; 0.3 and 3 did worse on other sets
FOLDS = 5


class Example(NamedTuple):
    """A number of an annotated article: its set, what stands around it, the metric that it counts, or none."""

    of: str
    seen: frozenset[str]
    metric: str


def main() -> None:
    """Print how often tables are right on other sets; with --write, learn from all of them for the pack."""
    asking = argparse.ArgumentParser(prog="python -m bench.classifier", description="Learn what words around mean.")
    asking.add_argument("--write", action="store_true", help=f"write the pack's {TABLE.name}")
    asked = asking.parse_args()
    rows = examples(sets())
    right = [_best(learned(rest), row) == row.metric for part, rest in folds(rows) for row in part]
    print(f"{len(rows)} numbers, {sum(right) / len(right):.3f} told right by tables of other sets")
    if asked.write:
        TABLE.write_text(written(learned(rows)), encoding="utf-8")


def sets() -> list[str]:
    """The names of the annotated sets."""
    return sorted(file.name.partition(".")[0] for file in GOLD.glob("*.articles.jsonl"))


def examples(names: Collection[str]) -> list[Example]:
    """The numbers of those sets that nothing refuses, but for those on which two readers could differ."""
    topic, english = packs.load(), packs.english()
    found: list[Example] = []
    for of in names:
        lines = (GOLD / f"{of}.jsonl").read_text(encoding="utf-8").splitlines()
        truth = {row["id"]: row["figures"] for row in map(json.loads, lines)}
        for one in articles(GOLD / f"{of}.articles.jsonl"):
            heard: list[tuple[tuple[int, int], frozenset[str]]] = []

            def listen(view: Scene, atom: int, role: Role, memory: Memory, heard: Any = heard) -> Mapping[str, float]:
                quantity = view.quantities[atom]
                heard.append((view.span(quantity.first, quantity.last), features(view, atom, role, memory)))
                return NOT_LEARNED

            with patch.object(reader, "likely", listen):
                reader.read(one, topic, english, doubtful=True)
            for span, seen in heard:
                figure = _annotated(truth[one.name], span)
                if figure is None or "doubt" not in figure:
                    found.append(Example(of, seen, figure["metric"] if figure else NONE))
    return found


def _annotated(figures: Sequence[Mapping[str, Any]], span: tuple[int, int]) -> Mapping[str, Any] | None:
    return next((one for one in figures if one["span"][0] < span[1] and span[0] < one["span"][1]), None)


def folds(rows: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """The examples of every fifth set, and those of all others, five times."""
    names = sorted({row.of for row in rows})
    for first in range(FOLDS):
        held = frozenset(names[first::FOLDS])
        yield [row for row in rows if row.of in held], [row for row in rows if row.of not in held]


def learned(rows: Sequence[Example]) -> Classifier:
    """The table with which the examples are likeliest, under a ridge."""
    often = Counter(feature for row in rows for feature in row.seen)
    known = sorted(feature for feature, times in often.items() if times >= OFTEN)
    column = {feature: at for at, feature in enumerate(known)}
    held = [[column[feature] for feature in row.seen if feature in column] for row in rows]
    names, weights, base = _fitted(held, [row.metric for row in rows], len(known))
    table = {
        feature: {name: _whole(weight) for name, weight in zip(names, each, strict=True) if abs(weight) >= MATTERS}
        for feature, each in zip(known, zip(*weights, strict=True), strict=True)
    }
    return Classifier(
        base={name: _whole(weight) for name, weight in zip(names, base, strict=True)},
        weights={feature: each for feature, each in table.items() if each},
    )


def _fitted(held: Sequence[Sequence[int]], names: Sequence[str], width: int) -> tuple[list[str], Any, Any]:
    """The classes, of each its weights by column, and of each its base."""
    sparse, linear, pools = map(import_module, ("scipy.sparse", "sklearn.linear_model", "threadpoolctl"))
    ends = [0]
    for row in held:
        ends.append(ends[-1] + len(row))
    places = [at for row in held for at in row]
    matrix = sparse.csr_matrix(([1.0] * len(places), places, ends), shape=(len(held), width))
    with pools.threadpool_limits(1):  # several threads wait for each other longer than they work
        made = linear.LogisticRegression(C=PENALTY, max_iter=300, tol=1e-3).fit(matrix, list(names))
    return [str(name) for name in made.classes_], made.coef_.tolist(), made.intercept_.tolist()


def _whole(weight: float) -> int:
    return round(weight * UNIT)


def _best(table: Classifier, row: Example) -> str:
    odds = table.odds(row.seen)
    return max(odds, key=lambda name: odds[name])


def written(table: Classifier) -> str:
    """The table as JSON, a feature a line, in their order."""
    rows = [f"    {json.dumps(key)}: {json.dumps(each, sort_keys=True)}" for key, each in sorted(table.weights.items())]
    base = json.dumps(table.base, sort_keys=True)
    return f'{{\n  "base": {base},\n  "weights": {{\n' + ",\n".join(rows) + "\n  }\n}\n"


def apart(names: Collection[str]) -> Iterator[tuple[list[str], Topic]]:
    """The sets in five parts, each with a pack whose table was learned from the others."""
    rows, topic = examples(names), packs.load()
    for part, rest in folds(rows):
        yield sorted({row.of for row in part}), topic.model_copy(update={"classifier": learned(rest)})


if __name__ == "__main__":
    main()
