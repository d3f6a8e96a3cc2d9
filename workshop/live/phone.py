"""What the phones of a room share: what can be done now, what the room's screen shows, what others wrote."""

from collections.abc import Mapping
from typing import Any

from workshop.activities import kind_of, wall_of
from workshop.consent import Viewer
from workshop.live import screen
from workshop.queries import rooms


def now(workshop: Any) -> Mapping[str, Any]:
    """The activities that are open, each with its kind's picture."""
    return {"open": [(activity, kind_of(activity)) for activity in rooms.open_now(workshop.id)]}


def look_up(workshop: Any) -> Mapping[str, Any]:
    """The same as on the room's screen. A recording of another room plays there alone: phones have its words."""
    words = screen.poster(workshop)
    playing = words.get("playing")
    return {**words, "plays": playing is None or playing.entry is None or playing.entry.is_ours}


def wall(workshop: Any) -> Mapping[str, Any]:
    """What others wrote, approved, in each open activity."""
    opened = [a for a in rooms.open_now(workshop.id) if a.gives == "contributions"]
    return {"walls": [(a, wall_of(a)) for a in opened], "viewer": Viewer.ROOM}
