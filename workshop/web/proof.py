"""Signing a browser in, where it may go next, and whether somebody proved lately who they are."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import unquote, urlsplit

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from workshop.extensions import setting
from workshop.models.columns import now
from workshop.permissions import Actor, May
from workshop.queries import accounts

FRESH = timedelta(minutes=15)
LONGEST_PATH = 500
FOR_ORGANISERS = {May.ORGANISE, May.LEAD, May.EXPORT}
WAITING = "waiting"  # in the browser's cookie: the sign-in that waits for its second step


def signed_in(token: str, following: str | None = None) -> ResponseReturnValue:
    """This browser now acts for the account, once the second step is done where there is one.

    Nothing of what its cookie held before stays.
    """
    account = accounts.signed_in(token)
    session.clear()
    if account is None:
        session[WAITING] = token
        return redirect(url_for("second_step.ask", next=local_path(following)), 303)
    session.permanent = True
    login_user(account)
    return redirect(local_path(following) or url_for("office.home"), 303)


def local_path(text: str | None) -> str | None:
    """`text` if it is a path on this site and nothing else, however it is spelt; otherwise None."""
    if not text or len(text) > LONGEST_PATH:
        return None
    spelling = text
    for _round in range(4):
        if not _is_plain_path(spelling):
            return None
        spelling, before = unquote(spelling), spelling
        if spelling == before:
            return text
    return None


def _is_plain_path(text: str) -> bool:
    visible = all("!" <= letter <= "~" and letter != "\\" for letter in text)
    parts = urlsplit(text) if visible else None
    return bool(parts and text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc)


def absolute(path: str) -> str:
    """A link to pass on: always under the configured address, whatever the request says."""
    return f"{setting('BASE_URL')}{path}"


def fresh_enough(actor: Actor) -> bool:
    """Did this browser's person sign in, or say the password again, in the last 15 minutes?"""
    return actor.user_id is not None and now() - current_user.proved_at < FRESH


def lacks_second_step(permission: May) -> bool:
    """Is this for organisers alone, who need a second step on an open network, and has this account none?"""
    needed = setting("SECOND_STEP") and not setting("PRACTICE")
    return bool(needed and permission in FOR_ORGANISERS and not current_user.second_step)


def needs_fresh(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Under `@needs`: whoever has not proved lately who they are does so first, and then comes back to the page.

    What is sent by POST needs a page to come back to, at the same address.
    """

    @wraps(view)
    def asked(**named: object) -> ResponseReturnValue:
        if now() - current_user.proved_at < FRESH:
            return view(**named)
        return redirect(url_for("accounts.confirm", next=request.path), 303)

    asked.asks_again = True  # type: ignore[attr-defined]
    return asked
