"""Accounts: who is signed in behind a token, who belongs to an organisation."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_login import UserMixin

from workshop.extensions import db, keys, setting
from workshop.models import Membership, Organisation, SignIn, SignInLink, SpareCode, User
from workshop.models.columns import now


@dataclass(frozen=True)
class Account(UserMixin):  # type: ignore[misc]
    """Somebody who is signed in: their roles by organisation. `token` names this browser's sign-in."""

    user_id: str
    name: str
    email: str
    token: str
    proved_at: datetime
    seen_at: datetime
    second_step: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)

    def get_id(self) -> str:
        return self.token


WAITS = timedelta(minutes=15)  # for the second step of a sign-in

_BEHIND = (
    sa.select(User.id, User.name, User.email, User.second_step, User.second_step_used)
    .add_columns(SignIn.made_at, SignIn.seen_at, SignIn.whole)
    .join(SignIn, SignIn.user_id == User.id)
    .where(SignIn.token_hash.in_(sa.bindparam("tokens", expanding=True)), User.active.is_(True))
)
_ROLES = sa.select(Membership.organisation_id, Membership.role).where(Membership.user_id == sa.bindparam("user"))


def signed_in(token: str) -> Account | None:
    """The account behind this browser's token, unless it slept too long, was signed out or switched off."""
    row = _behind(token)
    if row is None or not row.whole or _is_over(row.made_at, row.seen_at):
        return None
    facts = (row.id, row.name, row.email, token, row.made_at, row.seen_at, row.second_step is not None)
    return Account(*facts, roles_of(row.id))


def waiting(token: str) -> Any:
    """The account that said its password and not yet the digits of its phone; None when nothing waits any more."""
    row = _behind(token)
    return row if row and not row.whole and row.second_step and now() - row.made_at < WAITS else None


def _behind(token: str) -> Any:
    return db.session.connection().execute(_BEHIND, {"tokens": list(keys.seals("sign-in", token))}).first()


def _is_over(made_at: Any, seen_at: Any) -> bool:
    idle = timedelta(hours=setting("SIGN_IN_IDLE_HOURS"))
    return bool(now() - seen_at > idle or now() - made_at > timedelta(days=setting("SIGN_IN_DAYS")))


def organisation(organisation_id: str) -> Any:
    """One organisation with its statements, or None."""
    query = sa.select(*Organisation.__table__.columns, Organisation.id.label("organisation_id"))
    return db.session.connection().execute(query.where(Organisation.id == organisation_id)).first()


def organisations(organisation_ids: Sequence[str]) -> Sequence[Any]:
    """These organisations, by name."""
    query = sa.select(Organisation.id, Organisation.name, Organisation.example).order_by(Organisation.name)
    return db.session.connection().execute(query.where(Organisation.id.in_(organisation_ids))).all()


def tidy_email(email: str) -> str:
    """One spelling for one address."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def user_by_email(email: str) -> Any:
    """The account with this address and the hash of its password, or None."""
    query = sa.select(User.id, User.name, User.email, User.password_hash)
    return db.session.connection().execute(query.where(User.email == tidy_email(email), User.active.is_(True))).first()


def user(user_id: str) -> Any:
    """One account, or None; `has_password` says whether it comes in by links alone."""
    query = sa.select(User.id, User.name, User.email, User.password_hash.is_not(None).label("has_password"))
    return db.session.connection().execute(query.where(User.id == user_id)).first()


def has_second_step(user_id: str) -> bool:
    """Does this account say digits from a phone when it signs in?"""
    query = sa.select(User.second_step).where(User.id == user_id)
    return db.session.connection().execute(query).scalar() is not None


def spare_codes(user_id: str) -> int:
    """How many codes on paper are left."""
    query = sa.select(sa.func.count()).select_from(SpareCode).where(SpareCode.user_id == user_id)
    return int(db.session.connection().execute(query).scalar_one())


_PEOPLE = (
    sa.select(User.id, User.name, User.email, Membership.role)
    .join(Membership, Membership.user_id == User.id)
    .where(Membership.organisation_id == sa.bindparam("organisation"))
    .order_by(User.name, User.id)
)


def people(organisation_id: str) -> Sequence[Any]:
    """The accounts of an organisation with their roles, by name."""
    return db.session.connection().execute(_PEOPLE, {"organisation": organisation_id}).all()


def person(user_id: str, organisation_id: str) -> Any:
    """One of them, or None."""
    query = _PEOPLE.where(User.id == user_id)
    return db.session.connection().execute(query, {"organisation": organisation_id}).first()


def roles_of(user_id: str) -> dict[str, str]:
    """What an account may do, by organisation."""
    rows = db.session.connection().execute(_ROLES, {"user": user_id})
    return {row.organisation_id: row.role for row in rows}


def invitations(organisation_id: str) -> Sequence[Any]:
    """Invitations that can still be accepted."""
    query = sa.select(SignInLink.email, SignInLink.role, SignInLink.expires_at).where(
        SignInLink.organisation_id == organisation_id, SignInLink.purpose == "invite", *_still_good()
    )
    return db.session.connection().execute(query.order_by(SignInLink.email)).all()


def sealed_links(purpose: str, organisation_id: str | None, token: str) -> list[str]:
    """How a link's token is kept: sealed together with its purpose and organisation, so that it fits nothing else."""
    return list(keys.seals(f"link {purpose} {organisation_id or ''}", token))


def behind_link(purpose: str, organisation_id: str | None, token: str) -> Any:
    """The link with its account's name, if it has one; None once it is used, over, or for something else."""
    query = (
        sa.select(SignInLink.user_id, sa.func.coalesce(SignInLink.email, User.email).label("email"), User.name)
        .add_columns(SignInLink.role)
        .outerjoin(User, User.id == SignInLink.user_id)
        .where(SignInLink.token_hash.in_(sealed_links(purpose, organisation_id, token)), *_still_good())
    )
    return db.session.connection().execute(query).first()


def _still_good() -> tuple[Any, Any]:
    return SignInLink.used_at.is_(None), SignInLink.expires_at > now()


def words(name: str, email: str) -> list[str]:
    """What others know of somebody, and try in passwords."""
    return [*name.split(), *email.replace("@", " ").replace(".", " ").split()]
