"""The baskets on a phone: the projects that somebody wants from each pot, as long as it lasts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from workshop.activities import Line, Step, in_own_order
from workshop.forms import Choice, Form, NumbersByItem
from workshop.kinds.budget.districts import District
from workshop.kinds.budget.money import money
from workshop.kinds.budget.projects import Project

NONE = "none"  # of the districts


@dataclass(frozen=True, slots=True)
class Purse:
    """One pot on one page: what it could pay, what it could not, and what is ticked."""

    pot: District
    projects: Sequence[Project]
    ticked: Collection[str]

    @property
    def can_be_chosen(self) -> list[Project]:
        return [each for each in self.projects if self._fits(each)]

    @property
    def cannot(self) -> list[Project]:
        return [each for each in self.projects if not self._fits(each)]

    def _fits(self, project: Project) -> bool:
        return project.can == "yes" and project.cost <= self.pot.budget

    @property
    def wanted(self) -> list[Project]:
        """Ticked and still there; what was taken back gives its money back."""
        return [each for each in self.can_be_chosen if each.id in self.ticked]

    @property
    def left(self) -> int:
        return self.pot.budget - sum(each.cost for each in self.wanted)

    @property
    def filled(self) -> float:
        """What is spent, in hundredths of the pot."""
        spent = self.pot.budget - self.left
        return round(min(100 * spent / self.pot.budget, 100), 2) if self.pot.budget else 0.0


class Basket(Form):
    """What is ticked, by id. Pages show the projects in an order of this person's own.

    Names that begin with «choice» are what a phone remembers of a ballot, so that it can be changed.
    """

    projects: Sequence[Project]
    pots: Sequence[District]
    seed: str
    currency: str
    choice_district = RadioField(_l("Your district"), validate_choice=False)
    choice_nearby = NumbersByItem(_l("Your projects in the district"))
    choice_all = NumbersByItem(_l("Your projects"))
    choice = NumbersByItem(_l("Your projects"))

    def offer(self, pots: Sequence[District]) -> None:
        """Districts are asked for only where there are some."""
        self.pots = pots
        if len(pots) > 1:
            none = Choice(NONE, gettext("In none of them"))
            self.choice_district.choices = [*(Choice(each.id, each.name) for each in pots[1:]), none]
        else:
            del self.choice_district

    @property
    def here(self) -> District | None:
        found = self.choice_district.data if "choice_district" in self else None
        return next((each for each in self.pots[1:] if each.id == found), None)

    def steps(self, question: Any) -> list[Step]:
        """One page for each pot; before the first, which one it is to be."""
        if "choice_district" not in self:
            return [Step(question, ("choice",))]
        which = Step(_l("Which district do you choose in?"), ("choice_district",))
        return [which, *(Step(purse.pot.called, (name,), why=question) for name, purse in self.purses)]

    def purse(self, name: str) -> Purse | None:
        """What a page of this field shows."""
        pot = self.here if name == "choice_nearby" else self.pots[0]
        if pot is None:
            return None
        mine = in_own_order((each for each in self.projects if each.district == pot.id), self.seed)
        return Purse(pot, cast(list[Project], mine), self[name].data)

    @property
    def pages(self) -> Sequence[str]:
        return ("choice_nearby", "choice_all") if "choice_district" in self else ("choice",)

    @property
    def purses(self) -> Iterator[tuple[str, Purse]]:
        for name in self.pages:
            if purse := self.purse(name):
                yield name, purse

    def in_words(self) -> list[Line]:
        """What somebody checks before sending: the district, and the basket of each pot."""
        several = "choice_district" in self
        lines = (
            [Line(self["choice_district"].label.text, self.here.name if self.here else gettext("In none of them"), 0)]
            if several
            else []
        )
        for page, (name, purse) in enumerate(self.purses, 1 if several else 0):
            lines += self._basket_in_words(purse, page) or [Line(self[name].label.text, gettext("None of these"), page)]
        return lines

    def _basket_in_words(self, purse: Purse, page: int) -> list[Line]:
        lines = [Line(each.words, self.words_of(each.cost), page) for each in purse.wanted]
        left = gettext("Left in the pot")
        if self.here:
            left = gettext("Left in the pot: %(pot)s", pot=purse.pot.called)
        return [*lines, Line(left, self.words_of(purse.left), page)] if lines else []

    @property
    def wanted(self) -> dict[str, int]:
        return {each.id: 1 for _name, purse in self.purses for each in purse.wanted}

    @property
    def money_of_districts(self) -> dict[str, str]:
        return {each.id: self.words_of(each.budget) for each in self.pots[1:]}

    def words_of(self, number: int) -> str:
        return money(number, self.currency)

    def validate_choice_district(self, field: RadioField) -> None:
        if field.data != NONE and self.here is None:
            raise ValidationError(_l("Please choose one of these."))

    def validate_choice_nearby(self, field: NumbersByItem) -> None:
        self._refuse_too_much("choice_nearby")

    def validate_choice_all(self, field: NumbersByItem) -> None:
        self._refuse_too_much("choice_all")

    def validate_choice(self, field: NumbersByItem) -> None:
        self._refuse_too_much("choice")

    def _refuse_too_much(self, name: str) -> None:
        purse = self.purse(name)
        if purse and purse.left < 0:
            over = money(-purse.left, self.currency)
            raise ValidationError(_l("That is %(over)s more than there is. Please take something out.", over=over))
