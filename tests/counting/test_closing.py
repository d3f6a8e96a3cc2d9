"""The eight mirrored questions: scores side by side, and nothing that tells of a few."""

from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import pytest

from workshop.counting.ballots import Ballot
from workshop.counting.closing import (
    DIMENSIONS,
    QUESTIONS,
    Answer,
    ClosingBallot,
    ClosingResult,
    Dimension,
    answers,
    count,
    unmasked,
)
from workshop.counting.sides import Side

ALL: tuple[Answer, ...] = ("yes", "partly", "no", "skip")


def said(side: Side, number: int, answer: Answer, **others: Answer) -> list[ClosingBallot]:
    return [ClosingBallot(side, "phone", dict.fromkeys(QUESTIONS, answer) | others)] * number


def dimension(found: ClosingResult, key: str) -> Dimension:
    return next(each for each in found.dimensions if each.key == key)


def test_scores_and_the_perception_gap() -> None:
    found = count(said("lived", 12, "partly", space1="no") + said("service", 10, "yes"), 5)
    space = dimension(found, "space")
    assert (space.sides.lived.share, space.sides.service.share, space.measure) == (0.25, 1.0, "score")
    assert (space.gap, space.wide) == (75.0, True)
    assert space.score == pytest.approx(100 * (12 * 0.5 + 10 * 2) / 44)


def test_a_gap_of_twenty_points_is_not_yet_wide() -> None:
    cast = said("lived", 20, "yes") + said("service", 12, "yes") + said("service", 8, "partly")
    assert [(each.gap, each.wide) for each in count(cast, 5).dimensions] == [(-20.0, False)] * 4


def test_skips_and_questions_not_asked_are_no_answers() -> None:
    found = count(said("lived", 10, "yes", inf1="skip") + said("service", 10, "no"), 5)
    assert (dimension(found, "influence").sides.lived.share, found.skipped.lived.share) == (1.0, 0.125)
    assert next(each for each in found.questions if each.key == "inf1").skip == 10
    unasked = count([ClosingBallot("lived", "phone", {"space1": "yes"})] * 10, 5)
    assert unasked.skipped.share == 0.0


def test_small_sides_are_compared_by_their_yeses() -> None:
    voice = dimension(count(said("lived", 6, "partly") + said("service", 6, "yes"), 5), "voice")
    assert (voice.measure, voice.gap, voice.wide) == ("yes", None, True)
    assert (voice.sides.lived.band, voice.sides.service.band) == ("nearly none", "nearly all")


def test_under_five_of_a_side_there_is_the_total_only() -> None:
    found = count(said("lived", 4, "no") + said("service", 20, "yes"), 5)
    assert [(each.sides.shown, each.gap, each.wide) for each in found.dimensions] == [(False, None, False)] * 4
    assert (found.skipped.shown, found.voters.shown, found.ballots) == (False, False, 24)
    assert found.questions[0].no == 4


def test_too_good_to_be_true() -> None:
    room = said("lived", 12, "yes") + said("service", 8, "yes")
    assert count(room, 5, comments=1).too_good
    assert not count(room, 5, comments=2).too_good
    assert not count([*room, *said("lived", 2, "no")], 5).too_good
    assert not count(said("lived", 9, "yes"), 5).too_good


def test_stored_ballots_are_read() -> None:
    stored = [Ballot("lived", "paper", {"space1": 2, "space2": 1, "voice1": 0, "voice2": -1})]
    assert dict(answers(stored)[0].answers) == {"space1": "yes", "space2": "partly", "voice1": "no", "voice2": "skip"}


def test_what_is_no_question_or_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="not a closing question"):
        count([ClosingBallot("lived", "phone", {"mood": "yes"})], 5)
    with pytest.raises(ValueError, match="not an answer"):
        count([ClosingBallot("lived", "phone", {"inf1": "maybe"})], 5)  # type: ignore[dict-item]


Way = tuple[Answer, Answer]
Sum = tuple[int, ...]
WAYS: tuple[Way, ...] = tuple(product(ALL, repeat=2))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lived", "service"),
    [
        ([("yes", "yes")] * 3, [("no", "no"), ("yes", "no"), ("yes", "yes")]),
        ([("yes", "yes")] * 3, [("no", "no")] * 3),
        ([("no", "partly")] * 3, [("yes", "no"), ("partly", "partly"), ("no", "no")]),
        ([("yes", "skip"), ("yes", "yes"), ("skip", "yes")], [("partly", "no"), ("yes", "yes"), ("yes", "skip")]),
        ([("partly", "no"), ("no", "yes"), ("no", "no")], [("no", "no"), ("no", "no"), ("no", "partly")]),
    ],
)
def test_no_score_tells_that_a_few_were_of_one_mind(lived: list[Way], service: list[Way]) -> None:
    """The attacker tries all answers of three and three people with these totals to both questions."""
    cast = _cast(lived, service)
    worlds = list(_worlds(cast))
    same = [world for world in worlds if count(world, 3) == count(cast, 3)]
    assert same, "the real answers are among them"
    for side in ("lived", "service"):
        minds = {_mind(world, side) for world in same}
        assert minds not in ({"all yes"}, {"no yes"}, {"all no"}), (side, len(same))


def _cast(lived: list[Way], service: list[Way]) -> list[ClosingBallot]:
    first, second = DIMENSIONS["space"]
    sides: list[tuple[Side, Way]] = [*(("lived", way) for way in lived), *(("service", way) for way in service)]
    return [ClosingBallot(side, "phone", {first: way[0], second: way[1]}) for side, way in sides]


def _worlds(cast: list[ClosingBallot]) -> Iterator[list[ClosingBallot]]:
    real = _sum([(each.answers["space1"], each.answers["space2"]) for each in cast])
    rooms = {room: _sum(list(room)) for room in combinations_with_replacement(WAYS, 3)}
    by_sum: dict[Sum, list[tuple[Way, ...]]] = {}
    for room, total in rooms.items():
        by_sum.setdefault(total, []).append(room)
    for lived, total in rooms.items():
        rest = tuple(a - b for a, b in zip(real, total, strict=True))
        yield from (_cast(list(lived), list(service)) for service in by_sum.get(rest, []))


def _sum(ways: list[Way]) -> Sum:
    return tuple(sum(way[place] == answer for way in ways) for place in (0, 1) for answer in ALL)


def _mind(world: list[ClosingBallot], side: str) -> str:
    exact = unmasked(each for each in world if each.side == side)["space"]
    if exact.points.total == 0:
        return "all no"
    return {0: "no yes", exact.answers.total: "all yes"}.get(exact.yes.total, "divided")
