"""What the facilitators of a room share: the run-sheet, the stage and its controls, who needs them, what waits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import render_template

from workshop.activities import Activity, Kind, kind_of
from workshop.live import screen
from workshop.queries import contributions, rooms, worries


@dataclass(frozen=True, slots=True)
class Line:
    """An activity on the run-sheet. `expected`: nobody has opened it yet, so its time is a forecast.

    `over`: the workshop is closed, so that what nobody opened was not held.
    """

    activity: Activity
    kind: Kind
    starts: datetime | None
    ends: datetime | None
    over: bool = False

    @property
    def id(self) -> str:
        return str(self.activity.id)

    @property
    def title(self) -> str:
        return str(self.activity.title)

    @property
    def minutes(self) -> int:
        return int(self.activity.minutes)

    @property
    def expected(self) -> bool:
        return self.activity.opened_at is None

    @property
    def late(self) -> bool:
        return bool(self.activity.state == "grace")

    @property
    def state(self) -> str:
        waiting = "missed" if self.over else "next"
        return {"waiting": waiting, "open": "now"}.get(self.activity.state, "done")

    @property
    def takes_cards(self) -> bool:
        return getattr(self.kind, "contribution_kind", "") == "card"


@dataclass(frozen=True, slots=True)
class Fragment:
    """What the kind itself tells the facilitators, from its own template."""

    html: str

    @classmethod
    def of(cls, line: Line) -> "Fragment":
        words = line.kind.console(line.activity)
        return cls(render_template(line.kind.part("console"), **words, activity=line.activity, kind=line.kind))


@dataclass(frozen=True, slots=True)
class Drift:
    """What the clock is held against: the moment planned, and the end that is set now, if any."""

    planned: datetime
    ends: datetime | None


def run_sheet(workshop: Any) -> Mapping[str, Any]:
    """The agenda with real clock times."""
    agenda = rooms.agenda(workshop.id)
    return {"lines": list(timeline(workshop, agenda)), "drift": drift(workshop, agenda)}


def timeline(workshop: Any, agenda: Sequence[Activity]) -> Iterator[Line]:
    """When each began, or is likely to begin if everything before it takes its minutes.

    What was passed over has no time: nobody knows when, or whether, it comes. So has nothing after the end.
    """
    clock, last, over = workshop.opened_at, _furthest(agenda), workshop.state == "closed"
    for row in agenda:
        has_no_time = row.opened_at is None and (over or row.position < last)
        starts = None if has_no_time else row.opened_at or clock
        ends = None if has_no_time else row.ends_at or _later(starts, row.minutes)
        clock = max(clock, ends) if clock and ends else clock
        yield Line(row, kind_of(row), starts, ends, over)


def drift(workshop: Any, agenda: Sequence[Activity]) -> Drift | None:
    """Where we should be: at the end of what is open, or at the start of what comes next."""
    here = next((a for a in reversed(agenda) if a.state == "open"), None)
    if workshop.state != "open" or (here is None and following(agenda) is None):
        return None
    before = sum(a.minutes for a in agenda if a.position <= _furthest(agenda))
    return Drift(workshop.opened_at + timedelta(minutes=before), _end(here) if here else None)


def stage(workshop: Any) -> Mapping[str, Any]:
    """What the room sees, and the few controls that matter now."""
    agenda = rooms.agenda(workshop.id)
    lines = [Line(row, kind_of(row), row.opened_at, row.ends_at) for row in agenda]
    on_it = workshop.stage or {}
    shown, show = on_it.get("activity"), on_it.get("show", "join")
    return {
        **screen.poster(workshop),
        "show": show,
        "turned_to": on_it.get("page") or show,
        "running": [(line, Fragment.of(line)) for line in lines if line.activity.state in RUNNING],
        "to_reveal": [line for line in lines if line.activity.counted is not None],
        "on_stage": next((line for line in lines if line.id == shown), None),
        "following": following(agenda),
        "spotlights": _spotlights(workshop, shown),
    }


def following(agenda: Sequence[Activity]) -> Activity | None:
    """What «next» opens: the first that waits after those that have been on."""
    last = _furthest(agenda)
    waiting = [a for a in agenda if a.state == "waiting"]
    return next((a for a in waiting if a.position > last), waiting[0] if waiting else None)


def _furthest(agenda: Sequence[Activity]) -> int:
    """How far down the agenda the room has been."""
    return max((a.position for a in agenda if a.state != "waiting"), default=0)


def status(workshop: Any) -> Mapping[str, Any]:
    """The thin line: the code, the doors, who needs somebody."""
    return {
        "way_in": screen.way_in(workshop),
        "calls": len(rooms.help_requests(workshop.id)),
        "waiting": contributions.how_many_wait(workshop.id),
    }


def calls(workshop: Any) -> Mapping[str, Any]:
    """Who asked for help."""
    return {"calls": rooms.help_requests(workshop.id)}


def claims(workshop: Any) -> Mapping[str, Any]:
    """Who says that they are of the service, and came in by the other door."""
    return {"claims": rooms.waiting_for_confirmation(workshop.id)}


def queue(workshop: Any) -> Mapping[str, Any]:
    """What waits, by kind, role and side. The words are on the page of who reads them, where the look is noted."""
    said = contributions.queue(workshop.id)
    titles = {row.id: row.title for row in rooms.agenda(workshop.id)}
    return {
        "said": said,
        "first": first(said),
        "titles": titles,
        "fingerprint": contributions.fingerprint,
        "objections": worries.open_objections(workshop.id),
        "turn": worries.queue_turn(workshop.id),
    }


def first(said: Sequence[Any]) -> Any:
    """The one to read now: the oldest that waits; what was asked or is held rests with others."""
    return next((each for each in said if each.state == "waiting"), None)


RUNNING = ("open", "grace")


def _spotlights(workshop: Any, activity_id: str | None) -> Sequence[Any]:
    """The newest approved words of the activity on stage, for the spotlight."""
    return contributions.wall(workshop.id, activity_id, 5).cards if activity_id else ()


def _later(moment: datetime | None, minutes: int) -> datetime | None:
    return moment + timedelta(minutes=minutes) if moment else None


def _end(activity: Activity) -> datetime | None:
    return activity.ends_at or _later(activity.opened_at, activity.minutes)
