"""Photos, sounds and films: taken in with a story or after it, and shown to those who may see what they belong to."""

from contextlib import suppress
from os import SEEK_END
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from workshop import media
from workshop.commands import CannotSave, arriving, files, rebuilding
from workshop.commands import media as commands
from workshop.commands.helping import CHANNELS
from workshop.consent import Viewer, may_perceive
from workshop.forms import Form
from workshop.media.remake import taken
from workshop.media.words import words as words_for
from workshop.models.columns import new_id
from workshop.permissions import May, may
from workshop.queries import contributions, playlists, rooms
from workshop.queries import media as queries
from workshop.web import beside
from workshop.web.guards import Thing, needs
from workshop.web.walk import sending_id

bp = Blueprint("media", __name__)

EYES = {May.FACILITATE: Viewer.FACILITATOR, May.FOLLOW: Viewer.ROOM, May.ANSWER: Viewer.SERVICE}


def take(form: Form, seat: Any) -> None:
    """What came with the request in one form is kept, and the form carries its id; else it says why not."""
    for kind in taken():
        upload = request.files.get(f"{kind}_file")
        if upload is not None and upload.filename:
            _take_one(form, seat, kind, upload.stream)


def _take_one(form: Form, seat: Any, kind: str, stream: Any) -> None:
    field: Field = form["media"]
    named = sending_id(request.form.get(f"{kind}_as", "")) or new_id()
    try:
        if not queries.is_here(named, seat.id):  # else it came before, and the answer was lost
            _keep(kind, stream, seat, named)
        others = [pair for pair in media.pairs(field.data or "") if pair[0] != kind]
        field.data = media.named((*others, (kind, named)))
    except media.Refused as refusal:
        form.refused_media = str(words_for(refusal.reason))


def _keep(kind: str, stream: Any, seat: Any, named: str) -> None:
    """A photo is rebuilt at once; a sound or film waits for the queue."""
    if kind == "photo":
        _keep_photo(stream, seat, named)
        return
    check_room(seat, files.store(), stream.seek(0, SEEK_END))
    stream.seek(0)
    arriving.take_whole(seat, kind, named, stream)


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


@bp.post("/w/<workshop_id>/media/<medium_id>")
@needs(May.TAKE_PART)
def piece(workshop: Any, seat: Any, medium_id: str) -> ResponseReturnValue:
    """One piece of something that belongs to this person's words. What it answers once all is here is the receipt."""
    about = _announced(medium_id)
    data = request.get_data()
    if len(data) > media.LARGEST_PIECE or not data:
        abort(413)
    try:
        check_room(seat, files.store(), len(data))
        row = arriving.take(seat, about, _number("at"), data)
    except arriving.Apart as apart:
        return jsonify(id=medium_id, has=apart.has, state="arriving"), apart.status
    except media.Refused:  # no room: the phone keeps it and tries again later
        return jsonify(id=medium_id, error="cannot_save", title=_("We cannot save right now")), 503
    return _how_far(_at_once(row) if (row.kind, row.state) == ("photo", "waiting") else row)


@bp.get("/w/<workshop_id>/media/<medium_id>/arrival")
@needs(May.TAKE_PART)
def arrival(workshop: Any, seat: Any, medium_id: str) -> ResponseReturnValue:
    """How much of one's own is safe here."""
    row = queries.one(medium_id)
    return _how_far(row) if row is not None and row.participant_id == seat.id else abort(404)


def _how_far(row: Any) -> Response:
    has = queries.has(row.id) if row.state == "arriving" else row.size
    why = {"why": str(words_for(media.Reason(row.why)))} if row.why else {}
    return jsonify(id=row.id, has=has, state=row.state, sha256=row.sent_sha256, **why)


def _announced(medium_id: str) -> arriving.Announced:
    """What the phone says of the whole: a kind that this server takes, and a size that is allowed."""
    kind, of = request.args.get("kind", ""), sending_id(request.args.get("of", ""))
    digest, size = request.args.get("sha256", ""), _number("size")
    if sending_id(medium_id) != medium_id or of is None or len(digest) != 64 or size < 1:
        abort(400)
    if kind not in taken():
        abort(415)
    if size > media.LARGEST[kind]:
        abort(413)
    return arriving.Announced(medium_id, of, kind, size, digest.lower())


def _at_once(row: Any) -> Any:
    """A photo takes a moment: who sent it need not wait for the queue, unless many come at once or this goes wrong."""
    with suppress(media.Refused, CannotSave):
        rebuilding.rebuild_now(row.id)
    return queries.one(row.id) or row


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else abort(400)


@bp.get("/w/<workshop_id>/media/<medium_id>")
@needs(May.PERCEIVE)
def file(workshop: Any, actor: Any, medium_id: str) -> ResponseReturnValue:
    """A photo, sound or film, for those who may see its words; the teller has their own before it is sent."""
    row = queries.one(medium_id)
    if row is None or row.state != "ready" or not _may_look(row, actor, workshop):
        abort(404)
    still = bool(request.args.get("small"))
    name, kind = (row.small_file, media.TYPE) if still else (row.file, media.TYPES[row.kind])
    try:
        opened = files.store().open(name or "")
    except FileNotFoundError:  # taken back just now, or a sound, which has no picture
        abort(404)
    size = opened.seek(0, SEEK_END)
    opened.seek(0)
    response: Response = send_file(opened, mimetype=kind, etag=False)
    response.content_length = size
    response.make_conditional(request, accept_ranges=True, complete_length=size)
    response.headers.update({**media.HEADERS, "Content-Type": kind})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_look(row: Any, actor: Any, workshop: Any) -> bool:
    """One's own; what may be seen through any of one's eyes; of another workshop, what the screen plays now."""
    thing = Thing(organisation_id=workshop.organisation_id, workshop_id=workshop.id)
    if row.workshop_id != workshop.id:
        return may(actor, May.WATCH, thing) and playlists.is_heard(row, workshop)
    if row.activity_id is not None:
        return _belongs_to_what_is_on(row, actor, thing)
    if _is_own(row, actor, workshop) or (may(actor, May.FACILITATE, thing) and _is_of_somebody_added(row)):
        return True
    said = contributions.one(row.contribution_id, workshop.id) if row.contribution_id else None
    return said is not None and any(
        may(actor, permission, thing) and may_perceive(row, said, viewer) for permission, viewer in EYES.items()
    )


def _is_own(row: Any, actor: Any, workshop: Any) -> bool:
    """It is of this phone's person; or of whom they help, as long as it is not sent."""
    if actor.seat is None:
        return False
    if row.participant_id == actor.seat.id:
        return True
    helped = beside.person(workshop) if row.contribution_id is None else None
    return helped is not None and row.participant_id == helped.id


def _is_of_somebody_added(row: Any) -> bool:
    """Whom a facilitator writes for sees their photo on the console, as long as it is not sent."""
    person = rooms.person(row.participant_id, row.workshop_id) if row.contribution_id is None else None
    return person is not None and (person.door, person.channel in CHANNELS) == ("host", True)


def _belongs_to_what_is_on(row: Any, actor: Any, thing: Thing) -> bool:
    """A facilitator's own picture: the room sees it when its activity is opened."""
    activity = rooms.activity(row.activity_id, row.workshop_id)
    is_on = activity is not None and activity.state != "waiting"
    return may(actor, May.FACILITATE, thing) or (is_on and may(actor, May.FOLLOW, thing))
