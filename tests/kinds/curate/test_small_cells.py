"""Who stands behind a theme, read again and again while highlights move: a few of one side are never found out."""

import re
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import build
from tests.support.people import People
from tests.test_one_side import Make, make
from workshop.activities import Gift
from workshop.commands import command, curating, moderating, taking_part
from workshop.commands.curating import NEW, NONE, Curator, Goal, Mark
from workshop.consent import Viewer
from workshop.counting.sides import People as Sides
from workshop.counting.tellers import behind
from workshop.extensions import db
from workshop.keys import new_token
from workshop.models import Participant
from workshop.models.columns import new_id
from workshop.queries import contributions, rooms, themes

__all__ = ["make"]
NUMBERS = re.compile(r"\d+ tellers?|at least \d+ (?:with lived experience|of the service)|too few to say")


class Tellers:
    """A room in which each person has told one story, and ada moves them in and out of a theme."""

    def __init__(self, app: Flask, sides: Sequence[str]) -> None:
        self.app, self.people = app, People(app)
        self.room = build.workshop(app, self.people.organisation_id, "story", "curate")
        self.room.open("story", "curate")
        self.by = Curator(self.room.id, user_id=self.people.ada.id)
        self.theme, self.marks = new_id(), [self._tell(side) for side in sides]

    def _tell(self, side: str) -> str:
        with self.app.app_context():
            seat = self._come_in(side)
            words = {"text": "It was late.", "level": 4, "more": {}, "topic": None, "display_name": None}
            told = taking_part.give(self.room.activity("story"), seat, "story", words, Gift(new_id()))
            moderating.approve(contributions.one(told, self.room.id), self.people.ada.id, recognisable=False)
            mark = Mark(new_id(), "text", 0, 12)
            curating.mark(self.by, told, [mark], Goal(NONE))
        return mark.id

    @command
    def _come_in(self, side: str) -> Any:
        person, _token = taking_part.join(rooms.workshop(self.room.id), "lived", new_token(), "en")
        seat = db.session.execute(select(Participant).where(Participant.id == person)).scalar_one()
        seat.side = side
        db.session.flush()
        return rooms.person(person, self.room.id)

    def move(self, at: int, *, out: bool = False) -> None:
        goal = Goal(NONE) if out else Goal(NEW, "Waiting", self.theme)
        with self.app.app_context():
            curating.move(self.by, [self.marks[at]], self.theme if out else None, goal)

    def read(self) -> list[str]:
        """Every number of tellers that the board, the screen, the results and the report show."""
        ada, found = self.people.ada, []
        ada.post(f"{self.room.path}/console/activity/{self.room.activities['curate']}/reveal")
        for path in ("themes", f"themes/{self.theme}", "screen", "results", "results/report"):
            page = ada.get(f"{self.room.path}/{path}")
            found.append(f"{path.removesuffix(self.theme)}: {NUMBERS.findall(page.text)}")
        return found


def read_all_the_time(tellers: Tellers, seed: int) -> list[list[str]]:
    """In, and out again, in a random order; read after each step."""
    chance, order = Random(seed), list(range(len(tellers.marks)))  # noqa: S311 - the same order in both rooms
    chance.shuffle(order)
    seen = []
    for at in order:
        tellers.move(at)
        seen.append(tellers.read())
    for at in order[::3]:
        tellers.move(at, out=True)
        seen.append(tellers.read())
    return seen


@pytest.mark.shows("P11")
@pytest.mark.parametrize("seed", [3, 11])
def test_who_the_few_are_stays_hidden_however_often_the_board_is_read(make: Make, seed: int) -> None:
    """One of the few and one of the many change sides: whoever reads cannot tell the two rooms apart."""
    here, there = ["service"] * 4 + ["lived"] * 7, ["service"] * 3 + ["lived"] * 7 + ["service"]
    rooms_seen = [read_all_the_time(Tellers(make(name), sides), seed) for name, sides in (("a", here), ("b", there))]
    assert rooms_seen[0] == rooms_seen[1]
    assert "too few to say" in str(rooms_seen[0])


def test_what_is_many_would_be_seen(make: Make) -> None:
    """So the reading above sees what is to be seen."""
    seen = read_all_the_time(Tellers(make("many"), ["service", "lived"] * 5), 5)
    assert "at least 5 of the service" in str(seen)


@pytest.mark.parametrize("k", [5, 10])
def test_sides_move_on_in_steps_only(k: int) -> None:
    everybody, chance = Sides(40, 40), Random(k)  # noqa: S311
    order: list[Any] = [chance.choice(("lived", "service")) for _ in range(60)]
    before: Any = (False, None, None)
    for number in range(1, len(order)):
        crowd = behind(order[:number], everybody, k)
        assert crowd.total == number
        told = (crowd.shown, crowd.lived, crowd.service)
        assert told == before or number % k == 0, "between two steps nobody sees the side of the newest"
        assert not crowd.shown or min(crowd.lived or 0, crowd.service or 0) >= k
        before = told


def test_a_theme_tells_nothing_of_sides_where_the_workshop_may_not() -> None:
    order: list[Any] = ["lived", "service"] * 6
    assert behind(order, Sides(9, 9), 5).shown
    assert not behind(order, Sides(9, 4), 5).shown


def test_what_the_room_may_not_read_does_not_count_for_it(make: Make) -> None:
    tellers = Tellers(make("a"), ["lived", "lived"])
    for at in (0, 1):
        tellers.move(at)
    with tellers.app.test_request_context():
        (marked, *_rest) = themes.page(tellers.room.id, Viewer.ROOM, tellers.theme).marked
        taking_part.set_level(contributions.one(marked.contribution_id, tellers.room.id), 1)
        assert themes.gathered(tellers.room.id, Viewer.ROOM, 5)[0].tellers.total == 1
        assert themes.gathered(tellers.room.id, Viewer.FACILITATOR, 5)[0].tellers.total == 2
