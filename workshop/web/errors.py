"""Errors in plain words that say what to do next; whatever was typed comes back with a fresh form."""

import errno
import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, SecurityError

from workshop.commands import CannotSave
from workshop.commands.choosing import ChangedTooLate, Closed, NotAsked, WordsKept
from workshop.commands.merges import NotThese, Settled
from workshop.commands.moderating import Held
from workshop.commands.taking_part import Conflict, NotYours, TakenBack
from workshop.commands.upkeep import TooMany
from workshop.extensions import UNREACHABLE
from workshop.media import Unreachable
from workshop.web import passing_on
from workshop.web.guards import NotInTheRoom

log = logging.getLogger(__name__)
NEVER_BACK = {"csrf_token", "password", "new_password"}
OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_stale_form)
    app.register_error_handler(CannotSave, on_cannot_save)
    for unreachable in (*UNREACHABLE, Unreachable):
        app.register_error_handler(unreachable, on_cannot_save)
    app.register_error_handler(TooMany, on_too_many)
    app.register_error_handler(Closed, page(409, "closed"))
    app.register_error_handler(ChangedTooLate, page(409, "changed_too_late"))
    app.register_error_handler(NotAsked, page(409, "not_asked"))
    app.register_error_handler(WordsKept, page(409, "words_kept"))
    app.register_error_handler(Conflict, page(409, "conflict"))
    app.register_error_handler(Held, page(409, "held"))
    app.register_error_handler(Settled, page(409, "settled"))
    app.register_error_handler(NotThese, page(409, "not_these"))
    app.register_error_handler(TakenBack, page(410, "taken_back"))
    app.register_error_handler(NotYours, page(403, "not_yours"))
    app.register_error_handler(NotInTheRoom, on_out)
    app.register_error_handler(OSError, on_broken_file)
    app.register_error_handler(Exception, on_surprise)


def words(name: str) -> tuple[str, str]:
    """What happened, and what to do next."""
    return {
        "stale": (_("Please send it once more"), _("This page was open for a long time. Your words are still here.")),
        "busy": (_("We are busy for a moment"), _("Your words are still here. Please send them again in a moment.")),
        "cannot_save": (_("We cannot save right now"), _("Your words are still here. Please tell the facilitator.")),
        "closed": (_("This question is closed"), _("Your choice came too late. It was not kept or counted.")),
        "changed_too_late": (
            _("This question is closed"),
            _("What you sent in time is counted. Nothing after that was kept."),
        ),
        "not_asked": (_("This question is for the others in the room"), _("Your choice was not kept or counted.")),
        "words_kept": (
            _("This question is closed"),
            _("Your words are kept. Answers after the close are not counted."),
        ),
        "conflict": (_("This was sent before"), _("The first words are safe. Look under «My words» to change them.")),
        "held": (_("Somebody worries about these words"), _("Settle the worry first. Then you can approve them.")),
        "settled": (_("People choose already"), _("Both ideas stay as they are now.")),
        "not_these": (_("This question is not asked any more"), _("One of the two ideas has changed. Both stay.")),
        "taken_back": (_("You took these words back"), _("They stay taken back. Nothing was sent.")),
        "not_yours": (_("This is not yours to change"), _("Open it with the receipt that you got for it.")),
        "out": (
            _("This phone is not in the room now"),
            _("Open your receipt here, or join with the code on the screen. What you sent is safe."),
        ),
        "400": (_("We did not understand that"), _("Please go back and try again.")),
        "403": (_("This page is not open to you"), _("Join with the code on the screen, or ask the facilitator.")),
        "404": (_("There is nothing at this address"), _("Check the address, or join with the code on the screen.")),
        "405": (_("That does not work here"), _("Please go back and try again.")),
        "410": (_("This is not there any more"), _("It was taken back or has ended.")),
        "413": (_("This is too big to send"), _("Choose a smaller photo or a shorter text. Your words are here.")),
        "415": (_("We cannot read this kind of file"), _("Please choose a photo.")),
        "421": (_("This address is not safe"), _("Ask the facilitator for the address that starts with https.")),
        "422": (_("A part of it did not arrive"), _("Please send it again.")),
        "500": (_("Something went wrong here"), _("It is not your fault. Your words are here. Please try again.")),
    }.get(name, (_("That did not work"), _("Please go back and try again.")))


def page(status: int, name: str) -> Callable[[Exception], Response]:
    """A handler that shows these words with this status."""
    return lambda _error: answer(status, name)


def answer(status: int, name: str, retry_after: int | None = None, reference: str | None = None) -> Response:
    """The error as a page with what was typed, or as data for our own script."""
    title, text = words(name)
    if wants_data():
        response = jsonify(error=name, title=title, text=text, token=generate_csrf())
    else:
        kept = typed() if request.method == "POST" else []
        body = render_template(
            "errors/error.html", title=title, text=text, kept=kept, again=request.path, reference=reference, error=name
        )
        response = Response(body)
    response.status_code = status
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def wants_data() -> bool:
    return request.accept_mimetypes.best == "application/json"


def typed() -> list[tuple[str, str]]:
    """The fields that came with the request, so that nothing has to be typed twice."""
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # the body itself was refused; the server has kept what had arrived of it
        fields = request.environ.get("workshop.words", [])
    return [(name, value) for name, value in fields if name not in NEVER_BACK]


def on_http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400 or isinstance(error, SecurityError):
        return error  # a strange host gets the bare answer: no page of ours is built for it
    return answer(error.code, str(error.code))


def on_out(_error: NotInTheRoom) -> Any:
    """A page of somebody who has passed a shared tablet on leads to where the next person begins."""
    door = passing_on.next_door(g.workshop.id) if "workshop" in g else None
    if door is None:
        return answer(403, "out")
    leads_on = request.method == "GET" and not wants_data()
    return passing_on.forgotten(redirect(door, 303) if leads_on else answer(403, "out"), g.workshop.id)


def on_stale_form(_error: CSRFError) -> Response:
    return answer(403, "stale")


def on_cannot_save(error: Exception) -> Response:
    """Neither written nor, where a look came first, read."""
    log.error("Cannot save: %s", error)
    return answer(503, "cannot_save", retry_after=5)


def on_broken_file(error: OSError) -> Response:
    """No room for a photo, or for the line that says what was taken back: the same as for any other words."""
    return on_cannot_save(error) if error.errno in OF_THE_DISK else on_surprise(error)


def on_too_many(error: TooMany) -> Response:
    return answer(429, "busy", retry_after=error.seconds)


def on_surprise(error: Exception) -> Response:
    """A reference for the log, never a trace for the reader."""
    if current_app.config["TESTING"] and current_app.config["DEBUG"]:
        raise error
    reference = secrets.token_hex(4)
    log.exception("Error %s at %s", reference, request.endpoint)
    return answer(500, "500", reference=reference)
