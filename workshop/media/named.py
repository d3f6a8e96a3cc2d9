"""How a form names the photos, sounds and films that belong to it: `kind:id` pairs with spaces between."""

from collections import Counter

AT_MOST = {"photo": 3, "sound": 1, "film": 1}
Pairs = tuple[tuple[str, str], ...]


def pairs(text: str) -> Pairs:
    """Kind and id of each; what is no such pair, or more than a story may have, is left out."""
    found: dict[str, str] = {}
    for word in text.split()[: 2 * sum(AT_MOST.values())]:
        kind, _, medium_id = word.partition(":")
        if kind in AT_MOST and is_id(medium_id):
            found.setdefault(medium_id, kind)
    counted: Counter[str] = Counter()
    kept = []
    for medium_id, kind in found.items():
        counted[kind] += 1
        if counted[kind] <= AT_MOST[kind]:
            kept.append((kind, medium_id))
    return tuple(kept)


def named(some: Pairs) -> str:
    """The same as text."""
    return " ".join(f"{kind}:{medium_id}" for kind, medium_id in some)


def is_id(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
