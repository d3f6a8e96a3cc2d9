"""The closing: eight mirrored questions, four scores, and how differently the two sides saw the same hours.

By side there are only the four scores and the share of skips, never a single question: two questions of a
score would give each other away. A score counts half points (yes 2, partly 1, no 0) of a most (2 an answer).
With a side under 10, the sides are compared by their yeses instead: one person of each side can always have
given the other's answer to a question, which moves the yeses by one but the half points by one or by two.
Where one side alone was asked, a question's total is that side's: single questions are told only if all of them may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workshop.counting.asked import EVERYBODY, Asked, Telling
from workshop.counting.ballots import Ballot, by_channel
from workshop.counting.cells import Split, few, hidden, split
from workshop.counting.sides import SIDES, Crowd, People, Side, may_split, people

Answer = Literal["yes", "partly", "no", "skip"]
DIMENSIONS: dict[str, tuple[str, str]] = {
    "space": ("space1", "space2"),
    "voice": ("voice1", "voice2"),
    "audience": ("aud1", "aud2"),
    "influence": ("inf1", "inf2"),
}
QUESTIONS: tuple[str, ...] = tuple(key for pair in DIMENSIONS.values() for key in pair)
POINTS: dict[str, int] = {"yes": 2, "partly": 1, "no": 0}
CODES: dict[int, Answer] = {2: "yes", 1: "partly", 0: "no", -1: "skip"}
WIDE_FROM = 20
TOO_GOOD_SHARE = Fraction(95, 100)
TOO_GOOD_PEOPLE = 10
TOO_GOOD_COMMENTS = Fraction(10, 100)


@dataclass(frozen=True, slots=True)
class ClosingBallot:
    """A question that is not there was not asked; a skipped one was."""

    side: Side
    channel: str
    answers: Mapping[str, Answer]


def answers(cast: Iterable[Ballot]) -> list[ClosingBallot]:
    """Ballots as they are stored, with numbers for answers."""
    return [
        ClosingBallot(ballot.side, ballot.channel, {key: CODES[code] for key, code in ballot.choices.items()})
        for ballot in cast
    ]


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    yes: int
    partly: int
    no: int
    skip: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """`score` is 0 to 100; `gap` is service minus lived in points, without a number where sides are in words;
    `measure` says what the cells' shares are of: the score, or (with a few) the answers that are yes."""

    key: str
    score: float | None
    measure: Literal["score", "yes"]
    sides: Split
    gap: float | None
    wide: bool


@dataclass(frozen=True, slots=True)
class ClosingResult:
    ballots: int | None
    voters: Crowd
    channels: tuple[tuple[str, int], ...]
    questions: tuple[Question, ...]
    dimensions: tuple[Dimension, ...]
    skipped: Split
    too_good: bool
    told: Telling = Telling.NUMBERS


@dataclass(frozen=True, slots=True)
class Unmasked:
    """Half points, yeses and answers, and who answered at all, by side; never to be printed."""

    points: People
    yes: People
    answers: People
    answered: People


def count(ballots: Iterable[ClosingBallot], k: int, comments: int = 0, asked: Asked = EVERYBODY) -> ClosingResult:
    """`comments` is how many people wrote an open answer; `asked` are all who could have answered."""
    cast = list(ballots)
    voters = people(ballot.side for ballot in cast)
    exact, told, crowd = unmasked(cast), asked.telling(voters, k), asked.crowd(voters, k)
    questions, skipped = _questions(cast, k, asked), _skipped(cast, k, voters, asked)
    dimensions = tuple(_dimension(key, exact[key], k, voters, asked) for key in DIMENSIONS)
    alarm = is_too_good(questions, len(cast), comments)
    number, channels = (len(cast), by_channel(cast)) if told is Telling.NUMBERS else (None, ())
    return ClosingResult(number, crowd, channels, questions, dimensions, skipped, alarm, told)


def unmasked(ballots: Iterable[ClosingBallot]) -> dict[str, Unmasked]:
    """Exact numbers by side, whatever their size: for this module and recounts. What prints calls `count`."""
    cast = list(ballots)
    for ballot in cast:
        _check(ballot)
    return {key: _points(cast, pair) for key, pair in DIMENSIONS.items()}


def _check(ballot: ClosingBallot) -> None:
    if unknown := set(ballot.answers) - set(QUESTIONS):
        raise ValueError(f"not a closing question: {sorted(unknown)}")
    if odd := set(ballot.answers.values()) - {*POINTS, "skip"}:
        raise ValueError(f"not an answer: {sorted(odd)}")


