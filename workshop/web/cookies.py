"""The cookies of a room: one name per workshop, so that joining a second does not lose the first."""

import hmac
from collections.abc import Iterator
from typing import Any

from flask import Flask, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.wrappers import Response

from workshop.commands.running import door_token
from workshop.extensions import keys
from workshop.queries import rooms

MONTHS = 90 * 24 * 3600


class Signed(SecureCookieSessionInterface):
    """Flask's own, with its keys prepared once and not for every request."""

    def __init__(self, app: Flask) -> None:
        self.serializer_of_app = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        return self.serializer_of_app


def init_app(app: Flask) -> None:
    app.session_interface = Signed(app)


def signed() -> Any:
    """Flask's signed cookie, which carries the form token and a browser's sign-in."""
    return session


def name(what: str, workshop_id: str) -> str:
    prefix = "" if current_app.config["PRACTICE"] else "__Host-"
    return f"{prefix}{what}-{workshop_id[:10]}"


def seat_token(workshop_id: str) -> str | None:
    """The token that makes this phone the same person as before."""
    return request.cookies.get(name("seat", workshop_id))


def seat(workshop_id: str) -> Any:
    """The person whose phone this is in a room, or None; under whichever key that is still believed."""
    token = seat_token(workshop_id)
    found = (rooms.seat(sealed, workshop_id) for sealed in (keys.seals("device", token) if token else ()))
    return next(filter(None, found), None)


def seat_tokens() -> list[str]:
    """The tokens of every seat that this phone holds, in whatever room."""
    start = name("seat", "")
    return [value for kept, value in request.cookies.items() if kept.startswith(start)]


def receipt_key(workshop_id: str) -> str | None:
    """The key of the receipt, which the person's own phone keeps."""
    return request.cookies.get(name("receipt", workshop_id))


def tablet(workshop_id: str) -> str | None:
    """The door of the next person, when this device is a shared tablet of the room."""
    return request.cookies.get(name("tablet", workshop_id))


def passes(workshop_id: str) -> list[str]:
    """What people who have passed this tablet on left behind, to send what still waits in it."""
    return [each for each in request.cookies.get(name("left", workshop_id), "").split(".") if each]


def shows_screen(workshop: Any) -> bool:
    """Was the projector link of this workshop, as it is now, opened in this browser?"""
    shown = request.cookies.get(name("screen", workshop.id))
    return shown is not None and any(hmac.compare_digest(shown, known) for known in _screen_passes(workshop))


def screen_pass(workshop: Any) -> str:
    return next(_screen_passes(workshop))


def _screen_passes(workshop: Any) -> Iterator[str]:
    return keys.seals("screen", door_token(workshop.id, workshop.generation, "screen"))


def put(response: Response, what: str, workshop_id: str, value: str) -> None:
    response.set_cookie(
        name(what, workshop_id),
        value,
        max_age=MONTHS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=not current_app.config["PRACTICE"],
    )


def remove(response: Response, what: str, workshop_id: str) -> None:
    secure = not current_app.config["PRACTICE"]
    response.delete_cookie(name(what, workshop_id), path="/", secure=secure, httponly=True, samesite="Lax")
