"""People who chose in one of several pots: when the sides of such a part may be told.

The rule, in three sentences
1. Of a part of fewer than k people (5 in the room, 10 in exports) nothing is told: no number, no order, no project.
2. Parts are told by side all together or not at all: each of them, and those who chose in none, must allow a split.
3. Where one side alone was asked, each part must have enough people for its numbers to be told.

Why together. Everybody is in one part alone, so the parts add up to the room. If the room and all parts but one were
told by side, the last one would follow by taking away, whatever its size.

Proof that a hidden part stays hidden, even from somebody who knows the sizes of all parts, and how many of the room
are of each side (each at least k). Of two parts with n and m people, L and S in the room, the first has x of L, and all
else follows: n - x of S, and L - x and m - n + x in the other. Somebody who reads «too few» knows that one of these
four is under k. All x between the least and the most that are possible go up in steps of one. At the least x, one of
the four is nothing; it, or one that moves with it, stays under k for the next x as well. So a hidden x always has a
neighbour, unless there is only one x at all: then n or m is nothing, and there are no two parts. More parts, or people
of neither side, leave more ways open. A part that is told is told of a room in which every part is at least k of each
side, and for it the proofs of `sides` and `cells` hold as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workshop.counting.asked import Asked, Telling
from workshop.counting.sides import People, may_split

NEVER = 10**9  # a limit that no part reaches


def limit(parts: Sequence[People], k: int, asked: Asked) -> int:
    """The fewest people of a side with which each of these parts may be split: k, or more than there can be."""
    return k if _together((part for part in parts if part.total), k, asked) else NEVER


def _together(parts: Iterable[People], k: int, asked: Asked) -> bool:
    if asked.side:
        return all(asked.telling(part, k) is Telling.NUMBERS for part in parts)
    return all(may_split(part, k, asked.present) for part in parts)
