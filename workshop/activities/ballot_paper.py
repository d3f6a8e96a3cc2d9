"""The ballot paper: what there is to choose from, in an order of each person's own, and the numbers given to it."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField, ValidationError

from workshop.activities.values import Activity, Item
from workshop.forms import Form, NumbersByItem


class ToChooseFrom(Form):
    """The settings that every choice has: an earlier activity to take up from, and lines of the facilitator's own."""

    items_from = SelectField(
        _l("Choose from"), choices=[], validate_choice=False, description=_l("Approved cards come by themselves.")
    )
    items = TextAreaField(_l("Your own lines"), description=_l("One on each line."))
    most_items: ClassVar[int | None] = None  # more lines than so many nobody could answer

    def validate_items(self, field: TextAreaField) -> None:
        many = sum(1 for line in str(field.data or "").splitlines() if line.strip())
        if self.most_items is not None and many > self.most_items:
            raise ValidationError(_l("At most %(most)s lines, please.", most=self.most_items))


class BallotPaper(Form):
    """What one person can choose from, and the number that each item gets, by id."""

    items: Mapping[str, Item]
    seed: str
    choice: NumbersByItem

    @property
    def given(self) -> dict[str, int]:
        """The numbers of items that are still there; what was taken back gives its number back."""
        return {item: number for item, number in self.choice.data.items() if item in self.items}

    @property
    def in_order(self) -> list[Item]:
        return in_own_order(self.items.values(), self.seed)


def in_own_order(items: Iterable[Item], seed: str) -> list[Item]:
    """An order of its own for each seed, in which what comes later finds a place without moving the others."""
    return sorted(items, key=lambda item: hashlib.blake2b(f"{seed} {item.id}".encode(), digest_size=8).digest())


def own_items(activity: Activity) -> list[Item]:
    """The lines a facilitator wrote into the setting `items`, numbered in their order."""
    lines = [line.strip() for line in str(activity.settings.get("items", "")).splitlines()]
    return [Item(f"own{number}", line) for number, line in enumerate(lines, 1) if line]
