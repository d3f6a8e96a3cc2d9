"""What a teller answers to the team: yes or no to a change of words, and a wish that a second person looks."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command, moderating, worries
from workshop.commands.taking_part import NotYours
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Edit, Objection
from workshop.models.columns import now
from workshop.queries import contributions, rooms
from workshop.queries import worries as known


class SamePerson(Exception):
    """Whoever decided does not answer the objection to it."""


@command
def refuse_edit(contribution: Any, edit_id: str) -> None:
    """The teller refuses a facilitator's change: their own words are back, and wait for approval again."""
    edit = db.session.get(Edit, edit_id)
    if edit is None or edit.contribution_id != contribution.id:
        raise NotYours
    edit.answer = "refused"
    moderating.put_words(contribution, {edit.place: edit.before}, state="waiting")
    worries.hold_again(contribution)
    announce(contribution.workshop_id, "refused_edit", activity=contribution.activity_id)


@command
def accept_edit(contribution: Any, edit_id: str) -> None:
    """The teller agrees with a facilitator's change."""
    edit = db.session.get(Edit, edit_id)
    if edit is None or edit.contribution_id != contribution.id:
        raise NotYours
    edit.answer = "accepted"
    announce(contribution.workshop_id, "accepted_edit", revise=False)


@command
def ask_for_second(contribution: Any, note: str) -> None:
    """Ask for a second person, once for each decision; asking twice asks once."""
    decided = known.decision(contribution.id)
    if not known.may_object(contribution.id):
        return
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    db.session.add(Objection(**where, note=note, act=decided.act, against_user_id=decided.user_id))
    db.session.flush()
    announce(contribution.workshop_id, "objected", activity=contribution.activity_id)


@command
def let_out(contribution: Any, user_id: str, *, as_read: str | None = None, recognisable: bool | None = None) -> None:
    """The second person lets the words out; of an edit, the teller's own. Raises as `approve` does, and SamePerson."""
    objection = _open_for(contribution, user_id)
    moderating.approve(contribution, user_id, as_read=as_read, recognisable=recognisable)
    if objection.act == "edit":
        _give_back(contribution)
    _answer(contribution, objection, "let_out", "", user_id)


@command
def keep(contribution: Any, because: str, user_id: str) -> None:
    """It stays as it was decided; the teller reads why. Raises SamePerson."""
    _answer(contribution, _open_for(contribution, user_id), "stays", because, user_id)


def _open_for(contribution: Any, user_id: str) -> Any:
    objection = known.objection(contribution.id)
    fresh = contributions.one(contribution.id, contribution.workshop_id)
    if objection is None or objection.state != "open" or fresh is None:
        raise moderating.Changed
    if objection.against_user_id == user_id:
        raise SamePerson
    return objection


def _give_back(contribution: Any) -> None:
    """The words from before the first edit that the teller has not agreed to."""
    query = sa.select(Edit).where(Edit.contribution_id == contribution.id, Edit.answer.is_(None))
    edits = list(db.session.execute(query.order_by(Edit.made_at, Edit.id)).scalars())
    if edits:
        moderating.put_words(contribution, {edit.place: edit.before for edit in reversed(edits)})
    for edit in edits:
        edit.answer = "refused"


def _answer(contribution: Any, objection: Any, state: str, because: str, user_id: str) -> None:
    values = {"state": state, "because": because, "answered_at": now()}
    db.session.execute(sa.update(Objection).where(Objection.id == objection.id).values(**values))
    announce(contribution.workshop_id, "looked_again", activity=contribution.activity_id)
    workshop = rooms.workshop(contribution.workshop_id)
    organisation_id = workshop.organisation_id if workshop else None
    audit(f"second look: {state}", user_id=user_id, organisation_id=organisation_id, thing=contribution.id)
