"""Who runs the room: makes the workshop of a conversation, lets cards out or hides them, closes and counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale

from workshop import activities
from workshop.activities import discover, kind_of
from workshop.commands import accounts as account_commands
from workshop.commands import agenda, command, moderating, organising, running, workshops
from workshop.models.columns import now
from workshop.play.conversation import Conversation, knowledge
from workshop.queries import accounts, contributions, rooms

EMAIL = "player@example.org"
ORGANISATION = "Conversations played again"
LANGUAGE = "en"
ANSWER_IN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop with cards and statements open together. `door` is the path of the join link."""

    workshop_id: str
    user_id: str
    cards: str
    statements: str

    @property
    def door(self) -> str:
        with moment():
            return f"/j/{running.door_token(self.workshop_id, self._workshop().generation, 'lived')}"

    def let_out(self, card_id: str) -> None:
        with moment():
            moderating.approve(contributions.one(card_id, self.workshop_id), self.user_id)

    def hide(self, card_id: str) -> None:
        with moment():
            moderating.hide(contributions.one(card_id, self.workshop_id), "Hidden then, hidden now.", self.user_id)

    def count(self) -> None:
        """Close both, and count without waiting: nobody is late in a conversation of long ago."""
        with moment():
            running.close_activity(self._activity(self.cards))
            running.close_activity(self._activity(self.statements))
            activities.count(self._activity(self.statements))
            running.reveal(self._activity(self.statements))

    def close(self) -> None:
        with moment():
            running.close_workshop(self._workshop(), (now() + ANSWER_IN).date(), self.user_id)

    def results(self, cell: int) -> Any:
        with moment():
            activity = self._activity(self.statements)
            return kind_of(activity).results(activity, cell)

    def _workshop(self) -> Any:
        return rooms.workshop(self.workshop_id)

    def _activity(self, activity_id: str) -> Any:
        return rooms.activity(activity_id, self.workshop_id)


@contextmanager
def moment() -> Iterator[None]:
    """The facilitator looks anew: what phones have done meanwhile is seen."""
    with current_app.app_context(), force_locale(LANGUAGE):
        yield


def make_room(conversation: Conversation) -> Room:
    """An open workshop for this conversation, in an organisation of its own."""
    with moment():
        return _make_room(conversation)


@command
def _make_room(conversation: Conversation) -> Room:
    user_id, organisation_id = _organisation()
    gives = {name: kind.gives for name, kind in discover().items()}
    workshop_id = workshops.make_workshop(organisation_id, conversation.title, None, gives, user_id=user_id)
    workshop = rooms.workshop(workshop_id)
    roles = [{"name": name, "side": side} for side, name in conversation.roles.items()]
    workshops.set_roles(workshop, roles)
    workshops.set_up(workshop, conversation.title, {"people_choose_side": True}, user_id)
    workshops.state(workshop, knowledge()["statements"], user_id)
    cards = _add(workshop_id, "cards", conversation.question, gives, {"level": 4})
    statements = _add(workshop_id, "statements", conversation.question, gives, {"items_from": cards})
    running.open_workshop(workshop, user_id)
    for place, activity_id in enumerate((cards, statements)):
        running.open_activity(rooms.activity(activity_id, workshop_id), beside=bool(place))
    return Room(workshop_id, user_id, cards, statements)


def _add(workshop_id: str, kind: str, question: str, gives: dict[str, str], settings: dict[str, Any]) -> str:
    words = {"title": str(discover()[kind].title), "prompt": question, "minutes": 0, "settings": settings}
    return agenda.add(workshop_id, kind, gives[kind], **words)


def _organisation() -> tuple[str, str]:
    """The player's account and its organisation, made the first time."""
    known = accounts.user_by_email(EMAIL)
    if known is None:
        user_id = account_commands.add_user(EMAIL, "Player", None)
        return user_id, organising.make_organisation(ORGANISATION, user_id)
    return known.id, next(iter(accounts.roles_of(known.id)))
