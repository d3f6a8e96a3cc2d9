"""The card «What to do when a story discloses harm»: on the console, on paper, and as a file that opens offline."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.permissions import May
from workshop.queries import rooms
from workshop.web.guards import needs

bp = Blueprint("disclosure", __name__)

STEPS = (
    _l("Stay calm. Listen. Say thank you."),
    _l("Say: «You did right to tell me. I may have to pass this on, to keep people safe. I will tell you what I do.»"),
    _l("Ask open questions only. Do not dig, and do not investigate."),
    _l("Do not promise to keep it secret. Do not speak to the person it is about."),
    _l("Ask: «What do you want to happen?»"),
    _l("Does the group need a pause? Offer a quiet place."),
    _l("Tell the safeguarding contact at once. In danger call the emergency number."),
    _l("Write down the actual words, the time, the place, and who was there."),
    _l("Keep facts apart from what you think. Keep your first notes."),
    _l("Ask the person the next day how they are. Talk it over with a colleague yourself."),
)


@bp.app_template_global()
def steps_of_care() -> tuple[LazyString, ...]:
    return STEPS


@bp.get("/w/<workshop_id>/console/disclosure")
@needs(May.FACILITATE)
def card(workshop: Any) -> ResponseReturnValue:
    return render_template("console/disclosure.html", workshop=workshop, stated=rooms.statements(workshop.id))


@bp.get("/w/<workshop_id>/console/disclosure.txt")
@needs(May.FACILITATE)
def card_to_keep(workshop: Any) -> ResponseReturnValue:
    """The same as a file, which opens without network."""
    text = "\r\n".join(_lines(rooms.statements(workshop.id))) + "\r\n"
    name = "attachment; filename=what-to-do.txt"
    return Response(f"\ufeff{text}", mimetype="text/plain", headers={"Content-Disposition": name})


def _lines(stated: Any) -> Iterator[str]:
    yield from (_("What to do when a story discloses harm"), "")
    yield from (f"{number}. {step}" for number, step in enumerate(STEPS, 1))
    yield from ("", f"{stated['safeguarding_name']}: {stated['safeguarding_phone']}")
    danger, support = _("In danger, call"), _("Support")
    yield f"{danger}: {stated['emergency_number']}"
    yield from (f"{support}: {stated[name]}" for name in ("support_1", "support_2") if stated[name])
