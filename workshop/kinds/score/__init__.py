"""Score: everybody gives each line a number, in secret, or no answer; the average puts them in order."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from workshop.activities import Activity, Item, Marking, Table, Text, ToChooseFrom
from workshop.counting import marks as counting
from workshop.counting.ballots import Ballot
from workshop.forms import Choice, Form
from workshop.kinds.score.results import Results, summary
from workshop.kinds.score.tables import table

SCALES: Mapping[str, counting.Row] = {"5": counting.Row(range(1, 6), 4), "10": counting.Row(range(11), 7)}


class Settings(ToChooseFrom):
    scale = SelectField(_l("Numbers"), choices=[Choice("5", _l("1 to 5")), Choice("10", _l("0 to 10"))])


class Score(Marking):
    name = "score"
    title = _l("Score each one")
    says = _l("Everybody gives each line a number, in secret. The average puts them in order.")
    icon = "score"
    order = 44
    how_counted: ClassVar[Sequence[Text]] = (
        _l("We add up the numbers of each line and divide by how many there are."),
        _l("«No answer» is left out: it pulls no line up or down."),
        _l("Under three answers there is no place. The same average is the same place."),
    )
    defaults: ClassVar[Mapping[str, Any]] = {**Marking.defaults, "scale": "5"}

    def settings_form(self) -> type[Form]:
        return Settings

    def row(self, activity: Activity) -> counting.Row:
        return SCALES[self.setting(activity, "scale")]

    def marks(self, activity: Activity) -> Sequence[int]:
        return self.row(activity).marks

    def in_words(self, activity: Activity, mark: int) -> Text:
        return gettext("%(number)s of %(most)s", number=mark, most=self.marks(activity)[-1])

    def screen(self, activity: Activity) -> dict[str, Any]:
        return super().screen(activity) | {"numbers": self.marks(activity)}

    def console(self, activity: Activity) -> dict[str, Any]:
        return super().console(activity) | {"numbers": self.marks(activity)}

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        row = self.row(activity)
        counted = counting.count(ballots, [item.id for item in items], row, cell, self.asked(activity))
        return summary(counted, items, row)

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return [table(activity, results)]


KIND = Score()
