"""A choice for one side alone: somebody reads every page, part and file of two rooms that differ only in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import build, crawl, installation
from tests.support.page import data_of
from tests.support.people import People, Person
from workshop.activities import Gift
from workshop.commands import agenda, choosing, command, running, taking_part
from workshop.extensions import db
from workshop.keys import new_token
from workshop.live import parts
from workshop.models import Participant as Somebody
from workshop.models.columns import new_id
from workshop.queries import rooms

Make = Callable[[str], Flask]
Ballots = Sequence[Mapping[str, int]]
LINES = {"items": "Bus stop\nGarden\nLift"}
AGENDA = ("story", ("dots", LINES), ("statements", LINES), "closing", ("dots", LINES))
ALONE = ("dots", "statements", "closing")  # the fifth, more dots, is for everybody
LIVE = ("/numbers", "/screen", "/console", *(f"/{name}" for name in parts.PARTS))  # what moves with the room
BUS, GARDEN, LIFT = {"own1": 1}, {"own2": 1}, {"own3": 1}
YES = dict.fromkeys(("space1", "space2", "voice1", "voice2", "aud1", "aud2", "inf1", "inf2"), 2)
NO = dict.fromkeys(YES, 0)
ONE_NO = {**YES, "space1": 0}


@pytest.fixture
def make(tmp_path: Path, empty_database: Path) -> Make:
    return lambda name: installation.make(tmp_path / name, empty_database)


class Hall:
    """A room of which one side is asked alone; everybody is asked as well, and answers always the same."""

    alone: Sequence[str] = ("story", *ALONE)

    def __init__(self, app: Flask, side: str, number: int, others: int = 8) -> None:
        self.app, self.people, self.side = app, People(app), side
        self.room = build.workshop(app, self.people.organisation_id, *AGENDA)
        self.phone = self.people.cem(self.room) if side == "lived" else self.people.bea(self.room)
        self.seats = {side: number, "service" if side == "lived" else "lived": others}
        with app.app_context():
            for key in self.alone:
                agenda.change(self.room.activity(key), who=side)
            self.crowd = {each: [self._come_in(each) for _ in range(many)] for each, many in self.seats.items()}
        self.room.open(*self.room.activities)
        for each, crowd in self.crowd.items():
            self.cast("dots5", crowd, [BUS if each == "lived" else LIFT] * len(crowd))

    @command
    def _come_in(self, side: str) -> Any:
        person, _token = taking_part.join(rooms.workshop(self.room.id), "lived", new_token(), "en")
        seat = db.session.execute(select(Somebody).where(Somebody.id == person)).scalar_one()
        seat.side = side
        db.session.flush()
        return rooms.person(person, self.room.id)

    def cast(self, key: str, crowd: Sequence[Any], ballots: Ballots) -> None:
        with self.app.app_context():
            for seat, ballot in zip(crowd, ballots, strict=False):
                choosing.cast(self.room.activity(key), seat, new_id(), ballot)

    def choose(self, **ballots: Ballots) -> None:
        """Those who are asked alone choose, one ballot each, as far as there are ballots."""
        for key, given in ballots.items():
            self.cast(key, self.crowd[self.side], given)

    def count(self) -> None:
        for key in (*ALONE, "dots5"):
            self.room.count(key)

    def read(self, *endings: str) -> dict[str, str]:
        """What the facilitator, the projector, a stranger and a phone read; `endings` keep to some addresses."""
        where = crawl.addresses(self.app, self._known())
        where = {at: address for at, address in where.items() if address.endswith(endings or ("",))}
        readers = {"ada": self.people.ada, "projector": self._projector(), "stranger": self.people.stranger()}
        said = {name: crawl.read(reader, where) for name, reader in {**readers, "phone": self.phone}.items()}
        return {f"{name} {at}": _plain(name, at, words) for name, read in said.items() for at, words in read.items()}

    def show(self, key: str) -> None:
        with self.app.app_context():
            running.reveal(self.room.activity(key))

    def _known(self) -> Mapping[str, Sequence[str]]:
        return {
            "workshop_id": [self.room.id],
            "organisation_id": [self.people.organisation_id],
            "activity_id": list(self.room.activities.values()),
            "contribution_id": [],
            "kind_name": ["dots"],
        }

    def _projector(self) -> Person:
        screen = self.people.stranger()
        screen.get(f"/s/{self.room.doors['screen']}")
        return screen

    def exports(self) -> dict[str, Any]:
        packs: dict[str, Any] = {}
        for audience in ("organiser", "report"):
            form = {"csrf_token": self.people.ada.token(), "audience": audience}
            where = f"{self.room.path}/exports"
            answer = self.people.ada.client.post(where, data=form, base_url=self.people.ada.address, buffered=True)
            assert answer.status_code == 200
            packs |= {f"{audience} {name}": said for name, said in crawl.read_pack(answer.data).items()}
        return packs


def _plain(reader: str, address: str, words: str) -> str:
    """Without the orders that are chance: of what a phone can choose from, and of numbers by their places' ids."""
    if "/preview" in address:
        return ""
    if address.startswith("/w/<workshop_id>/numbers"):
        return "\n".join(sorted(re.split(r"[,{}\n]", words)))
    return "\n".join(sorted(words.splitlines())) if reader == "phone" else words


