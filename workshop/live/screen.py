"""What the room's screen shows: a poster, made from the workshop's stage alone. Nothing on it is not approved."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workshop import days
from workshop.activities import kind_of
from workshop.commands.running import door_token
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.queries import contributions, playlists, rooms

Scene = tuple[str, Mapping[str, Any]]


def poster(workshop: Any) -> Mapping[str, Any]:
    """The words of the poster: `scene` is its template, the rest is what that template needs."""
    name, words = scene(workshop)
    return {"scene": name, "way_in": way_in(workshop), **words}


def scene(workshop: Any) -> Scene:
    """Which poster, and its words. What was put on stage and is not there any more gives way to the one before it."""
    if workshop.state == "draft":
        return "screen/not_open.html", {}
    stage = workshop.stage or {}
    return SCENES.get(stage.get("show", "join"), join)(workshop, stage)


def way_in(workshop: Any) -> Mapping[str, Any]:
    """How people come in: where to go, the code, and a link for each side's QR code."""
    doors = rooms.doors(workshop.id)
    base = setting("BASE_URL")
    links = {side: f"{base}/j/{door_token(workshop.id, workshop.generation, side)}" for side in ("lived", "service")}
    is_open = workshop.state == "open" and not workshop.doors_locked
    code = doors["lived"].code if "lived" in doors else ""
    address, by_card = f"{base.split('//', 1)[-1]}/join", bool(workshop.settings.get("cards_only"))
    return {"open": is_open, "code": code, "address": address, "links": links, "by_card": by_card}


def join(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    return ("screen/thanks.html", _answer(workshop)) if workshop.state == "closed" else ("screen/join.html", {})


def activity(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    """The question, its time, and what the kind has to show."""
    row = rooms.activity(stage.get("activity"), workshop.id)
    if row is None:
        return join(workshop, stage)
    kind = kind_of(row)
    beside = [other.title for other in rooms.open_now(workshop.id) if other.id != row.id]
    words = {**kind.screen(row), "activity": row, "kind": kind, "beside": beside}
    return "screen/activity.html", {**words, "turn": stage.get("turn") if row.state == "open" else None}


def results(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    """Side by side, after the close and only then."""
    row = rooms.activity(stage.get("activity"), workshop.id)
    counted = kind_of(row).results(row, setting("ROOM_CELL")) if row is not None and row.revealed else None
    if row is None or counted is None:
        return activity(workshop, stage)
    kind, page = kind_of(row), stage.get("page")
    turned_to = page if page in dict(kind.more_on_the_screen(row)) else "results"
    words = {**kind.screen(row), "activity": row, "kind": kind, "results": counted, "page": turned_to}
    return "screen/results.html", words


def spotlight(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    """One voice. Taken back, lowered or hidden, it is gone from here as from everywhere."""
    said = contributions.seen_through(Viewer.ROOM, stage.get("contribution"), workshop.id)
    return ("screen/spotlight.html", {"said": said}) if said is not None else activity(workshop, stage)


def playlist(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    """Stories one after the other: note, story, silence. Each is asked for its consent when it is drawn."""
    playing = playlists.playing(workshop.id, stage)
    if playing is None:
        return activity(workshop, stage)
    return "screen/playlist.html", {"playing": playing, "heard": playlists.heard(playing), "plays": True}


def thanks(workshop: Any, stage: Mapping[str, Any]) -> Scene:
    return "screen/thanks.html", _answer(workshop)


def _answer(workshop: Any) -> Mapping[str, Any]:
    by = workshop.answer_by
    return {"answer_by": days.in_words(date.fromisoformat(by), "full") if by else None}


SCENES: Mapping[str, Callable[[Any, Mapping[str, Any]], Scene]] = {
    "join": join,
    "activity": activity,
    "results": results,
    "spotlight": spotlight,
    "playlist": playlist,
    "thanks": thanks,
}
