"""A story that the service may read, and the answers to it: in few words, by the real commands and pages."""

from typing import Any

from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Staff
from workshop.commands import moderating
from workshop.queries import contributions


def told(people: People, room: Room, text: str = "Nobody called me back.", level: int = 3, helped: str = "") -> Any:
    """bea tells a story, and ada approves it. bea, with the story's id as `story`."""
    bea: Any = people.bea(room)
    bea.tell("story", text, level=level, helped=helped)
    bea.story = bea.words()[0]
    approve(people, room, bea.story)
    return bea


def approve(people: People, room: Room, story: str) -> None:
    by = people.ada.id
    with room.app.app_context():
        moderating.approve(contributions.one(story, room.id), by, recognisable=False)


def responder(people: People) -> Staff:
    """cem answers for the service."""
    return Staff(people.app, "cem", people.organisation_id, "responder")


def answer(person: Staff, room: Room, story: str, **words: str) -> Page:
    """Fill in the form of a story and send it."""
    page = person.get(f"{room.path}/answers/{story}")
    given = {"kind": "reply", "text": "Thank you for telling us. I am sorry.", "signed": "Cem, front desk", **words}
    return person.send(page, action=f"/answers/{story}", **given)


def on_receipt(bea: Participant, story: str) -> Page:
    return bea.see(f"words/{story}")
