"""The Method of Equal Shares: everybody gets the same part of the pot, and pays with it for what they want.

Peters, D., Pierczyński, G., Skowron, P. (2021), "Proportional participatory budgeting with additive utilities",
NeurIPS 34; a wanted project is worth its cost. The next project is the one whose supporters pay the smallest part of
its cost each. Whoever has too little left gives what they have, and the others share the rest.

Completion (*Add1*): money is left, because nobody could agree on it. So everybody is imagined to have one coin more,
again and again, and the last outcome that the real pot can pay is taken. With `exhaustive` it also stops as soon as
no further project would fit. Where money is large, a coin may be more than one unit of it: see `coin_for`.

Ties are decided exactly. An outcome is reckoned in floating numbers, where nothing that has to be compared is nearer
than one in a thousand million; there they cannot err. Wherever something is nearer, and not equal for a plain reason
(as many supporters, none of them short of money), the outcome is reckoned again in fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import ceil
from typing import Generic, NamedTuple, TypeVar

from workshop.counting.budgets.pots import Pot, Wants, in_turn, votes

Number = TypeVar("Number", float, Fraction)
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Bought:
    """`most` is the most that one supporter paid, `payers` how many paid anything; `tied` asked for the same part of
    their cost, and stand behind it only by their votes, their cost or their place on the list."""

    project: str
    cost: int
    supporters: int
    payers: int
    most: float
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """`share` is what each had in the end, `coins` how many of them were imagined, each worth `coin`."""

    selected: tuple[str, ...]
    spent: int
    share: Fraction
    coins: int
    bought: tuple[Bought, ...]
    coin: int = 1


def coin_for(people: int, pot: Pot) -> int:
    """A hundredth of an equal share in whole money: fine enough to be fair, coarse enough to be counted at once."""
    return max(1, pot.budget // (100 * people)) if people else 1


def equal_shares(
    ballots: Iterable[Wants], pot: Pot, *, complete: bool = True, exhaustive: bool = False, coin: int = 1
) -> Shares:
    """`complete` adds coins; without it what is left stays in the pot."""
    hall = _Hall(ballots, pot, coin)
    if not hall.people or not pot.costs:
        return Shares((), 0, Fraction(0), 0, (), coin)
    coins = hall.last_that_fits(exhaustive) if complete else 0
    bought = tuple(hall.bought(coins))
    chosen = tuple(each.project for each in bought)
    return Shares(chosen, pot.spent(chosen), hall.share(coins), coins, bought, coin)


class _Hall:
    """Everybody with their wishes: people with the same wishes always have the same left, so they are one group."""

    def __init__(self, ballots: Iterable[Wants], pot: Pot, coin: int = 1) -> None:
        self.coin = coin
        alike = Counter(frozenset(ballot) for ballot in ballots)
        self.pot, self.people, self.sizes = pot, alike.total(), list(alike.values())
        wanted = votes((wish for wish, times in alike.items() for _ in range(times)), pot)
        self.order = [project for project in in_turn(pot, wanted) if wanted[project]]
        self.costs = [pot.costs[project] for project in self.order]
        self.wanted = [wanted[project] for project in self.order]
        self.groups: list[list[int]] = [
            [at for at, wish in enumerate(alike) if project in wish] for project in self.order
        ]
        asks = (Fraction(cost, wanted) for cost, wanted in zip(self.costs, self.wanted, strict=True))
        self.coins_needed = [ceil((each - self.share(0)) / coin) for each in asks] if self.people else []

    def share(self, coins: int) -> Fraction:
        return Fraction(self.pot.budget, self.people) + coins * self.coin

    def last_that_fits(self, exhaustive: bool) -> int:
        """How many coins may be imagined, until the next one would cost more than there is."""
        coins, now = 0, self.turns(0)
        while not self._is_done(now, exhaustive):
            following = max(coins + 1, self._coins_for_one_more(now))
            if not self._fits(now := self.turns(following)):
                return following - 1
            coins = following
        return coins

    def _coins_for_one_more(self, turns: list[_Turn]) -> int:
        """With fewer coins nothing else can be bought, whatever becomes of these: its supporters have not enough."""
        chosen = {turn.at for turn in turns}
        return min(coins for at, coins in enumerate(self.coins_needed) if at not in chosen)

    def turns(self, coins: int) -> list[_Turn]:
        """What is bought with so many coins more, in its order; in fractions where floating numbers might err."""
        rough = _Count(self, float(self.share(coins)))
        found = list(rough.turns())
        return list(_Count(self, self.share(coins)).turns()) if rough.unsure else found

    def _fits(self, turns: list[_Turn]) -> bool:
        return sum(self.costs[turn.at] for turn in turns) <= self.pot.budget

    def _is_done(self, turns: list[_Turn], exhaustive: bool) -> bool:
        """Everything is bought that anybody wants; or, if that is the rule, nothing more fits."""
        chosen = {turn.at for turn in turns}
        left = self.pot.budget - sum(self.costs[at] for at in chosen)
        others = [cost for at, cost in enumerate(self.costs) if at not in chosen]
        return not others or (exhaustive and min(others) > left)

    def bought(self, coins: int) -> Iterator[Bought]:
        for turn in self.turns(coins):
            project, tied = self.order[turn.at], tuple(self.order[at] for at in turn.tied)
            yield Bought(project, self.costs[turn.at], self.wanted[turn.at], turn.payers, turn.most, tied)


@dataclass(frozen=True, slots=True)
class _Turn:
    at: int
    most: float
    payers: int
    tied: list[int]


class _Price(NamedTuple, Generic[Number]):
    """The part of a project's cost that one supporter pays at most, the same in coins, and whether somebody is short
    and gives all they have."""

    part: Number
    most: Number
    short: bool


class _Count(Generic[Number]):
    """One outcome, for one share: what each group has left, and which projects wait."""

    def __init__(self, hall: _Hall, share: Number) -> None:
        self.hall: _Hall = hall
        self.nothing: Number = share - share
        self.one: Number = share / share
        self.near: float = NEAR if isinstance(share, float) else 0
        self.unsure: bool = False
        self.left: list[Number] = [share] * len(hall.sizes)
        # Of each project those supporters who have something left, the poorest first
        self.able: list[list[int]] = [list(groups) for groups in hall.groups]
        self.people: list[int] = [*hall.wanted]
        self.waiting: list[tuple[Number, int]] = [(self.nothing, at) for at in range(len(hall.order))]

    def turns(self) -> Iterator[_Turn]:
        """Project after project, until nobody can buy one more together."""
        while tied := self._cheapest():
            at = min(tied)
            most = tied.pop(at)
            yield _Turn(at, float(most), self.people[at], sorted(tied))
            for group in self.able[at]:
                self.left[group] = max(self.left[group] - most, self.nothing)

    def _cheapest(self) -> dict[int, Number]:
        """The projects that ask for the smallest part of their cost, and the most that one pays for each.

        What a project asks only grows, so that most need not be reckoned again. The first of them waits no longer.
        """
        seen: list[tuple[_Price[Number], int]] = []
        least: Number | None = None
        while self.waiting and (least is None or self._reaches(self.waiting[0][0], least)):
            at = heappop(self.waiting)[1]
            if price := self._price(at):
                seen.append((price, at))
                least = price.part if least is None else min(least, price.part)
        tied = {at: price for price, at in seen if least is not None and self._reaches(price.part, least)}
        first = min(tied, default=None)
        self.unsure |= bool(self.near) and len(tied) > 1 and any(price.short for price in tied.values())
        for price, at in seen:
            if at != first:
                heappush(self.waiting, (price.part, at))
        return {at: price.most for at, price in tied.items()}

    def _price(self, at: int) -> _Price[Number] | None:
        """What each pays if all supporters buy it together; None if they cannot."""
        groups, left = self.able[at], self.left
        groups.sort(key=left.__getitem__)  # nearly in order since the last time
        if groups and not left[groups[0]]:
            self.able[at] = groups = [group for group in groups if left[group]]
            self.people[at] = sum(map(self.hall.sizes.__getitem__, groups))
        people, owed = self.people[at], self.hall.costs[at] + self.nothing
        if groups and left[groups[0]] * people > owed + owed * self.near:
            return _Price(self.one / people, owed / people, False)
        for group in groups:
            if self._reaches(owed, left[group] * people):
                self.unsure |= bool(self.near) and self._reaches(left[group] * people, owed)
                return _Price(owed / people / self.hall.costs[at], owed / people, True)
            owed -= left[group] * self.hall.sizes[group]
            people -= self.hall.sizes[group]
        return None

    def _reaches(self, one: Number, other: Number) -> bool:
        return one <= other + other * self.near
