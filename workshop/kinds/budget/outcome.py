"""What a rule did with the pot, reckoned once for each counted choice: a hall asks for it many times."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.counting.ballots import Ballot
from workshop.counting.budgets import rules
from workshop.counting.budgets.equal_shares import Shares
from workshop.counting.budgets.greedy import Greedy
from workshop.counting.budgets.pots import Pot, Wants, votes

MOST_KEPT = 100
_kept: dict[tuple[str, str, int, int], "Found"] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """What is paid, turn by turn; and what another rule would have paid from the same baskets."""

    rule: str
    people: int
    paid: Shares | Greedy
    turns: tuple[rules.Turn, ...]
    otherwise: str
    instead: tuple[str, ...]
    decided_by_ties: tuple[tuple[str, ...], ...]
    without_any: int


@dataclass(frozen=True, slots=True)
class Spending:
    """The pot, its money and name, and what was found; nothing where few of one side alone were asked."""

    pot: Pot
    currency: str
    found: Found | None
    name: str = ""


def wishes(ballots: Sequence[Ballot]) -> list[Wants]:
    return [[item for item, wanted in ballot.choices.items() if wanted] for ballot in ballots]


def most_together(pot: Pot) -> int:
    """How many projects one basket can hold: as many of the cheapest as fit."""
    left, many = pot.budget, 0
    for cost in sorted(pot.costs.values()):
        left -= cost
        many += left >= 0
    return max(many, 1)


def spending(choice: str, ballots: Sequence[Ballot], pot: Pot, rule: str) -> Found:
    """Baskets do not change after the count, so neither does what they pay. `choice` names the activity and the pot."""
    key = (choice, rule, len(ballots), len(pot.costs))
    if key not in _kept:
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        _kept[key] = _found(wishes(ballots), pot, rule)
    return _kept[key]


def _found(held: list[Wants], pot: Pot, rule: str) -> Found:
    paid, wanted = rules.spend(held, pot, rule), votes(held, pot)
    told = rules.turns(paid, pot, wanted)
    otherwise = rules.MOST_VOTES if isinstance(paid, Shares) else rules.EQUAL
    instead, ties = rules.spend(held, pot, otherwise).selected, rules.decided_by_ties(told, paid.selected)
    without = rules.without_any(held, paid.selected)
    return Found(rule, len(held), paid, tuple(told), otherwise, instead, tuple(ties), without)
