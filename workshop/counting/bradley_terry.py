"""How strong each item is, by who was chosen over whom.

Bradley, R. A., Terry, M. E. (1952), "Rank analysis of incomplete block designs", Biometrika 39:324-345: one item is
chosen over another with the odds of their strengths. Strengths are given here as logarithms, so that
P(one over other) = 1 / (1 + exp(other - one)). Every item also won and lost a tenth of a duel against an imagined
average one of strength 0; so nobody is infinitely strong, and items that never met can be compared.

Found by Newton's method. What is maximised is strictly concave, and a step that does not rise is halved: there is one
answer, it is the same in whatever order ballots and items come, and it is found to about ten digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, inf, log1p, sqrt

Duel = tuple[str, str, int]  # the item that was chosen, the other one, by how many people
Matrix = list[list[float]]

IMAGINED = 0.1
ENOUGH = 1e-11
MOST_STEPS = 200
ALIKE = 1e-6  # strengths that differ by less share a place: far more than rounding, far less than one answer


def strengths(duels: Iterable[Duel], items: Sequence[str], imagined: float = IMAGINED) -> dict[str, float]:
    won = _table(duels, items)
    strong = [0.0] * len(items)
    height = _height(strong, won, imagined)
    for _ in range(MOST_STEPS):
        step = _newton(strong, won, imagined)
        while True:
            there = [own + by for own, by in zip(strong, step, strict=True)]
            risen = _height(there, won, imagined)
            if risen >= height or max(map(abs, step), default=0.0) <= ENOUGH:
                break
            step = [by / 2 for by in step]
        strong, height = there, max(risen, height)
        if max(map(abs, step), default=0.0) <= ENOUGH:
            break
    return dict(zip(items, strong, strict=True))


def chance(strength: float, other: float = 0.0) -> float:
    """How likely the one is chosen over the other, or over the average item."""
    apart = strength - other
    return 1 / (1 + exp(-apart)) if apart >= 0 else exp(apart) / (1 + exp(apart))


def heights(strong: Mapping[str, float]) -> dict[str, int]:
    """Steps from the weakest up, for `places`: whoever is as strong as the first of a step stands on it."""
    found: dict[str, int] = {}
    step, first = 0, inf
    for item in sorted(strong, key=lambda item: -strong[item]):
        if strong[item] < first - ALIKE:
            step, first = step - 1, strong[item]
        found[item] = step
    return found


def _table(duels: Iterable[Duel], items: Sequence[str]) -> Matrix:
    place = {item: at for at, item in enumerate(items)}
    won = [[0.0] * len(items) for _ in items]
    for better, other, times in duels:
        won[place[better]][place[other]] += times
    return won


def _height(strong: Sequence[float], won: Matrix, imagined: float) -> float:
    """The logarithm of how likely all these answers are, the imagined ones among them."""
    met = sum(
        times * _log_chance(own - other)
        for own, row in zip(strong, won, strict=True)
        for other, times in zip(strong, row, strict=True)
        if times
    )
    return met + imagined * sum(_log_chance(own) + _log_chance(-own) for own in strong)


def _log_chance(apart: float) -> float:
    return -log1p(exp(-apart)) if apart >= 0 else apart - log1p(exp(apart))


def _newton(strong: Sequence[float], won: Matrix, imagined: float) -> list[float]:
    """Slope over curvature."""
    slope = [imagined * (1 - 2 * chance(own)) for own in strong]
    curve = [[0.0] * len(strong) for _ in strong]
    for a, own in enumerate(strong):
        curve[a][a] += 2 * imagined * chance(own) * chance(-own)
        for b in range(a):
            met = won[a][b] + won[b][a]
            if not met:
                continue
            expected = chance(own, strong[b])
            slope[a] += won[a][b] - met * expected
            slope[b] -= won[a][b] - met * expected
            bend = met * expected * (1 - expected)
            curve[a][a], curve[b][b] = curve[a][a] + bend, curve[b][b] + bend
            curve[a][b] = curve[b][a] = -bend
    return _solve(curve, slope)


def _solve(curve: Matrix, slope: Sequence[float]) -> list[float]:
    """What the curve turns into this slope, by Cholesky's method: the curve is symmetric and positive."""
    root: Matrix = []
    for a, row in enumerate(curve):
        root.append([])
        for b in range(a + 1):
            rest = row[b] - sum(x * y for x, y in zip(root[a], root[b], strict=False))
            root[a].append(sqrt(rest) if a == b else rest / root[b][b])
    forward: list[float] = []
    for row, want in zip(root, slope, strict=True):
        forward.append((want - sum(x * y for x, y in zip(row, forward, strict=False))) / row[-1])
    found = [0.0] * len(root)
    for a in reversed(range(len(root))):
        later = sum(root[b][a] * found[b] for b in range(a + 1, len(root)))
        found[a] = (forward[a] - later) / root[a][a]
    return found
