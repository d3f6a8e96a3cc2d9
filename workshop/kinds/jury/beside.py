"""The choice of others beside the jury's: what came first there, whatever kind it is. Two results, never one number."""

from dataclasses import dataclass

from workshop.activities import Activity, Choosing, Item, kind_of
from workshop.queries import rooms


@dataclass(frozen=True, slots=True)
class Beside:
    """`first` is empty while the room has not seen it, and where nothing came first."""

    title: str
    shown: bool
    first: tuple[Item, ...]


def beside(activity: Activity) -> Beside | None:
    other = rooms.activity(activity.settings.get("beside") or None, activity.workshop_id)
    kind = kind_of(other) if other is not None else None
    if other is None or not isinstance(kind, Choosing):
        return None
    shown = other.state == "closed" and bool(other.revealed)
    return Beside(other.title, shown, tuple(kind.came_first(other)) if shown else ())
