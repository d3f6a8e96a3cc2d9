"""Every pot for itself, by the same rule: what its ballots want of it, what it pays, and what may be told of that.

Why sides are told from ten people of each, and never in a word. A full basket leaves out what no longer fits, and the
working says what supporters paid, so it tells which projects lie in one basket. Both bind items to one another by
their costs. From the words of a few beside that one could work out what these few want; from numbers of ten and more
nothing is to be guarded (see `cells`). Without sides all that is printed depends on the baskets alone: whoever held
them could change places. A test tries every small room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.activities import Item
from workshop.counting import dots as wanting
from workshop.counting.asked import Asked
from workshop.counting.ballots import Ballot
from workshop.counting.budgets.pots import Pot
from workshop.counting.parts import limit
from workshop.counting.sides import ENOUGH_FOR_AN_ORDER, people
from workshop.kinds.budget.alone import alone
from workshop.kinds.budget.districts import FOR_ALL, District, chosen_in
from workshop.kinds.budget.outcome import Spending, most_together, spending
from workshop.kinds.budget.results import Results, TooFew, summary


@dataclass(frozen=True, slots=True)
class Counting:
    """What one count needs to know of an activity: its rule, its money, who was asked, and each project's pot."""

    activity_id: str
    rule: str
    currency: str
    asked: Asked
    projects: Mapping[str, tuple[int, str]]
    cell: int

    @property
    def sides(self) -> int:
        """The fewest people of a side before anything is told by side."""
        return max(self.cell, ENOUGH_FOR_AN_ORDER)

    def everything(self, pots: Sequence[District], ballots: Sequence[Ballot], items: Sequence[Item]) -> Results:
        """The pot for everybody, with those of the districts in it."""
        mine = by_district(ballots, pots, self.projects)
        parts = [people(ballot.side for ballot in of_one) for of_one in mine.values()]
        apart = limit(parts, self.sides, self.asked)
        found = self._of(pots[0], ballots, items, self.sides)
        return replace(found, districts={pot.id: self._district(pot, mine[pot.id], items, apart) for pot in pots[1:]})

    def _district(
        self, pot: District, ballots: Sequence[Ballot], items: Sequence[Item], apart: int
    ) -> Results | TooFew:
        if len(ballots) < self.cell:
            return TooFew(pot.name)
        return self._of(pot, ballots, items, apart)

    def _of(self, pot: District, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        mine = [item for item in items if self.projects[item.id][1] == pot.id]
        costs = Pot(pot.budget, {item.id: self.projects[item.id][0] for item in mine})
        held = [Ballot(each.side, each.channel, _only(each.choices, costs.costs)) for each in ballots]
        wanted = wanting.count(held, list(costs.costs), most_together(costs), 1, cell, self.asked)
        told = wanted.told.name == "NUMBERS"
        found = spending(f"{self.activity_id} {pot.id}", held, costs, self.rule) if told else None
        spent = Spending(costs, self.currency, found, pot.called)
        return summary(spent, wanted, mine, alone(spent, held, cell, self.asked))


def by_district(
    ballots: Iterable[Ballot], pots: Sequence[District], projects: Mapping[str, tuple[int, str]]
) -> dict[str, list[Ballot]]:
    """The ballots of each district, and under no name those that chose in none."""
    district_of = district_by_key(pots, projects)
    mine: dict[str, list[Ballot]] = {pot.id: [] for pot in pots}
    for ballot in ballots:
        mine[chosen_in(ballot.choices, district_of)].append(ballot)
    return mine


def district_by_key(pots: Sequence[District], projects: Mapping[str, tuple[int, str]]) -> dict[str, str]:
    """The district that a key of a ballot speaks of: a project, or the district itself."""
    known = {item: district for item, (_cost, district) in projects.items()}
    return known | {pot.id: pot.id for pot in pots if pot.id != FOR_ALL}


def _only(choices: Mapping[str, int], items: Mapping[str, int]) -> Mapping[str, int]:
    return {item: number for item, number in choices.items() if item in items}
