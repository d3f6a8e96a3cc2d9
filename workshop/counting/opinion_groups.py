"""The opinion groups that were found: what each stands for, what all share, and how the sides lie in them.

A group is a second way to part the same people. Beside the sides it could tell of a few: all of group A less
everybody of one side in it leaves those of the other. So

- a group has at least ten people (see `opinion_map`), and how many they are is told;
- numbers by group are told of a statement only if of each group, and of those in none, every side's people who
  answered it are nobody or ten and more: whatever is taken from whatever, no few are left;
- how the sides lie in the groups is told in numbers by the same rule, else in words, where sides may be told at all;
- which statements stand for a group, and which all groups share, is always told, without a number: an order.

What is left is that words and orders tell a little. Of a few they never tell that these exist: `nearly none` is
nobody or one, so that whoever reads a statement beside it cannot know whether anybody is there to be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.counting.asked import EVERYBODY, Asked
from workshop.counting.ballots import Ballot
from workshop.counting.cells import FEW, Split, hidden, in_words, split
from workshop.counting.opinions import Said, in_every_group, more_than_others, shared, shared_no
from workshop.counting.sides import SIDES, People, Side, may_split, people
from workshop.counting.statements import AGREE, COMMON_LEAST, DISAGREE, PASS

NOT_PLACED = -1
FEWEST_PEOPLE = 30
SURE = 1.2816  # one-sided, nine of ten
MOST_NAMED = 3
Heard = list[int]  # of one side in one group: how many passed, agreed, disagreed
Places = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Group:
    """`sides`: how large a part of each side lies in it. `middle`: x and y. `agrees` and `disagrees`: what stands for
    it, ids of statements, the clearest first."""

    people: int
    sides: Split
    middle: tuple[float, float]
    agrees: tuple[str, ...]
    disagrees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpinionGroups:
    """`by_group` holds, for each statement of which it may be told, what each group said. `beside` answered too little
    to be in a group. `shared` and `refused`: what all groups agree or disagree with."""

    groups: tuple[Group, ...]
    beside: int
    by_group: Mapping[str, tuple[Said, ...]]
    shared: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def in_numbers(self) -> bool:
        """Is it told in numbers how the sides lie in the groups?"""
        return any(group.sides.shown and group.sides.lived.share is not None for group in self.groups)


def tell(
    ballots: Sequence[Ballot],
    found: Sequence[int],
    middles: Places,
    items: Sequence[str],
    k: int,
    asked: Asked = EVERYBODY,
) -> OpinionGroups:
    """`found` says of each ballot its group, from 0, or `NOT_PLACED`. Raises ValueError where one is missing."""
    if len(found) != len(ballots):
        raise ValueError("not the groups of these ballots")
    inside = _inside(ballots, found, len(middles))
    heard = _heard(ballots, found, items, len(middles))
    voices = {item: tuple(_together(part) for part in parts[:-1]) for item, parts in heard.items()}
    groups = tuple(
        Group(part.total, sides, middles[at], _named(voices, at), _named(voices, at, no=True))
        for at, (part, sides) in enumerate(zip(inside, _sides(inside, k, asked), strict=False))
    )
    plain = {item: said for item, said in voices.items() if _clear_cut(map(_answered, heard[item]))}
    return OpinionGroups(groups, inside[-1].total, plain, _all_share(voices), _all_share(voices, no=True))


def _inside(ballots: Sequence[Ballot], found: Sequence[int], groups: int) -> list[People]:
    """The people of each group; the last are those in none."""
    sides: list[list[Side]] = [[] for _ in range(groups + 1)]
    for ballot, group in zip(ballots, found, strict=True):
        sides[group].append(ballot.side)
    return [people(part) for part in sides]


def _heard(
    ballots: Sequence[Ballot], found: Sequence[int], items: Sequence[str], groups: int
) -> dict[str, list[list[Heard]]]:
    """For each statement, of each group and last of those in none, of each side: passes, agreement, disagreement.

    An answer is its own place in the list: a hall's half a million of them are read once."""
    heard = {item: [[[0, 0, 0] for _ in SIDES] for _ in range(groups + 1)] for item in items}
    side_at = {side: at for at, side in enumerate(SIDES)}
    for ballot, group in zip(ballots, found, strict=True):
        at = side_at[ballot.side]
        for item, answer in ballot.choices.items():
            heard[item][group][at][answer] += 1
    return heard


def _together(part: Sequence[Heard]) -> Said:
    passed, agree, disagree = (sum(answers) for answers in zip(*part, strict=True))
    return Said(agree, disagree, passed + agree + disagree)


def _answered(part: Sequence[Heard]) -> People:
    return People(*(sum(answers) for answers in part))


def _sides(inside: Sequence[People], k: int, asked: Asked) -> list[Split]:
    """Of each group: how large a part of each side lies in it."""
    *groups, _beside = inside
    placed = People(*(sum(part.of(side) for part in groups) for side in SIDES))
    if asked.side is not None or not may_split(placed, k, asked.present):
        return [hidden(placed, part) for part in groups]
    if _clear_cut(inside):
        return [split(placed, part, k, asked.present) for part in groups]
    return [in_words(placed, part, placed) for part in groups]


def _clear_cut(parts: Iterable[People]) -> bool:
    """Are there nobody, or ten and more, of each side in each part?"""
    return not any(0 < number < FEW for part in parts for number in part)


def _named(voices: Mapping[str, Sequence[Said]], at: int, *, no: bool = False) -> tuple[str, ...]:
    """The statements that stand for a group: it says so more than the others do, and more than half of it does."""
    sure = {item: _stands_out(groups, at, no=no) for item, groups in voices.items()}
    clear = [item for item, z in sure.items() if z > SURE and _most(voices[item][at], no=no)]
    return tuple(sorted(clear, key=lambda item: -sure[item])[:MOST_NAMED])


def _stands_out(groups: Sequence[Said], at: int, *, no: bool) -> float:
    own, others = groups[at], [each for number, each in enumerate(groups) if number != at]
    x, others_x = _saying(own, no=no), sum(_saying(each, no=no) for each in others)
    return more_than_others(x, own.seen, others_x, sum(each.seen for each in others))


def _saying(voices: Said, *, no: bool) -> int:
    return voices.disagree if no else voices.agree


def _most(voices: Said, *, no: bool) -> bool:
    return voices.seen >= COMMON_LEAST and 2 * _saying(voices, no=no) > voices.seen


def _all_share(voices: Mapping[str, Sequence[Said]], *, no: bool = False) -> tuple[str, ...]:
    how_far = shared_no if no else shared
    asked = {item: groups for item, groups in voices.items() if all(each.seen >= COMMON_LEAST for each in groups)}
    every = [item for item, groups in asked.items() if in_every_group(groups, no=no)]
    return tuple(sorted(every, key=lambda item: -how_far(voices[item])))


def rows(ballots: Sequence[Ballot], items: Sequence[str]) -> list[str]:
    """The ballots as `opinion_map` reads them: a sign for each statement, no side, no person."""
    signs = {AGREE: "+", PASS: "0", DISAGREE: "-", None: "."}
    return ["".join(signs[ballot.choices.get(item)] for item in items) for ballot in ballots]