def _points(cast: list[ClosingBallot], pair: tuple[str, str]) -> Unmasked:
    said = [(ballot.side, ballot.answers[key]) for ballot in cast for key in pair if _answers(ballot, key)]
    points = People(*(sum(POINTS[answer] for side, answer in said if side == here) for here in SIDES))
    yes = people(side for side, answer in said if answer == "yes")
    answered = people(ballot.side for ballot in cast if any(_answers(ballot, key) for key in pair))
    return Unmasked(points, yes, people(side for side, _ in said), answered)


def _answers(ballot: ClosingBallot, key: str) -> bool:
    return ballot.answers.get(key, "skip") != "skip"


def _questions(cast: list[ClosingBallot], k: int, asked: Asked) -> tuple[Question, ...]:
    """All of them or, of one side alone, none: with a score, one question of it gives the other away."""
    for key in QUESTIONS:
        answered = people(ballot.side for ballot in cast if _answers(ballot, key))
        if asked.telling(answered, k) is not Telling.NUMBERS:
            return ()
    return tuple(_question(cast, key) for key in QUESTIONS)


def _question(cast: list[ClosingBallot], key: str) -> Question:
    said = Counter(ballot.answers[key] for ballot in cast if key in ballot.answers)
    return Question(key, said["yes"], said["partly"], said["no"], said["skip"])


def _dimension(key: str, exact: Unmasked, k: int, voters: People, asked: Asked) -> Dimension:
    most = People(*(2 * number for number in exact.answers))
    if asked.side:
        return _alone(key, exact, most, asked.telling(voters, k), k, asked)
    score = 100 * exact.points.total / most.total if most.total else None
    if not may_split(voters, k, asked.present):
        return Dimension(key, score, "score", hidden(exact.answered, exact.points, most), None, False)
    if any(few(exact.answered)):
        sides = split(exact.answered, exact.yes, k, voters, most=exact.answers)
        return Dimension(key, score, "yes", sides, _gap(sides, exact.answers), _wide(sides, exact.answers))
    sides = split(exact.answered, exact.points, k, voters, most=most)
    return Dimension(key, score, "score", sides, _gap(sides, most), _wide(sides, most))


def _alone(key: str, exact: Unmasked, most: People, told: Telling, k: int, asked: Asked) -> Dimension:
    """A score of one side alone, or a word for its yeses."""
    sides = asked.split(exact.answered, exact.points, k, told, most)
    if sides.share is not None:
        return Dimension(key, 100 * sides.share, "score", sides, None, False)
    in_a_word = asked.split(exact.answered, exact.yes, k, min(told, Telling.WORDS), exact.answers)
    return Dimension(key, None, "yes", in_a_word, None, False)


def _gap(sides: Split, most: People) -> float | None:
    exact = sides.lived.share is not None
    apart = _apart(sides, most)
    return float(apart) if exact and apart is not None else None


def _wide(sides: Split, most: People) -> bool:
    apart = _apart(sides, most)
    return apart is not None and abs(apart) > WIDE_FROM


def _apart(sides: Split, most: People) -> Fraction | None:
    """From the numbers that may be reckoned with, so that a warning tells no more than the words."""
    near = sides.nearest
    if near is None or not most.lived or not most.service:
        return None
    return 100 * (Fraction(near.service, most.service) - Fraction(near.lived, most.lived))


def _skipped(cast: list[ClosingBallot], k: int, voters: People, asked: Asked) -> Split:
    """By side from 10 only: how many answered a score already tells of a few who skipped."""
    if asked.side:
        return asked.split(voters, voters, k, Telling.NOTHING)
    held = People(*(sum(len(each.answers) for each in cast if each.side == side) for side in SIDES))
    skips = People(*(sum(_skips(each) for each in cast if each.side == side) for side in SIDES))
    if not may_split(voters, k, asked.present) or any(few(voters)):
        return hidden(voters, skips, held)
    return split(voters, skips, k, voters, most=held)


def _skips(ballot: ClosingBallot) -> int:
    return sum(answer == "skip" for answer in ballot.answers.values())


def is_too_good(questions: Iterable[Question], people_answering: int, comments: int) -> bool:
    """Nearly everybody says yes and nobody writes: perhaps the wrong questions were asked."""
    asked = list(questions)
    yes, answers = sum(each.yes for each in asked), sum(each.yes + each.partly + each.no for each in asked)
    if people_answering < TOO_GOOD_PEOPLE or answers == 0:
        return False
    return yes >= TOO_GOOD_SHARE * answers and comments < TOO_GOOD_COMMENTS * people_answering
