"""Running the room: open and close the workshop and its activities, give time, spotlight, doors and codes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import choosing, command, upkeep
from workshop.events import announce, audit
from workshop.extensions import db, keys, setting
from workshop.keys import new_code
from workshop.models import Activity, Door, Workshop
from workshop.models.columns import new_id, now
from workshop.models.statements import missing
from workshop.queries import boxes, rooms, ways_in

DOORS = ("lived", "service", "screen")
_OURS = rooms.ACTIVITY.with_for_update()
COPIED = ("workshop_id", "kind", "gives", "title", "prompt", "minutes", "who", "settings")


class NotReady(Exception):
    """The workshop may not open or close yet; `missing` names what it must state first."""

    def __init__(self, missing: Iterable[str]) -> None:
        super().__init__(missing)
        self.missing = list(missing)


@command
def open_workshop(workshop: Any, user_id: str | None) -> None:
    """Open the doors. Raises NotReady when a statement is missing, or still made up as an example."""
    if not workshop.example and (gaps := missing(rooms.statements(workshop.id))):
        raise NotReady(gaps)
    _update(Workshop, workshop.id, state="open", opened_at=workshop.opened_at or now(), closed_at=None, stage={})
    announce(workshop.id, "opened")
    audit("open workshop", user_id=user_id, organisation_id=workshop.organisation_id, thing=workshop.id)


@command
def close_workshop(workshop: Any, answer_by: date | None, user_id: str | None) -> None:
    """End the workshop. Raises NotReady without the date by which people get an answer."""
    if answer_by is None:
        raise NotReady(["answer_by"])
    for activity in rooms.open_now(workshop.id):
        close_activity(activity)
    values = {"state": "closed", "closed_at": now(), "answer_by": answer_by.isoformat(), "stage": {"show": "thanks"}}
    _update(Workshop, workshop.id, **values)
    announce(workshop.id, "closed")
    audit("close workshop", user_id=user_id, organisation_id=workshop.organisation_id, thing=workshop.id)


@command
def open_activity(activity: Any, *, beside: bool = False) -> None:
    """Put an activity on; the others that are open close first, unless it opens `beside` them.

    A choice that was closed never opens again: ask again makes a new one. Raises NotReady in a workshop that is not
    open. One that is open already keeps its time.
    """
    fresh = _fresh(activity)
    _refuse_opening(fresh)
    for other in rooms.open_now(fresh.workshop_id):
        if other.id != fresh.id and not beside:
            close_activity(other)
    if fresh.state != "open":
        ends = now() + timedelta(minutes=fresh.minutes) if fresh.minutes else None
        _update(Activity, fresh.id, state="open", opened_at=now(), ends_at=ends, closes_at=None)
    _update(Workshop, fresh.workshop_id, stage={"show": "activity", "activity": fresh.id})
    announce(fresh.workshop_id, "opened_activity", activity=fresh.id, kind=fresh.kind)


def _refuse_opening(activity: Any) -> None:
    workshop = rooms.workshop(activity.workshop_id)
    if workshop is None or workshop.state != "open":
        raise NotReady(["open"])
    if activity.state in ("grace", "closed") and _is_choice(activity):
        raise choosing.Closed


@command
def give_time(activity: Any, minutes: int = 2) -> None:
    """More time, from now or from the planned end, whichever is later."""
    fresh = _fresh(activity)
    if fresh.state != "open":
        return
    start = max(fresh.ends_at or now(), now())
    _update(Activity, activity.id, ends_at=start + timedelta(minutes=minutes))
    announce(activity.workshop_id, "gave_time", activity=activity.id)


@command
def give_turn(activity: Any) -> None:
    """The next one speaks: everybody has the same few minutes, and the room's screen shows them.

    Only where the activity has the setting `slot_minutes`; a turn that is over ends nothing.
    """
    fresh, workshop = _fresh(activity), rooms.workshop(activity.workshop_id)
    minutes = fresh.settings.get("slot_minutes")
    if workshop is None or fresh.state != "open" or not minutes:
        return
    before = workshop.stage.get("turn", {}) if workshop.stage.get("activity") == fresh.id else {}
    ends = (now() + timedelta(minutes=minutes)).isoformat(timespec="seconds")
    turn = {"number": before.get("number", 0) + 1, "ends": ends}
    _update(Workshop, workshop.id, stage={"show": "activity", "activity": fresh.id, "turn": turn})
    announce(workshop.id, "gave_turn", activity=fresh.id)


@command
def close_activity(activity: Any) -> None:
    """Close. A choice takes late ballots for two minutes more, then it is counted.

    Raises NotReady while a box of paper ballots is not in: what lies in it would not count.
    """
    if _fresh(activity).state != "open":
        return
    _refuse_unread(activity)
    if not _is_choice(activity):
        _finish(activity, None)
        return
    closes = now() + timedelta(seconds=setting("GRACE_SECONDS"))
    _update(Activity, activity.id, state="grace", ends_at=None, closes_at=closes)
    upkeep.later("count", closes, activity=activity.id, workshop=activity.workshop_id)
    announce(activity.workshop_id, "closed_activity", activity=activity.id)


def _refuse_unread(activity: Any) -> None:
    if boxes.unread(activity.id):
        raise NotReady(["boxes"])


@command
def count_soon(activity: Any) -> None:
    """A hall of thousands is counted by a job, at once: no ballot comes in any more, and pages say what goes on.

    Without a time at which it closes, the two minutes are over.
    """
    if _fresh(activity).state in ("open", "grace"):
        _update(Activity, activity.id, state="grace", ends_at=None, closes_at=None)
        upkeep.later("count", now(), activity=activity.id, workshop=activity.workshop_id)
        announce(activity.workshop_id, "closed_activity", activity=activity.id)


@command
def count_now(activity: Any, items: Sequence[str], *, look_closer: bool = False) -> None:
    """Count without waiting for late ballots, or because their time is over. Counting twice counts once.

    `items` are the ids on the ballot at this moment; what is taken back later keeps its place and its count.
    Who is in the room now, by side, is kept too: by it the counting knows what it may show.
    `look_closer` leaves what takes longer to a job: see `Choosing.look_closer`.
    """
    fresh = db.session.connection().execute(_OURS, {"id": activity.id, "workshop": activity.workshop_id}).first()
    if fresh is not None and fresh.state in ("open", "grace"):
        _refuse_unread(fresh)
        choosing.seal(fresh.id)
        _finish(fresh, {"items": list(items), "present": rooms.present(fresh.workshop_id), **ways_in.of(fresh)})
        if look_closer:
            upkeep.later("look_closer", activity=fresh.id, workshop=fresh.workshop_id)
        _show_if_wished(fresh)


def _show_if_wished(activity: Any) -> None:
    """Results of some choices show as soon as they are counted; the screen turns to them only from their question."""
    if activity.settings.get("shows") != "counted":
        return
    workshop = rooms.workshop(activity.workshop_id)
    if workshop is not None and workshop.stage.get("activity") == activity.id:
        reveal(rooms.activity(activity.id, activity.workshop_id))
    else:
        _update(Activity, activity.id, revealed=True)


@command
def reveal(activity: Any, page: str = "") -> None:
    """Show the results of a counted choice on the room's screen, or a further `page` of them.

    Raises NotReady while it is not counted.
    """
    if activity.gives == "ballot" and activity.counted is None:
        raise NotReady(["counted"])
    _update(Activity, activity.id, revealed=True)
    turned_to = {"page": page} if page else {}
    _update(Workshop, activity.workshop_id, stage={"show": "results", "activity": activity.id, **turned_to})
    announce(activity.workshop_id, "revealed", activity=activity.id)


@command
def ask_again(activity: Any) -> str:
    """A new activity with the same question, right after the old one; returns its id."""
    later = sa.update(Activity).where(
        Activity.workshop_id == activity.workshop_id, Activity.position > activity.position
    )
    db.session.execute(later.values(position=Activity.position + 1))
    copied = {name: getattr(activity, name) for name in COPIED}
    again = Activity(id=new_id(), position=activity.position + 1, state="waiting", **copied)
    db.session.add(again)
    db.session.flush()
    announce(activity.workshop_id, "asked_again", activity=again.id)
    return again.id


@command
def open_next(workshop: Any) -> None:
    """Close what is open and open what comes after it on the agenda; at the end nothing follows."""
    agenda = list(rooms.agenda(workshop.id))
    last = max((a.position for a in agenda if a.state != "waiting"), default=0)
    waiting = [a for a in agenda if a.state == "waiting"]
    following = next((a for a in waiting if a.position > last), waiting[0] if waiting else None)
    if following is not None:
        open_activity(following)


@command
def put_on_screen(workshop: Any, show: str, **what: str) -> None:
    """What the room's screen shows: join, activity, results, spotlight or thanks."""
    _update(Workshop, workshop.id, stage={"show": show, **what})
    announce(workshop.id, "changed_screen")


