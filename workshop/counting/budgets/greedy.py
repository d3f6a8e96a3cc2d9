"""The most wanted first, as long as the money lasts: what most cities do.

Rule as cities publish it (see Pabulib, Faliszewski et al. 2023, IJCAI, "Participatory budgeting: data, tools and
analysis"): most votes first; what does not fit is passed over, or (`stop`) ends the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshop.counting.budgets.pots import Pot, Wants, broken_ties, in_turn, votes


@dataclass(frozen=True, slots=True)
class Step:
    """One project in its turn: taken or not, and what was in the pot before."""

    project: str
    votes: int
    cost: int
    left: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Greedy:
    """`tied` are projects with the same votes and the same cost: the order of the list told them apart."""

    selected: tuple[str, ...]
    spent: int
    steps: tuple[Step, ...]
    tied: tuple[tuple[str, ...], ...]


def greedy(ballots: Iterable[Wants], pot: Pot, *, stop: bool = False, least: int = 0) -> Greedy:
    """`least` is how many votes a project needs to be looked at."""
    return by_votes(votes(ballots, pot), pot, stop=stop, least=least)


def by_votes(wanted: Mapping[str, int], pot: Pot, *, stop: bool = False, least: int = 0) -> Greedy:
    """The same from votes (or points) that are counted already."""
    order = [project for project in in_turn(pot, wanted) if wanted[project] >= max(least, 1)]
    left, over, steps = pot.budget, False, []
    for project in order:
        cost = pot.costs[project]
        taken = cost <= left and not over
        over = over or (stop and not taken)
        steps.append(Step(project, wanted[project], cost, left, taken))
        left -= cost if taken else 0
    chosen = tuple(step.project for step in steps if step.taken)
    return Greedy(chosen, pot.budget - left, tuple(steps), broken_ties(order, pot, wanted))
