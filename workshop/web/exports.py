"""Taking outcomes out of the house: the pack, the list of exports, and what was withdrawn from each since."""

import os
from typing import Any

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from workshop.consent import Viewer
from workshop.exports import bundle, csv_files, manifest
from workshop.exports import withdrawn as withdrawn_table
from workshop.forms import Choice, Form
from workshop.permissions import Actor, May
from workshop.queries import withdrawals
from workshop.web.guards import needs
from workshop.web.office import of_workshop
from workshop.web.proof import needs_fresh

bp = Blueprint("exports", __name__)


class NewExport(Form):
    """For whom the pack is decides which words are inside."""

    audience = RadioField(
        _l("For whom is it?"),
        default=Viewer.ORGANISER_EXPORT.value,
        choices=[
            Choice(Viewer.ORGANISER_EXPORT.value, _l("For us")),
            Choice(Viewer.REPORT.value, _l("For others")),
        ],
    )


@bp.get("/w/<workshop_id>/exports")
@needs(May.EXPORT)
@needs_fresh
def listed(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """What was exported, what was withdrawn since, and a new pack."""
    return _page(workshop, actor, NewExport())


@bp.post("/w/<workshop_id>/exports")
@needs(May.EXPORT)
@needs_fresh
def make(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """The pack itself: made, recorded and sent in one go; no address leads to it afterwards."""
    form = NewExport()
    if not form.validate():
        return _page(workshop, actor, form), 422
    return _sent(bundle.make(workshop, Viewer(form.audience.data), actor.user_id))


@bp.get("/w/<workshop_id>/exports/<export_id>/withdrawn")
@needs(May.EXPORT)
def withdrawn(workshop: Any, actor: Actor, export_id: str) -> ResponseReturnValue:
    """What its readers may use no longer."""
    export = withdrawals.one_made(export_id, workshop.id) or abort(404)
    words = {"export": export, "whom": manifest.audience(Viewer(export.audience))}
    return of_workshop("results/withdrawn.html", workshop, actor, **words)


@bp.get("/w/<workshop_id>/exports/<export_id>/withdrawn.csv")
@needs(May.EXPORT)
def withdrawn_file(workshop: Any, export_id: str) -> ResponseReturnValue:
    """The same as a file to send to whoever has the export."""
    export = withdrawals.one_made(export_id, workshop.id) or abort(404)
    response = Response(b"".join(csv_files.chunks(withdrawn_table.table(export))), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="withdrawn-{export.sha256[:12]}.csv"'
    return response


def _page(workshop: Any, actor: Actor, form: NewExport) -> str:
    made = [(export, manifest.audience(Viewer(export.audience))) for export in withdrawals.made(workshop.id)]
    return of_workshop("results/exports.html", workshop, actor, made=made, form=form)


def _sent(pack: bundle.Pack) -> Response:
    length = os.fstat(pack.file.fileno()).st_size
    response = send_file(pack.file, "application/zip", as_attachment=True, download_name=pack.name, etag=False)
    response.content_length = length
    response.headers["Cache-Control"] = "no-store"
    return response
