"""Our rules: a person says yes to them before they post, and a facilitator publishes what the group wrote."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from wtforms import TextAreaField

from workshop.activities import Telling, items_of, kind_of
from workshop.commands import agreeing
from workshop.forms import Form, no_longer_than, required
from workshop.permissions import Actor, May
from workshop.queries import rooms, rules
from workshop.web import cookies, errors
from workshop.web.guards import needs
from workshop.web.office import of_workshop

bp = Blueprint("rules", __name__)

AGREE = "agree"  # the field with which somebody says yes to a version
ASK_FIRST = 425  # too early: the phone keeps what it wanted to send, and sends it again


class RulesForm(Form):
    text = TextAreaField(
        _l("Our rules"),
        [required(_l("Please write at least one rule.")), no_longer_than(2000)],
        description=_l("One on each line, in the words of the group."),
    )


@bp.get("/w/<workshop_id>/our-rules")
@needs(May.TAKE_PART)
def read(workshop: Any, seat: Any) -> ResponseReturnValue:
    """The rules that hold now, with one tap to say yes."""
    return render_template("phone/rules.html", workshop=workshop, owed=owed(workshop, seat), **_told(workshop))


@bp.post("/w/<workshop_id>/our-rules")
@needs(May.TAKE_PART)
def accept(workshop: Any, seat: Any) -> ResponseReturnValue:
    heed(workshop, seat)
    return redirect(url_for("phone.now", workshop_id=workshop.id), 303)


@bp.get("/w/<workshop_id>/office/rules")
@needs(May.FACILITATE)
def edit(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """What holds now, what the group wrote on its cards, and what held before."""
    taken = rooms.activity(request.args.get("from", ""), workshop.id)
    text = "\n".join(_written(taken)) if taken else "\n".join(rules.current(workshop.id))
    return _page(workshop, actor, RulesForm(formdata=None, data={"text": text}))


@bp.post("/w/<workshop_id>/office/rules")
@needs(May.FACILITATE)
def publish(workshop: Any, actor: Actor) -> ResponseReturnValue:
    form = RulesForm()
    if not form.validate():
        return _page(workshop, actor, form), 422
    agreeing.publish(workshop, "\n".join(rules.lines(form.text.data or "")), str(actor.user_id))
    flash(_("These rules hold now. Everybody is asked for a yes before they send something."))
    return redirect(url_for("rules.edit", workshop_id=workshop.id), 303)


def owed(workshop: Any, seat: Any) -> int:
    """The version to which this person has not said yes yet, or 0."""
    version = rules.version_of(workshop)
    return version if version > seat.rules_version else 0


def heed(workshop: Any, seat: Any) -> bool:
    """Keep the yes that came with the request. True when this person may post."""
    version = owed(workshop, seat)
    if version and request.form.get(AGREE) == str(version):
        agreeing.accept(seat, version)
        return True
    return not version


def shown(workshop: Any, seat: Any) -> dict[str, Any]:
    """What a page needs to ask for the yes beside its own button; nothing where it is not owed."""
    version = owed(workshop, seat)
    return {"owed": version, **_told(workshop)} if version else {"owed": 0}


def hold(workshop: Any, seat: Any) -> Response | None:
    """Nothing is posted without a yes, and nothing typed is lost: the page comes back with it, or the phone waits.

    What a shared tablet still sends for somebody who has left goes on: nobody is there to ask.
    """
    if heed(workshop, seat) or _has_left(workshop, seat):
        return None
    if errors.wants_data():
        title = _("Please say yes to our rules first")
        where = url_for("rules.read", workshop_id=workshop.id)
        response = jsonify(error="rules", title=title, text=title, next=where, token=generate_csrf())
    else:
        kept = [pair for pair in errors.typed() if pair[0] != AGREE]
        asked = {"workshop": workshop, "kept": kept, "again": request.path}
        response = Response(render_template("phone/rules.html", owed=owed(workshop, seat), **asked, **_told(workshop)))
    response.status_code = ASK_FIRST
    return response


def _has_left(workshop: Any, seat: Any) -> bool:
    sits_here = cookies.seat(workshop.id)
    return sits_here is None or bool(sits_here.id != seat.id)


def _told(workshop: Any) -> dict[str, Any]:
    return {"our_rules": rules.current(workshop.id), "is_change": rules.version_of(workshop) > 1}


def _page(workshop: Any, actor: Actor, form: RulesForm) -> str:
    versions = rules.versions(workshop.id)
    words = {"form": form, "versions": versions, "sources": _sources(workshop), "lines": rules.lines}
    return of_workshop("office/rules.html", workshop, actor, **words)


def _sources(workshop: Any) -> list[Any]:
    """Activities in which people wrote cards that the room may see."""
    agenda = [row for row in rooms.agenda(workshop.id) if row.gives == "contributions"]
    return [row for row in agenda if _is_of_cards(row) and _written(row)]


def _is_of_cards(activity: Any) -> bool:
    kind = kind_of(activity)
    return isinstance(kind, Telling) and kind.contribution_kind == "card"


def _written(activity: Any) -> list[str]:
    return [" ".join(item.text.split()) for item in items_of(activity.id, activity.workshop_id) if item.text]
