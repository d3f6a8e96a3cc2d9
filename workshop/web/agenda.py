"""The agenda editor: add, order, change, remove; and what a phone will show, without saving anything."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.activities import Kind, discover, kind_of
from workshop.commands import agenda as agenda_commands
from workshop.forms import Form
from workshop.permissions import Actor, May
from workshop.queries import rooms
from workshop.web import pictures
from workshop.web.account_forms import Nothing
from workshop.web.agenda_forms import activity_form, fixed, settings_of, words_of
from workshop.web.guards import needs
from workshop.web.office import of_workshop
from workshop.web.walk import Walk

bp = Blueprint("agenda", __name__)

WAYS = {"up": -1, "down": 1}


@bp.get("/w/<workshop_id>/agenda")
@needs(May.FACILITATE)
def edit(workshop: Any, actor: Actor) -> ResponseReturnValue:
    rows = [(activity, kind_of(activity)) for activity in rooms.agenda(workshop.id)]
    minutes = sum(activity.minutes for activity, _kind in rows)
    return of_workshop("office/agenda.html", workshop, actor, rows=rows, minutes=minutes, form=Nothing())


@bp.get("/w/<workshop_id>/agenda/add")
@needs(May.FACILITATE)
def choose_kind(workshop: Any, actor: Actor) -> ResponseReturnValue:
    return of_workshop("office/kinds.html", workshop, actor, kinds=discover().values())


@bp.get("/w/<workshop_id>/agenda/add/<kind_name>")
@needs(May.FACILITATE)
def ask_activity(workshop: Any, kind_name: str, actor: Actor) -> ResponseReturnValue:
    kind = _kind(kind_name)
    form = activity_form(kind, _blank(kind), rooms.agenda(workshop.id))
    return _activity_page(workshop, actor, kind, form, None)


@bp.post("/w/<workshop_id>/agenda/add/<kind_name>")
@needs(May.FACILITATE)
def add(workshop: Any, kind_name: str, actor: Actor) -> ResponseReturnValue:
    kind = _kind(kind_name)
    form = activity_form(kind, _blank(kind), rooms.agenda(workshop.id))
    if not pictures.is_filled(form, workshop):
        return _activity_page(workshop, actor, kind, form, None), 422
    added = agenda_commands.add(workshop.id, kind.name, kind.gives, **words_of(form), settings=settings_of(form))
    pictures.keep(form, rooms.activity(added, workshop.id))
    return _back(workshop, f"activity-{added}")


@bp.get("/w/<workshop_id>/agenda/<activity_id>")
@needs(May.FACILITATE)
def ask_change(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    kind = kind_of(activity)
    form = activity_form(kind, activity, _earlier(activity))
    return _activity_page(workshop, actor, kind, form, activity)


@bp.post("/w/<workshop_id>/agenda/<activity_id>")
@needs(May.FACILITATE)
def change(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    kind = kind_of(activity)
    form = activity_form(kind, activity, _earlier(activity))
    if not pictures.is_filled(form, workshop):
        return _activity_page(workshop, actor, kind, form, activity), 422
    agenda_commands.change(activity, settings_of(form), **words_of(form))
    pictures.keep(form, activity)
    return _back(workshop, f"activity-{activity.id}")


@bp.post("/w/<workshop_id>/agenda/<activity_id>/move")
@needs(May.FACILITATE)
def move(workshop: Any, activity: Any) -> ResponseReturnValue:
    """The page comes back with the same button in focus, so that a key can be pressed again and again."""
    way = request.form.get("way", "")
    agenda_commands.move(activity, WAYS.get(way) or abort(400))
    return _back(workshop, f"{way}-{activity.id}")


@bp.get("/w/<workshop_id>/agenda/<activity_id>/remove")
@needs(May.FACILITATE)
def ask_remove(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    return of_workshop("office/remove_activity.html", workshop, actor, activity=activity, form=Nothing())


@bp.post("/w/<workshop_id>/agenda/<activity_id>/remove")
@needs(May.FACILITATE)
def remove(workshop: Any, activity: Any) -> ResponseReturnValue:
    try:
        agenda_commands.remove(activity)
    except agenda_commands.HasContent:
        flash(_("This was open already. It stays, with everything people gave."))
    return _back(workshop)


@bp.get("/w/<workshop_id>/agenda/<activity_id>/preview")
@needs(May.FACILITATE)
def preview(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    """The pages of a phone, one after the other. Nobody is in, and nothing is sent."""
    walk = Walk.of(activity, _nobody(activity))
    walk.at = min(request.args.get("at", 0, int), max(len(walk.steps) - 1, 0))
    words = walk.kind.phone(activity, walk.seat)
    return of_workshop("office/preview.html", workshop, actor, activity=activity, walk=walk, **words)


def _activity_page(workshop: Any, actor: Actor, kind: Kind, form: Form, activity: Any) -> str:
    stays = fixed(activity) if activity else set()
    words = {"kind": kind, "form": form, "activity": activity, "stays": stays, "has_picture": bool(pictures.of(form))}
    return of_workshop("office/activity.html", workshop, actor, **words)


def _kind(name: str) -> Kind:
    return discover().get(name) or abort(404)


def _blank(kind: Kind) -> SimpleNamespace:
    """An activity that is not there yet."""
    return SimpleNamespace(title=str(kind.title), prompt="", minutes=10, who="all", settings={}, state="waiting")


def _earlier(activity: Any) -> Iterable[Any]:
    return [row for row in rooms.agenda(activity.workshop_id) if row.position < activity.position]


def _nobody(activity: Any) -> SimpleNamespace:
    """A seat that is nobody's, of the side that the activity is for."""
    side = "lived" if activity.who == "all" else activity.who
    nowhere = {"id": "", "role": None, "claims": None, "door": "lived", "channel": "phone", "language": "en"}
    return SimpleNamespace(**nowhere, workshop_id=activity.workshop_id, side=side, habits={})


def _back(workshop: Any, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("agenda.edit", workshop_id=workshop.id, _anchor=anchor), 303)
