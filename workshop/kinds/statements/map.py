"""The opinion map: a round crowd for each group, far apart where answers are. Nobody's own place is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin, sqrt

from flask_babel import gettext

from workshop.counting.opinion_groups import Group
from workshop.counting.sides import SIDES, Side
from workshop.drawing import WIDTH, Picture

HEIGHT = 240  # of the ground on which groups lie
FILLED = 0.26  # of that ground
WIDEST = 15.0  # between two dots
MOST_DOTS = 300
GOLDEN = pi * (3 - sqrt(5))  # each dot turns on by this angle, as the seeds of a sunflower do
HEAD, GAP, TURNS = 26, 18, 60


@dataclass(slots=True)
class Crowd:
    """A group on the ground: its letter, its middle, its reach, and of what side each dot is, where that is told."""

    key: str
    group: Group
    x: float
    y: float
    reach: float
    dots: Sequence[Side | None]


def draw(groups: Sequence[tuple[str, Group]], rtl: bool) -> Picture:
    each = people_of_a_dot(groups)
    dots = [_dots(group, each) for _, group in groups]
    apart = min(WIDEST, sqrt(FILLED * WIDTH * HEIGHT / (pi * sum(len(many) for many in dots))))
    crowds = [
        Crowd(key, group, 0, 0, apart * (sqrt(len(many)) + 0.5), many)
        for (key, group), many in zip(groups, dots, strict=True)
    ]
    picture = Picture(_lay(crowds), rtl)
    if any(side for many in dots for side in many):
        lived, service = gettext("Lived experience"), gettext("The service")
        picture.legend = [f"● {lived}", f"■ {service}"]
    for crowd in crowds:
        _draw(picture, crowd, apart)
    return picture


def people_of_a_dot(groups: Sequence[tuple[str, Group]]) -> int:
    return -(-sum(group.people for _, group in groups) // MOST_DOTS)


def _dots(group: Group, each: int) -> list[Side | None]:
    """One dot for so many people: by side where numbers may be told, else without."""
    many = max(1, round(group.people / each))
    if not group.sides.shown or group.sides.lived.share is None:
        return [None] * many
    of = [round((cell.n or 0) * (cell.share or 0) / each) for cell in (group.sides.of(side) for side in SIDES)]
    return [side for side, number in zip(SIDES, of, strict=True) for _ in range(number)]


def _lay(crowds: Sequence[Crowd]) -> float:
    """Put the crowds where their groups lie, as large as the ground allows, none upon another; how high it became."""
    xs, ys = zip(*(_turned(crowds)), strict=True)
    edge = max(crowd.reach for crowd in crowds)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((WIDTH - 2 * edge) / (wide or 1e-9), (HEIGHT - 2 * edge) / (high or 1e-9))
    for crowd, x, y in zip(crowds, xs, ys, strict=True):
        crowd.x, crowd.y = WIDTH / 2 + (x - (max(xs) + min(xs)) / 2) * scale, (max(ys) - y) * scale
    for _ in range(TURNS):
        for one, other in combinations(crowds, 2):
            _push_apart(one, other)
    return _onto_the_ground(crowds)


def _turned(crowds: Sequence[Crowd]) -> list[tuple[float, float]]:
    """Which end of an axis is which says nothing: the largest group lies where reading begins."""
    middles = [crowd.group.middle for crowd in crowds]
    way = -1 if middles[0][0] > sum(x for x, _ in middles) / len(middles) else 1
    return [(way * x, y) for x, y in middles]


def _push_apart(one: Crowd, other: Crowd) -> None:
    far = hypot(one.x - other.x, one.y - other.y)
    owed = one.reach + other.reach + GAP - far
    if owed > 0:
        along = ((other.x - one.x) / far, (other.y - one.y) / far) if far else (1.0, 0.0)
        one.x, one.y = one.x - along[0] * owed / 2, one.y - along[1] * owed / 2
        other.x, other.y = other.x + along[0] * owed / 2, other.y + along[1] * owed / 2


def _onto_the_ground(crowds: Sequence[Crowd]) -> float:
    top = min(crowd.y - crowd.reach for crowd in crowds) - HEAD
    for crowd in crowds:
        crowd.x = min(max(crowd.x, crowd.reach), WIDTH - crowd.reach)
        crowd.y -= top
    return max(crowd.y + crowd.reach for crowd in crowds) + 4


def _draw(picture: Picture, crowd: Crowd, apart: float) -> None:
    picture.circle(crowd.x, crowd.y, crowd.reach, "ground")
    picture.text(crowd.x, crowd.y - crowd.reach - 8, crowd.key, "key", "middle")
    for side, (x, y) in zip(crowd.dots, _places(crowd, apart), strict=True):
        dot = apart * 0.72
        if side == "service":
            picture.box(x - dot / 2, y - dot / 2, dot, dot, "dot service")
        else:
            picture.circle(x, y, dot / 2, f"dot {side or 'anybody'}")


def _places(crowd: Crowd, apart: float) -> Iterator[tuple[float, float]]:
    """The places of its dots, from where reading begins: so those of one side stand together."""
    turned = [(apart * sqrt(at + 0.5), at * GOLDEN) for at in range(len(crowd.dots))]
    yield from sorted((crowd.x + far * cos(turn), crowd.y + far * sin(turn)) for far, turn in turned)
