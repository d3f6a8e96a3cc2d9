"""Highlights in no theme yet that are near those of a theme: suggestions, each with its reason in both's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.consent import Viewer
from workshop.counting.likeness import near
from workshop.queries import themes
from workshop.queries.themes import Marked

LOOKED_AT, SUGGESTED = 150, 3


@dataclass(frozen=True, slots=True)
class Close:
    """A highlight that may belong to a theme, and the words that both use."""

    marked: Marked
    both: tuple[str, ...]


def for_theme(workshop_id: str, inside: Sequence[Marked], viewer: Viewer) -> list[Close]:
    """The newest of those without a theme are looked at, so that it costs the same in a large collection."""
    free = themes.page(workshop_id, viewer, None, most=LOOKED_AT).marked
    known = {each.id: each for each in free if each.words}
    said = " ".join(each.words for each in inside)
    return [Close(known[each.id], each.both) for each in near(said, {i: m.words for i, m in known.items()}, SUGGESTED)]
