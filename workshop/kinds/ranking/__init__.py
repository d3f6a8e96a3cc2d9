"""Put in order: everybody ranks the lines, in secret, and one of four fair methods makes one order of them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from workshop.activities import (
    Activity,
    BallotPaper,
    Choosing,
    Item,
    Line,
    OnPaper,
    Seat,
    Table,
    Text,
    ToChooseFrom,
    in_own_order,
)
from workshop.counting import ranking as counting
from workshop.counting.ballots import Ballot
from workshop.forms import Choice, Form, NumbersByItem
from workshop.kinds.ranking.results import Results, summary
from workshop.kinds.ranking.tables import tables

MOST_ITEMS = 50
METHODS = {
    "schulze": _l("One against one (Schulze): usual"),
    "ranked_pairs": _l("One against one, the clearest wins first (ranked pairs)"),
    "run_off": _l("Round by round, the line with the fewest leaves (instant run-off)"),
    "borda": _l("Points for every place (Borda)"),
}
STANDS_LAST = _l("Lines that you do not rank stand last, together. A tie stays a tie.")
HOW: Mapping[str, Sequence[Text]] = {
    "schulze": (
        _l("For every two lines we ask: which one do more people put before the other?"),
        _l("Who wins against every other comes first. If wins run in a circle, weak ones give way."),
        STANDS_LAST,
    ),
    "ranked_pairs": (
        _l("For every two lines we ask: which one do more people put before the other?"),
        _l("The clearest wins count first. A win that contradicts clearer ones is left out."),
        STANDS_LAST,
    ),
    "run_off": (
        _l("Every ballot counts for its first line. The line with the fewest leaves."),
        _l("Its ballots go to their next line, until one has more than half."),
        _l("On a tie: fewer ballots before, then fewer points, then a lot decides."),
    ),
    "borda": (
        _l("A line gets one point for every line that somebody puts below it."),
        _l("Lines that you do not rank share the last place, with half points."),
        _l("The most points come first. The same number is the same place."),
    ),
}


class Settings(ToChooseFrom):
    most_items = MOST_ITEMS
    method = RadioField(_l("How it is counted"), choices=[Choice(*each) for each in METHODS.items()])


class Answer(BallotPaper):
    """The place of each item, by id. What has no place yet stands in an order of this person's own."""

    shares_places: bool
    choice = NumbersByItem(_l("Your order"))

    @property
    def typed(self) -> dict[str, int]:
        """The numbers on items that are still there, the first place first."""
        return dict(sorted(super().given.items(), key=lambda each: each[1]))

    @property
    def given(self) -> dict[str, int]:
        """The same as places 1, 2, 3, without gaps."""
        numbers = sorted(set(self.typed.values()))
        return {item: numbers.index(number) + 1 for item, number in self.typed.items()}

    @property
    def in_order(self) -> list[Item]:
        last = len(self.items) + 1
        return sorted(super().in_order, key=lambda item: self.typed.get(item.id, last))

    def validate_choice(self, field: NumbersByItem) -> None:
        numbers = list(self.typed.values())
        if any(number > len(self.items) for number in numbers):
            raise ValidationError(_l("Please write numbers from 1 to %(most)s.", most=len(self.items)))
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice and not self.shares_places:
            raise ValidationError(_l("Two lines have place %(place)s. Please give each its own.", place=twice[0]))


class Ranking(Choosing):
    name = "ranking"
    title = _l("Put in order")
    says = _l("Everybody ranks the lines in secret. A fair count makes one order of them.")
    icon = "ranking"
    order = 47
    prints = True
    how_counted: ClassVar[Sequence[Text]] = HOW["schulze"]
    paper = Answer
    defaults: ClassVar[Mapping[str, Any]] = {**Choosing.defaults, "method": "schulze"}

    def settings_form(self) -> type[Form]:
        return Settings

    def how(self, activity: Activity) -> Sequence[Text]:
        return HOW[self.method(activity)]

    def method(self, activity: Activity) -> counting.Method:
        chosen = self.setting(activity, "method")
        return cast(counting.Method, chosen) if chosen in METHODS else "schulze"

    def choosable(self, activity: Activity) -> list[Item]:
        """Nobody puts more than fifty lines in order; what comes later waits."""
        return super().choosable(activity)[:MOST_ITEMS]

    def form(self, activity: Activity, seat: Seat) -> Answer:
        form = cast(Answer, super().form(activity, seat))
        form.shares_places = self.method(activity) != "run_off"
        return form

    def on_paper(self, activity: Activity) -> OnPaper:
        return OnPaper(
            self.choosable(activity),
            [_l("Write 1 at the line you want most, then 2, and so on."), STANDS_LAST],
            [_l("Place")],
        )

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        given, items = self.choices(activity, form), self.at_hand(activity)
        if not given:
            return [Line(gettext("Your order"), gettext("Nothing is ranked"), 0)]
        lines = [Line(gettext("Place %(place)s", place=place), items[item].words, 0) for item, place in given.items()]
        left = len(items) - len(given)
        return [*lines, Line(gettext("Lines not ranked"), str(left), 0)] if left else lines

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        ids, method = [item.id for item in items], self.method(activity)
        lot = [item.id for item in self.lot(activity, items)]
        return summary(counting.count(ballots, ids, method, cell, self.asked(activity), lot), items, method, lot)

    def lot(self, activity: Activity, items: Sequence[Item]) -> list[Item]:
        """An order that nobody chose and that was there before the first ballot: made of the activity's own id."""
        return in_own_order(items, f"lot {activity.id}")

    def console(self, activity: Activity) -> dict[str, Any]:
        waiting = len(super().choosable(activity)) - MOST_ITEMS
        return super().console(activity) | {"waiting": max(waiting, 0), "method": self.method(activity)}

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results)


KIND = Ranking()
