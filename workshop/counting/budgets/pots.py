"""What every way to spend a pot is given, and how equal votes are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Wants = Collection[str]


@dataclass(frozen=True, slots=True)
class Pot:
    """`budget` and the cost of each project are whole numbers of the smallest coin; a project costs something."""

    budget: int
    costs: Mapping[str, int]

    def __post_init__(self) -> None:
        if free := [project for project, cost in self.costs.items() if cost <= 0]:
            raise ValueError(f"these cost nothing: {sorted(free)}")

    def spent(self, projects: Iterable[str]) -> int:
        return sum(self.costs[project] for project in projects)


def votes(ballots: Iterable[Wants], pot: Pot) -> dict[str, int]:
    """How many people want each project."""
    counted = Counter(project for ballot in ballots for project in set(ballot))
    if unknown := counted.keys() - pot.costs.keys():
        raise ValueError(f"not on this ballot: {sorted(unknown)}")
    return {project: counted[project] for project in pot.costs}


def in_turn(pot: Pot, wanted: Mapping[str, int]) -> list[str]:
    """Most wanted first; of equals the cheaper, then the one that stands first on the list."""
    return sorted(pot.costs, key=lambda project: (-wanted[project], pot.costs[project]))


def broken_ties(order: list[str], pot: Pot, wanted: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Projects with the same votes and the same cost: nothing but the list decides among them."""
    alike: dict[tuple[int, int], list[str]] = {}
    for project in order:
        alike.setdefault((wanted[project], pot.costs[project]), []).append(project)
    return tuple(tuple(group) for group in alike.values() if len(group) > 1)
