"""What belongs to one's words or waits for a facilitator: transcripts, the yes for voice and face, another try."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from workshop.commands import media as media_commands
from workshop.commands import rebuilding, transcribing
from workshop.commands.helping import CHANNELS
from workshop.consent import Viewer, may_see
from workshop.forms import Form, no_longer_than
from workshop.media import Reason
from workshop.media.words import words as words_for
from workshop.permissions import Actor, May
from workshop.queries import media as queries
from workshop.web.guards import needs

bp = Blueprint("transcripts", __name__)


class TranscriptForm(Form):
    transcript = TextAreaField(_l("The words of this recording"), [no_longer_than(20_000)])


class YesForm(Form):
    voice = BooleanField(_l("Others may hear my voice."))
    face = BooleanField(_l("Others may see my face."))
    words_only = BooleanField(_l("Keep my words only. Delete the recording when they are written down."))


@bp.app_template_global("media_of")
def media_of(contribution_id: str) -> list[Any]:
    """What belongs to these words, for their teller and for facilitators; pages for others never ask."""
    return queries.of([contribution_id]).get(contribution_id, [])


@bp.app_template_global("heard_in_the_room")
def heard_in_the_room(said: Sequence[Any]) -> dict[str, list[Any]]:
    """Sounds and films that the room may hear and see, by the words they belong to."""
    return queries.perceived([each.id for each in said], Viewer.ROOM) if said else {}


@bp.app_template_global("why_refused")
def why_refused(why: str) -> str:
    return str(words_for(Reason(why)))


@bp.app_template_global("yes_form_of")
def yes_form_of(contribution_id: str) -> YesForm:
    """What the teller has said to voice and face; for the teller's own page."""
    return YesForm(formdata=None, data=queries.yeses(contribution_id))


@bp.post("/w/<workshop_id>/words/<contribution_id>/media/<medium_id>/transcript")
@needs(May.OWN)
def write(workshop: Any, contribution: Any, seat: Any, medium_id: str) -> ResponseReturnValue:
    """The teller's own words for it count at once; who helped them asks them first."""
    form, by = TranscriptForm(), "helper" if seat.channel in CHANNELS else "teller"
    if form.validate():
        transcribing.write(_of(contribution, medium_id), form.transcript.data or "", by)
    return _to_mine(contribution)


@bp.post("/w/<workshop_id>/words/<contribution_id>/media/<medium_id>/accept")
@needs(May.OWN)
def accept(workshop: Any, contribution: Any, medium_id: str) -> ResponseReturnValue:
    """«This is what I said», to exactly the words on the page."""
    transcribing.accept(_of(contribution, medium_id), request.form.get("as_read", "").replace("\r\n", "\n"))
    return _to_mine(contribution)


@bp.post("/w/<workshop_id>/words/<contribution_id>/media/<medium_id>/remove")
@needs(May.OWN)
def remove(workshop: Any, contribution: Any, medium_id: str) -> ResponseReturnValue:
    transcribing.remove(_of(contribution, medium_id))
    return _to_mine(contribution)


@bp.post("/w/<workshop_id>/words/<contribution_id>/voice-and-face")
@needs(May.OWN)
def say_yes(workshop: Any, contribution: Any) -> ResponseReturnValue:
    form = YesForm()
    if form.words_only.data:
        transcribing.keep_words_only(contribution)
    else:
        transcribing.say_yes(contribution, voice=bool(form.voice.data), face=bool(form.face.data))
    return _to_mine(contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/media/<medium_id>/transcript")
@needs(May.FACILITATE)
def write_for_them(workshop: Any, contribution: Any, medium_id: str) -> ResponseReturnValue:
    """It counts when the teller has accepted it."""
    form = TranscriptForm()
    if form.validate():
        transcribing.write(_readable(contribution, medium_id), form.transcript.data or "", "facilitator")
    return _to_console(contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/media/<medium_id>/accept")
@needs(May.FACILITATE)
def accept_for_them(workshop: Any, contribution: Any, actor: Actor, medium_id: str) -> ResponseReturnValue:
    """Who gave these words by somebody else's hand has heard them read, and says: this is what I said."""
    medium, read = _readable(contribution, medium_id), request.form.get("as_read", "").replace("\r\n", "\n")
    if contribution.helped and request.form.get("read_back"):
        transcribing.accept_for_them(medium, read, workshop.organisation_id, str(actor.user_id))
    return _to_console(contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/media/<medium_id>/approve")
@needs(May.FACILITATE)
def approve(workshop: Any, contribution: Any, medium_id: str) -> ResponseReturnValue:
    """It came after its words were approved, and somebody has seen or heard it now."""
    _readable(contribution, medium_id)
    media_commands.approve(contribution.id)
    return _to_console(contribution)


@bp.post("/w/<workshop_id>/console/words/<contribution_id>/media/<medium_id>/again")
@needs(May.FACILITATE)
def try_again(workshop: Any, contribution: Any, medium_id: str) -> ResponseReturnValue:
    rebuilding.try_again(_readable(contribution, medium_id).id)
    return _to_console(contribution)


def _of(contribution: Any, medium_id: str) -> Any:
    row = queries.one(medium_id)
    return row if row is not None and row.contribution_id == contribution.id else abort(404)


def _readable(contribution: Any, medium_id: str) -> Any:
    return _of(contribution, medium_id) if may_see(contribution, Viewer.FACILITATOR) else abort(404)


def _to_mine(contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where), 303)


def _to_console(contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    return redirect(url_for("moderation.words", **where), 303)
