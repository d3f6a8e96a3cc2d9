"""Promises after the day: kept, not yet, or cannot; and how many of those that are due were kept."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField, ValidationError

from workshop.commands import following_up
from workshop.forms import Choice, Form, no_longer_than
from workshop.permissions import Actor, May
from workshop.queries import promises
from workshop.web.guards import needs
from workshop.web.office import of_workshop

bp = Blueprint("follow_up", __name__)


class WordForm(Form):
    state = RadioField(
        _l("What became of it?"),
        choices=[
            Choice("kept", _l("It is kept")),
            Choice("late", _l("Not yet")),
            Choice("cannot", _l("It cannot be kept, because")),
            Choice("open", _l("It is still open")),
        ],
    )
    word = TextAreaField(
        _l("Say it in a sentence"), [no_longer_than(1000)], description=_l("Everybody who asked may read it.")
    )

    def validate_word(self, field: TextAreaField) -> None:
        if self.state.data in ("late", "cannot") and not field.data:
            raise ValidationError(_l("Please say why. People deserve a reason."))


@bp.get("/w/<workshop_id>/promises")
@needs(May.FACILITATE)
def listed(workshop: Any, actor: Actor) -> ResponseReturnValue:
    told = promises.of_workshop(workshop.id)
    return of_workshop("answers/promises.html", workshop, actor, promised=told, kept=promises.kept(told))


@bp.get("/w/<workshop_id>/promises/<promise>")
@needs(May.FACILITATE)
def ask(workshop: Any, promise: str, actor: Actor) -> ResponseReturnValue:
    found = _promise(workshop, promise)
    return _page(workshop, actor, found, WordForm(data={"state": found.state, "word": found.word}))


@bp.post("/w/<workshop_id>/promises/<promise>")
@needs(May.FACILITATE)
def give_word(workshop: Any, promise: str, actor: Actor) -> ResponseReturnValue:
    found, form = _promise(workshop, promise), WordForm()
    if not form.validate():
        return _page(workshop, actor, found, form), 422
    following_up.give_word(workshop, found.id, form.state.data, form.word.data or "", str(actor.user_id))
    flash(_("The word is kept here."))
    return redirect(url_for("follow_up.listed", workshop_id=workshop.id), 303)


def _page(workshop: Any, actor: Actor, found: promises.Promise, form: WordForm) -> str:
    return of_workshop("answers/promise.html", workshop, actor, kept=found, form=form)


def _promise(workshop: Any, promise_id: str) -> promises.Promise:
    told = {each.id: each for each in promises.of_workshop(workshop.id)}
    return told.get(promise_id) or abort(404)
