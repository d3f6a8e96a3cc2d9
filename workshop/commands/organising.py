"""Organisations: make one, say what its workshops state, change roles, let people go."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import accounts as account_commands
from workshop.commands import command, lines
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Membership, Organisation, SignIn, SignInLink, Workshop
from workshop.models.columns import new_id

ROLES = ("organiser", "facilitator", "responder")


class LastOrganiser(Exception):
    """An organisation keeps at least one organiser."""


@command
def make_organisation(name: str, user_id: str, *, example: bool = False) -> str:
    """A new organisation with this account as its organiser; returns its id."""
    organisation = Organisation(id=new_id(), name=name, example=example)
    db.session.add(organisation)
    db.session.flush()
    db.session.add(Membership(user_id=user_id, organisation_id=organisation.id, role="organiser"))
    db.session.flush()
    audit("make organisation", user_id=user_id, organisation_id=organisation.id)
    return organisation.id


def make_mine(name: str, account: Any) -> tuple[str, str]:
    """The same for somebody who is signed in: the organisation's id, and a new token, since they may do more now."""
    return _make_mine(name, account)


@command
def _make_mine(name: str, account: Any) -> tuple[str, str]:
    organisation_id = make_organisation(name, account.user_id)
    return organisation_id, account_commands.renew(account, "sign in again")


@command
def rename(organisation: Any, name: str, user_id: str) -> None:
    db.session.execute(sa.update(Organisation).where(Organisation.id == organisation.id).values(name=name))
    audit("rename organisation", user_id=user_id, organisation_id=organisation.id)


@command
def state(organisation: Any, statements: Mapping[str, str], user_id: str) -> None:
    """What all workshops of the organisation state, unless they state it otherwise."""
    values = {name: text for name, text in statements.items() if text}
    db.session.execute(sa.update(Organisation).where(Organisation.id == organisation.id).values(statements=values))
    mine = sa.select(Workshop.id).where(Workshop.organisation_id == organisation.id).order_by(Workshop.id)
    for workshop_id in db.session.execute(mine).scalars().all():
        announce(workshop_id, "changed_statements")
    audit("change statements", user_id=user_id, organisation_id=organisation.id)


@command
def change_role(organisation: Any, person_id: str, role: str, user_id: str) -> None:
    """Another role; the person signs in anew. Raises LastOrganiser."""
    lines.one_at_a_time(organisation.id)
    if role != "organiser":
        _keep_an_organiser(organisation.id, person_id)
    where = (Membership.organisation_id == organisation.id, Membership.user_id == person_id)
    changed = sa.update(Membership).where(*where).values(role=role).returning(Membership.user_id)
    _sign_out(db.session.execute(changed).scalar())
    audit(f"make {role}", user_id=user_id, organisation_id=organisation.id, thing=person_id)


@command
def let_go(organisation: Any, person_id: str, user_id: str) -> None:
    """Somebody leaves the organisation and is signed out everywhere. Raises LastOrganiser."""
    lines.one_at_a_time(organisation.id)
    _keep_an_organiser(organisation.id, person_id)
    where = (Membership.organisation_id == organisation.id, Membership.user_id == person_id)
    gone = db.session.execute(sa.delete(Membership).where(*where).returning(Membership.user_id)).scalar()
    links = (SignInLink.user_id == person_id, SignInLink.organisation_id == organisation.id)
    db.session.execute(sa.delete(SignInLink).where(*links))
    _sign_out(gone)
    audit("let go", user_id=user_id, organisation_id=organisation.id, thing=person_id)


def _keep_an_organiser(organisation_id: str, without: str) -> None:
    others = (
        sa.select(sa.func.count())
        .select_from(Membership)
        .where(
            Membership.organisation_id == organisation_id, Membership.role == "organiser", Membership.user_id != without
        )
    )
    if not db.session.execute(others).scalar():
        raise LastOrganiser


def _sign_out(person_id: str | None) -> None:
    """Whoever was a member here; a stranger's id signs nobody out."""
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == person_id))
