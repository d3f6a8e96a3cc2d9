"""A shared tablet is passed on: the one before is forgotten, and what they have not sent yet still arrives."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from workshop.commands import taking_part
from workshop.extensions import keys
from workshop.queries import rooms
from workshop.web import cookies, language, persons

SENDINGS = {"phone.answer", "words.take_back_by_id"}  # what an outbox sends for somebody who is not here any more
MOST = 12  # people whose unsent words one tablet can hold at once


def pass_on(workshop: Any) -> Response:
    """The cookies go. On a shared tablet a pass stays that can send what waits, and can show nothing."""
    token, door = cookies.seat_token(workshop.id) or "", next_door(workshop.id)
    taking_part.leave_device(token, may_still_send=door is not None)
    response = redirect(door or url_for("door.gone", workshop_id=workshop.id), 303)
    return forgotten(response, workshop.id)


def forgotten(response: Response, workshop_id: str) -> Response:
    """The same for a device whose first answer was lost: it asks again, and is out already."""
    token = cookies.seat_token(workshop_id)
    for what in ("seat", "receipt"):
        cookies.remove(response, what, workshop_id)
    if next_door(workshop_id) is not None:
        response.delete_cookie(language.COOKIE, path="/")
        if token:
            passes = dict.fromkeys([token, *cookies.passes(workshop_id)])
            cookies.put(response, "left", workshop_id, ".".join(list(passes)[:MOST]))
    return response


def next_door(workshop_id: str) -> str | None:
    """Where the next person begins, when this device is a shared tablet of the room."""
    door = cookies.tablet(workshop_id)
    return url_for("door.welcome", token=door) if door else None


def who_left(workshop_id: str, seat: Any) -> Any:
    """Whose words an outbox sends, when they are those of somebody who has passed this tablet on; else None.

    Only for what answers with a receipt and nothing else: no page is ever shown to such a pass.
    """
    is_sending = request.method == "POST" and request.endpoint in SENDINGS
    if not is_sending or request.accept_mimetypes.best != "application/json":
        return None
    said = request.form.get("person", "")
    if not said or (seat is not None and persons.is_mark(said, seat)):
        return None
    return next((one for one in _gone(workshop_id) if persons.is_mark(said, one)), None)


def _gone(workshop_id: str) -> list[Any]:
    sealed = [each for token in cookies.passes(workshop_id) for each in keys.seals("left", token)]
    return [one for one in (rooms.who_left(each, workshop_id) for each in sealed) if one is not None]