def everything(hall: Hall, **ballots: Ballots) -> dict[str, Any]:
    """All that can be read while the choices are open, in their grace, after the count, and in the exports."""
    hall.choose(**ballots)
    found = {f"open {at}": said for at, said in hall.read().items()}
    for key in ALONE:
        hall.room.close(key)
    found |= {f"grace {at}": said for at, said in hall.read(*LIVE).items()}
    hall.count()
    for key in ALONE:
        hall.show(key)
        found |= {f"shown {key} {at}": said for at, said in hall.read(*LIVE).items()}
    found |= {f"counted {at}": said for at, said in hall.read().items()}
    return found | hall.exports()


def tell_no_difference(here: Mapping[str, Any], there: Mapping[str, Any]) -> None:
    """Nothing that is read tells the two rooms apart."""
    assert here.keys() == there.keys(), here.keys() ^ there.keys()
    for at in sorted(here, key=lambda at: len(str(here[at]))):
        lines = zip(_lines(here[at]), _lines(there[at]), strict=False)
        assert here[at] == there[at], (at, [pair for pair in lines if pair[0] != pair[1]][:5])


def _lines(said: Any) -> list[str]:
    return said if isinstance(said, list) else said.splitlines()


@pytest.mark.shows("P11")
@pytest.mark.parametrize("side", ["service", "lived"])
def test_three_of_a_side_are_hidden_by_the_choice_that_was_theirs_alone(make: Make, side: str) -> None:
    """All three chose alike, or one of them chose something else: nobody can read which room it was."""
    here = everything(Hall(make("here"), side, 3), dots=[BUS] * 3, statements=[BUS] * 3, closing=[YES] * 3)
    there = everything(Hall(make("there"), side, 3), dots=[GARDEN], statements=[{"own2": -1}], closing=[NO])
    tell_no_difference(here, there)


@pytest.mark.parametrize("side", ["service", "lived"])
def test_six_of_a_side_are_never_seen_to_be_of_one_mind(make: Make, side: str) -> None:
    one_mind = {"dots": [{"own1": 1, "own2": 1}] * 6, "statements": [BUS] * 6, "closing": [YES] * 6}
    but_one = {"dots": [{"own1": 1, "own2": 1}] * 5 + [BUS], "statements": [BUS] * 5 + [{"own1": -1}]}
    here = everything(Hall(make("here"), side, 6), **one_mind)
    there = everything(Hall(make("there"), side, 6), **but_one, closing=[YES] * 5 + [ONE_NO])
    tell_no_difference(here, there)


def test_how_many_of_a_few_told_something_is_hidden_in_a_question_that_was_theirs_alone(make: Make) -> None:
    here, there = Hall(make("here"), "lived", 4), Hall(make("there"), "lived", 4)
    for hall, tellers in ((here, 3), (there, 2)):
        for at in range(3):
            tell(hall, hall.crowd["lived"][min(at, tellers - 1)], f"Story {at}.")
    tell_no_difference(here.exports(), there.exports())


def tell(hall: Hall, seat: Any, text: str) -> None:
    with hall.app.app_context():
        taking_part.give(hall.room.activity("story"), seat, "story", {"text": text, "level": 3}, Gift(new_id()))


def test_ada_sees_nothing_of_three_words_of_six_and_numbers_of_twelve(make: Make) -> None:
    told = {}
    for number in (3, 6, 12):
        hall = Hall(make(f"hall{number}"), "service", number)
        hall.choose(dots=[BUS] * number, statements=[BUS] * number, closing=[YES] * number)
        turnout = " ".join(data_of(hall.people.ada.get(f"{hall.room.path}/numbers")).values())
        hall.count()
        told[number] = (turnout, hall.people.ada.get(f"{hall.room.path}/results").text)
    assert "have chosen" in told[3][0], "of the choice for everybody"
    assert not re.search("at least . have chosen", told[3][0])
    assert told[3][1].count("Only people of the service were asked. Too few to say what they chose.") == 3
    assert "at least 5 have chosen" in told[6][0]
    assert "The words say how many of them gave a dot. Bus stop nearly all Garden nearly none" in told[6][1]
    assert "at least 10 have chosen" in told[12][0]
    assert "Bus stop 12 dots" in told[12][1]
    assert "Bus stop 12 agree, 0 disagree, 0 pass" in told[12][1]
    assert "100 of 100 in all" in told[12][1]
