"""One owner and one date for each idea, entered by a facilitator while the room listens."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField

from workshop.activities import Item, items_of, kind_of
from workshop.commands import promising
from workshop.forms import Form, no_longer_than, required
from workshop.permissions import Actor, May
from workshop.queries import promises
from workshop.queries.promises import promise_id
from workshop.web.guards import needs

bp = Blueprint("promises", __name__)


class PromiseForm(Form):
    what = TextAreaField(_l("The next step"), [required(_l("Please write the next step.")), no_longer_than(500)])
    who = StringField(
        _l("Who does it?"),
        [required(_l("Please write one name.")), no_longer_than(200)],
        description=_l("One person. Without an owner nothing happens."),
    )
    by_date = DateField(_l("By when?"), [required(_l("Please choose a day."))])


@bp.get("/w/<workshop_id>/a/<activity_id>/promises")
@needs(May.FACILITATE)
def ideas(workshop: Any, activity: Any) -> ResponseReturnValue:
    """Every idea, with its promise or without."""
    kept = promises.promises(activity.id)
    listed = [(item, kept.get(promise_id(activity.id, item.id))) for item in _ideas(activity)]
    return render_template("console/promises.html", workshop=workshop, activity=activity, listed=listed)


@bp.get("/w/<workshop_id>/a/<activity_id>/promises/<item>")
@needs(May.FACILITATE)
def ask(workshop: Any, activity: Any, item: str) -> ResponseReturnValue:
    idea = _idea(activity, item)
    kept = promises.promises(activity.id).get(promise_id(activity.id, idea.id))
    form = PromiseForm(data={"what": kept.what, "who": kept.who, "by_date": kept.day} if kept else {})
    return _page(workshop, activity, idea, form)


@bp.post("/w/<workshop_id>/a/<activity_id>/promises/<item>")
@needs(May.FACILITATE)
def keep(workshop: Any, activity: Any, item: str, actor: Actor) -> ResponseReturnValue:
    idea, form = _idea(activity, item), PromiseForm()
    if not form.validate():
        return _page(workshop, activity, idea, form), 422
    promising.promise(activity, idea.id, **form.values(), contribution_id=idea.contribution_id, user_id=actor.user_id)
    flash(_("The promise is kept here."))
    return redirect(url_for("promises.ideas", workshop_id=workshop.id, activity_id=activity.id), 303)


def _page(workshop: Any, activity: Any, idea: Item, form: Form) -> str:
    return render_template("console/promise.html", workshop=workshop, activity=activity, idea=idea, form=form)


def _ideas(activity: Any) -> list[Item]:
    return items_of(kind_of(activity).setting(activity, "owners_for"), activity.workshop_id)


def _idea(activity: Any, item_id: str) -> Item:
    return next((idea for idea in _ideas(activity) if idea.id == item_id), None) or abort(404)
