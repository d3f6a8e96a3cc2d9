"""The console: the run-sheet and what it does with activities, the screen, opening and closing the workshop."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, ValidationError

from workshop import activities
from workshop.commands import running
from workshop.forms import Form
from workshop.live import parts
from workshop.models.statements import STATEMENTS
from workshop.permissions import Actor, May, may
from workshop.queries import contributions, last_look, rooms
from workshop.queries.loose_ends import loose_ends
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.moderation import front_words
from workshop.web.presence import numbers_of
from workshop.web.saved_light import can_save

bp = Blueprint("console", __name__)


class Day(DateField):
    """A day; what is none is asked for again in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please give the date by which people get an answer.")) from None


class CloseForm(Form):
    answer_by = Day(_l("By when do people get an answer?"))

    def validate_answer_by(self, field: Day) -> None:
        if field.data and field.data < date.today():  # noqa: DTZ011 - the day of the people in the room
            raise ValidationError(_l("This day is over. Please choose a day to come."))


@bp.get("/w/<workshop_id>/console")
@needs(May.FACILITATE)
def room(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Everything at once; with script its parts follow the room."""
    front = front_words(workshop, actor)
    return render_template(
        "console/console.html",
        workshop=workshop,
        parts={name: parts.render(workshop.id, name, language.code()) for name in parts.of("console")},
        numbers=numbers_of(workshop),
        can_save=can_save(),
        leads=may(actor, May.LEAD, workshop),
        turned=(looked := last_look.last()) is not None and bool(looked.turned),
        waiting=contributions.how_many_wait(workshop.id) + len(rooms.help_requests(workshop.id)),
        **front,
    )


@bp.get("/w/<workshop_id>/console/saved")
@needs(May.FACILITATE)
def saved(workshop: Any) -> ResponseReturnValue:
    """The light: a write was tried just now, and this is how it went."""
    is_on = can_save()
    return jsonify(saved=is_on), 200 if is_on else 503


@bp.post("/w/<workshop_id>/console/open")
@needs(May.FACILITATE)
def open_workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Open the doors, or say what must be stated first, each with a link to its field."""
    try:
        running.open_workshop(workshop, actor.user_id)
    except running.NotReady as not_ready:
        gaps = [each for each in STATEMENTS if each.name in not_ready.missing]
        return render_template("console/not_ready.html", workshop=workshop, gaps=gaps), 409
    return _to_stage(workshop)


@bp.get("/w/<workshop_id>/console/close")
@needs(May.FACILITATE)
def ask_close(workshop: Any) -> ResponseReturnValue:
    return _close_page(workshop, CloseForm())


@bp.post("/w/<workshop_id>/console/close")
@needs(May.FACILITATE)
def close_workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Nobody closes without saying when people get an answer."""
    form = CloseForm()
    if not form.validate():
        return _close_page(workshop, form), 422
    running.close_workshop(workshop, form.answer_by.data, actor.user_id)
    flash(_("The workshop is closed. The screen says thank you."))
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/next")
@needs(May.FACILITATE)
def open_next(workshop: Any) -> ResponseReturnValue:
    running.open_next(workshop)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/open")
@needs(May.FACILITATE)
def open_activity(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.open_activity(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/beside")
@needs(May.FACILITATE)
def open_beside(workshop: Any, activity: Any) -> ResponseReturnValue:
    """Open it, and leave open what is open."""
    running.open_activity(activity, beside=True)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/time")
@needs(May.FACILITATE)
def give_time(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.give_time(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/turn")
@needs(May.FACILITATE)
def give_turn(workshop: Any, activity: Any) -> ResponseReturnValue:
    """The next one speaks."""
    running.give_turn(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/close")
@needs(May.FACILITATE)
def close_activity(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.close_activity(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/count")
@needs(May.FACILITATE)
def count_now(workshop: Any, activity: Any) -> ResponseReturnValue:
    """Count without waiting for the last two minutes."""
    activities.count_now(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/again")
@needs(May.FACILITATE)
def ask_again(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.ask_again(activity)
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#run-sheet", 303)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/reveal")
@needs(May.FACILITATE)
def reveal(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.reveal(activity)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/reveal/<page>")
@needs(May.FACILITATE)
def reveal_page(workshop: Any, activity: Any, page: str) -> ResponseReturnValue:
    """A further page of the results, of those that the kind has."""
    if page not in dict(activities.kind_of(activity).more_on_the_screen(activity)):
        abort(404)
    running.reveal(activity, page)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/show")
@needs(May.FACILITATE)
def show_activity(workshop: Any, activity: Any) -> ResponseReturnValue:
    running.put_on_screen(workshop, "activity", activity=activity.id)
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/show/join")
@needs(May.FACILITATE)
def show_join(workshop: Any) -> ResponseReturnValue:
    running.put_on_screen(workshop, "join")
    return _to_stage(workshop)


@bp.post("/w/<workshop_id>/console/show/thanks")
@needs(May.FACILITATE)
def show_thanks(workshop: Any) -> ResponseReturnValue:
    running.put_on_screen(workshop, "thanks")
    return _to_stage(workshop)


@bp.app_errorhandler(running.NotReady)
def on_not_ready(error: running.NotReady) -> ResponseReturnValue:
    """A button of a console that was open for long: the room has moved on. Or paper that is not in yet."""
    page = "console/box_left.html" if error.missing == ["boxes"] else "console/moved_on.html"
    return render_template(page), 409


def _close_page(workshop: Any, form: CloseForm) -> str:
    return render_template("console/close.html", workshop=workshop, form=form, loose=loose_ends(workshop.id))


def _to_stage(workshop: Any) -> ResponseReturnValue:
    return redirect(url_for("console.room", workshop_id=workshop.id) + "#stage", 303)
