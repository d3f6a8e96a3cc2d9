"""What Babel asks for sentences that stand neither in code nor in a template: those of the recipes."""

import tomllib
from collections.abc import Iterator
from typing import IO, Any


def of_recipe(file: IO[bytes], _marks: Any, _comments: Any, options: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Every sentence of one recipe; the line is not known and not written down."""
    raw = tomllib.load(file)
    texts = [raw["title"], raw["about"], *(text for activity in raw["activities"] for text in of_activity(activity))]
    for line in (line for text in texts for line in text.strip().splitlines()):
        yield 1, "gettext", line, []


def of_activity(raw: dict[str, Any]) -> list[str]:
    settings = [value for value in raw.get("settings", {}).values() if is_read(value)]
    return [raw["title"], raw.get("prompt", ""), *settings]


def is_read(value: Any) -> bool:
    """Texts are read by people; numbers and references to other activities are not."""
    return isinstance(value, str) and not value.startswith("@")
