"""`python -m bench.trust [--write]`: weigh the signs by which figures are trusted, from the annotated articles.

A logistic regression with a ridge, fitted by Newton's method to what the reader makes of the articles in tests/gold:
each figure that it reads has its signs (feed/read/doubt) and is right or not in all that the guide asks for. Each
fifth of the sets is read with a classifier of the others (`bench.classifier.apart`): of what it has learned from it is
surer than of tomorrow's articles. The
reader has learned from those articles, so it is right there more often than on tomorrow's: the base is set so that the
mean figure is as likely right as figures of unseen articles were (`UNSEEN`). Printed is what leaving figures out would
give on sets that the weights were not fitted to.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench import classifier
from bench.reading import GOLD as FIRST
from bench.reading import articles
from feed.app import packs
from feed.read.guide import record
from feed.read.reader import read
from tests.gold import score

GOLD = FIRST.parent
UNSEEN = 0.78  # of the figures read from articles that nobody had learned from, the part that was right
RIDGE = 10.0  # keeps a sign that is seldom met from weighing much; 10 and 30 did as well on other sets, 3 worse
STEPS = 12  # of Newton's method; the weights settle in half as many
# What cues leave to the words around them is hardly ever a figure in articles that cues were written for. In five sets
# as they were read unseen 33 such figures of 69 were right in all, and this weight makes them likeliest.
APART = {"only the words around it name its metric": -0.5}
LEAST = (0.0, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
TABLE = Path(packs.__file__).parents[1] / "read" / "trust.toml"


class Seen(NamedTuple):
    """A figure that was read: its article's set, its signs, and how many layers of the scorer it passes, 5 for all."""

    of: str
    signs: frozenset[str]
    depth: int


def main() -> None:
    """Print what the weights give on other sets; with --write, put them into the reader's table."""
    asking = argparse.ArgumentParser(prog="python -m bench.trust", description="Weigh what figures are trusted by.")
    asking.add_argument("--write", action="store_true", help=f"write the weights into {TABLE.name}")
    asked = asking.parse_args()
    whole, annotated = looked_at()
    seen = [row for row in whole if row.signs.isdisjoint(APART)]
    names = sorted({name for row in seen for name in row.signs})
    odds = _on_other_sets(seen, names)
    print("| least | left | value | series | fact | precision |\n|--:|--:|--:|--:|--:|--:|")
    for least in LEAST:
        print(
            _effect(
                least, [row.depth for row, odd in zip(seen, odds, strict=True) if odd >= least], len(seen), annotated
            )
        )
    base, weights = fitted(seen, names)
    if asked.write:
        TABLE.write_text(written(TABLE.read_text(encoding="utf-8"), base, weights | APART), encoding="utf-8")


def looked_at() -> tuple[list[Seen], int]:
    """Every figure that the reader finds in the annotated articles, none left out, and how many they hold."""
    parts = list(classifier.apart(classifier.sets()))
    english = packs.english()
    seen: list[Seen] = []
    annotated = 0
    for of, topic in ((of, topic) for names, topic in parts for of in names):
        truth = {row["id"]: row["figures"] for row in map(json.loads, (GOLD / f"{of}.jsonl").open(encoding="utf-8"))}
        for one in articles(GOLD / f"{of}.articles.jsonl"):
            reading = read(one, topic, english, doubtful=True)
            depths = _depths(truth[one.name], record(reading)["figures"])
            annotated += sum("doubt" not in figure for figure in truth[one.name])
            for found in reading.figures:
                place = (found.figure.span.start, found.figure.span.end)
                if place in depths:
                    seen.append(Seen(of, frozenset(name for name, _ in found.signs), depths[place]))
    return seen, annotated


def _depths(truth: Sequence[Any], found: Any) -> dict[tuple[int, int], int]:
    """How far each figure that was read is right, by its span; without those on which two readers could differ."""
    doubted = [figure["span"] for figure in truth if "doubt" in figure]
    pairs, _, spurious = score.pair(truth, found)
    depths = {tuple(got["span"]): score.depth(figure, got) for figure, got in pairs if "doubt" not in figure}
    free = (tuple(got["span"]) for got in spurious)
    return depths | {span: 0 for span in free if not any(a < span[1] and span[0] < b for a, b in doubted)}


