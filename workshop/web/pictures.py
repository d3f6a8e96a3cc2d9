"""Photos: taken in with a story, and shown to those who may see the words they belong to."""

from typing import Any

from flask import Blueprint, Response, abort, g, request, send_file
from flask.typing import ResponseReturnValue
from wtforms import Field

from workshop import media
from workshop.commands import pictures as commands
from workshop.commands import upkeep
from workshop.consent import Viewer, may_see
from workshop.forms import Form
from workshop.media.words import words as words_for
from workshop.models.columns import new_id
from workshop.permissions import May, may
from workshop.queries import contributions
from workshop.web.guards import Thing, needs
from workshop.web.walk import sending_id

bp = Blueprint("pictures", __name__)


def take(form: Form, seat: Any) -> None:
    """If a photo came with the request, rebuild and keep it, and let the form carry its id; else say why not."""
    upload = request.files.get("photo_file")
    if upload is None or not upload.filename:
        return
    field: Field = form["photo"]
    named = sending_id(request.form.get("photo_as", "")) or new_id()
    if commands.is_kept(named, seat):  # it came before, and the answer was lost
        field.data = named
        return
    try:
        store = upkeep.photos()
        accepted = media.accept(upload.stream, store=store)
        media.check_room(store, incoming=accepted.size, from_person=commands.bytes_of(seat))
        field.data = commands.keep(accepted, seat, named)
    except media.Refused as refusal:
        form.refused_photo = str(words_for(refusal.reason))


@bp.get("/w/<workshop_id>/photo/<photo_id>")
@needs(May.FOLLOW)
def photo(workshop: Any, actor: Any, photo_id: str) -> ResponseReturnValue:
    """A photo, for those who may see its words; the teller sees their own before it is sent."""
    row = contributions.photo(photo_id)
    if row is None or row.workshop_id != workshop.id or not _may_look(row, actor, workshop):
        abort(404)
    name = row.small_file if request.args.get("small") else row.file
    try:
        response: Response = send_file(upkeep.photos().open(name), mimetype=media.TYPE)
    except FileNotFoundError:  # taken back just now
        abort(404)
    response.headers.update(media.HEADERS)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_look(row: Any, actor: Any, workshop: Any) -> bool:
    if actor.seat is not None and row.participant_id == actor.seat.id:
        return True
    said = contributions.one(row.contribution_id, workshop.id) if row.contribution_id else None
    if said is None:
        return False
    thing = Thing(organisation_id=workshop.organisation_id, workshop_id=workshop.id)
    viewer = Viewer.FACILITATOR if may(g.actor, May.FACILITATE, thing) else Viewer.ROOM
    return may_see(said, viewer)
