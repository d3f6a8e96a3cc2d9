"""Schulze's method: an item is better if its strongest chain of victories is stronger than the way back.

Schulze, M. (2011), "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36:267-303. A victory is as strong as the votes behind it (winning votes);
what has no place on a ballot stands last there, together.
"""

from workshop.counting.ranked.duels import Duels, Tiers, tiers


def schulze(duels: Duels) -> Tiers:
    """The items from the first place on; those on one place are tied."""
    paths = strongest_paths(duels)
    everybody = range(len(duels.items))
    return tiers(duels.items, [[paths[a][b] > paths[b][a] for b in everybody] for a in everybody])


def strongest_paths(duels: Duels) -> list[list[int]]:
    """For each two items the strength of the weakest victory on the best chain from the one to the other."""
    everybody = range(len(duels.items))
    paths = [[duels.strength(a, b) for b in everybody] for a in everybody]
    for middle in everybody:
        onwards = paths[middle]
        for start, row in enumerate(paths):
            if start != middle and (so_far := row[middle]):
                row[:] = [max(path, min(so_far, onward)) for path, onward in zip(row, onwards, strict=True)]
    return paths
