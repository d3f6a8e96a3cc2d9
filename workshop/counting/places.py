"""Places: 1, 1, 3 on a tie. Who is as high as another stands beside them, and nothing but the height decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar


class Height(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...
    def __hash__(self) -> int: ...


Name = TypeVar("Name")
H = TypeVar("H", bound=Height)


def shared(in_order: Mapping[Any, int], place: int) -> bool:
    """Do several stand in this place?"""
    return list(in_order.values()).count(place) > 1


def places(heights: Mapping[Name, H]) -> dict[Name, int]:
    """For each name one more than how many stand higher, the highest first."""
    many, higher, found = Counter(heights.values()), 0, {}
    for height in sorted(many, reverse=True):
        found[height] = higher + 1
        higher += many[height]
    in_order = sorted(heights, key=lambda name: found[heights[name]])
    return {name: found[heights[name]] for name in in_order}
