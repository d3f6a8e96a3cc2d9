"""Counting, from the ballots on: how long it takes, on the machine that the promises were made for."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench.figures import Figure, at_most, calibrated, speed
from workshop.counting.bradley_terry import strengths
from workshop.counting.budgets.equal_shares import equal_shares
from workshop.counting.budgets.greedy import by_votes
from workshop.counting.budgets.pots import Pot, votes
from workshop.counting.ranked.duels import duels
from workshop.counting.ranked.runoff import run_off
from workshop.counting.ranked.schulze import schulze

TIMES, WISHES, COINS = 3, 5, 100  # ballots name five items; a coin is a hundredth of a share


def figures(folder: Path) -> Iterator[Figure]:
    """Made-up ballots, the same in every run: for the time alone."""
    chance = random.Random(1)
    items = [f"item{number}" for number in range(20)]
    orders = [{item: at for at, item in enumerate(chance.sample(items, len(items)), 1)} for _ in range(500)]
    yield _figure("duels and Schulze's order, 500 ballots of 20 items", lambda: schulze(duels(orders, items)), 0.03)
    yield _figure("run-off, 500 ballots of 20 items", lambda: run_off(orders, items), 0.03)
    for number, answers in ((20, 500), (50, 75_000)):
        lines = [f"line{at}" for at in range(number)]
        met = [(*chance.sample(lines, 2), 1) for _ in range(answers)]
        yield _figure(f"strengths of {number} lines, {answers} answers", partial(strengths, met, lines), 0.1)
    for people, projects, seconds in ((500, 20, 0.06), (5000, 200, 1.5)):
        wishes, pot = _hall(chance, people, projects)
        yield _figure(
            f"equal shares with coins, {people} ballots of {projects} projects", _shares(wishes, pot), seconds
        )
    wishes, pot = _hall(chance, 500, 200)
    counted = votes(wishes, pot)
    yield _figure("the most wanted first, 200 projects, once votes are counted", lambda: by_votes(counted, pot), 0.002)


def _hall(chance: random.Random, people: int, projects: int) -> tuple[list[set[str]], Pot]:
    costs = {f"project{number}": chance.randint(1000, 20000) for number in range(projects)}
    liked = [chance.random() ** 2 + 0.05 for _ in costs]
    wishes = [set(chance.choices(list(costs), liked, k=WISHES)) for _ in range(people)]
    scale = COINS * people / (sum(costs.values()) / 4)  # the pot pays for a quarter of what there is
    return wishes, Pot(COINS * people, {name: max(1, round(cost * scale)) for name, cost in costs.items()})


def _shares(wishes: list[set[str]], pot: Pot) -> Callable[[], object]:
    return lambda: equal_shares(wishes, pot)


def _figure(name: str, count: Callable[[], object], most: float) -> Figure:
    return at_most(f"{name}, calibrated", median(_seconds(count) for _ in range(TIMES)), "s", most)


def _seconds(count: Callable[[], object]) -> float:
    began = time.process_time()
    count()
    return calibrated(time.process_time() - began, speed())
