"""One-time links: each is good for one purpose, in one organisation, once, and not for long. Only a seal is kept."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import accounts as account_commands
from workshop.commands import command, passwords, upkeep
from workshop.events import audit
from workshop.extensions import db, setting
from workshop.keys import new_token
from workshop.models import Membership, SignInLink
from workshop.models.columns import now
from workshop.queries import accounts

PURPOSES = ("sign_in", "invite", "reset")


class LinkOver(Exception):
    """Used, expired, replaced, or good for something else: nobody learns which."""


class SomebodyElse(Exception):
    """The invitation is for another account than the one that is signed in."""


@command
def make_link(user_id: str, purpose: str, organisation_id: str | None = None, by_user_id: str | None = None) -> str:
    """The token of a link with which this account signs in (`sign_in`) or chooses a new password (`reset`).

    A new one takes the place of those before it.
    """
    waiting = sa.delete(SignInLink).where(SignInLink.user_id == user_id, SignInLink.purpose == purpose)
    db.session.execute(waiting)
    audit(f"make {purpose} link", user_id=by_user_id, organisation_id=organisation_id, thing=user_id)
    lives = timedelta(minutes=setting("SIGN_IN_LINK_MINUTES"))
    return _add(purpose, organisation_id, lives, user_id=user_id)


@command
def invite(organisation_id: str, email: str, role: str, by_user_id: str) -> str:
    """The token of an invitation; a new one for the same address takes the place of the old. Raises TooMany."""
    upkeep.spend("invite", organisation_id, timedelta(hours=1), limit="INVITES_PER_HOUR")
    email = accounts.tidy_email(email)
    withdraw(organisation_id, email)
    audit("invite", user_id=by_user_id, organisation_id=organisation_id, thing=role)
    return _add("invite", organisation_id, timedelta(days=setting("INVITE_DAYS")), email=email, role=role)


@command
def withdraw(organisation_id: str, email: str) -> None:
    """An invitation that nobody needs any more."""
    mine = (SignInLink.organisation_id == organisation_id, SignInLink.email == email, SignInLink.purpose == "invite")
    db.session.execute(sa.delete(SignInLink).where(*mine))


@command
def sign_in(token: str) -> str:
    """Spend a sign-in link: the token for this browser. Raises LinkOver."""
    link = _spend("sign_in", None, token)
    return account_commands.begin(link.user_id, "sign in by link")


def choose_password(organisation_id: str, token: str, password: str) -> str:
    """Spend a reset link on a new password; every other browser is out. Raises LinkOver, passwords.TooWeak."""
    user = accounts.behind_link("reset", organisation_id, token)
    if user is None:
        raise LinkOver
    return _set_password(organisation_id, token, passwords.hashed(password, accounts.words(user.name, user.email)))


def accept_new(organisation_id: str, token: str, name: str, password: str) -> str:
    """Somebody without an account accepts an invitation: a new account, signed in. Raises LinkOver, AlreadyThere."""
    link = accounts.behind_link("invite", organisation_id, token)
    if link is None:
        raise LinkOver
    return _make_account(organisation_id, token, name, passwords.hashed(password, accounts.words(name, link.email)))


@command
def accept(organisation_id: str, token: str, account: Any) -> str:
    """Somebody who is signed in accepts an invitation to their own address. Raises LinkOver, SomebodyElse."""
    link = accounts.behind_link("invite", organisation_id, token)
    if link is not None and link.email != account.email:
        raise SomebodyElse
    link = _spend("invite", organisation_id, token)
    _join(account.user_id, organisation_id, link.role)
    return account_commands.renew(account, "accept invitation")


@command
def _set_password(organisation_id: str, token: str, hashed: str) -> str:
    link = _spend("reset", organisation_id, token)
    return account_commands.set_password(link.user_id, hashed, "choose password by link")


@command
def _make_account(organisation_id: str, token: str, name: str, hashed: str) -> str:
    link = _spend("invite", organisation_id, token)
    user_id = account_commands.add_hashed(link.email, name, hashed)
    _join(user_id, organisation_id, link.role)
    return account_commands.begin(user_id, "sign in by invitation")


def _join(user_id: str, organisation_id: str, role: str) -> None:
    db.session.merge(Membership(user_id=user_id, organisation_id=organisation_id, role=role))
    db.session.flush()
    audit("accept invitation", user_id=user_id, organisation_id=organisation_id, thing=role)


def _add(purpose: str, organisation_id: str | None, lives: timedelta, **facts: Any) -> str:
    token = new_token()
    sealed = accounts.sealed_links(purpose, organisation_id, token)[0]
    link = SignInLink(token_hash=sealed, purpose=purpose, organisation_id=organisation_id, **facts)
    link.expires_at = now() + lives
    db.session.add(link)
    db.session.flush()
    return token


def _spend(purpose: str, organisation_id: str | None, token: str) -> Any:
    """Mark the link used in the same stroke that looks whether it still works: two clicks are one."""
    sealed = accounts.sealed_links(purpose, organisation_id, token)
    fresh = (SignInLink.token_hash.in_(sealed), SignInLink.used_at.is_(None), SignInLink.expires_at > now())
    facts = (SignInLink.user_id, SignInLink.email, SignInLink.role)
    link = db.session.execute(sa.update(SignInLink).where(*fresh).values(used_at=now()).returning(*facts)).first()
    if link is None:
        raise LinkOver
    return link
