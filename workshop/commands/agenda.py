"""The agenda of a workshop: add, change, move and remove activities."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, media
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Activity, Ballot, Contribution
from workshop.models.columns import new_id
from workshop.queries import rooms


class HasContent(Exception):
    """The activity was opened, or somebody gave something in it: it stays."""


@command
def add(workshop_id: str, kind: str, gives: str, **words: Any) -> str:
    """Put an activity at the end; `words` are title, prompt, minutes, who and settings. Returns its id."""
    last = sa.select(sa.func.max(Activity.position)).where(Activity.workshop_id == workshop_id)
    position = (db.session.execute(last).scalar() or 0) + 1
    activity = Activity(id=new_id(), workshop_id=workshop_id, kind=kind, gives=gives, position=position, **words)
    db.session.add(activity)
    db.session.flush()
    announce(workshop_id, "added_activity", activity=activity.id, kind=kind)
    return activity.id


@command
def change(activity: Any, settings: Mapping[str, Any] | None = None, **words: Any) -> None:
    """Change an activity. What people have answered to stays: see `is_settled`."""
    fresh = rooms.activity(activity.id, activity.workshop_id)
    if fresh is None:
        return
    kept = {name: value for name, value in words.items() if name in changeable(fresh)}
    if settings is not None and "settings" in changeable(fresh):
        kept["settings"] = {**fresh.settings, **settings}
    if kept:
        db.session.execute(sa.update(Activity).where(Activity.id == activity.id).values(**kept))
        media.forget_pictures(activity.id, kept.get("settings", fresh.settings).values())
        announce(activity.workshop_id, "changed_activity", activity=activity.id)


def changeable(activity: Any) -> set[str]:
    """What of an activity may change now: nobody answers one question and finds another in its place."""
    if activity.state == "waiting":
        return {"title", "prompt", "minutes", "who", "settings"}
    return {"title", "minutes"} if activity.gives == "ballot" else {"title", "prompt", "minutes"}


@command
def move(activity: Any, by: int) -> None:
    """One place up (-1) or down (+1); at the ends nothing happens."""
    ids = [row.id for row in rooms.agenda(activity.workshop_id)]
    here = ids.index(activity.id)
    there = min(max(here + by, 0), len(ids) - 1)
    if here == there:
        return
    ids.insert(there, ids.pop(here))
    for position, activity_id in enumerate(ids, 1):
        db.session.execute(sa.update(Activity).where(Activity.id == activity_id).values(position=position))
    announce(activity.workshop_id, "moved_activity", activity=activity.id)


@command
def remove(activity: Any) -> None:
    """Take an activity off the agenda. Raises HasContent."""
    fresh = rooms.activity(activity.id, activity.workshop_id)
    if fresh is None:
        return
    if fresh.state != "waiting" or _has_content(fresh.id):
        raise HasContent
    media.forget_pictures(fresh.id)
    db.session.execute(sa.delete(Activity).where(Activity.id == fresh.id))
    announce(fresh.workshop_id, "removed_activity", activity=fresh.id)


def _has_content(activity_id: str) -> bool:
    given = [sa.exists().where(table.activity_id == activity_id) for table in (Contribution, Ballot)]
    return bool(db.session.execute(sa.select(sa.or_(*given))).scalar())
