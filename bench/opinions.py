"""Opinion groups, from the answers on: found, and told with what stands for each of them."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from bench.figures import Figure, at_most
from workshop.counting.ballots import Ballot
from workshop.counting.opinion_groups import tell
from workshop.counting.opinion_map import answers, best, find, positions
from workshop.counting.sides import ROOM

SIGNS = {1: "+", 0: "0", -1: "-", None: "."}
MEANS = {sign: answer for answer, sign in SIGNS.items()}
SEEN, TIMES = 0.4, 3


def figures(folder: Path) -> Iterator[Figure]:
    """Made-up answers, the same in every run; for the larger hall see `make oracles`."""
    rows = of_two_minds(500, 200)
    yield at_most("opinion groups, 500 people and 200 statements, calibrated", median(_times(rows)), "s", 0.3)


def _times(rows: Sequence[str]) -> Iterator[float]:
    for _ in range(TIMES):
        began = process_time()
        find(rows)
        yield process_time() - began


def of_two_minds(people: int, statements: int) -> list[str]:
    chance = random.Random(1)
    minds = [[chance.choice((0.1, 0.5, 0.9)) for _ in range(statements)] for _ in range(2)]
    return ["".join(_sign(agrees, chance) for agrees in minds[number % 2]) for number in range(people)]


def _sign(agrees: float, chance: random.Random) -> str:
    if chance.random() > SEEN:
        return "."
    return "0" if chance.random() < 0.1 else "+" if chance.random() < agrees else "-"


def find_and_tell(rows: Sequence[str]) -> object:
    return _tell(rows, find(rows).groups or [0] * len(rows))


def cut_and_tell(rows: Sequence[str]) -> object:
    """Without asking whether the groups are stable."""
    groups, _ = best(positions(answers(rows)), np.random.default_rng(1))
    return _tell(rows, groups.tolist())


def _tell(rows: Sequence[str], groups: Sequence[int]) -> object:
    items = [f"item{at}" for at in range(len(rows[0]))]
    ballots = [Ballot("other", "phone", _chosen(row, items)) for row in rows]
    return tell(ballots, groups, [(0.0, 0.0)] * (max(groups) + 1), items, ROOM)


def _chosen(row: str, items: Sequence[str]) -> dict[str, int]:
    return {item: answer for item, sign in zip(items, row, strict=True) if (answer := MEANS[sign]) is not None}
