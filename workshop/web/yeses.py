"""My separate yeses, changed later: may my words be quoted, may I be asked again?"""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from workshop.commands import yeses
from workshop.forms import Form
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("yeses", __name__)


class Yeses(Form):
    quote = BooleanField(_l("You may quote my words."))
    contact = BooleanField(_l("You may ask me about it again."))


@bp.post("/w/<workshop_id>/words/<contribution_id>/yeses")
@needs(May.OWN)
def change(workshop: Any, contribution: Any) -> ResponseReturnValue:
    form = Yeses()
    yeses.change(contribution, quote=bool(form.quote.data), contact=bool(form.contact.data))
    where = {"workshop_id": workshop.id, "contribution_id": contribution.id}
    return redirect(url_for("words.one", **where, _anchor="yeses"), 303)
