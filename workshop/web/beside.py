"""Who sits beside this phone while it gives their words: only its signed cookie knows, until the receipt is theirs."""

from typing import Any

from workshop.queries import rooms
from workshop.web import cookies

BESIDE = "beside"


def remember(workshop: Any, person_id: str, key: str) -> None:
    cookies.signed()[BESIDE] = [workshop.id, person_id, key]


def forget() -> None:
    cookies.signed().pop(BESIDE, None)


def key() -> str:
    """That of the receipt which is still to be handed over."""
    return str(cookies.signed()[BESIDE][2])


def person(workshop: Any) -> Any:
    """Who sits beside this phone, as its cookie says; else None."""
    here, person_id, _key = cookies.signed().get(BESIDE, ("", "", ""))
    found = rooms.person(person_id, workshop.id) if here == workshop.id else None
    return found if found is not None and found.channel == "helper" else None
