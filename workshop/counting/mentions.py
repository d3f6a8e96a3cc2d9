"""Majority judgment: every item gets a word from everybody, and the word in the middle is its mention.

Balinski, M., Laraki, R. (2007), "A theory of measuring, electing, and ranking", PNAS 104:8720-8725; (2010), "Majority
Judgment", MIT Press, chapter 1. Of two words in the middle it is the worse one. Items with the same word are told
apart as the paper does it: one such word is taken away from each, and the word that is then in the middle compared,
until they differ. What never differs is tied. (For many people this is the majority-gauge: the share that says
better, or worse, whichever is larger.) Where items have not the same number of words, each word counts as often as
makes the numbers equal, which changes nothing where they are equal.

Instead of taking words away one by one, `ladder` walks from the middle outwards and notes where the words change, in
fractions of all people; so it is as exact and never longer than there are words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TypeAlias

from workshop.counting.favourites import Favourites
from workshop.counting.marks import Counts, Marked
from workshop.counting.places import places, shared
from workshop.counting.sides import SIDES

Ladder: TypeAlias = tuple[int | Fraction, ...]
HALF = Fraction(1, 2)
WORSE, ENDS, BETTER = range(3)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """`word` is the number of the word in the middle, the worst is 0; nothing where nobody said one or it may not be
    told. `place` is 1, 1, 3 on a tie. The words of the sides only where all their marks may be told."""

    marked: Marked
    word: int | None
    lived: int | None = None
    service: int | None = None
    place: int | None = None
    tied: bool = False


def mentioned(items: Iterable[Marked]) -> tuple[Mentioned, ...]:
    """The best first; then what has no word, as near to an order as may be told."""
    found = [(each, ladder(each.counts) if each.counts and any(each.counts) else ()) for each in items]
    standing = places({each.item: steps for each, steps in found if steps})
    return tuple(_mentioned(each, standing) for each, _ in sorted(found, key=_order, reverse=True))


def majority(counts: Counts) -> int:
    """The word in the middle; of two in the middle the worse one."""
    said = accumulate(counts)
    return next(word for word, so_far in enumerate(said) if 2 * so_far >= sum(counts))


def ladder(counts: Counts) -> Ladder:
    """What items are put in order by, the higher the better; two with the same are tied.

    The pair of words in the middle, the lower one first; then how far from the middle the next change is, and the pair
    from there on. A worse word is the worse the sooner it comes, a better one the better the sooner it comes.
    """
    people, said = sum(counts), list(accumulate(counts))
    worse = {HALF - Fraction(so_far, people) for so_far in said if 0 < 2 * so_far < people}
    better = {Fraction(so_far, people) - HALF for so_far in said if people < 2 * so_far < 2 * people}
    steps = _pair(counts, Fraction(0))
    for far in sorted(worse | better):
        steps += [WORSE, far] if far in worse else [BETTER, -far]
        steps += _pair(counts, far)
    return (*steps, ENDS)


def _pair(counts: Counts, far: Fraction) -> list[int | Fraction]:
    """The words that are said so far from the middle, on the worse side and on the better one."""
    low, high = ((HALF - far) * sum(counts), (HALF + far) * sum(counts))
    said = list(enumerate(accumulate(counts)))
    return [
        next(word for word, so_far in said if so_far >= low),
        next(word for word, so_far in said if so_far > high),
    ]


def favourites(items: Iterable[Mentioned]) -> Favourites | None:
    """What each side judged best, by the same rule, if all marks of both sides may be told for every item."""
    apart = {each.marked.item: each.marked.apart for each in items if each.word is not None}
    if not apart or not all(apart.values()):
        return None
    return Favourites(*(_best({item: sides[side] for item, sides in apart.items() if sides}) for side in SIDES[:2]))


def _best(counts: Mapping[str, Counts]) -> tuple[str, ...]:
    heights = {item: ladder(each) for item, each in counts.items()}
    return tuple(item for item, height in heights.items() if height == max(heights.values()))


def _mentioned(each: Marked, standing: Mapping[str, int]) -> Mentioned:
    place = standing.get(each.item)
    if place is None or each.counts is None:
        return Mentioned(each, None)
    lived, service = (majority(each.apart[side]) if each.apart else None for side in SIDES[:2])
    return Mentioned(each, majority(each.counts), lived, service, place, shared(standing, place))


def _order(found: tuple[Marked, Ladder]) -> tuple[Ladder, float]:
    each, steps = found
    return steps, 0.0 if steps else each.sides.about
