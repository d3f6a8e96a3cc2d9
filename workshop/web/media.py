"""Photos, sounds and films: taken in with a story, and shown to those who may see the words they belong to."""

from typing import Any

from flask import Blueprint, Response, abort, g, request, send_file
from flask.typing import ResponseReturnValue
from wtforms import Field

from workshop import media
from workshop.commands import files
from workshop.commands import media as commands
from workshop.consent import Viewer, may_perceive
from workshop.forms import Form
from workshop.media.words import words as words_for
from workshop.models.columns import new_id
from workshop.permissions import May, may
from workshop.queries import contributions
from workshop.queries import media as queries
from workshop.web.guards import Thing, needs
from workshop.web.walk import sending_id

bp = Blueprint("media", __name__)


def take(form: Form, seat: Any) -> None:
    """If a photo came with the request, rebuild and keep it, and let the form carry its id; else say why not."""
    upload = request.files.get("photo_file")
    if upload is None or not upload.filename:
        return
    field: Field = form["media"]
    named = sending_id(request.form.get("photo_as", "")) or new_id()
    try:
        if not queries.is_here(named, seat.id):  # else it came before, and the answer was lost
            _keep_photo(upload.stream, seat, named)
        others = [pair for pair in media.pairs(field.data or "") if pair[0] != "photo"]
        field.data = media.named((*others, ("photo", named)))
    except media.Refused as refusal:
        form.refused_media = str(words_for(refusal.reason))


def _keep_photo(stream: Any, seat: Any, named: str) -> None:
    store = files.store()
    accepted = media.accept(stream, store=store)
    check_room(seat, store, accepted.size)
    commands.keep_photo(accepted, seat, named)


def check_room(seat: Any, store: media.Store, incoming: int) -> None:
    """Raises media.Refused when the disk, the person's share or the workshop's has no room for so much more."""
    of_person = queries.bytes_of(participant_id=seat.id)
    of_workshop = queries.bytes_of(workshop_id=seat.workshop_id)
    media.check_room(store, incoming=incoming, from_person=of_person, in_workshop=of_workshop)


@bp.get("/w/<workshop_id>/media/<medium_id>")
@needs(May.FOLLOW)
def file(workshop: Any, actor: Any, medium_id: str) -> ResponseReturnValue:
    """A photo, sound or film, for those who may see its words; the teller has their own before it is sent."""
    row = queries.one(medium_id)
    if row is None or row.workshop_id != workshop.id or row.state != "ready" or not _may_look(row, actor, workshop):
        abort(404)
    still = bool(request.args.get("small"))
    name, kind = (row.small_file, media.TYPE) if still else (row.file, media.TYPES[row.kind])
    try:
        opened = files.store().open(name or "")
    except FileNotFoundError:  # taken back just now, or a sound, which has no picture
        abort(404)
    response: Response = send_file(opened, mimetype=kind, conditional=True, etag=False)
    response.headers.update({**media.HEADERS, "Content-Type": kind})
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
    return may_perceive(row, said, viewer)
