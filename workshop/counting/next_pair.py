"""Which two to ask about next: those whose answer is expected to tell the room most.

Expected information gain (Lindley, D. V. (1956), Annals of Mathematical Statistics 27:986-1005) of a duel under
Bradley and Terry's model, in its normal approximation: half the logarithm of 1 + I·V. V is how unsure the difference
of the two strengths still is, I = p(1 - p) what one answer tells. V is reckoned from how often each item, and these
two together, were asked about; the other strengths are held still. For items of equal strength I is a quarter, and
this is what is taken: which pairs come next depends on *what* was asked, and never on *how* anybody answered.

Why not on how? Strengths that everybody's answers made would steer to close pairs, and whoever watches with a few
phones which pairs come would learn who is close to whom before the close. What it would gain is little, since the
least known pairs are asked first in both cases; a test plays both and says how little.

Everybody chooses among a few pairs of a draw of their own. So phones that know the same do not all ask the same, and
nobody can wait until the pair comes that they would like to answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log1p
from random import Random

from workshop.counting.bradley_terry import IMAGINED
from workshop.counting.pair_answers import Pair

TELLS = 0.25  # what one answer tells of two items of equal strength
AMONG = 12
REST = ""


def following(left: Sequence[Pair], asked: Mapping[Pair, int], seed: str) -> Pair | None:
    """The next of the pairs that are left for somebody; `asked` says how often each pair was answered by anybody.

    The same seed draws the same pairs: whoever loads the page again finds the same, as long as others stand still.
    """
    if not left:
        return None
    draw = Random(seed)  # noqa: S311 - an order; what is secret is its seed
    drawn = draw.sample(left, min(AMONG, len(left)))
    met = _met(asked)
    return max(drawn, key=lambda pair: gain(met[pair[0]], met[pair[1]], asked.get(pair, 0)))


def evenly(items: Sequence[str], many: int) -> list[Pair]:
    """So many pairs for a paper, the same for the same items, in which all stand evenly.

    How often two of them stand in it differs by one at most, or by two where their number is odd.

    The rounds of a tournament (Kirkman, T. P. (1847), Cambridge and Dublin Mathematical Journal 2:191-204): one stays,
    the others go around it, and in each round everybody meets somebody new. With an odd number one rests in turn.
    """
    still, *around = [*sorted(items), *[REST] * (len(items) % 2)] or [REST]
    met: list[tuple[str, str]] = []
    for _ in around:
        circle = [still, *around]
        half = len(circle) // 2
        met += [two for two in zip(circle[:half], reversed(circle[half:]), strict=True) if REST not in two]
        around = [around[-1], *around[:-1]]
    return [(min(two), max(two)) for two in met[:many]]


def gain(one: int, other: int, together: int) -> float:
    """In nats, of items that were answered about so often, and `together` of it one against the other."""
    return log1p(TELLS * variance(one, other, together)) / 2


def variance(one: int, other: int, together: int) -> float:
    """Of the difference of the two strengths: the inverse of what is known of these two, the others held still."""
    known = 2 * IMAGINED * TELLS
    first, second, between = known + one * TELLS, known + other * TELLS, together * TELLS
    return (first + second - 2 * between) / (first * second - between * between)


def _met(asked: Mapping[Pair, int]) -> Counter[str]:
    met: Counter[str] = Counter()
    for (one, other), times in asked.items():
        met[one] += times
        met[other] += times
    return met
