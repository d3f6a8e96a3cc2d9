"""What a facilitator sets up: the pot, the projects with their costs, whether each can be done, and the rule."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField, ValidationError

from workshop.activities import Text, ToChooseFrom
from workshop.counting.budgets import rules
from workshop.forms import Choice, no_longer_than, tidy
from workshop.kinds.budget.districts import FOR_ALL, MOST_DISTRICTS, named_in, of_line
from workshop.kinds.budget.money import MOST_MONEY, amount
from workshop.kinds.budget.projects import parts

RULES: Mapping[str, Text] = {
    rules.EQUAL: _l("Equal shares: everybody decides on the same part of the pot"),
    rules.MOST_VOTES: _l("Most wanted first, as long as the pot lasts"),
    rules.MOST_FOR_MONEY: _l("Most wanted for the money first, as long as the pot lasts"),
}
HINTS: Mapping[str, Text] = {
    rules.EQUAL: _l("A smaller group gets its part, too. Best where people differ."),
    rules.MOST_VOTES: _l("What most cities do. The largest group can decide on everything."),
    rules.MOST_FOR_MONEY: _l("Small projects win more easily. How many want it is divided by the cost."),
}
LONGEST = 300


class Money(StringField):
    """An amount of whole money; `data` is a number once it can be read, and what was typed as long as not."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = amount(typed) or typed


class Answers(Field):
    """For each item that is taken up: what it costs, whether it can be done, and why not."""

    ASKED: ClassVar[tuple[str, ...]] = ("cost", "can", "why", "pot")
    data: dict[str, dict[str, str]]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data = {item: dict(said) for item, said in data.items()} if isinstance(data, Mapping) else {}
        for key in formdata or ():
            name, asked, item = [*key.split("-", 2), "", ""][:3]
            if name == self.name and asked in self.ASKED and item:
                self.data.setdefault(item, {})[asked] = str(tidy(formdata[key]))[:LONGEST]

    def of(self, item: str) -> dict[str, str]:
        return self.data.get(item, {})

    def wrong(self, item: str) -> bool:
        return bool(self.errors) and bool(_fault(self.of(item), MOST_MONEY))


class Settings(ToChooseFrom):
    hints: ClassVar[Mapping[str, Text]] = HINTS
    pot = Money(_l("How much money is in the pot?"))
    currency = StringField(_l("The word for the money"), [no_longer_than(20)], description=_l("Such as € or £."))
    whole = StringField(
        _l("What is this pot called?"), [no_longer_than(60)], description=_l("Such as «Whole city», if there are more.")
    )
    districts = TextAreaField(
        _l("Pots of districts"),
        [no_longer_than(4_000)],
        description=_l("One on each line: name | money. A project of it begins with the name: North | A bench | 1200."),
    )
    items = TextAreaField(
        _l("Your own projects"),
        [no_longer_than(20_000)],
        description=_l("One on each line: words | cost. If it cannot be done: words | cost | why not."),
    )
    answers = Answers(_l("What it costs, and whether it can be done"))
    rule = RadioField(
        _l("How is the money given out?"),
        choices=[Choice(*rule) for rule in RULES.items()],
    )
    until_full = BooleanField(
        _l("Equal shares: stop as soon as nothing more fits"),
        description=_l("Else shares grow until the pot would be overspent, and the last result that fits counts."),
    )

    def validate_pot(self, field: Money) -> None:
        if not isinstance(field.data, int):
            raise ValidationError(_l("Write whole money in digits, more than nothing."))

    def validate_districts(self, field: TextAreaField) -> None:
        lines = [of_line(line) for line in _lines(field)]
        for number, (name, money) in enumerate(lines, 1):
            if not name or not amount(money):
                raise ValidationError(_l("Line %(number)s: write name | money, such as «North | 5000».", number=number))
        if len({name.casefold() for name, _money in lines}) < len(lines) or len(lines) > MOST_DISTRICTS:
            raise ValidationError(_l("Give each district a name of its own, 30 districts at most."))

    def validate_items(self, field: TextAreaField) -> None:
        for number, line in enumerate(_lines(field), 1):
            district, rest = named_in(line, self._ids)
            words, cost, why = parts(rest)
            if not words or (cost and not amount(cost)):
                raise ValidationError(
                    _l("Line %(number)s: write words | cost, such as «A bench | 1200».", number=number)
                )
            if not why and (amount(cost) or 0) > self._holds(district):
                raise ValidationError(_l("Line %(number)s costs more than there is in the pot.", number=number))

    def validate_answers(self, field: Answers) -> None:
        for said in field.data.values():
            if fault := _fault(said, self._holds(said.get("pot", FOR_ALL))):
                raise ValidationError(fault)

    @property
    def _ids(self) -> dict[str, str]:
        lines = enumerate(_lines(self.districts), 1)
        return {of_line(line)[0].casefold(): f"pot{number}" for number, line in lines if of_line(line)[0]}

    def _holds(self, district: str) -> int:
        """What is in this pot; as long as that cannot be read, all the money there is."""
        held = {f"pot{number}": amount(of_line(line)[1]) for number, line in enumerate(_lines(self.districts), 1)}
        of_all = self.pot.data if isinstance(self.pot.data, int) else None
        return held.get(district, of_all) or MOST_MONEY


def _lines(field: TextAreaField) -> list[str]:
    return [line for line in (field.data or "").splitlines() if line.strip()]


def _fault(said: Mapping[str, str], pot: int) -> Text:
    """What is missing from the answer about one item, if anything is."""
    typed, can = said.get("cost", ""), said.get("can", "")
    cost = amount(typed)
    if (typed and not cost) or (can == "yes" and not cost):
        return (
            _l("Write the cost in whole money. You said that it can be done.")
            if not typed
            else _l("Write the cost in digits, in whole money.")
        )
    if can == "yes" and cost and cost > pot:
        return _l("One of these costs more than there is in the pot.")
    return _l("Say why it cannot be done. People read it.") if can == "no" and not said.get("why") else ""
