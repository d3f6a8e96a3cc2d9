"""A pause: a break, a meal, the night. A calm page, and when it goes on."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from workshop.activities import Activity, Kind, Seat
from workshop.forms import Choice, Form

SORTS: dict[str, LazyString] = {
    "break": _l("A break. Stretch, drink something, breathe."),
    "meal": _l("Enjoy your meal."),
    "night": _l("Good night. We go on tomorrow."),
}


class Settings(Form):
    sort = SelectField(
        _l("What sort of pause?"),
        choices=[Choice("break", _l("A break")), Choice("meal", _l("A meal")), Choice("night", _l("The night"))],
    )


class Pause(Kind):
    name = "pause"
    title = _l("Pause")
    says = _l("A break, a meal or the night. Phones and screen rest, and say when it goes on.")
    icon = "pause"
    order = 95
    defaults: ClassVar[Mapping[str, Any]] = {"sort": "break"}

    def settings_form(self) -> type[Form]:
        return Settings

    def wish(self, activity: Activity) -> LazyString:
        """What we say when the organiser has written nothing."""
        return SORTS.get(self.setting(activity, "sort"), SORTS["break"])

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"wish": self.wish(activity)}

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"wish": self.wish(activity)}


KIND = Pause()
