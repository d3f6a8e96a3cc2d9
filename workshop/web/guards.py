"""Load what the address names, ask whether this person may, hand it to the view."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from workshop.commands import accounts as account_commands
from workshop.consent import Viewer, may_see
from workshop.extensions import keys, login_manager
from workshop.permissions import NOBODY, Actor, May, may
from workshop.queries import accounts, contributions, places
from workshop.web import cookies, passing_on
from workshop.web.proof import lacks_second_step

NEEDS_ACCOUNT = {
    May.USE_AN_ACCOUNT,
    May.FACILITATE,
    May.ORGANISE,
    May.LEAD,
    May.EXPORT,
    May.SEE_RESULTS,
    May.ANSWER,
    May.ANSWER_THIS,
}


NEEDS_SEAT = {May.TAKE_PART, May.OWN}


class NotInTheRoom(Exception):
    """This phone has no seat here, or none any more: a new receipt put it out, or it was never in."""


@dataclass(slots=True)
class Thing:
    """What a permission is asked about."""

    organisation_id: str | None = None
    workshop_id: str | None = None
    participant_id: str | None = None
    for_the_service: bool = False


def init_app(app: Flask) -> None:
    login_manager.user_loader(accounts.signed_in)


def needs(permission: May) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """The guard of a view: it gets by name the `workshop`, `activity`, `contribution`, `organisation`, `actor`
    and `seat` that its signature asks for, loaded and allowed."""

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        wanted = frozenset(inspect.signature(view).parameters)

        @wraps(view)
        def guarded(**named: Any) -> ResponseReturnValue:
            found = load(named)
            actor = g.actor = who(found)
            if not may(actor, permission, about(found)):
                return refuse(actor, permission, found)
            if actor.user_id and lacks_second_step(permission):
                return redirect(url_for("second_step.settings", next=request.path), 303)
            found |= {"actor": actor, "seat": actor.seat}
            return view(**{name: value for name, value in found.items() if name in wanted})

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def load(named: dict[str, Any]) -> dict[str, Any]:
    """What the address names, or 404. An activity or contribution of another workshop is not found here."""
    found = dict(named)
    if "workshop_id" in named:
        place = where(named["workshop_id"], named.get("activity_id"))
        found["workshop"] = place.workshop or abort(404)
        found["seat"] = passing_on.who_left(place.workshop.id, place.seat) or place.seat
        g.workshop = place.workshop
        if "activity_id" in named:
            found["activity"] = place.activity or abort(404)
    if "contribution_id" in named:
        found["contribution"] = contributions.one(named["contribution_id"], named["workshop_id"]) or abort(404)
    if "organisation_id" in named:
        found["organisation"] = accounts.organisation(named["organisation_id"]) or abort(404)
    return found


def where(workshop_id: str, activity_id: str | None) -> places.Place:
    """The workshop, its activity and this phone's seat in it: one query, since every page begins with it."""
    token, place = cookies.seat_token(workshop_id), places.Place()
    for sealed in keys.seals("device", token) if token else (None,):
        place = places.place(workshop_id, activity_id, sealed)
        if place.seat or place.workshop is None:
            break
    return place


def about(found: dict[str, Any]) -> Thing:
    """The thing whose organisation, workshop and teller the rules look at."""
    workshop, organisation = found.get("workshop"), found.get("organisation")
    contribution = found.get("contribution")
    return Thing(
        organisation_id=workshop.organisation_id if workshop else organisation.id if organisation else None,
        workshop_id=workshop.id if workshop else None,
        participant_id=contribution.participant_id if contribution else None,
        for_the_service=contribution is not None and may_see(contribution, Viewer.SERVICE),
    )


def who(found: dict[str, Any]) -> Actor:
    """Who asks: the account of this browser, and its seat in the workshop that was found."""
    user = current_user if "_user_id" in cookies.signed() and current_user.is_authenticated else None
    workshop, seat = found.get("workshop"), found.get("seat")
    screen_of = workshop.id if workshop is not None and cookies.shows_screen(workshop) else None
    if user is None and seat is None and screen_of is None:
        return NOBODY
    return Actor(user.user_id if user else None, user.roles if user else {}, seat, screen_of)


def refuse(actor: Actor, permission: May, found: dict[str, Any]) -> ResponseReturnValue:
    """Say no: to a stranger with the way to sign in or join, to an account with a line in the audit log."""
    if actor.user_id is None and permission in NEEDS_ACCOUNT and request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    if actor.user_id is not None:
        thing = about(found)
        account_commands.note_denial(actor.user_id, thing.organisation_id, f"{request.endpoint} {permission.name}")
    elif permission in NEEDS_SEAT and "workshop" in found:
        raise NotInTheRoom
    return abort(403)
