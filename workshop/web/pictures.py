"""Pictures in the settings of an activity, whatever its kind: taken in with its form, made anew, kept beside it."""

from typing import Any

from flask_babel import gettext as _

from workshop import media
from workshop.commands import agenda, files
from workshop.commands import media as commands
from workshop.forms import Form, PictureField
from workshop.media.words import words as words_for
from workshop.queries import media as queries


def of(form: Form) -> list[PictureField]:
    return [field for field in form if isinstance(field, PictureField)]


def is_filled(form: Form, workshop: Any) -> bool:
    """Is every answer right, and can every picture be used? Browsers forget a chosen file: then we ask once more."""
    is_right = form.validate()
    for field in of(form):
        if field.upload and is_right:
            _take(field, workshop)
        elif field.upload:
            field.errors = [_("Please choose the photo again.")]
    return is_right and not form.errors


def keep(form: Form, activity: Any) -> None:
    """What was chosen takes the place of what was there."""
    for field in of(form):
        if field.upload:
            kept = commands.keep_picture(field.accepted, activity)
            agenda.change(activity, {field.name: kept})


def _take(field: Any, workshop: Any) -> None:
    store = files.store()
    try:
        field.accepted = media.accept(field.upload.stream, store=store)
        media.check_room(store, incoming=field.accepted.size, in_workshop=queries.bytes_of(workshop_id=workshop.id))
    except media.Refused as refusal:
        field.errors = [str(words_for(refusal.reason))]
