"""Stories to hear: gather them for an audience, in an order, with content notes; then one at a time on the screen."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import NumberRange

from workshop.commands import moderating, playing
from workshop.consent import Viewer
from workshop.forms import Choice, Form, WholeNumber, no_longer_than, required
from workshop.permissions import Actor, May
from workshop.queries import contributions, playlists
from workshop.web.guards import needs

bp = Blueprint("playlists", __name__)

LONGEST_NOTE = 300
ACTS = {"up": playing.move_up, "out": playing.take_out}


class PlaylistForm(Form):
    title = StringField(_l("Name of the list"), [required(_l("Please write a name.")), no_longer_than(200)])
    audience = RadioField(
        _l("Who hears the stories?"),
        choices=[
            Choice(Viewer.ROOM.value, _l("People in this workshop")),
            Choice(Viewer.SERVICE.value, _l("People of the service, too")),
            Choice(Viewer.REPORT.value, _l("Guests at an event, without names")),
            Choice(Viewer.PUBLIC.value, _l("Everybody")),
        ],
        default=Viewer.ROOM.value,
    )
    seconds = WholeNumber(
        _l("Seconds of silence after each story"),
        [required(_l("Write a number from 5 to 300.")), NumberRange(5, 300, _l("Write a number from 5 to 300."))],
        default=30,
    )


@bp.get("/w/<workshop_id>/console/stories")
@needs(May.FACILITATE)
def listed(workshop: Any) -> ResponseReturnValue:
    return _list_page(workshop, PlaylistForm())


@bp.post("/w/<workshop_id>/console/stories")
@needs(May.FACILITATE)
def make(workshop: Any, actor: Actor) -> ResponseReturnValue:
    form = PlaylistForm()
    if not form.validate():
        return _list_page(workshop, form), 422
    made = playing.make(workshop, form.values(), str(actor.user_id))
    return redirect(url_for("playlists.edit", workshop_id=workshop.id, playlist=made), 303)


@bp.get("/w/<workshop_id>/console/stories/<playlist>")
@needs(May.FACILITATE)
def edit(workshop: Any, playlist: str, actor: Actor) -> ResponseReturnValue:
    """The stories in their order, those that can still be added, and how many may not be heard here."""
    chosen = _playlist(workshop, playlist)
    heard, offered = playlists.entries(chosen), playlists.offered(chosen)
    unseen = contributions.unseen_by(str(actor.user_id), [each.said.id for each in heard] + [s.id for s in offered])
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))
    left = playlists.left_out(workshop.id, Viewer(chosen.audience))
    words = {"playlist": chosen, "heard": heard, "offered": offered, "left": left}
    return render_template("console/playlist.html", workshop=workshop, **words)


@bp.post("/w/<workshop_id>/console/stories/<playlist>/add")
@needs(May.FACILITATE)
def add(workshop: Any, playlist: str) -> ResponseReturnValue:
    """One more story, or another content note for one that is there."""
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    playing.add(workshop, _playlist(workshop, playlist), request.form.get("story", ""), note)
    return _to_edit(workshop, playlist)


@bp.post("/w/<workshop_id>/console/stories/<playlist>/change")
@needs(May.FACILITATE)
def change(workshop: Any, playlist: str) -> ResponseReturnValue:
    """One place up, or out."""
    act = ACTS.get(request.form.get("act", "")) or abort(422)
    act(workshop, _playlist(workshop, playlist), request.form.get("story", ""))
    return _to_edit(workshop, playlist)


@bp.post("/w/<workshop_id>/console/stories/<playlist>/delete")
@needs(May.FACILITATE)
def delete(workshop: Any, playlist: str, actor: Actor) -> ResponseReturnValue:
    playing.delete(workshop, _playlist(workshop, playlist), str(actor.user_id))
    return redirect(url_for("playlists.listed", workshop_id=workshop.id), 303)


@bp.post("/w/<workshop_id>/console/stories/<playlist>/start")
@needs(May.FACILITATE)
def start(workshop: Any, playlist: str) -> ResponseReturnValue:
    playing.start(workshop, _playlist(workshop, playlist))
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/playing/next")
@needs(May.FACILITATE)
def go_on(workshop: Any) -> ResponseReturnValue:
    playing.go_on(workshop, request.args.get("seen", ""))
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/playing/longer")
@needs(May.FACILITATE)
def stay_longer(workshop: Any) -> ResponseReturnValue:
    playing.stay_longer(workshop)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/playing/stop")
@needs(May.FACILITATE)
def stop(workshop: Any) -> ResponseReturnValue:
    playing.stop(workshop)
    return _to_stage(workshop)


def _list_page(workshop: Any, form: PlaylistForm) -> str:
    kept = playlists.all_of(workshop.id)
    return render_template("console/playlists.html", workshop=workshop, form=form, kept=kept)


def _playlist(workshop: Any, playlist_id: str) -> Any:
    return playlists.one(playlist_id, workshop.id) or abort(404)


def _to_edit(workshop: Any, playlist_id: str) -> ResponseReturnValue:
    return redirect(url_for("playlists.edit", workshop_id=workshop.id, playlist=playlist_id), 303)


def _to_stage(workshop: Any) -> ResponseReturnValue:
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#stage", 303)