@command
def lock_doors(workshop: Any, *, locked: bool) -> None:
    """Nobody new comes in while the doors are locked; those inside stay."""
    _update(Workshop, workshop.id, doors_locked=locked)
    announce(workshop.id, "locked_doors" if locked else "unlocked_doors")


@command
def new_doors(workshop_id: str) -> None:
    """A new code and new QR codes; the old ones open nothing any more."""
    workshop = db.session.get_one(Workshop, workshop_id)
    workshop.generation += 1
    db.session.execute(sa.delete(Door).where(Door.workshop_id == workshop_id))
    db.session.flush()
    for purpose in DOORS:
        sealed = keys.seal("door", door_token(workshop_id, workshop.generation, purpose))
        code = new_code() if purpose == "lived" else None
        db.session.add(Door(token_hash=sealed, workshop_id=workshop_id, purpose=purpose, code=code, made_at=now()))
    db.session.flush()
    announce(workshop_id, "changed_doors")


def door_token(workshop_id: str, generation: int, purpose: str) -> str:
    """The 128 bits of a QR code or screen link, made again whenever they are shown.

    While keys are changed it stays the one that is printed already: the door was sealed under the same key.
    """
    tokens = list(keys.derives(f"door-{purpose}", f"{workshop_id}:{generation}"))
    if len(tokens) == 1:
        return tokens[0]
    sealed = {door.token_hash for door in rooms.doors(workshop_id).values()}
    return next((token for token in tokens if sealed & set(keys.seals("door", token))), tokens[0])


def _fresh(activity: Any) -> Any:
    """The activity as it is now that it is our turn: another facilitator may have been first.

    Where there are several writers, ballots that are being written are waited for, and no other begins.
    """
    row = db.session.connection().execute(_OURS, {"id": activity.id, "workshop": activity.workshop_id}).first()
    if row is None:
        raise NotReady(["activity"])
    return row


def _is_choice(activity: Any) -> bool:
    return bool(activity.gives == "ballot")


def _finish(activity: Any, counted: dict[str, Any] | None) -> None:
    _update(Activity, activity.id, state="closed", ends_at=None, closes_at=None, counted=counted)
    announce(activity.workshop_id, "counted" if counted else "closed_activity", activity=activity.id)


def _update(table: Any, row_id: str, **values: Any) -> None:
    db.session.execute(sa.update(table).where(table.id == row_id).values(**values))
