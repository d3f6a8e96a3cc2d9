"""One-time cards: print them, let one person in with each, let nobody in without."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db, keys
from workshop.keys import card_code
from workshop.models import OneTimeCard, Workshop

MOST = 200  # of each side on one sheet


class CardUsed(Exception):
    """Somebody came in with this card before."""


@command
def make(workshop: Any, sheet: str, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """New cards of each side, as (side, code). The codes are kept nowhere.

    They are made from the secret number of the sheet, which its page alone has: sent twice, it is one sheet.
    """
    cards = list(_codes(workshop.id, sheet, numbers))
    sealed = {keys.seal("card", code): side for side, code in cards}
    known = set(db.session.scalars(sa.select(OneTimeCard.seal).where(OneTimeCard.seal.in_(sealed))))
    fresh = [
        {"seal": seal, "workshop_id": workshop.id, "side": side} for seal, side in sealed.items() if seal not in known
    ]
    if fresh:
        db.session.execute(sa.insert(OneTimeCard), fresh)
        announce(workshop.id, "printed_cards")
    return cards


def _codes(workshop_id: str, sheet: str, numbers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for side, number in numbers.items():
        for place in range(min(number, MOST)):
            yield side, card_code(keys.derive("card", f"{workshop_id}:{sheet}:{side}:{place}"))


def use(seal: str) -> None:
    """This card lets somebody in now, and never again. Raises CardUsed. Part of the command that lets them in."""
    free = sa.update(OneTimeCard).where(OneTimeCard.seal == seal, OneTimeCard.used.is_(False))
    if db.session.execute(free.values(used=True).returning(OneTimeCard.seal)).first() is None:
        raise CardUsed


@command
def note_refusal(workshop_id: str, seal: str) -> None:
    """Somebody tried a card that was used; facilitators see how often that happens."""
    card = sa.update(OneTimeCard).where(OneTimeCard.seal == seal, OneTimeCard.workshop_id == workshop_id)
    db.session.execute(card.values(refused=OneTimeCard.refused + 1))


@command
def only_with_a_card(workshop_id: str, *, yes: bool) -> None:
    """From now on nobody comes in without a card; or everybody with the code may again. Who is in stays in."""
    workshop = db.session.get_one(Workshop, workshop_id)
    workshop.settings = {**workshop.settings, "cards_only": yes}
    db.session.flush()
    announce(workshop_id, "changed_doors")
