"""Budget: everybody fills a basket within the pot, in secret; a stated rule then says which projects are paid."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from workshop.activities import Activity, Choosing, Item, Line, Seat, Table, Text
from workshop.counting import dots as wanting
from workshop.counting.ballots import Ballot
from workshop.counting.budgets import rules
from workshop.counting.budgets.pots import Pot
from workshop.forms import Form
from workshop.kinds.budget import rules_in_words, settings
from workshop.kinds.budget.basket import Basket
from workshop.kinds.budget.money import money
from workshop.kinds.budget.outcome import Spending, most_together, spending
from workshop.kinds.budget.projects import Project, amount, costs, offered, taken_up
from workshop.kinds.budget.results import Results, summary
from workshop.kinds.budget.tables import tables

MOST_KEPT = 200  # choices whose projects are kept at hand in this process
_at_hand: dict[str, tuple[int, list[Project]]] = {}


class Budget(Choosing):
    name = "budget"
    title = _l("Budget")
    says = _l("Everybody chooses projects within one pot of money, in secret. A stated rule gives the money out.")
    icon = "budget"
    order = 60
    how_counted: ClassVar[Sequence[Text]] = (
        _l("Every basket counts the same, whoever filled it."),
        _l("Projects are paid one after the other, as long as the pot lasts."),
        _l("The rule that says which comes next stands with the result."),
    )
    defaults: ClassVar[Mapping[str, Any]] = {
        "items_from": "",
        "items": "",
        "pot": 10_000,
        "currency": "€",
        "answers": {},
        "rule": rules.EQUAL,
        "until_full": False,
    }

    def how(self, activity: Activity) -> Sequence[Text]:
        return rules_in_words.IN_SHORT[self.rule(activity)] if activity else self.how_counted

    def settings_form(self) -> type[Form]:
        return settings.Settings

    def taken_up(self, activity: Activity) -> list[Item]:
        """What the facilitator answers one by one: the items of an earlier activity."""
        return list(taken_up(activity)) if activity else []

    def pot(self, activity: Activity) -> int:
        return amount(str(self.setting(activity, "pot"))) or 0

    def rule(self, activity: Activity) -> str:
        rule = str(self.setting(activity, "rule"))
        return rules.EQUAL_UNTIL_FULL if rule == rules.EQUAL and self.setting(activity, "until_full") else rule

    def money(self, activity: Activity, number: float) -> str:
        return money(number, str(self.setting(activity, "currency")))

    def choosable(self, activity: Activity) -> list[Item]:
        """On the ballot is what can be done, has a cost, and is not dearer than the pot."""
        return [each for each in offered(activity) if self._is_payable(activity, each)]

    def _is_payable(self, activity: Activity, project: Project) -> bool:
        return project.can == "yes" and project.cost <= self.pot(activity)

    def everything(self, activity: Activity) -> list[Project]:
        """All projects, for phones: read once a revision."""
        known, kept = _at_hand.get(activity.id, (0, []))
        if known != activity.revision:
            kept = offered(activity)
            if len(_at_hand) > MOST_KEPT:
                _at_hand.clear()
            _at_hand[activity.id] = (activity.revision, kept)
        return kept

    def form(self, activity: Activity, seat: Seat) -> Basket:
        form = Basket()
        form.projects, form.seed = self.everything(activity), f"{activity.id} {seat.id}"
        form.pot, form.currency = self.pot(activity), str(self.setting(activity, "currency"))
        return form

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        basket = cast(Basket, form)
        lines = [
            Line(each.words, money(each.cost, basket.currency), 0)
            for each in basket.projects
            if each.id in basket.wanted
        ]
        if not lines:
            return [Line(gettext("Your projects"), gettext("None of these"), 0)]
        return [*lines, Line(gettext("Left in the pot"), money(basket.left, basket.currency), 0)]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        return cast(Basket, form).wanted

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        known, asked = costs(activity), self.asked(activity)
        pot = Pot(self.pot(activity), {item.id: known[item.id] for item in items})
        wanted = wanting.count(ballots, list(pot.costs), most_together(pot), 1, cell, asked)
        found = spending(activity.id, ballots, pot, self.rule(activity)) if wanted.told.name == "NUMBERS" else None
        return summary(
            Spending(pot, str(self.setting(activity, "currency")), found), wanted, ballots, items, cell, asked
        )

    def named(self, rule: str) -> Text:
        return rules_in_words.NAMES[rule]

    def sentences(self, rule: str) -> Sequence[Text]:
        return rules_in_words.SENTENCES[rule]

    def screen(self, activity: Activity) -> dict[str, Any]:
        return super().screen(activity) | {"pot": self.money(activity, self.pot(activity))}

    def console(self, activity: Activity) -> dict[str, Any]:
        every = offered(activity)
        payable = [each for each in every if self._is_payable(activity, each)]
        open_ = [each for each in every if not each.can]
        words = {"items": len(payable), "cannot": len(every) - len(payable) - len(open_), "unanswered": len(open_)}
        return {**words, "pot": self.money(activity, self.pot(activity))}

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results, self.rule(activity))


KIND = Budget()
