"""What a facilitator does with words: approve, edit, ask, hide, hold; every look at raw words leaves a trace."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.commands.upkeep import insert_unless_there
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Edit, Flag, Seen


class Held(Exception):
    """A worry is open about these words: they stay where they are until somebody has dealt with it."""


@command
def approve(contribution: Any, user_id: str) -> None:
    """Let the words out as far as their consent reaches. Raises Held while a worry is open."""
    if _has_open_worry(contribution.id):
        raise Held
    _move(contribution, "shown", user_id, "approve")


@command
def hide(contribution: Any, reason: str, user_id: str) -> None:
    """Keep the words from everybody but the teller, who reads the reason."""
    _move(contribution, "hidden", user_id, "hide", note=reason)


@command
def ask(contribution: Any, question: str, user_id: str) -> None:
    """Ask the teller something; they read it with their words."""
    _move(contribution, "asked", user_id, "ask", note=question)


@command
def edit(contribution: Any, text: str, reason: str, user_id: str) -> None:
    """Change words, as little as possible. The words before are kept for the teller, who may refuse the change."""
    if text == contribution.text:
        return
    db.session.add(
        Edit(contribution_id=contribution.id, before=contribution.text, after=text, reason=reason, by_user_id=user_id)
    )
    _update(contribution.id, text=text, public_yes_at=None)
    announce(contribution.workshop_id, "edited", activity=contribution.activity_id)
    audit("edit", user_id=user_id, thing=contribution.id)


@command
def worry(contribution: Any, note: str) -> None:
    """Somebody worries about these words, or about who wrote them: hold them."""
    db.session.add(Flag(workshop_id=contribution.workshop_id, contribution_id=contribution.id, note=note))
    _update(contribution.id, state="held")
    announce(contribution.workshop_id, "held", activity=contribution.activity_id)


@command
def settle_worry(contribution: Any, user_id: str) -> None:
    """The worry was dealt with; the words wait for approval again."""
    db.session.execute(sa.update(Flag).where(Flag.contribution_id == contribution.id).values(state="settled"))
    _move(contribution, "waiting", user_id, "settle worry")


@command
def note_seen(contribution_ids: Iterable[str], user_id: str) -> None:
    """An account read these raw words: the teller's receipt counts it."""
    for contribution_id in contribution_ids:
        insert_unless_there(Seen, contribution_id=contribution_id, user_id=user_id)


def _has_open_worry(contribution_id: str) -> bool:
    query = sa.select(Flag.id).where(Flag.contribution_id == contribution_id, Flag.state == "open")
    return db.session.execute(query).first() is not None


def _move(contribution: Any, state: str, user_id: str, act: str, note: str | None = None) -> None:
    _update(contribution.id, state=state, note=note)
    announce(contribution.workshop_id, "moderated", activity=contribution.activity_id, state=state)
    audit(act, user_id=user_id, thing=contribution.id)


def _update(contribution_id: str, **values: Any) -> None:
    db.session.execute(sa.update(Contribution).where(Contribution.id == contribution_id).values(**values))
