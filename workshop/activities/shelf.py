"""Where kinds are found, and what an earlier activity hands on to a later one."""

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Any

from workshop.activities.kind import Kind
from workshop.activities.values import Activity, Item
from workshop.queries import rooms

_shelf: dict[str, Kind] = {}


def discover() -> dict[str, Kind]:
    """Find every kind: each folder in `workshop.kinds`, and each installed package that offers one."""
    if not _shelf:
        found = [k.load() for k in entry_points(group="workshop.kinds")]
        found += [module.KIND for module in _folders()]
        _shelf.update({kind.name: kind for kind in sorted(found, key=lambda kind: kind.order)})
    return _shelf


def _folders() -> list[Any]:
    package = importlib.import_module("workshop.kinds")
    names = [found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg]
    return [importlib.import_module(f"workshop.kinds.{name}") for name in names]


def packages() -> list[str]:
    """Packages of others that brought a kind: its parts lie in their `templates`."""
    found = {type(kind).__module__.partition(".")[0] for kind in discover().values()}
    return sorted(found - {__name__.partition(".")[0]})


def kind_of(activity: Activity) -> Kind:
    """The kind of an activity."""
    return discover()[activity.kind]


def items_of(activity_id: str | None, workshop_id: str) -> list[Item]:
    """What an earlier activity of the same workshop hands on."""
    activity = rooms.activity(activity_id, workshop_id) if activity_id else None
    return kind_of(activity).items(activity) if activity else []
