"""Secret ballots: one a person, changed while open, sealed at the close, and nothing left that says whose they were."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.people import organisation
from workshop import activities
from workshop.commands import Busy, agenda, choosing, running, taking_part
from workshop.extensions import db
from workshop.keys import new_token
from workshop.models import Ballot, BallotLink, Event, HasChosen, Participant
from workshop.models.columns import new_id
from workshop.queries import choices, rooms

SENDS_AGAIN = 5
ITEMS = {"items": "A garden\nA bench\nA bus"}


@pytest.fixture
def room(any_app: Flask) -> Room:
    with any_app.app_context():
        organisation_id = organisation(any_app, "Riverside")
    room = build.workshop(any_app, organisation_id, ("dots", ITEMS))
    room.open("dots")
    return room


def seat(room: Room, side: str = "lived") -> Any:
    """Somebody in the room, without a phone of their own in this test."""
    workshop = rooms.workshop(room.id)
    person, _token = taking_part.join(workshop, side, new_token(), "en")
    role = {"lived": "Service user", "service": "Professional"}[side]
    taking_part.choose_role(workshop, db.session.get(Participant, person), role)
    return db.session.get(Participant, person)


def cast_until_taken(room: Room, person_id: Any, choice: dict[str, int]) -> None:
    """As a phone does: told that others are before it, it sends the same again."""
    sending = new_id()
    for _ in range(SENDS_AGAIN):
        try:
            return choosing.cast(room.activity("dots"), db.session.get(Participant, person_id), sending, choice)
        except Busy:
            db.session.rollback()
    raise AssertionError(f"not taken after {SENDS_AGAIN} times")


@pytest.mark.shows("S05")
def test_the_last_ballot_of_a_person_counts_and_it_is_one(room: Room) -> None:
    with room.app.app_context():
        bea = seat(room)
        choosing.cast(room.activity("dots"), bea, new_id(), {"own1": 3})
        choosing.cast(room.activity("dots"), bea, new_id(), {"own2": 1})
        assert [row.choices for row in choices.ballots(room.activities["dots"])] == [{"own2": 1}]
        assert choices.turnout(room.activity("dots")).chosen == 1


def test_the_same_sending_twice_changes_nothing_even_after_a_change(room: Room) -> None:
    with room.app.app_context():
        bea, first = seat(room), new_id()
        choosing.cast(room.activity("dots"), bea, first, {"own1": 3})
        choosing.cast(room.activity("dots"), bea, new_id(), {"own2": 1})
        choosing.cast(room.activity("dots"), bea, first, {"own1": 3})
        assert [row.choices for row in choices.ballots(room.activities["dots"])] == [{"own2": 1}]


@pytest.mark.shows("S05")
def test_fifty_at_once_are_one_ballot(room: Room) -> None:
    """S05: parallel sendings of one person are one ballot, by constraint and in one transaction."""
    with room.app.app_context():
        bea_id = seat(room).id
    failures: list[BaseException] = []

    def send() -> None:
        with room.app.app_context():
            try:
                cast_until_taken(room, bea_id, {"own1": 1})
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with room.app.app_context():
        assert len(choices.ballots(room.activities["dots"])) == 1
        assert not failures


@pytest.mark.shows("S07")
def test_the_close_destroys_who_chose_what_and_keeps_that_they_chose(room: Room) -> None:
    with room.app.app_context():
        people = [seat(room) for _ in range(12)]
        for number, person in enumerate(people):
            choosing.cast(room.activity("dots"), person, new_id(), {f"own{number % 3 + 1}": 1})
        before = db.session.execute(sa.select(Ballot.id)).scalars().all()
        running.close_activity(room.activity("dots"))
        activities.count(room.activity("dots"))
        after = db.session.execute(sa.select(Ballot.id)).scalars().all()
        assert len(after) == 12
        assert not set(before) & set(after)
        assert db.session.execute(sa.select(sa.func.count()).select_from(BallotLink)).scalar() == 0
        assert db.session.execute(sa.select(sa.func.count()).select_from(HasChosen)).scalar() == 12


def test_late_ballots_count_for_two_minutes_then_they_are_not_kept(room: Room) -> None:
    with room.app.app_context():
        bea = seat(room)
        running.close_activity(room.activity("dots"))
        assert room.activity("dots").state == "grace"
        choosing.cast(room.activity("dots"), bea, new_id(), {"own1": 1})
        activities.count(room.activity("dots"))
        with pytest.raises(choosing.Closed):
            choosing.cast(room.activity("dots"), bea, new_id(), {"own2": 1})
        assert [row.choices for row in choices.ballots(room.activities["dots"])] == [{"own1": 1}]


def test_a_choice_of_one_side_takes_no_ballot_of_the_other(room: Room) -> None:
    with room.app.app_context():
        bea, cem = seat(room), seat(room, "service")
        again = running.ask_again(room.activity("dots"))
        agenda.change(rooms.activity(again, room.id), who="service")
        running.open_activity(rooms.activity(again, room.id))
        with pytest.raises(choosing.NotAsked):
            choosing.cast(rooms.activity(again, room.id), bea, new_id(), {"own1": 1})
        choosing.cast(rooms.activity(again, room.id), cem, new_id(), {"own2": 1})
        assert [row.side for row in choices.ballots(again)] == ["service"]


def test_a_closed_choice_never_opens_again_ask_again_makes_a_new_one(room: Room) -> None:
    with room.app.app_context():
        running.close_activity(room.activity("dots"))
        activities.count(room.activity("dots"))
        with pytest.raises(choosing.Closed):
            running.open_activity(room.activity("dots"))
        again = running.ask_again(room.activity("dots"))
        row = rooms.activity(again, room.id)
        assert row is not None
        assert (row.state, row.gives, row.settings) == ("waiting", "ballot", ITEMS)


@pytest.mark.shows("P12")
def test_no_event_tells_of_a_ballot(room: Room) -> None:
    with room.app.app_context():
        bea = seat(room)
        events = db.session.execute(sa.select(sa.func.count()).select_from(Event)).scalar()
        revision = rooms.workshop(room.id).revision  # type: ignore[union-attr]
        choosing.cast(room.activity("dots"), bea, new_id(), {"own1": 1})
        assert db.session.execute(sa.select(sa.func.count()).select_from(Event)).scalar() == events
        assert rooms.workshop(room.id).revision == revision  # type: ignore[union-attr]


@pytest.mark.shows("P12", "P13")
def test_a_ballot_has_no_column_that_could_name_anybody() -> None:
    """Its group of opinion is found from the sealed ballots alone, and says nothing that they do not say."""
    columns = {"id", "activity_id", "side", "channel", "choices", "opinion_group"}
    assert {column.name for column in Ballot.__table__.columns} == columns
    assert {column.name for column in HasChosen.__table__.columns} == {"participant_id", "activity_id"}
