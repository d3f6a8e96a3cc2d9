"""A random room is read again and again while it chooses: what a few people of one side chose cannot be found out."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest

from tests.test_one_side import ALONE, LIVE, YES, Hall, Make, make, tell_no_difference

__all__ = ["make"]
LINES = ("own1", "own2", "own3")
Chosen = dict[str, list[dict[str, int]]]


class Everybody(Hall):
    """A room in which both sides are asked everything, and one of them is a few people only."""

    alone: Sequence[str] = ()


def ballot(chance: Random, key: str) -> dict[str, int]:
    if key == "dots":
        return {line: 1 for line in LINES if chance.random() < 0.5}
    if key == "statements":
        return {line: chance.choice((-1, 0, 1)) for line in LINES}
    return {question: chance.randint(0, 2) for question in YES}


def changed_places(chosen: Chosen, chance: Random, few: int) -> Chosen:
    """One of the few and one of the many choose what the other one chose."""
    there = {key: list(ballots) for key, ballots in chosen.items()}
    for ballots in there.values():
        pairs = [(a, b) for a in range(few) for b in range(few, len(ballots)) if ballots[a] != ballots[b]]
        one, other = chance.choice(pairs)
        ballots[one], ballots[other] = ballots[other], ballots[one]
    return there


def read_all_the_time(hall: Hall, chosen: Chosen, chance: Random) -> Mapping[str, Any]:
    """Every few ballots, after each close, after each count, at the end, and in every export."""
    people = [*hall.crowd["service"], *hall.crowd["lived"]]
    order = [(key, number) for key in ALONE for number in range(len(people))]
    chance.shuffle(order)
    return {f"{when} {at}": said for when, read in stages(hall, people, chosen, order) for at, said in read.items()}


def stages(
    hall: Hall, people: Sequence[Any], chosen: Chosen, order: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for step, (key, number) in enumerate(order):
        hall.cast(key, [people[number]], [chosen[key][number]])
        if step % 20 == 0:
            yield f"after {step}", hall.read(*LIVE)
    for key in ALONE:
        hall.room.close(key)
        yield f"{key} closed", hall.read(*LIVE)
    hall.count()
    for key in ALONE:
        hall.show(key)
        yield f"{key} shown", hall.read(*LIVE)
    yield "counted", hall.read()
    yield "exports", hall.exports()


@pytest.mark.shows("P11", "P12")
@pytest.mark.parametrize("seed", [20, 26])
def test_what_a_few_chose_stays_hidden_however_often_the_room_is_read(make: Make, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same room each time
    few, many = chance.randint(1, 4), chance.randint(8, 12)
    chosen = {key: [ballot(chance, key) for _ in range(few + many)] for key in ALONE}
    tell_no_difference(*two_rooms(make, seed, few, chosen, changed_places(chosen, chance, few)))


def test_what_six_chose_would_be_seen(make: Make) -> None:
    """So the reading above sees what is to be seen: from five people on, a side is shown."""
    chance = Random(6)  # noqa: S311
    chosen = {key: [ballot(chance, key) for _ in range(6 + 8)] for key in ALONE}
    with pytest.raises(AssertionError):
        tell_no_difference(*two_rooms(make, 6, 6, chosen, changed_places(chosen, chance, 6)))


def two_rooms(make: Make, seed: int, few: int, *worlds: Chosen) -> list[Mapping[str, Any]]:
    """The same people in the same order in two rooms, each with its world of ballots."""
    seen = []
    for name, chosen in zip(("here", "there"), worlds, strict=True):
        hall = Everybody(make(name), "service", few, len(chosen["dots"]) - few)
        seen.append(read_all_the_time(hall, chosen, Random(seed)))  # noqa: S311
    return seen