# --- the fit


def fitted(seen: Sequence[Seen], names: Sequence[str]) -> tuple[float, dict[str, float]]:
    """The base and the weight of each name, so that the mean figure is right with the odds of unseen ones."""
    weights = _newton([[i for i, name in enumerate(names) if name in row.signs] for row in seen], len(names), seen)
    told = dict(zip(names, weights, strict=False))
    return _base([sum(told[name] for name in row.signs) for row in seen]), told


def _newton(rows: Sequence[Sequence[int]], size: int, seen: Sequence[Seen]) -> list[float]:
    """Weights of the signs, and last the base, by the steps of Newton's method on the ridged likelihood."""
    whole = [[*row, size] for row in rows]
    weights = [0.0] * (size + 1)
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights[:-1]] + [0.0]
        bend = [[RIDGE if i == j < size else 0.0 for j in range(size + 1)] for i in range(size + 1)]
        for row, one in zip(whole, seen, strict=True):
            odds = _odds(sum(weights[i] for i in row))
            rest, spread = (one.depth == FULL) - odds, odds * (1 - odds)
            for i in row:
                slope[i] += rest
                line = bend[i]
                for j in row:
                    line[j] += spread
        weights = [weight + step for weight, step in zip(weights, _solved(bend, slope), strict=True)]
    return weights


FULL = 5


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of linear equations with a positive definite matrix, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for other in rows[i + 1 :]:
            factor = other[i] / pivot[i]
            other[i:] = [a - factor * b for a, b in zip(other[i:], pivot[i:], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        found[i] = (rows[i][-1] - sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))) / rows[i][i]
    return found


def _odds(log: float) -> float:
    return 1 / (1 + math.exp(-log))


def _base(sums: Sequence[float]) -> float:
    """The base with which the mean of the odds is that of unseen figures: halved until it fits."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        over = sum(_odds(middle + one) for one in sums) / len(sums) > UNSEEN
        low, high = (low, middle) if over else (middle, high)
    return low


# --- what it gives


def _on_other_sets(seen: Sequence[Seen], names: Sequence[str]) -> list[float]:
    """The odds of each figure by weights that were fitted to the other sets."""
    odds: dict[int, float] = {}
    for of in sorted({row.of for row in seen}):
        base, weights = fitted([row for row in seen if row.of != of], names)
        mine = ((at, row) for at, row in enumerate(seen) if row.of == of)
        odds |= {at: _odds(base + sum(weights[name] for name in row.signs)) for at, row in mine}
    return [odds[at] for at in range(len(seen))]


def _effect(least: float, depths: Sequence[int], all_read: int, annotated: int) -> str:
    """A line of the table: F1 of three layers, and the precision of the last, with what is below `least` left out."""
    right = [sum(depth >= layer for depth in depths) for layer in (2, 4, FULL)]
    scores = " | ".join(f"{2 * count / (len(depths) + annotated):.3f}" for count in right)
    return f"| {least} | {1 - len(depths) / all_read:.3f} | {scores} | {right[-1] / len(depths):.3f} |"


def written(text: str, base: float, weights: Mapping[str, float]) -> str:
    """The text of the reader's table with another base and other weights, the heaviest doubt first."""
    head = re.sub(r"(?m)^base = .*$", f"base = {base:.2f}", text.partition("\n[weights]\n")[0])
    return head + "\n[weights]\n" + "".join(_rows(weights.items()))


def _rows(weights: Iterable[tuple[str, float]]) -> Iterable[str]:
    for name, weight in sorted(weights, key=lambda row: row[1]):
        yield f"{json.dumps(name)} = {weight:+.2f}\n" if '"' not in name else f"'{name}' = {weight:+.2f}\n"


if __name__ == "__main__":
    main()
