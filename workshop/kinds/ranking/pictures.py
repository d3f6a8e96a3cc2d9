"""The pictures of a count: who wins against whom, round by round, or points."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from flask_babel import gettext

from workshop.counting.ranked.duels import Duels
from workshop.counting.ranked.runoff import Round
from workshop.counting.ranking import Count
from workshop.drawing import WIDTH, Picture, short

Names = Mapping[str, tuple[str, str]]  # the letter and the words of each item
LABELS, LARGEST_CELL = 150, 44
BAR, STEP, HEAD = 26, 84, 20
MOST_ROUNDS = 8
ROW = 44
ROOM_FOR_NUMBER = 40


def duels_picture(duels: Duels, drawn: Sequence[str], names: Names, rtl: bool) -> Picture:
    """A square for every two items: how many put the one of the row before the one of the column."""
    cell = min(LARGEST_CELL, (WIDTH - LABELS) / len(drawn))
    at, picture = {item: duels.items.index(item) for item in drawn}, Picture(cell * (len(drawn) + 1), rtl)
    for number, item in enumerate(drawn, 1):
        key, words = names[item]
        picture.text(0, (number + 0.62) * cell, f"{key}  {short(words, 18)}", "label")
        picture.text(LABELS + (number - 0.5) * cell, cell * 0.62, key, "key", "middle")
        for column, other in enumerate(drawn):
            _duel(picture, duels, (at[item], at[other]), (LABELS + column * cell, number * cell), cell)
    return picture


def _duel(picture: Picture, duels: Duels, two: tuple[int, int], corner: tuple[float, float], cell: float) -> None:
    (a, b), (x, y) = two, corner
    if a == b:
        return
    mine, theirs = duels.won[a][b], duels.won[b][a]
    looks = "won" if mine > theirs else "lost" if mine < theirs else "level"
    picture.box(x + 1, y + 1, cell - 2, cell - 2, looks)
    picture.text(x + cell / 2, y + cell * 0.62, str(mine), f"in-{looks}", "middle")


def points_picture(count: Count, drawn: Sequence[str], names: Names, rtl: bool) -> Picture:
    """A bar for every item, against all the points that one item could get."""
    half, picture = count.half_points or {}, Picture(ROW * len(drawn), rtl)
    most = 2 * max(len(count.duels.items) - 1, 1) * max(count.ballots, 1)
    for number, item in enumerate(drawn):
        key, words = names[item]
        top, long = number * ROW, (WIDTH - ROOM_FOR_NUMBER) * half[item] / most
        picture.text(0, top + 14, f"{key}  {short(words, 46)}", "label")
        picture.box(0, top + 20, WIDTH - ROOM_FOR_NUMBER, 16, "ground")
        picture.box(0, top + 20, long, 16, "won" if item in count.winners else "part")
        whole = f"{half[item] // 2}½" if half[item] % 2 else str(half[item] // 2)
        picture.text(WIDTH, top + 33, whole, "key", "end")
    return picture


def rounds_picture(count: Count, names: Names, rtl: bool) -> Picture:
    """A bar for every round; ribbons show where the ballots of who leaves go to. The mark is half of what counts."""
    rounds, order = count.rounds[-MOST_ROUNDS:], [item for tier in count.order for item in tier]
    flow = _Flow(
        Picture(len(rounds) * STEP - (STEP - BAR - HEAD) + 4, rtl), order, names, WIDTH / max(count.ballots, 1)
    )
    before = len(count.rounds) - len(rounds)
    for number, (upper, lower) in enumerate(pairwise(rounds)):
        flow.between(upper, lower, number)
    for number, each in enumerate(rounds):
        flow.bar(each, number, before, frozenset(count.winners if number == len(rounds) - 1 else ()))
    flow.picture.legend = [f"{key}  {short(words, 46)}" for key, words in (names[item] for item in order) if key]
    return flow.picture


class _Flow:
    """Bars and what runs between them. Who ends up first begins each bar: one sees it pass the mark of half."""

    def __init__(self, picture: Picture, order: Sequence[str], names: Names, scale: float) -> None:
        self.picture, self.order, self.names, self.scale = picture, order, names, scale

    def bar(self, each: Round, number: int, before: int, winners: frozenset[str]) -> None:
        top = number * STEP + HEAD
        self.picture.text(0, top - 6, gettext("Round %(number)s", number=before + number + 1), "label")
        for item, start in self._starts(each).items():
            looks = "won" if item in winners else "leaves" if item in each.leaves else "part"
            self._part(item, start, each.votes[item], top, looks)
        counting = sum(each.votes.values())
        if each.resting:
            self.picture.box(counting * self.scale, top, each.resting * self.scale, BAR, "resting")
        self.picture.line(counting * self.scale / 2, top - 4, top + BAR + 4, "half")

    def _part(self, item: str, start: float, votes: int, top: float, looks: str) -> None:
        long, key = votes * self.scale, self.names[item][0]
        if not votes:
            return
        self.picture.box(start, top, long, BAR, looks)
        words = f"{key} {votes}".strip()
        if long > 8 * len(words) + 4:
            self.picture.text(start + long / 2, top + BAR * 0.68, words, f"in-{looks}", "middle")

    def _starts(self, each: Round) -> dict[str, float]:
        starts, x = {}, 0.0
        for item in self.order:
            if item in each.votes:
                starts[item], x = x, x + each.votes[item] * self.scale
        return starts

    def between(self, upper: Round, lower: Round, number: int) -> None:
        y0, y1 = number * STEP + HEAD + BAR, (number + 1) * STEP + HEAD
        above, below = self._starts(upper), self._starts(lower)
        gained = {item: votes - upper.votes[item] for item, votes in lower.votes.items()}
        for item, start in below.items():
            stays = min(upper.votes[item], lower.votes[item])
            self.picture.ribbon((above[item], y0), (start, y1), stays * self.scale, "stays")
        for leaver in upper.leaves:
            self._leaving(leaver, (above[leaver], y0), upper, lower, (below, gained, y1))

    def _leaving(
        self,
        leaver: str,
        start: tuple[float, float],
        upper: Round,
        lower: Round,
        into: tuple[Mapping[str, float], Mapping[str, int], float],
    ) -> None:
        (x, y0), (below, gained, y1), left = start, into, upper.votes[leaver]
        for item, at in below.items():
            going = min(max(gained[item], 0), left)
            if going:
                self.picture.ribbon((x, y0), (at + upper.votes[item] * self.scale, y1), going * self.scale, "goes")
                x, left = x + going * self.scale, left - going
        if left:
            rest = (sum(lower.votes.values()) + upper.resting) * self.scale
            self.picture.ribbon((x, y0), (rest, y1), left * self.scale, "rests")
