"""Worries: raised, said how grave they are, told to somebody, released. A worry rises alone and falls only by two."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Flag, Gravity, Told
from workshop.protecting.cues import speaks_of_self_harm
from workshop.queries import contributions, rooms, worries


class Lower(Exception):
    """A worry does not get less grave by saying so: it is released, and what is grave by two people."""


@command
def worry(contribution: Any, note: str, user_id: str | None = None, gravity: int = Gravity.UNSORTED) -> None:
    """Somebody worries about these words, or about who wrote them. `user_id` if it is an account.

    Words that were taken back in the same moment are gone, and nothing is held; whom to call is shown all the same.
    """
    if contributions.still_there([contribution.id]):
        _raise(contribution, note, gravity)
    if user_id:
        audit("worry", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


@command
def grade(contribution: Any, gravity: int, user_id: str) -> None:
    """Say how grave a worry is. Raises Lower for less than it was."""
    flag = worries.open_about(contribution.id)
    if flag is not None and gravity < flag.gravity:
        raise Lower
    worry(contribution, "", user_id, gravity)


@command
def release(contribution: Any, user_id: str) -> bool:
    """The worry was dealt with. True once the words wait for approval again: what is grave needs two accounts."""
    flag = worries.open_about(contribution.id)
    if flag is not None and not _is_enough(flag, user_id):
        _update_flag(flag.id, released_by_user_id=flag.released_by_user_id or user_id)
        audit("first release", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)
        return False
    if flag is not None:
        _update_flag(flag.id, state="settled")
        _let_wait(contribution)
        audit("settle worry", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)
    return True


@command
def note_told(contribution: Any, who: str, what: str, user_id: str) -> None:
    """Keep who was told of the worry, and when. The audit log knows that it was done, not who it was."""
    told = Told(
        workshop_id=contribution.workshop_id, contribution_id=contribution.id, who=who, what=what, by_user_id=user_id
    )
    db.session.add(told)
    audit("told somebody", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


def heed(contribution_id: str, workshop_id: str, words: Iterable[str]) -> None:
    """Inside a command: words that speak of self-harm wait for a person. Nothing is refused, and nobody else knows."""
    hold_again(contribution := contributions.one(contribution_id, workshop_id))
    if any(speaks_of_self_harm(each) for each in words if each):
        _raise(contribution, "", Gravity.UNSORTED, origin="words")


def hold_again(contribution: Any) -> None:
    """Inside a command: words that wait anew, while the worry about them is still open, stay held."""
    if worries.is_held(worries.open_about(contribution.id)):
        _set_state(contribution, "held")


def _is_enough(flag: Any, user_id: str) -> bool:
    return flag.gravity < Gravity.SAFEGUARDING or flag.released_by_user_id not in (None, user_id)


def _raise(contribution: Any, note: str, gravity: int, origin: str = "person") -> None:
    flag = worries.open_about(contribution.id)
    if flag is None:
        where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
        db.session.add(Flag(**where, note=note, gravity=gravity, origin=origin))
        db.session.flush()
    else:
        notes = "\n".join(filter(None, (flag.note, note)))
        graver = _graver(flag.gravity, gravity)
        _update_flag(flag.id, note=notes, gravity=graver, released_by_user_id=None)
    _let_wait(contribution)
    hold_again(contribution)


def _graver(before: int, now: int) -> int:
    """A new worry about what was only a complaint holds the words again until somebody has sorted it."""
    return Gravity.UNSORTED if before == Gravity.PRACTICE and now == Gravity.UNSORTED else max(before, now)


def _let_wait(contribution: Any) -> None:
    fresh = contributions.one(contribution.id, contribution.workshop_id)
    if fresh is not None and fresh.state == "held":
        _set_state(fresh, "waiting")


def _set_state(contribution: Any, state: str) -> None:
    query = sa.update(Contribution).where(Contribution.id == contribution.id).values(state=state)
    db.session.execute(query)
    announce(contribution.workshop_id, "held" if state == "held" else "moderated", activity=contribution.activity_id)


def _update_flag(flag_id: str, **values: Any) -> None:
    db.session.execute(sa.update(Flag).where(Flag.id == flag_id).values(**values))


def _organisation_of(thing: Any) -> str | None:
    workshop = rooms.workshop(thing.workshop_id)
    return workshop.organisation_id if workshop else None
