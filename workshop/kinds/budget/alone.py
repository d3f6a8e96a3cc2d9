"""Whose choice won: what each side alone would have paid, and who got at least one project that they wanted.

An outcome of one side says more than a share does. It is told only where each side has enough people for an order, and
people of neither side are nobody or as many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from workshop.counting.asked import Asked
from workshop.counting.ballots import Ballot
from workshop.counting.budgets import rules
from workshop.counting.cells import split
from workshop.counting.intervals import gap
from workshop.counting.sides import may_split, people
from workshop.kinds.budget.outcome import Spending, wishes
from workshop.side_by_side import Row, gap_in_words, row


@dataclass(frozen=True, slots=True)
class Alone:
    """How many of the paid projects each side alone would have paid as well, and who was given anything."""

    paid: int
    lived: int
    service: int
    given: Row


def alone(spent: Spending, ballots: Sequence[Ballot], cell: int, asked: Asked) -> Alone | None:
    """`cell` is at least what an order asks for, and more where the people of a pot may not be told apart."""
    voters = people(ballot.side for ballot in ballots)
    if spent.found is None or asked.side or not may_split(voters, cell, asked.present):
        return None
    paid = {*spent.found.paid.selected}
    lived, service = (len(paid & _of(side, spent, ballots)) for side in ("lived", "service"))
    glad = people(ballot.side for ballot in ballots if any(ballot.choices.get(project) for project in paid))
    cells = split(voters, glad, cell, asked.present)
    total = gettext("%(people)s of %(all)s people", people=glad.total, all=voters.total)
    given = row(gettext("At least one of my projects was chosen"), cells, total, gap_in_words(gap(cells)))
    return Alone(len(paid), lived, service, given)


def _of(side: str, spent: Spending, ballots: Sequence[Ballot]) -> set[str]:
    """What this side alone would have paid, with the whole pot and by the same rule."""
    own = wishes([ballot for ballot in ballots if ballot.side == side])
    return set(rules.spend(own, spent.pot, spent.found.rule).selected) if spent.found else set()
