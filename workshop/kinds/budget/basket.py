"""The basket on a phone: the projects that somebody wants, as long as the pot lasts."""

from collections.abc import Sequence
from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities import in_own_order
from workshop.forms import Form, NumbersByItem
from workshop.kinds.budget.money import money
from workshop.kinds.budget.projects import Project


class Basket(Form):
    """What is ticked, by id. Pages show the projects in an order of this person's own."""

    projects: Sequence[Project]
    seed: str
    pot: int
    currency: str
    choice = NumbersByItem(_l("Your projects"))

    @property
    def can_be_chosen(self) -> list[Project]:
        fitting = (each for each in self.projects if self._fits(each))
        return cast(list[Project], in_own_order(fitting, self.seed))

    @property
    def cannot(self) -> list[Project]:
        return [each for each in self.projects if not self._fits(each)]

    def _fits(self, project: Project) -> bool:
        return project.can == "yes" and project.cost <= self.pot

    @property
    def wanted(self) -> dict[str, int]:
        """Ticked and still there; what was taken back gives its money back."""
        return {each.id: 1 for each in self.projects if self._fits(each) and each.id in self.choice.data}

    @property
    def spent(self) -> int:
        wanted = self.wanted
        return sum(each.cost for each in self.projects if each.id in wanted)

    @property
    def left(self) -> int:
        return self.pot - self.spent

    @property
    def filled(self) -> float:
        """What is spent, in hundredths of the pot."""
        return round(min(100 * self.spent / self.pot, 100), 2) if self.pot else 0.0

    def words_of(self, number: int) -> str:
        return money(number, self.currency)

    def validate_choice(self, field: NumbersByItem) -> None:
        if self.left < 0:
            over = money(-self.left, self.currency)
            raise ValidationError(_l("That is %(over)s more than there is. Please take something out.", over=over))
