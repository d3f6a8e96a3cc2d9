"""How much still waits on phones, as they say it themselves: a number, and never what it is."""

import sqlalchemy as sa

from workshop.commands import command
from workshop.extensions import db, keys
from workshop.models import Device

MOST = 999


@command
def say(token: str, count: int) -> None:
    """This phone holds so many things of the room that the server does not have yet."""
    is_this = Device.token_hash.in_(list(keys.seals("device", token)))
    db.session.execute(sa.update(Device).where(is_this).values(unsent=max(0, min(count, MOST))))
