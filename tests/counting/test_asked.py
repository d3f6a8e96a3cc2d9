"""Where one side alone was asked, somebody who reads all that is printed learns nothing of a few of it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from workshop.counting import closing, dots, statements
from workshop.counting.asked import Asked, Telling, asked_alone, turnout
from workshop.counting.sides import EXPORT, ROOM, SIDES, Crowd, People, arrivals, may_split, presence

from .rooms import ballots, in_room

ITEMS = ("garden", "bus", "phone line")
ALONE = Asked("service")
K = 3
Way = Mapping[str, int]


@pytest.mark.parametrize(
    ("number", "room", "exports"),
    [
        (0, Telling.NOTHING, Telling.NOTHING),
        (4, Telling.NOTHING, Telling.NOTHING),
        (5, Telling.WORDS, Telling.NOTHING),
        (9, Telling.WORDS, Telling.NOTHING),
        (10, Telling.NUMBERS, Telling.NUMBERS),
    ],
)
def test_words_from_five_and_numbers_from_ten(number: int, room: Telling, exports: Telling) -> None:
    chose = People(service=number)
    assert (ALONE.telling(chose, ROOM), ALONE.telling(chose, EXPORT)) == (room, exports)


def test_of_everybody_the_totals_are_always_told() -> None:
    assert Asked().telling(People(1, 0, 0), ROOM) is Telling.NUMBERS
    assert [asked_alone(who) for who in ("all", *SIDES)] == [None, *SIDES]


@pytest.mark.parametrize(
    ("present", "lived", "service"),
    [
        (People(30, 12, 0), Telling.NUMBERS, Telling.NUMBERS),
        (People(30, 4, 0), Telling.NUMBERS, Telling.NUMBERS),
        (People(30, 12, 5), Telling.NUMBERS, Telling.NUMBERS),
        (People(30, 12, 1), Telling.NUMBERS, Telling.NOTHING),
        (People(12, 30, 4), Telling.NOTHING, Telling.NUMBERS),
        (People(12, 12, 1), Telling.NUMBERS, Telling.NOTHING),
    ],
)
def test_with_a_few_of_neither_side_only_the_larger_side_is_told(
    present: People, lived: Telling, service: Telling
) -> None:
    found = [Asked(side, present).telling(People(12, 12, 0), ROOM) for side in ("lived", "service")]  # type: ignore[arg-type]
    assert found == [lived, service]


def test_dots_of_a_few_are_words_in_an_order_that_says_no_more() -> None:
    cast = ballots("service", *[{"garden": 1, "bus": 1}] * 4, {"garden": 1}, {"bus": 1, "phone line": 1})
    found = dots.count(cast, ("phone line", "garden", "bus"), 3, 1, ROOM, ALONE)
    assert [(each.item, each.sides.word) for each in found.items] == [
        ("garden", "nearly all"),
        ("bus", "nearly all"),
        ("phone line", "nearly none"),
    ]
    assert (found.ballots, found.dots, found.unused, found.voters, found.channels) == (None, None, None, _NOBODY, ())
    assert {(each.dots, each.people, each.rank, each.mean.all, each.sides.total) for each in found.items} == {
        (None,) * 5
    }


_NOBODY = Crowd(False, None)


def test_ten_of_a_side_are_told_in_numbers() -> None:
    found = dots.count(ballots("service", *[{"garden": 2}] * 10), ITEMS, 3, 2, ROOM, ALONE)
    garden = found.items[0]
    assert (garden.dots, garden.people, garden.rank, garden.sides.shown) == (20, 10, 1, False)
    assert (garden.sides.service.n, garden.sides.service.share, garden.sides.lived.shown) == (10, 1.0, False)
    assert (found.ballots, found.unused, found.voters) == (10, 10, Crowd(False, 10))


def test_a_statement_that_fewer_answered_is_told_for_itself() -> None:
    cast = ballots("service", *[{"garden": 1, "bus": 1, "phone line": 1}] * 4)
    cast += ballots("service", *[{"garden": -1, "bus": -1}] * 3, *[{"garden": 0}] * 5)
    garden, bus, phone = statements.count(cast, ITEMS, ROOM, ALONE).items
    assert garden.all == statements.Voices(4, 3, 5)
    assert (bus.all, bus.sides.word, bus.interval) == (None, "about half", None)
    assert (phone.all, phone.sides.word, phone.support) == (None, None, None)


ALL: tuple[closing.Answer, ...] = ("yes", "partly", "no", "skip")


def said(number: int, answer: closing.Answer, **others: closing.Answer) -> list[closing.ClosingBallot]:
    return [closing.ClosingBallot("service", "phone", dict.fromkeys(closing.QUESTIONS, answer) | others)] * number


def test_a_closing_of_ten_has_scores_and_questions() -> None:
    found = closing.count(said(6, "yes") + said(6, "no"), ROOM, asked=ALONE)
    assert [(each.score, each.sides.service.n, each.gap) for each in found.dimensions] == [(50.0, 12, None)] * 4
    assert (found.ballots, found.questions[0].yes, len(found.questions)) == (12, 6, 8)


def test_one_question_that_few_answered_holds_back_all_questions() -> None:
    """Its score is told; the other question of it would leave just these four."""
    found = closing.count(said(4, "yes") + said(8, "yes", space1="skip"), ROOM, asked=ALONE)
    assert (found.questions, found.too_good) == ((), False)
    assert [each.score for each in found.dimensions] == [100.0] * 4


@pytest.mark.parametrize("number", [4, 7])
def test_a_closing_of_a_few_has_words_or_nothing(number: int) -> None:
    found = closing.count(said(number, "yes"), ROOM, asked=ALONE)
    assert {each.sides.word for each in found.dimensions} == {None if number < 5 else "nearly all"}
    assert (found.ballots, found.questions, found.skipped.total, found.too_good) == (None, (), None, False)
    assert [each.score for each in found.dimensions] == [None] * 4


@pytest.mark.parametrize(("per_person", "per_item"), [(1, 1), (2, 1), (2, 2)])
def test_nobody_who_knows_how_many_voted_learns_that_a_few_were_of_one_mind(per_person: int, per_item: int) -> None:
    """By dots: they can be summed up, for everybody has so many."""
    ways = [dict(zip(ITEMS, given, strict=True)) for given in product(range(per_item + 1), repeat=3)]
    payable = [way for way in ways if sum(way.values()) <= per_person]
    for number in (3, 4, 5):
        worlds = list(combinations_with_replacement(payable, number))
        alike = _alike(worlds, lambda cast: dots.count(cast, ITEMS, per_person, per_item, K, ALONE))
        assert any(found.items[0].sides.word for found, _worlds in alike), number
        for found, same in alike:
            for item in ITEMS:
                _tells_no_one_mind([_chose(world, item) for world in same], (found, item))


def test_nor_by_statements_nor_how_many_answered_or_voted() -> None:
    """Who passes counts like one who disagrees: for this it is left out."""
    two = ITEMS[:2]
    answers = [{item: way[at] for at, item in enumerate(two) if way[at]} for way in product((1, -1, 0), repeat=2)]
    worlds = [world for number in range(8) for world in combinations_with_replacement(answers, number)]
    for found, same in _alike(worlds, lambda cast: statements.count(cast, two, K, ALONE)):
        assert len({len(world) for world in same}) > 1, found
        for item in two:
            answered = [[way[item] for way in world if item in way] for world in same]
            assert len({len(each) for each in answered}) > 1, found
            _tells_no_one_mind([(each.count(1), len(each)) for each in answered], (found, item))


def _alike(worlds: list[Any], count: Callable[[Any], Any]) -> Iterable[tuple[Any, list[Any]]]:
    """Worlds that look the same on paper, each group with its paper."""
    papers: dict[Hashable, list[Any]] = {}
    for world in worlds:
        papers.setdefault(count(ballots("service", *world)), []).append(world)
    return papers.items()


def _chose(world: Iterable[Way], item: str) -> tuple[int, int]:
    people = list(world)
    return sum(1 for way in people if way[item]), len(people)


def _tells_no_one_mind(found: list[tuple[int, int]], of: object) -> None:
    minds = {"nobody" if not chose else "all" if chose == number else "divided" for chose, number in found if number}
    assert minds not in ({"nobody"}, {"all"}), of


@pytest.mark.parametrize(("total", "k"), [(7, 3), (11, 5), (13, 5), (21, 5), (22, 10), (24, 5)])
def test_what_both_sides_chose_alone_gives_no_hidden_head_count_away(total: int, k: int) -> None:
    """The attacker knows how many are in, sees presence by side if it is shown, and one choice of each side."""
    for room, same in _rooms_alike(total, k):
        if presence(room, k).shown or total in room:
            continue
        for side in (side for side in SIDES if room.of(side)):
            assert len({other.of(side) for other in same}) > 1, (room, side, same)


def _rooms_alike(total: int, k: int) -> Iterator[tuple[People, set[People]]]:
    groups: dict[Hashable, set[People]] = {}
    for room in in_room(People(total)):
        for lived, service in product(range(room.lived + 1), range(room.service + 1)):
            printed = presence(room, k), _printed("lived", lived, room, k), _printed("service", service, room, k)
            groups.setdefault(printed, set()).add(room)
    return ((room, same) for same in groups.values() for room in same)


def _printed(side: Any, chose: int, room: People, k: int) -> Hashable:
    asked, number = Asked(side, room), People(**{side: chose})
    return asked.telling(number, k), asked.crowd(number, k)


def test_while_it_is_open_a_side_is_counted_in_steps_that_the_room_shows() -> None:
    shown = arrivals(["lived", "service"] * 8 + ["service"], ROOM)
    assert shown == Crowd(True, 17, 5, 5, 0)
    assert [turnout(chosen, "service", shown, ROOM) for chosen in (0, 4, 5, 9)] == [None, None, 5, 5]


def test_a_side_whose_people_are_not_shown_has_no_turnout() -> None:
    few = arrivals(["lived"] * 20 + ["service"] * 4, ROOM)
    assert not may_split(People(20, 4, 0), ROOM)
    assert turnout(20, "lived", few, ROOM) is None
