"""Budget: everybody fills a basket within the pot, in secret; a stated rule then says which projects are paid."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import lazy_gettext as _l

from workshop.activities import Activity, BallotList, Choosing, Item, Line, OnPaper, Seat, Step, Table, Text
from workshop.counting.ballots import Ballot
from workshop.counting.budgets import rules
from workshop.extensions import setting
from workshop.forms import Form
from workshop.kinds.budget import rules_in_words, settings
from workshop.kinds.budget.basket import Basket
from workshop.kinds.budget.counting import Counting, district_by_key
from workshop.kinds.budget.districts import FOR_ALL, District, chosen_in, districts
from workshop.kinds.budget.money import amount, money
from workshop.kinds.budget.projects import Project, known, offered, taken_up
from workshop.kinds.budget.results import Results
from workshop.kinds.budget.tables import tables

MOST_KEPT = 200  # choices whose projects are kept at hand in this process
_at_hand: dict[str, tuple[int, list[Project]]] = {}


class Budget(Choosing):
    name = "budget"
    title = _l("Budget")
    says = _l("Everybody chooses projects within one pot of money, in secret. A stated rule gives the money out.")
    icon = "budget"
    order = 60
    prints = True
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
        "whole": "",
        "districts": "",
        "answers": {},
        "rule": rules.EQUAL,
        "until_full": False,
    }

    def how(self, activity: Activity) -> Sequence[Text]:
        if not activity:
            return self.how_counted
        rule = self.rule(activity)
        if districts(activity):
            return rules_in_words.of_districts(setting("ROOM_CELL"), rule)
        return rules_in_words.IN_SHORT[rule]

    def settings_form(self) -> type[Form]:
        return settings.Settings

    def taken_up(self, activity: Activity) -> list[Item]:
        """What the facilitator answers one by one: the items of an earlier activity."""
        return list(taken_up(activity)) if activity else []

    def pots(self, activity: Activity) -> list[District]:
        """The pot for everybody, then those of the districts."""
        if not activity:
            return []
        money = amount(str(self.setting(activity, "pot"))) or 0
        return [District(FOR_ALL, str(self.setting(activity, "whole")), money), *districts(activity)]

    def rule(self, activity: Activity) -> str:
        rule = str(self.setting(activity, "rule"))
        return rules.EQUAL_UNTIL_FULL if rule == rules.EQUAL and self.setting(activity, "until_full") else rule

    def money(self, activity: Activity, number: float) -> str:
        return money(number, str(self.setting(activity, "currency")))

    def choosable(self, activity: Activity) -> list[Item]:
        """On the ballot is what can be done, has a cost, and is not dearer than the pot."""
        return list(self._payable(activity))

    def _payable(self, activity: Activity) -> list[Project]:
        holds = {pot.id: pot.budget for pot in self.pots(activity)}
        return [each for each in offered(activity) if each.can == "yes" and each.cost <= holds[each.district]]

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
        form.currency = str(self.setting(activity, "currency"))
        form.offer(self.pots(activity))
        return form

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return cast(Basket, form).steps(activity.prompt or activity.title)

    def on_paper(self, activity: Activity) -> OnPaper:
        """Every project with its cost; where there are several pots, under the one that would pay it."""
        pots, projects = self.pots(activity), self._payable(activity)
        how, cost = _l("Make a cross at every project that should be paid."), self._costs(activity, projects)
        if len(pots) == 1:
            holds = _l("The pot holds %(pot)s.", pot=self.money(activity, pots[0].budget))
            return OnPaper(projects, [holds, how], beside=cost)
        named = {pot.id: f"{pot.called}: {self.money(activity, pot.budget)}" for pot in pots}
        above = {each.id: words for pot, words in named.items() for each in projects if each.district == pot}
        return OnPaper(projects, [how, _l("Choose in one district, and in the pot for everybody.")], ("",), cost, above)

    def _costs(self, activity: Activity, projects: Sequence[Project]) -> dict[str, str]:
        return {each.id: self.money(activity, each.cost) for each in projects}

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        return cast(Basket, form).in_words()

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        basket = cast(Basket, form)
        here = {basket.here.id: 1} if basket.here else {}
        return here | basket.wanted

    def in_order(self, results: Results) -> list[Item]:
        return [line.item for line in results.every]

    def ballots(self, activity: Activity, items: Sequence[Item]) -> list[Ballot]:
        return super().ballots(activity, [*items, *(Item(pot.id, pot.name) for pot in districts(activity))])

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        rule, currency = self.rule(activity), str(self.setting(activity, "currency"))
        counting = Counting(activity.id, rule, currency, self.asked(activity), known(activity), cell)
        return counting.everything(self.pots(activity), ballots, items)

    def ballot_lists(self, activity: Activity, items: Sequence[Item]) -> Sequence[BallotList]:
        """What somebody wants from the pot of all never stands beside what they want from that of a district."""
        projects, pots = known(activity), self.pots(activity)
        district_of = district_by_key(pots, projects)

        def of(pot: District) -> BallotList:
            mine = [item for item in items if projects[item.id][1] == pot.id]
            return BallotList(
                pot.id, pot.name, mine, lambda chosen: not pot.id or chosen_in(chosen, district_of) == pot.id
            )

        return [of(pot) for pot in pots]

    def named(self, rule: str) -> Text:
        return rules_in_words.NAMES[rule]

    def sentences(self, rule: str) -> Sequence[Text]:
        return rules_in_words.SENTENCES[rule]

    def screen(self, activity: Activity) -> dict[str, Any]:
        items, pots = self._payable(activity), self.pots(activity)
        many = {pot.id: sum(item.district == pot.id for item in items) for pot in pots}
        return super().screen(activity) | {"pots": pots, "many": many}

    def console(self, activity: Activity) -> dict[str, Any]:
        every, payable = offered(activity), self._payable(activity)
        open_ = [each for each in every if not each.can]
        words = {"items": len(payable), "cannot": len(every) - len(payable) - len(open_), "unanswered": len(open_)}
        return {**words, "pots": self.pots(activity)}

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results, self.rule(activity))


KIND = Budget()
