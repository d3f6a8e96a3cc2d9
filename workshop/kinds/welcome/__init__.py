"""The welcome: what is open to change and what is not, who decides, our rules, who reads what is told. Read aloud."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from workshop.activities import Activity, Kind, Seat
from workshop.forms import Form, no_longer_than
from workshop.models.statements import STATEMENTS
from workshop.queries import rooms
from workshop.queries import rules as own_rules


class Settings(Form):
    rules = TextAreaField(
        _l("Our rules"), [no_longer_than(1000)], description=_l("One on each line. Leave it empty for the usual four.")
    )


class Welcome(Kind):
    name = "welcome"
    title = _l("Welcome")
    says = _l("What is open to change, who decides, our rules, who reads what is told. Read it aloud.")
    icon = "welcome"
    order = 10
    defaults: ClassVar[Mapping[str, Any]] = {"rules": ""}

    def settings_form(self) -> type[Form]:
        return Settings

    def told(self, activity: Activity) -> dict[str, Any]:
        """The power statement in its order, and the rules."""
        stated = rooms.statements(activity.workshop_id)
        power = [(each.label, stated[each.name]) for each in STATEMENTS if each.group == "power" and stated[each.name]]
        return {"power": power, "rules": self.rules(activity), "confidentiality": stated["confidentiality"]}

    def rules(self, activity: Activity) -> list[str]:
        """What the group published for itself; else what was written here; else the usual four."""
        if written := own_rules.current(activity.workshop_id):
            return written
        own = [line.strip() for line in str(self.setting(activity, "rules")).splitlines()]
        return [line for line in own if line] or [
            gettext("You can pass, stop or leave at any time."),
            gettext("One person speaks, the others listen."),
            gettext("What somebody lived is theirs. We do not argue with it."),
            gettext("We speak about people who are not here as if they were."),
        ]

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return self.told(activity)

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {**self.told(activity), "crowded": True}

    def console(self, activity: Activity) -> dict[str, Any]:
        return self.told(activity)


KIND = Welcome()
