"""Recipes: ready-made agendas as data files. What people read in them is translated like every other sentence."""

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext

HERE = Path(__file__).parent
REFERENCE = "@"  # in a setting, "@ideas" means the activity with the key "ideas"


@dataclass(frozen=True, slots=True)
class Step:
    """An activity of a recipe, in the language of the facilitator. `key` is its name inside the recipe."""

    key: str
    kind: str
    title: str
    prompt: str
    minutes: int
    who: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A ready-made agenda. `name` is its file's name, `about` says for whom it is good."""

    name: str
    title: str
    minutes: int
    about: str
    steps: tuple[Step, ...]


def shelf(kinds: Container[str]) -> list[Recipe]:
    """Every recipe that these kinds can run, the shortest first."""
    found = [read(path.stem) for path in HERE.glob("*.toml")]
    runs = [recipe for recipe in found if all(step.kind in kinds for step in recipe.steps)]
    return sorted(runs, key=lambda recipe: (recipe.minutes, recipe.name))


def read(name: str) -> Recipe:
    """One recipe in the present language. Raises KeyError for a name that is not on the shelf."""
    raw = _raw(name)
    steps = tuple(_step(activity) for activity in raw["activities"])
    return Recipe(name, _translated(raw["title"]), raw["minutes"], _translated(raw["about"]), steps)


def settled(settings: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """Settings with the ids of real activities in place of references; a reference to nothing is left out."""
    pairs = ((name, _settle(value, ids)) for name, value in settings.items())
    return {name: value for name, value in pairs if value is not None}


@cache
def _raw(name: str) -> dict[str, Any]:
    path = HERE / f"{name}.toml"
    if path not in HERE.glob("*.toml"):
        raise KeyError(name)
    return tomllib.loads(path.read_text("utf-8"))


def _step(raw: Mapping[str, Any]) -> Step:
    settings = {name: _translated(value) for name, value in raw.get("settings", {}).items()}
    title, prompt = _translated(raw["title"]), _translated(raw.get("prompt", ""))
    return Step(raw["key"], raw["kind"], title, prompt, raw["minutes"], raw.get("who", "all"), settings)


def _translated(value: Any) -> Any:
    """Texts line by line, so that a list of items is a list of sentences; everything else as it is."""
    if not isinstance(value, str) or value.startswith(REFERENCE):
        return value
    return "\n".join(gettext(line) if line else "" for line in value.strip().splitlines())


def _settle(value: Any, ids: Mapping[str, str]) -> Any:
    is_reference = isinstance(value, str) and value.startswith(REFERENCE)
    return ids.get(value.removeprefix(REFERENCE)) if is_reference else value
