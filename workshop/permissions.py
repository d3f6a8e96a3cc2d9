"""Who may do what: the whole policy, to be read aloud. Each permission is any row whose every test holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class May(Enum):
    VISIT = "look at pages that everybody may see, type a code, open a receipt with its key"
    USE_AN_ACCOUNT = "use the pages of somebody who is signed in"
    FACILITATE = "prepare and run a workshop, read its queue, approve, ask, hide"
    SEE_RESULTS = "read a workshop's results and everything said in it"
    ORGANISE = "say what workshops must state, invite people, read the audit log"
    LEAD = "read which worries there are and who was told of them"
    ANSWER = "see which stories the service may answer, and how far one's own answers are"
    ANSWER_THIS = "read this story and answer it for the service"
    EXPORT = "take outcomes out of the house"
    TAKE_PART = "tell, write, choose and ask for help in this room"
    OWN = "read, correct, lower, raise and take back what one has given"
    WATCH = "see what the room's screen shows"
    FOLLOW = "follow the live pages of this room"
    PERCEIVE = "ask for a photo, sound or film: each is given by the consent of its words alone"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account with its roles by organisation, or a person in a room, or the room's screen, or nobody."""

    user_id: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    seat: Any = None
    screen_of: str | None = None


NOBODY = Actor()


def is_anybody(actor: Actor, thing: Any) -> bool:
    return True


def is_signed_in(actor: Actor, thing: Any) -> bool:
    return actor.user_id is not None


def is_facilitator(actor: Actor, thing: Any) -> bool:
    return thing is not None and actor.roles.get(thing.organisation_id) in ("facilitator", "organiser")


def is_organiser(actor: Actor, thing: Any) -> bool:
    return thing is not None and actor.roles.get(thing.organisation_id) == "organiser"


def is_responder(actor: Actor, thing: Any) -> bool:
    return thing is not None and actor.roles.get(thing.organisation_id) == "responder"


def the_service_may_read_it(actor: Actor, thing: Any) -> bool:
    return getattr(thing, "for_the_service", False) is True


def is_in_the_room(actor: Actor, thing: Any) -> bool:
    return actor.seat is not None and thing is not None and actor.seat.workshop_id == thing.workshop_id


def gave_it(actor: Actor, thing: Any) -> bool:
    return actor.seat is not None and getattr(thing, "participant_id", None) == actor.seat.id


def holds_the_screen_link(actor: Actor, thing: Any) -> bool:
    return actor.screen_of is not None and thing is not None and actor.screen_of == thing.workshop_id


RULES: dict[May, list[list[Callable[[Actor, Any], bool]]]] = {
    May.VISIT: [[is_anybody]],
    May.USE_AN_ACCOUNT: [[is_signed_in]],
    May.FACILITATE: [[is_facilitator]],
    May.SEE_RESULTS: [[is_facilitator]],
    May.ORGANISE: [[is_organiser]],
    May.LEAD: [[is_organiser]],
    May.ANSWER: [[is_responder], [is_facilitator]],
    May.ANSWER_THIS: [[is_responder, the_service_may_read_it], [is_facilitator]],
    May.EXPORT: [[is_organiser]],
    May.TAKE_PART: [[is_in_the_room]],
    May.OWN: [[is_in_the_room, gave_it]],
    May.WATCH: [[holds_the_screen_link], [is_facilitator]],
    May.FOLLOW: [[is_in_the_room], [holds_the_screen_link], [is_facilitator]],
    May.PERCEIVE: [[is_in_the_room], [holds_the_screen_link], [is_facilitator], [is_responder]],
}


def may(actor: Actor, permission: May, thing: Any = None) -> bool:
    """Does any row of the permission hold? `thing` has `organisation_id`, `workshop_id` where the tests ask."""
    return any(all(test(actor, thing) for test in row) for row in RULES[permission])
