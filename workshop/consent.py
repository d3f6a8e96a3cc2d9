"""Who may see a contribution: the whole rule, on one page.

The ladder (PRODUCT: consent): 0 only me, 1 the facilitators, 2 people in this workshop, 3 the service, to read
and answer, 4 reports and events without my name, 5 public with a name I choose.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa

from workshop.models import Contribution, Medium

SECOND_YES_AFTER = timedelta(hours=24)


class Level(IntEnum):
    ONLY_ME = 0
    FACILITATORS = 1
    WORKSHOP = 2
    SERVICE = 3
    REPORT = 4
    PUBLIC = 5


class Viewer(StrEnum):
    """Through whose eyes a contribution is read."""

    TELLER = "teller"
    FACILITATOR = "facilitator"  # the queue and the console, and the organiser's list
    ROOM = "room"  # phones, the projector, every part of a page that is shared
    SERVICE = "service"  # accounts of the service, and responses
    ORGANISER_EXPORT = "organiser"  # the organiser's own export: words from level 3 up
    REPORT = "report"  # the report, and any export meant for others
    PUBLIC = "public"  # the public page


LOWEST = {
    Viewer.TELLER: Level.ONLY_ME,
    Viewer.FACILITATOR: Level.FACILITATORS,
    Viewer.ROOM: Level.WORKSHOP,
    Viewer.SERVICE: Level.SERVICE,
    Viewer.ORGANISER_EXPORT: Level.SERVICE,
    Viewer.REPORT: Level.REPORT,
    Viewer.PUBLIC: Level.PUBLIC,
}
UNAPPROVED = {Viewer.TELLER, Viewer.FACILITATOR}  # everybody else sees what a facilitator has approved
APPROVED = "shown"
ENDED = "ended"  # kept as long as was stated: the words are gone, the proof of consent stays for its teller
YESES = {"photo": (), "sound": ("voice",), "film": ("voice", "face")}  # voice and face tell who somebody is
NEEDS_WORDS = {Viewer.SERVICE, Viewer.REPORT, Viewer.PUBLIC}  # no recording goes there without words that were accepted
_ceiling: ContextVar[Viewer] = ContextVar("ceiling", default=Viewer.TELLER)


@contextmanager
def no_more_than(viewer: Viewer) -> Iterator[None]:
    """While a report or export is made, nothing it asks for shows more words than its readers may see."""
    before = _ceiling.set(viewer)
    try:
        yield
    finally:
        _ceiling.reset(before)


def eyes(viewer: Viewer) -> Viewer:
    """This viewer, or the stricter one for whom a report is being made; they are listed from lax to strict."""
    order = list(Viewer)
    return max(viewer, _ceiling.get(), key=order.index)


def audience(contribution: Any) -> frozenset[Viewer]:
    """Everybody who may see this contribution now; `contribution` is any row with its columns."""
    return frozenset(viewer for viewer in Viewer if may_see(contribution, viewer))


def may_see(contribution: Any, viewer: Viewer) -> bool:
    """The rule for one row; `visible_to` says the same to the database."""
    if contribution.level < LOWEST[viewer]:
        return False
    if viewer is Viewer.PUBLIC and contribution.public_yes_at is None:
        return False
    if viewer in UNAPPROVED:
        return viewer is Viewer.TELLER or contribution.state != ENDED
    return bool(contribution.state == APPROVED)


def visible_to(query: sa.Select[*tuple[Any, ...]], viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    """Narrow a query of contributions to what this viewer may see."""
    query = query.where(Contribution.level >= LOWEST[viewer])
    if viewer is Viewer.PUBLIC:
        query = query.where(Contribution.public_yes_at.is_not(None))
    if viewer in UNAPPROVED:
        return query if viewer is Viewer.TELLER else query.where(Contribution.state != ENDED)
    return query.where(Contribution.state == APPROVED)


def may_perceive(medium: Any, contribution: Any, viewer: Viewer) -> bool:
    """A photo, sound or film goes as far as its words, and beyond the facilitators only when one of them has seen or
    heard it; a voice or a face needs its own yes, and none goes where its teller wants words only."""
    if not may_see(contribution, viewer) or medium.state != "ready":
        return False
    if viewer in UNAPPROVED:
        return True
    if medium.approved_at is None or not all(contribution.consent.get(yes) for yes in YESES[medium.kind]):
        return False
    if medium.kind == "photo":
        return True
    if contribution.consent.get("words_only"):
        return False
    return viewer not in NEEDS_WORDS or medium.transcript_accepted_at is not None


def a_photo(viewer: Viewer) -> sa.ScalarSelect[Any]:
    """Beside the columns of a contribution: the first of its photos that this viewer may see; the same rule."""
    query = sa.select(Medium.id).where(
        Medium.contribution_id == Contribution.id, Medium.kind == "photo", Medium.state == "ready"
    )
    if viewer not in UNAPPROVED:
        query = query.where(Medium.approved_at.is_not(None))
    return query.order_by(Medium.made_at, Medium.id).limit(1).correlate(Contribution).scalar_subquery()


def may_be_public(contribution: Any, at: datetime) -> bool:
    """May the teller give the second yes now? At least a day after the first, to the exact text."""
    asked = contribution.consent.get("level_5_at")
    return contribution.level == Level.PUBLIC and bool(asked) and at - datetime.fromisoformat(asked) >= SECOND_YES_AFTER
