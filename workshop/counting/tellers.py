"""How many people stand behind a theme: tellers, not stories, and by side only where that tells of nobody.

The total of all is exact, as everywhere. A side is "at least so many", in steps of k, and the steps move on only with
every k-th teller (`sides.arrivals`), so that one highlight that is moved in or out never shows whose side it made
full. Nothing is shown by side unless the tellers of the whole workshop may be: the theme is a group within them.
"""

from collections.abc import Sequence

from workshop.counting.sides import Crowd, People, Side, arrivals, may_split


def behind(sides: Sequence[Side], everybody: People, k: int) -> Crowd:
    """The tellers of a theme, given in the order in which they came to stand behind it."""
    if not may_split(everybody, k):
        return Crowd(shown=False, total=len(sides))
    crowd = arrivals(sides, k)
    return crowd if _may_stand_within(crowd, sides, everybody, k) else Crowd(shown=False, total=len(sides))


def _may_stand_within(crowd: Crowd, sides: Sequence[Side], everybody: People, k: int) -> bool:
    settled = len(sides) - len(sides) % k
    counted = People(*(list(sides[:settled]).count(side) for side in ("lived", "service", "other")))
    return crowd.shown and may_split(counted, k, everybody)
