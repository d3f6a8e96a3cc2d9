"""The workshop of a conversation, made by the installation's own commands before anybody comes in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale

from workshop.activities import discover, kind_of
from workshop.commands import accounts as account_commands
from workshop.commands import agenda, command, links, organising, running, workshops
from workshop.play.conversation import Conversation, knowledge
from workshop.queries import accounts, rooms

EMAIL = "player@example.org"
ORGANISATION = "Conversations played again"
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop with cards and statements. `door` and `sign_in` are tokens of links."""

    workshop_id: str
    organisation_id: str
    cards: str
    statements: str
    door: str
    sign_in: str

    def results(self, cell: int) -> Any:
        """What the app says of the statements."""
        with moment():
            activity = rooms.activity(self.statements, self.workshop_id)
            return kind_of(activity).results(activity, cell)


@contextmanager
def moment() -> Iterator[None]:
    """Look at the database anew: what phones have done meanwhile is seen."""
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
    _set_up(rooms.workshop(workshop_id), conversation, user_id)
    cards = _add(workshop_id, "cards", conversation.question, gives, {"level": 4})
    statements = _add(workshop_id, "statements", conversation.question, gives, {"items_from": cards})
    workshop: Any = rooms.workshop(workshop_id)
    door = running.door_token(workshop_id, workshop.generation, "lived")
    return Room(workshop_id, organisation_id, cards, statements, door, links.make_link(user_id, "sign_in"))


def _set_up(workshop: Any, conversation: Conversation, user_id: str) -> None:
    """Its roles, which people choose for themselves, and what it states."""
    workshops.set_roles(workshop, [{"name": name, "side": side} for side, name in conversation.roles.items()])
    workshops.set_up(workshop, conversation.title, {"people_choose_side": True}, user_id)
    workshops.state(workshop, knowledge()["statements"], user_id)
    running.open_workshop(workshop, user_id)


def _add(workshop_id: str, kind: str, question: str, gives: Mapping[str, str], settings: Mapping[str, Any]) -> str:
    words = {"title": str(discover()[kind].title), "prompt": question, "minutes": 0, "settings": settings}
    return agenda.add(workshop_id, kind, gives[kind], **words)


def _organisation() -> tuple[str, str]:
    """The player's account and its organisation, made the first time."""
    known = accounts.user_by_email(EMAIL)
    if known is None:
        user_id = account_commands.add_user(EMAIL, "Player", None)
        return user_id, organising.make_organisation(ORGANISATION, user_id)
    return known.id, next(iter(accounts.roles_of(known.id)))
