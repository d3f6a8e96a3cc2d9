"""Two ideas become one if both authors say yes, and are two again as soon as one of them, or the team, wants it."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.consent import Viewer
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Merge
from workshop.models.columns import new_id
from workshop.queries import contributions, merges, rooms


class Settled(Exception):
    """A choice that takes these ideas up has begun: nothing changes under those who choose."""


class NotThese(Exception):
    """These two cannot be asked: one is not to be seen here, or is asked about with another already."""


@command
def ask(activity: Any, one_id: str, other_id: str, user_id: str) -> None:
    """Ask both authors whether their ideas may be one. The team's own card has said yes."""
    _refuse_settled(activity)
    here = contributions.these([one_id, other_id], activity.workshop_id, Viewer.ROOM)
    seen = {said.id: said for said in here if said.activity_id == activity.id}
    taken = {each for row in merges.of(activity.id) for each in (row.one_id, row.other_id)}
    if len(seen) < 2 or taken & set(seen):
        raise NotThese
    one, other = sorted(seen.values(), key=lambda said: said.id)
    says = {
        "one_says": _says_already(one.id, activity.workshop_id),
        "other_says": _says_already(other.id, activity.workshop_id),
    }
    about = merges.about(one, other)
    db.session.add(Merge(id=new_id(), activity_id=activity.id, one_id=one.id, other_id=other.id, about=about, **says))
    db.session.flush()
    _note("ask whether two ideas may be one", activity, user_id)


@command
def answer(contribution: Any, merge_id: str, *, yes: bool) -> None:
    """An author says yes or no, and may change it as long as no choice has begun. Raises Settled from then on."""
    asked = merges.question(contribution)
    if asked is None or asked.id != merge_id:
        raise NotThese
    if asked.is_settled:
        raise Settled
    row = db.session.get(Merge, merge_id)
    if row is None:
        raise NotThese
    mine = "one_says" if row.one_id == contribution.id else "other_says"
    setattr(row, mine, "yes" if yes else "no")
    db.session.flush()
    announce(contribution.workshop_id, "answered_a_merge", activity=contribution.activity_id)


@command
def undo(activity: Any, merge_id: str, user_id: str) -> None:
    """Nothing was asked: both ideas stand alone. Raises Settled once a choice has begun."""
    _refuse_settled(activity)
    db.session.execute(sa.delete(Merge).where(Merge.id == merge_id, Merge.activity_id == activity.id))
    _note("part two ideas", activity, user_id)


def _refuse_settled(activity: Any) -> None:
    if merges.is_settled(activity):
        raise Settled


def _says_already(contribution_id: str, workshop_id: str) -> str:
    row = contributions.one(contribution_id, workshop_id)
    return "yes" if row is not None and row.channel == "host" else ""


def _note(act: str, activity: Any, user_id: str) -> None:
    workshop = rooms.workshop(activity.workshop_id)
    announce(activity.workshop_id, "asked_a_merge", activity=activity.id)
    audit(act, user_id=user_id, organisation_id=workshop.organisation_id if workshop else None, thing=activity.id)
