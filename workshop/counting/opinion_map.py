"""Where people lie when those who answered alike lie close, and which groups they form; run as a child, by its path.

Small, C. et al. (2021), "Polis: scaling deliberation by mapping high dimensional opinion spaces", Recerca 26(2): an
answer not given counts as everybody's mean, the two strongest axes are kept, and who answered little is moved outwards
by the root of (statements / answers). Groups: k-means (Arthur and Vassilvitskii 2007), by the number of groups with
the highest silhouette (Rousseeuw 1987).

Any cloud of people can be cut in two. So groups hold only if a part of the people falls into the same ones (Hubert and
Arabie 1985), and people come apart more clearly than if each statement's answers were given out by lot, and than one
round cloud of the same shape (Liu et al. 2008, SigClust). Of rooms of one mind about one in twenty is still cut.

It alone needs numpy; no web worker loads it. It hears answers, and nothing of who gave them or where they stand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int64]

AGREE, PASS, DISAGREE, UNSEEN = b"+0-."
FEWEST_PEOPLE = 30
FEWEST_ANSWERS = 7  # of one person, or all statements where there are fewer
SMALLEST_GROUP = 10
MOST_GROUPS = 5
CLEAR = 0.4  # the least silhouette
SAME = 0.6  # the least likeness of two groupings, chance taken off
SAMPLE = 500  # people whose distances are all measured
PARTS, OF_ALL, MOST_AGAIN = 10, 0.8, 200
CLOUDS, BEATS = 20, 19
STARTS, FEW_STARTS, STEPS = 5, 2, 50


@dataclass(frozen=True, slots=True)
class Found:
    """`places` are x and y of each person; `groups` the group of each, largest first, -1 for who answered too little.

    Without groups where none are stable; `because` says in one word why: few, small, unclear,
    chance, one cloud or loose."""

    places: list[tuple[float, float]]
    groups: list[int] | None
    because: str = ""


def find(rows: Sequence[str], seed: int = 1) -> Found:
    """`rows`: a text for each person with one sign for each statement: + agrees, - disagrees, 0 passes, . not seen.

    In whatever order people come, the same is found: they are put in the order of their answers first.
    """
    if not any(rows):
        return Found([(0.0, 0.0)] * len(rows), None, "few")
    order = sorted(range(len(rows)), key=rows.__getitem__)
    found = _find([rows[at] for at in order], np.random.default_rng(seed))
    back = sorted(range(len(rows)), key=order.__getitem__)
    groups = [found.groups[at] for at in back] if found.groups else None
    return Found([found.places[at] for at in back], groups, found.because)


def _find(rows: Sequence[str], chance: np.random.Generator) -> Found:
    votes = answers(rows)
    given = np.isfinite(votes).sum(axis=1)
    placed = given >= min(FEWEST_ANSWERS, votes.shape[1])
    lie = positions(votes)
    told = [(round(float(x), 4), round(float(y), 4)) for x, y in lie]
    if placed.sum() < FEWEST_PEOPLE:
        return Found(told, None, "few")
    labels, clear = best(lie[placed], chance)
    if because := _why_not(votes[placed], lie[placed], labels, clear, chance):
        return Found(told, None, because)
    groups = np.full(len(rows), -1)
    groups[placed] = largest_first(labels)
    return Found(told, groups.tolist())


def answers(rows: Sequence[str]) -> Numbers:
    """People x statements: 1, 0, -1, and nan where they did not answer."""
    meaning = np.full(256, np.nan)
    meaning[[AGREE, PASS, DISAGREE]] = 1, 0, -1
    signs = np.frombuffer("".join(rows).encode(), dtype=np.uint8)
    found: Numbers = meaning[signs].reshape(len(rows), -1)
    return found


def positions(votes: Numbers) -> Numbers:
    seen = np.isfinite(votes)
    number = seen.sum(axis=0)
    filled = np.where(seen, votes, 0.0)
    apart = np.where(seen, votes - filled.sum(axis=0) / np.maximum(number, 1), 0.0)
    outwards = np.sqrt(votes.shape[1] / np.maximum(seen.sum(axis=1), 1))
    found: Numbers = (apart @ axes(apart)) * outwards[:, None]
    return found


def axes(apart: Numbers) -> Numbers:
    """The two directions in which people differ most, each turned so that its largest part is positive."""
    _, along = np.linalg.eigh(apart.T @ apart)
    two = along[:, ::-1][:, :2]
    if two.shape[1] < 2:
        two = np.hstack([two, np.zeros((len(two), 1))])
    largest = two[np.abs(two).argmax(axis=0), np.arange(2)]
    found: Numbers = two * np.where(largest < 0, -1.0, 1.0)
    return found


def best(lie: Numbers, chance: np.random.Generator) -> tuple[Labels, float]:
    """The clearest grouping whose groups are all large enough, and how clear it is; without any, the clearest."""
    tried = [means(lie, k, chance) for k in range(2, MOST_GROUPS + 1)]
    some = chance.permutation(len(lie))[:SAMPLE]
    far = distances(lie[some], lie[some])
    clear = [silhouette(far, labels[some]) for labels in tried]
    at = max(range(len(tried)), key=lambda each: (is_large(tried[each]), clear[each]))
    return tried[at], clear[at]


def is_large(labels: Labels) -> bool:
    return bool(np.bincount(labels).min() >= SMALLEST_GROUP)


def _why_not(votes: Numbers, lie: Numbers, labels: Labels, clear: float, chance: np.random.Generator) -> str:
    if not is_large(labels):
        return "small"
    if clear < CLEAR:
        return "unclear"
    k = int(labels.max()) + 1
    if sum(clear > apart for apart in by_lot(votes, k, chance)) < BEATS:
        return "chance"
    if sum(clear > apart for apart in clouds(lie, k, chance)) < BEATS:
        return "one cloud"
    if np.median(list(again(votes, labels, k, chance))) < SAME:
        return "loose"
    return ""


def by_lot(votes: Numbers, k: int, chance: np.random.Generator) -> Iterator[float]:
    """How clearly people come apart whose answers to each statement were given out among them by lot."""
    for _ in range(CLOUDS):
        part = votes[chance.permutation(len(votes))[:MOST_AGAIN]]
        lie = positions(dealt(part, chance))
        yield silhouette(distances(lie, lie), means(lie, k, chance, FEW_STARTS))


def dealt(votes: Numbers, chance: np.random.Generator) -> Numbers:
    """The same answers to each statement, by other people of those who answered it."""
    seen = np.isfinite(votes)
    drawn = np.where(seen, chance.random(votes.shape), 2.0)
    from_, to = np.argsort(drawn, axis=0), np.argsort(~seen, axis=0, kind="stable")
    found: Numbers = np.full_like(votes, np.nan)
    np.put_along_axis(found, to, np.take_along_axis(votes, from_, axis=0), axis=0)
    return found


def clouds(lie: Numbers, k: int, chance: np.random.Generator) -> Iterator[float]:
    """How clearly one cloud of people, of the same shape, comes apart into as many groups: by chance alone."""
    shape, many = np.cov(lie.T), min(len(lie), MOST_AGAIN)
    for _ in range(CLOUDS):
        cloud = chance.multivariate_normal((0.0, 0.0), shape, many)
        yield silhouette(distances(cloud, cloud), means(cloud, k, chance, FEW_STARTS))


def again(votes: Numbers, labels: Labels, k: int, chance: np.random.Generator) -> Iterator[float]:
    """How alike the groups of a part of the people are to those of all, each part placed anew."""
    many = min(int(OF_ALL * len(votes)), MOST_AGAIN)
    for _ in range(PARTS):
        part = chance.permutation(len(votes))[:many]
        yield likeness(means(positions(votes[part]), k, chance, FEW_STARTS), labels[part])


def means(lie: Numbers, k: int, chance: np.random.Generator, starts: int = STARTS) -> Labels:
    """k-means, the tightest of some starts."""
    tried = [_settle(lie, _spread(lie, k, chance)) for _ in range(starts)]
    return min(tried, key=lambda each: each[1])[0]


def _spread(lie: Numbers, k: int, chance: np.random.Generator) -> Numbers:
    """The first middles: each new one more likely far from those that are there."""
    middles = lie[chance.integers(len(lie))][None]
    while len(middles) < k:
        far = squares(lie, middles).min(axis=1)
        odds = far / far.sum() if far.sum() else None
        middles = np.vstack([middles, lie[chance.choice(len(lie), p=odds)]])
    found: Numbers = middles
    return found


def _settle(lie: Numbers, middles: Numbers) -> tuple[Labels, float]:
    """Everybody joins the nearest middle, middles move into the middle of theirs, until nobody moves."""
    far = squares(lie, middles)
    labels = far.argmin(axis=1)
    for _ in range(STEPS):
        middles = _middles(lie, labels, middles)
        far = squares(lie, middles)
        before, labels = labels, far.argmin(axis=1)
        if (before == labels).all():
            break
    return labels, float(far.min(axis=1).sum())


def _middles(lie: Numbers, labels: Labels, before: Numbers) -> Numbers:
    """Where nobody is left, the middle stays."""
    many = np.bincount(labels, minlength=len(before))[:, None]
    sums = np.column_stack([np.bincount(labels, axis, len(before)) for axis in lie.T])
    found: Numbers = np.where(many, sums / np.maximum(many, 1), before)
    return found


def squares(here: Numbers, there: Numbers) -> Numbers:
    """The squared distance of each point here to each point there."""
    across, along = (here[:, axis, None] - there[None, :, axis] for axis in (0, 1))
    found: Numbers = across * across + along * along
    return found


def distances(here: Numbers, there: Numbers) -> Numbers:
    found: Numbers = np.sqrt(squares(here, there))
    return found


def silhouette(far: Numbers, labels: Labels) -> float:
    """How much nearer people lie to their own group than to the next one, from -1 to 1."""
    own = np.eye(int(labels.max()) + 1)[labels]
    sizes = own.sum(axis=0)
    if (sizes > 0).sum() < 2:
        return -1.0
    to = far @ own
    mine = own.astype(bool)
    near = np.where(sizes[labels] > 1, to[mine] / np.maximum(sizes[labels] - 1, 1), 0.0)
    others = np.where(mine | (sizes == 0), np.inf, to / np.maximum(sizes, 1)).min(axis=1)
    each = np.where(sizes[labels] > 1, (others - near) / np.maximum(np.maximum(near, others), 1e-12), 0.0)
    return float(each.mean())


def likeness(one: Labels, other: Labels) -> float:
    """The adjusted Rand index: 1 for the same groups, 0 on average for groups by lot."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs, rows, columns = (float((x * (x - 1) / 2).sum()) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    by_lot = rows * columns / (len(one) * (len(one) - 1) / 2)
    most = (rows + columns) / 2
    return (pairs - by_lot) / (most - by_lot) if most > by_lot else 0.0


def largest_first(labels: Labels) -> Labels:
    order = np.argsort(-np.bincount(labels), kind="stable")
    found: Labels = np.argsort(order)[labels]
    return found


if __name__ == "__main__":
    json.dump(asdict(find(json.load(sys.stdin))), sys.stdout)
