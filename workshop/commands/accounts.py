"""Accounts: sign in, sign out, change a password. A browser's sign-in is a row; the row gone, it is signed out."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, passwords, upkeep
from workshop.events import audit
from workshop.extensions import db, keys
from workshop.keys import new_token
from workshop.models import Membership, SignIn, SignInLink, User
from workshop.models.columns import new_id, now
from workshop.queries import accounts

STRETCH = timedelta(minutes=15)


class Wrong(Exception):
    """No such account, or not its password: nobody learns which."""


class AlreadyThere(Exception):
    """An account with this e-mail address exists."""


@command
def note_denial(user_id: str, organisation_id: str | None, what: str) -> None:
    """An account was refused something: the audit log remembers."""
    audit("denied", user_id=user_id, organisation_id=organisation_id, thing=what, outcome="denied")


def sign_in(email: str, password: str, address: str) -> str:
    """The token of a new sign-in. Raises Wrong or TooMany."""
    return begin(_whose(email, password, address).id, "sign in")


def _whose(email: str, password: str, address: str) -> Any:
    """The account that this password opens. Raises Wrong, after the same work for unknown accounts, or TooMany.

    Failures are counted for the account and for the network address; one-time links ask neither count.
    """
    name = accounts.tidy_email(email)
    upkeep.check("password", name, STRETCH, "WRONG_PASSWORDS_PER_ACCOUNT")
    upkeep.check("password from", address, STRETCH, "WRONG_PASSWORDS_PER_ADDRESS")
    user = accounts.user_by_email(name)
    if not passwords.fits(password, user.password_hash if user else None):
        _count_failure(name, address, user.id if user else None)
        raise Wrong
    return user


@command
def begin(user_id: str, act: str, *, whole: bool = False) -> str:
    """Sign this browser in: a new token at each sign-in.

    Unless it is `whole`, one of an account with a second step waits for that, whatever way the person came.
    """
    token, whole = new_token(), whole or not accounts.has_second_step(user_id)
    db.session.add(SignIn(token_hash=keys.seal("sign-in", token), user_id=user_id, seen_at=now(), whole=whole))
    db.session.flush()
    audit(act if whole else f"{act}, first step", user_id=user_id)
    return token


@command
def renew(account: Any, act: str) -> str:
    """A new token in place of this browser's, when what the account may do has changed."""
    end(account.token)
    return begin(account.user_id, act, whole=True)


def prove(account: Any, password: str, address: str) -> str:
    """Somebody who is signed in says their password again: a new token in place of the old. Raises Wrong, TooMany."""
    _whose(account.email, password, address)
    return renew(account, "sign in again")


@command
def touch(token: str) -> None:
    """This browser was used just now."""
    tokens = list(keys.seals("sign-in", token))
    db.session.execute(sa.update(SignIn).where(SignIn.token_hash.in_(tokens)).values(seen_at=now()))


@command
def end(token: str) -> None:
    """Sign this browser out."""
    db.session.execute(sa.delete(SignIn).where(SignIn.token_hash.in_(list(keys.seals("sign-in", token)))))


@command
def end_others(account: Any) -> None:
    """Sign out every other browser of this account."""
    this = list(keys.seals("sign-in", account.token))
    others = sa.delete(SignIn).where(SignIn.user_id == account.user_id, SignIn.token_hash.not_in(this))
    db.session.execute(others)


@command
def end_everywhere(user_id: str) -> None:
    """Sign every browser of this account out."""
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user_id))
    audit("sign out everywhere", user_id=user_id)


def add_user(
    email: str, name: str, password: str | None, organisation_id: str | None = None, role: str = "facilitator"
) -> str:
    """Make an account, in an organisation if one is given; returns its id. Raises AlreadyThere or passwords.TooWeak.

    Without a password the person comes in by one-time links until they choose one.
    """
    hashed = passwords.hashed(password, accounts.words(name, email)) if password else None
    return add_hashed(accounts.tidy_email(email), name, hashed, organisation_id, role)


def change_password(account: Any, old: str | None, new: str, address: str) -> str:
    """A new password: every browser is signed out, links die, and this browser gets the token that is returned.

    `old` is None only for an account that has no password yet. Raises TooWeak, Wrong or TooMany.
    """
    hashed = passwords.hashed(new, accounts.words(account.name, account.email))
    if old is not None:
        _whose(account.email, old, address)
    return set_password(account.user_id, hashed, "change password", whole=True)


@command
def set_password(user_id: str, hashed: str, act: str, *, whole: bool = False) -> str:
    """Keep a password's hash; whoever was signed in with the old one is out. Returns a token for this browser."""
    db.session.execute(sa.update(User).where(User.id == user_id).values(password_hash=hashed))
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user_id))
    db.session.execute(sa.delete(SignInLink).where(SignInLink.user_id == user_id))
    return begin(user_id, act, whole=whole)


@command
def add_hashed(
    email: str, name: str, hashed: str | None, organisation_id: str | None = None, role: str = "facilitator"
) -> str:
    """Make an account with a password that is hashed already. Raises AlreadyThere."""
    if accounts.user_by_email(email):
        raise AlreadyThere
    user = User(id=new_id(), email=email, name=name, password_hash=hashed)
    db.session.add(user)
    db.session.flush()
    if organisation_id:
        db.session.add(Membership(user_id=user.id, organisation_id=organisation_id, role=role))
        db.session.flush()
    audit("add account", user_id=user.id, organisation_id=organisation_id, thing=role)
    return user.id


@command
def _count_failure(email: str, address: str, user_id: str | None) -> None:
    upkeep.fail("password", email, STRETCH)
    upkeep.fail("password from", address, STRETCH)
    audit("sign in", user_id=user_id, outcome="denied")
