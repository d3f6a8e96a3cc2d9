"""Curate: read a story, keep the words that matter, and gather them into themes named in the tellers' words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from workshop.activities import Activity, Item, Kind, Seat
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.forms import Form
from workshop.queries import themes
from workshop.queries.themes import Gathered, Marked

VOICES = 3  # highlights of a theme on the room's screen


class Settings(Form):
    items_from = SelectField(
        _l("Stories from"), choices=[], validate_choice=False, description=_l("Leave it empty for all stories.")
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A theme as the room may see it: how many stand behind it, and a few of its voices."""

    gathered: Gathered
    voices: list[Marked]


class Curate(Kind):
    name = "curate"
    title = _l("Curate")
    says = _l("People read stories, keep the words that matter, and gather them into themes.")
    icon = "themes"
    order = 45
    defaults: ClassVar[Mapping[str, Any]] = {"items_from": ""}

    def settings_form(self) -> type[Form]:
        return Settings

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {"themes": themes.named(activity.workshop_id, Viewer.ROOM)}

    def console(self, activity: Activity) -> dict[str, Any]:
        found = themes.named(activity.workshop_id, Viewer.FACILITATOR)
        return {
            "shown": sum(each.state == "shown" for each in found),
            "waiting": sum(each.state == "proposed" for each in found),
        }

    def items(self, activity: Activity) -> list[Item]:
        """The themes that have a voice in this room, in the order in which they were named."""
        found = self._shown(activity.workshop_id, setting("ROOM_CELL"))
        return [Item(each.gathered.theme.id, each.gathered.theme.name) for each in found]

    def results(self, activity: Activity, cell: int) -> list[Shown] | None:
        """As the room may see it; the screen shows it once the facilitator has revealed it."""
        return self._shown(activity.workshop_id, cell) or None

    def _shown(self, workshop_id: str, cell: int) -> list[Shown]:
        voices = themes.firsts(workshop_id, Viewer.ROOM, VOICES)
        found = themes.gathered(workshop_id, Viewer.ROOM, cell)
        return [Shown(each, voices[each.theme.id]) for each in found if each.theme.id in voices]


KIND = Curate()
