"""The rules by which a pot can be spent, and what each of them chooses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from workshop.counting.budgets.equal_shares import Shares, coin_for, equal_shares
from workshop.counting.budgets.greedy import Greedy, by_votes, greedy
from workshop.counting.budgets.pots import Pot, Wants, votes

EQUAL, EQUAL_UNTIL_FULL, MOST_VOTES, MOST_FOR_MONEY = "equal-shares", "equal-shares-exhaustive", "greedy", "greedy-cost"
RULES = (EQUAL, EQUAL_UNTIL_FULL, MOST_VOTES, MOST_FOR_MONEY)


def spend(wishes: Sequence[Wants], pot: Pot, rule: str) -> Shares | Greedy:
    """What a rule chooses. Raises ValueError for one that is not there."""
    if rule == MOST_VOTES:
        return greedy(wishes, pot)
    if rule == MOST_FOR_MONEY:
        return by_cost(wishes, pot)
    if rule not in RULES:
        raise ValueError(f"no rule of ours: {rule}")
    return equal_shares(wishes, pot, exhaustive=rule == EQUAL_UNTIL_FULL, coin=coin_for(len(wishes), pot))


def by_cost(wishes: Sequence[Wants], pot: Pot) -> Greedy:
    """Most votes for each unit of money first. The points of a project are its votes, divided by its cost and made
    whole by the same number for all; of equals the cheaper comes first."""
    whole = lcm(*pot.costs.values())
    return by_votes({project: n * whole // pot.costs[project] for project, n in votes(wishes, pot).items()}, pot)


@dataclass(frozen=True, slots=True)
class Turn:
    """One project in its turn: `supporters` want it, `payers` of them paid anything, and nobody paid more than `most`;
    `left` is in the pot afterwards. `tied` stood equal, and came behind by the rule for equals."""

    project: str
    cost: int
    supporters: int
    taken: bool
    left: int
    payers: int | None = None
    most: float | None = None
    tied: tuple[str, ...] = ()


def turns(found: Shares | Greedy, pot: Pot, wanted: dict[str, int]) -> list[Turn]:
    """The working, turn by turn, whatever the rule."""
    if isinstance(found, Greedy):
        return [_step(step.project, step.cost, step.left, step.taken, found, wanted) for step in found.steps]
    left, told = pot.budget, []
    for each in found.bought:
        left -= each.cost
        told.append(Turn(each.project, each.cost, each.supporters, True, left, each.payers, each.most, each.tied))
    return told


def _step(project: str, cost: int, before: int, taken: bool, found: Greedy, wanted: dict[str, int]) -> Turn:
    alike = next((group for group in found.tied if project in group), ())
    behind = alike[alike.index(project) + 1 :] if alike else ()
    return Turn(project, cost, wanted[project], taken, before - cost if taken else before, tied=behind)


def decided_by_ties(told: Sequence[Turn], selected: Collection[str]) -> list[tuple[str, ...]]:
    """Projects that stood equal although one of them was chosen and another was not."""
    groups = [(turn.project, *turn.tied) for turn in told if turn.tied]
    return [group for group in groups if 0 < sum(each in selected for each in group) < len(group)]


def share_of_each(found: Shares | Greedy) -> Fraction | None:
    """What everybody had in mind in the end; nothing where nobody has a share."""
    return found.share if isinstance(found, Shares) else None


def without_any(wishes: Sequence[Wants], selected: Collection[str]) -> int:
    """People who wanted something, of which nothing was chosen (the exclusion ratio counts them)."""
    return sum(1 for wish in wishes if wish and not set(wish) & set(selected))
