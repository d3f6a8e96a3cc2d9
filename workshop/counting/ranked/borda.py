"""Borda's count: a point for every item that somebody put behind, half a point for every one beside.

Borda, J.-C. de (1784), "Mémoire sur les élections au scrutin", Histoire de l'Académie royale des sciences. Points are
given in halves, so that they stay whole numbers.
"""

from workshop.counting.ranked.duels import Duels, Tiers


def half_points(duels: Duels) -> dict[str, int]:
    """Twice the points: two for each item behind, one for each beside, from every ballot."""
    together = duels.ballots * (len(duels.items) - 1)
    lost = [sum(column) for column in zip(*duels.won, strict=True)]
    return {item: together + sum(duels.won[at]) - lost[at] for at, item in enumerate(duels.items)}


def borda(duels: Duels) -> Tiers:
    """The items by their points; those with the same points are tied."""
    points = half_points(duels)
    places = sorted(set(points.values()), reverse=True)
    return tuple(tuple(item for item in duels.items if points[item] == place) for place in places)
