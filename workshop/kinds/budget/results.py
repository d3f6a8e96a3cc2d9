"""What became of the pot: what is paid and in which turn, what each project asked of its supporters, and each side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext, ngettext

from workshop.activities import Dotted, InOrder, Item
from workshop.counting.budgets.equal_shares import Shares
from workshop.counting.budgets.rules import Turn
from workshop.counting.dots import DotsResult, DottedItem
from workshop.kinds.budget.alone import Alone
from workshop.kinds.budget.money import money
from workshop.kinds.budget.outcome import Found, Spending
from workshop.side_by_side import Row, gap_in_words, row


@dataclass(frozen=True)
class Wanted(Dotted):
    """A project: its cost, who wanted it, the turn in which it was paid, if it was; and whether this rule and the
    other one pay it (nothing, where that may not be told)."""

    cost: int
    turn: Turn | None
    verdicts: tuple[bool | None, bool | None] = (None, None)


@dataclass(frozen=True)
class TooFew:
    """A district in which so few people chose that nothing of it is told, and nothing paid."""

    name: str
    few = True


@dataclass(frozen=True)
class Results(InOrder[Wanted]):
    """The counted result of a pot: what is paid first, in its order, then what most people wanted. With the pot for
    everybody come those of the districts, by their ids."""

    orders_by_shares = True
    counted: DotsResult
    spending: Spending
    alone: Alone | None
    districts: Mapping[str, Results | TooFew] = field(default_factory=dict)

    few = False

    @property
    def name(self) -> str:
        return self.spending.name

    @property
    def pots(self) -> Mapping[str, Results | TooFew]:
        return {"": self, **self.districts}

    @property
    def every(self) -> list[Wanted]:
        """The projects of all pots: what is paid first, pot by pot."""
        told = (pot for pot in self.pots.values() if isinstance(pot, Results))
        return sorted((project for pot in told for project in pot.items), key=lambda each: each.turn is None)

    @property
    def found(self) -> Found | None:
        return self.spending.found

    @property
    def paid(self) -> tuple[Wanted, ...]:
        return tuple(each for each in self.items if each.turn)

    @property
    def spent(self) -> int:
        return sum(each.cost for each in self.paid)

    @property
    def left(self) -> int:
        return self.spending.pot.budget - self.spent

    @property
    def shares(self) -> Shares | None:
        found = self.found.paid if self.found else None
        return found if isinstance(found, Shares) else None

    @property
    def rows(self) -> list[Row]:
        return [each.row for each in self.items]

    def money(self, number: float) -> str:
        return money(float(number), self.spending.currency)

    def of_the_pot(self, number: float) -> float:
        """A part of the pot, in hundredths, for pictures."""
        return round(100 * number / self.spending.pot.budget, 2)

    def before(self, each: Wanted) -> float:
        """What was spent before this one was paid, in hundredths of the pot."""
        return self.of_the_pot(self.spending.pot.budget - each.turn.left - each.cost) if each.turn else 0.0

    def of_a_share(self, number: float) -> float:
        return round(min(100 * number / float(self.shares.share), 100), 2) if self.shares and self.shares.share else 0.0

    def words(self, project: str) -> str:
        return next(each.item.words for each in self.items if each.item.id == project)

    @property
    def more(self) -> list[str]:
        """What the other rule would have paid as well."""
        paid = {each.item.id for each in self.paid}
        return [self.words(project) for project in self.instead if project not in paid]

    @property
    def less(self) -> list[str]:
        """What the other rule would not have paid."""
        return [each.item.words for each in self.paid if each.item.id not in self.instead]

    @property
    def same(self) -> bool:
        return not self.more and not self.less

    @property
    def instead(self) -> tuple[str, ...]:
        return self.found.instead if self.found else ()

    @property
    def ties(self) -> list[list[str]]:
        found = self.found.decided_by_ties if self.found else ()
        return [[self.words(project) for project in group] for group in found]

    @property
    def working(self) -> tuple[Turn, ...]:
        return self.found.turns if self.found else ()


def summary(
    spent: Spending,
    counted: DotsResult,
    items: Sequence[Item],
    told_alone: Alone | None,
) -> Results:
    turns = {turn.project: turn for turn in spent.found.turns if turn.taken} if spent.found else {}
    known = {item.id: item for item in items}
    wanted = [_wanted(known[each.item], spent, each, turns.get(each.item)) for each in counted.items]
    order = list(turns)
    wanted.sort(key=lambda each: order.index(each.item.id) if each.turn else len(order))
    return Results(counted, tuple(wanted), spent, told_alone)


def _wanted(item: Item, spent: Spending, each: DottedItem, turn: Turn | None) -> Wanted:
    words = row(item.words, each.sides, _total(each, turn), gap_in_words(each.gap))
    verdicts = (turn is not None, item.id in spent.found.instead) if spent.found else (None, None)
    return Wanted(item, each, words, spent.pot.costs[item.id], turn, verdicts)


def _total(each: DottedItem, turn: Turn | None) -> str:
    if each.people is None:
        return ""
    people = str(ngettext("wanted by %(num)s person", "wanted by %(num)s people", each.people))
    return str(gettext("%(people)s, chosen", people=people)) if turn else people
