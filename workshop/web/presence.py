"""How many are in and how many have chosen, in words; by side only where nobody can be told from it."""

import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.counting.asked import asked_alone, turnout
from workshop.counting.sides import Crowd, Side, arrivals
from workshop.extensions import setting
from workshop.queries import choices, rooms
from workshop.web import language, unsent

A_HALL = 200  # from so many people on, nobody sees whether a number is of now or of a second ago
A_MOMENT = 1.0  # seconds
_a_moment_ago: dict[tuple[str, str], tuple[float, dict[str, str]]] = {}


def numbers_of(workshop: Any) -> dict[str, str]:
    """Each number by the name of its place on a page. What may not be said is not there.

    A hall of hundreds is counted once a second: a look at it costs the same, however many have chosen.
    """
    asked = workshop.id, language.code()
    since, said = _a_moment_ago.get(asked, (0.0, {}))
    if time.monotonic() - since > A_MOMENT or not said:
        began, (total, said) = time.monotonic(), _counted(workshop)
        _a_moment_ago.pop(asked, None)
        if total >= A_HALL:
            _a_moment_ago[asked] = began, said
    return said


def _counted(workshop: Any) -> tuple[int, dict[str, str]]:
    crowd = arrivals(rooms.arrivals(workshop.id), setting("ROOM_CELL"))
    people = ngettext("person is in", "people are in", crowd.total or 0)
    said = {"people": str(crowd.total), "people-words": people, **_by_side(crowd), **unsent.number_of(workshop)}
    for activity in rooms.agenda(workshop.id):
        if activity.gives == "ballot" and activity.state in ("open", "grace"):
            side = asked_alone(activity.who)
            said |= _turnout_of(activity, side, crowd) if side else _turnout(activity)
    return crowd.total or 0, said


def _by_side(crowd: Crowd) -> dict[str, str]:
    if not crowd.shown:
        return {"few": _("by side: too few to say")} if crowd.total else {}
    return {
        "lived": _("at least %(people)s with lived experience", people=crowd.lived),
        "service": _("at least %(people)s of the service", people=crowd.service),
        "lived-short": _("%(people)s+ lived experience", people=crowd.lived),
        "service-short": _("%(people)s+ of the service", people=crowd.service),
    }


def _turnout(activity: Any) -> dict[str, str]:
    """Totals only: nothing by side while people are still choosing."""
    now = choices.turnout(activity)
    chosen, present = now.chosen, now.present
    missing = ngettext("%(num)s person has not chosen yet.", "%(num)s people have not chosen yet.", present - chosen)
    said = {f"chosen-{activity.id}": _("%(chosen)s of %(present)s have chosen", chosen=chosen, present=present)}
    return said | ({f"missing-{activity.id}": missing} if present > chosen else {})


def _turnout_of(activity: Any, side: Side, here: Crowd) -> dict[str, str]:
    """Where one side alone was asked, how many have chosen is that side's number."""
    told = turnout(choices.turnout(activity).chosen, side, here, setting("ROOM_CELL"))
    return {f"chosen-{activity.id}": _("at least %(people)s have chosen", people=told)} if told else {}
