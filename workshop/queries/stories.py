"""Stories to be read by whoever curates: which there are, page by page or one after the other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.consent import APPROVED, Viewer, eyes, visible_to
from workshop.extensions import db
from workshop.models import Contribution, Medium
from workshop.queries import contributions, search
from workshop.queries.contributions import PAGE, Said


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of stories, how many there are (none where they were searched), and whether more follow."""

    stories: Sequence[Said]
    total: int | None
    more: bool


def ids(workshop_id: str, viewer: Viewer, activity_id: str = "") -> list[str]:
    """All stories that this viewer may curate, or what was said in one activity; the oldest first."""
    query = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id)
    chosen = Contribution.activity_id == activity_id if activity_id else Contribution.kind == "story"
    query = visible_to(query.where(chosen, Contribution.state == APPROVED), eyes(viewer)).order_by(Contribution.number)
    return list(db.session.connection().execute(query).scalars())


def own_order(ids: Sequence[str], seed: str) -> list[str]:
    """An order of its own for each reader, so that a room reads all the stories and not the first ones many times."""
    return sorted(ids, key=lambda each: hashlib.blake2b(f"{seed} {each}".encode(), digest_size=8).digest())


def shelf(workshop_id: str, viewer: Viewer, words: str, number: int) -> Shelf:
    """A page of all that was approved, the oldest first; or of what holds these words, the best first."""
    if not words:
        known = ids(workshop_id, viewer)
        some = known[(number - 1) * PAGE : number * PAGE]
        return Shelf(these(some, workshop_id, viewer), len(known), len(known) > number * PAGE)
    found = search.stories(workshop_id, viewer, words, number)
    return Shelf(these(found, workshop_id, viewer), None, len(found) == PAGE)


def these(ids: Sequence[str], workshop_id: str, viewer: Viewer) -> list[Said]:
    """These contributions in this order, without those that the viewer may not read."""
    known = {said.id: said for said in contributions.these(ids, workshop_id, eyes(viewer))}
    return [known[each] for each in ids if each in known and known[each].state == "shown"]


def recordings_of(contribution_id: str) -> Sequence[Any]:
    """The sounds and films of a story that can be played; whether somebody may is asked where the file is."""
    columns = (Medium.id, Medium.kind, Medium.seconds, Medium.transcript)
    query = sa.select(*columns).where(Medium.contribution_id == contribution_id, Medium.kind.in_(("sound", "film")))
    query = query.where(Medium.state == "ready").order_by(Medium.made_at, Medium.id)
    return db.session.connection().execute(query).all()
