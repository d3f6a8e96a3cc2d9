"""PostgreSQL has many writers: what is safe on SQLite because there is one, must be safe here because of a lock."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.commands.test_together import at_once
from tests.support import build, installation
from tests.support.build import Room
from tests.support.meanwhile import count, meanwhile
from tests.support.people import organisation
from workshop import activities
from workshop.activities import Gift
from workshop.commands import (
    Busy,
    accounts,
    choosing,
    exporting,
    moderating,
    organising,
    running,
    taking_part,
    upkeep,
    workshops,
    writing,
)
from workshop.consent import Viewer
from workshop.events import audit, first_broken_seal
from workshop.extensions import db
from workshop.keys import new_token
from workshop.models import (
    Ballot,
    BallotLink,
    Contribution,
    Door,
    Event,
    Job,
    Membership,
    Participant,
    Seen,
    Tombstone,
    User,
)
from workshop.models.columns import new_id
from workshop.queries import contributions, rooms

pytestmark = pytest.mark.postgres
CARD = {"text": "A bench", "level": 2}
SLOTS = {"slot_minutes": 3, "helped": False}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[Flask]:
    made = installation.on_postgres(tmp_path_factory.mktemp("several") / "instance", postgres)
    with installation.closing(made) as app:
        yield app


@pytest.fixture
def room(app: Flask) -> Room:
    with app.app_context():
        organisation_id = organisation(app, "Riverside")
    room = build.workshop(app, organisation_id, ("dots", {"items": "A garden\nA bench"}), "cards", ("story", SLOTS))
    room.open("dots", "cards", "story")
    return room


def seat(room: Room) -> Any:
    with room.app.app_context():
        workshop = rooms.workshop(room.id)
        person, _token = taking_part.join(workshop, "lived", new_token(), "en")
        taking_part.choose_role(workshop, rooms.person(person, room.id), "Service user")
        return rooms.person(person, room.id)


def act(room: Room, key: str) -> Any:
    with room.app.app_context():
        return room.activity(key)


def give(room: Room, person: Any, card_id: str, text: str = "A bench", secret: str = "") -> Any:
    gift = Gift(card_id, secret, "en", "phone")
    return partial(taking_part.give, act(room, "cards"), person, "card", {**CARD, "text": text}, gift)


def said(room: Room) -> Any:
    """A card that somebody gave."""
    card_id = new_id()
    with room.app.app_context():
        give(room, seat(room), card_id)()
        return contributions.one(card_id, room.id)


def workshop_of(room: Room) -> Any:
    with room.app.app_context():
        return rooms.workshop(room.id)


@pytest.mark.shows("S07")
def test_a_ballot_in_the_moment_of_the_count_is_counted_and_nobody_can_say_whose_it_was(room: Room) -> None:
    dots, bea = act(room, "dots"), seat(room)
    cast = partial(choosing.cast, dots, bea, new_id(), {"own1": 1})
    assert meanwhile(room.app, cast, lambda: activities.count(dots)).outcome is None
    with room.app.app_context():
        assert count(BallotLink, BallotLink.activity_id == dots.id) == 0
        assert count(Ballot, Ballot.activity_id == dots.id) == 1
        assert room.activity("dots").state == "closed"


def test_a_ballot_after_the_count_has_begun_is_refused(room: Room) -> None:
    dots, bea = act(room, "dots"), seat(room)
    second = meanwhile(
        room.app, lambda: activities.count(dots), partial(choosing.cast, dots, bea, new_id(), {"own1": 1}), room.id
    )
    assert second.outcome == "Closed"
    with room.app.app_context():
        assert count(Ballot, Ballot.activity_id == dots.id) == 0


def test_words_that_arrive_in_the_moment_of_their_take_back_are_gone(room: Room) -> None:
    card, bea = new_id(), seat(room)
    back = partial(taking_part.take_back, card, participant_id=bea.id)
    assert meanwhile(room.app, give(room, bea, card), back, room.id).outcome is None
    with room.app.app_context():
        assert (count(Contribution, Contribution.id == card), count(Tombstone, Tombstone.id == card)) == (0, 1)


def test_words_that_arrive_after_their_take_back_stay_taken_back(room: Room) -> None:
    card, bea = new_id(), seat(room)
    back = partial(taking_part.take_back, card, participant_id=bea.id)
    assert meanwhile(room.app, back, give(room, bea, card)).outcome == "TakenBack"
    with room.app.app_context():
        assert count(Contribution, Contribution.id == card) == 0


@pytest.mark.shows("R04")
@pytest.mark.parametrize(("text", "outcome"), [("A bench", None), ("A garden", "Conflict")])
def test_one_sending_through_two_nodes_is_once(room: Room, text: str, outcome: str | None) -> None:
    card, bea = new_id(), seat(room)
    second = meanwhile(room.app, give(room, bea, card), give(room, bea, card, text), room.id)
    assert second.outcome == (outcome or card)
    with room.app.app_context():
        assert count(Contribution, Contribution.id == card) == 1


@pytest.mark.shows("R06")
def test_everybody_at_once_is_everybody_once_and_each_raised_the_revision(room: Room) -> None:
    before = workshop_of(room).revision
    seats = [seat(room) for _ in range(24)]
    got = at_once(room.app, lambda n: give(room, seats[n], new_id())())
    assert set(got.values()) == {None}
    assert workshop_of(room).revision == before + 24
    with room.app.app_context():
        assert count(Contribution, Contribution.workshop_id == room.id) == 24
        revisions = db.session.execute(
            sa.select(Event.revision).where(Event.workshop_id == room.id, Event.name == "gave")
        )
        assert len(set(revisions.scalars())) == 24


def test_two_facilitators_give_a_turn_and_both_count(room: Room) -> None:
    story = act(room, "story")
    turn = partial(running.give_turn, story)
    meanwhile(room.app, turn, turn, room.id)
    assert workshop_of(room).stage["turn"]["number"] == 2


def test_two_facilitators_close_a_choice_and_it_is_counted_once(room: Room) -> None:
    close = partial(running.close_activity, act(room, "dots"))
    meanwhile(room.app, close, close, room.id)
    with room.app.app_context():
        jobs = [job.facts for job in db.session.query(Job) if job.name == "count"]
        assert [facts["activity"] for facts in jobs].count(room.activities["dots"]) == 1


def test_two_facilitators_open_two_things_and_nobody_stands_in_the_others_way(room: Room) -> None:
    names = ["dots", "cards", "story"] * 4
    found = [act(room, name) for name in names]
    got = at_once(room.app, lambda n: running.open_activity(found[n]), people=len(names))
    assert {type(error) for error in got.values()} <= {type(None), choosing.Closed}
    with room.app.app_context():
        assert len(rooms.open_now(room.id)) == 1


def test_two_new_codes_at_once_leave_one_set_of_doors(room: Room) -> None:
    got = at_once(room.app, lambda _n: running.new_doors(room.id), people=6)
    assert set(got.values()) == {None}
    with room.app.app_context():
        assert count(Door, Door.workshop_id == room.id) == 3
        assert workshop_of(room).generation == 8


def test_words_that_are_edited_while_somebody_approves_them_are_read_again_first(room: Room) -> None:
    card = said(room)
    with room.app.app_context():
        ada = accounts.add_user(f"{new_id()}@example.org", "Ada", None)
        as_read = contributions.fingerprint(card)
    edit = partial(moderating.edit, card, "A longer bench", "", ada)
    second = meanwhile(room.app, edit, partial(moderating.approve, card, ada, as_read=as_read), room.id)
    assert second.outcome == "Changed"


@pytest.mark.parametrize("look", ["read", "export"])
def test_words_that_are_taken_back_in_the_moment_of_a_look_are_gone(room: Room, look: str) -> None:
    card, workshop = said(room), workshop_of(room)
    with room.app.app_context():
        ada = accounts.add_user(f"{new_id()}@example.org", "Ada", None)
    seen = partial(moderating.note_seen, workshop, [card.id], ada)
    if look == "export":
        seen = partial(exporting.record, workshop, Viewer.FACILITATOR, "0" * 64, [card.id], ada, None)
    back = partial(taking_part.take_back, card.id, participant_id=card.participant_id)
    assert meanwhile(room.app, back, seen).error is None
    with room.app.app_context():
        assert count(Seen, Seen.contribution_id == card.id) == 0


def test_an_organisation_keeps_an_organiser_when_two_let_each_other_go(app: Flask) -> None:
    with app.app_context():
        house = SimpleNamespace(id=organisation(app, "Hillside"))
        pair = [accounts.add_user(f"{new_id()}@example.org", "One", None, house.id, "organiser") for _ in range(2)]
    demote = [partial(organising.change_role, house, one, "facilitator", one) for one in pair]
    assert meanwhile(app, demote[0], demote[1]).outcome == "LastOrganiser"
    with app.app_context():
        assert count(Membership, Membership.organisation_id == house.id, Membership.role == "organiser") == 1


def test_the_same_address_twice_is_one_account(app: Flask) -> None:
    add = partial(accounts.add_hashed, f"{new_id()}@example.org", "Dora", None)
    assert meanwhile(app, add, add).outcome == "AlreadyThere"
    with app.app_context():
        assert count(User, User.email == add.args[0]) == 1


def test_a_limit_is_not_exceeded_by_asking_at_once(app: Flask) -> None:
    app.config["INVITES_PER_HOUR"] = 5
    who = new_id()
    got = at_once(app, lambda _n: upkeep.spend("invite", who, timedelta(days=999), "INVITES_PER_HOUR"), people=12)
    assert [type(error) for error in got.values()].count(type(None)) == 5
    assert {type(error) for error in got.values()} == {type(None), upkeep.TooMany}


def test_a_job_is_taken_by_one(app: Flask) -> None:
    with app.app_context():
        with writing():
            db.session.query(Job).delete()
        upkeep.later("shorten_log")
    taken: list[Any] = []

    def take(_n: int) -> None:
        if job := upkeep.take_job():
            taken.append(job.id)

    at_once(app, take, people=8)
    assert len(taken) == 1


def test_the_audit_log_holds_when_many_write_it(app: Flask) -> None:
    def note(_n: int) -> None:
        with writing():
            audit("try", user_id=None)

    assert set(at_once(app, note, people=12).values()) == {None}
    with app.app_context():
        assert first_broken_seal() is None


def test_a_turn_that_does_not_come_is_said_in_time_and_leaves_nothing(room: Room) -> None:
    bea, settings = seat(room), {**installation.SETTINGS, "DATABASE_URL": room.app.config["DATABASE_URL"]}
    impatient = installation.create_app(Path(room.app.config["INSTANCE"]), **settings, WRITE_WAIT=0.3)
    with installation.closing(impatient):
        with room.app.app_context(), writing(room.id):
            got = at_once(impatient, lambda _n: give(room, bea, "0" * 32)(), people=1)
        assert type(got[0]) is Busy
    with room.app.app_context():
        assert count(Contribution, Contribution.id == "0" * 32) == 0


def test_a_workshop_is_renamed_and_locked_at_once_and_both_are_kept(room: Room) -> None:
    with room.app.app_context():
        ada = accounts.add_user(f"{new_id()}@example.org", "Ada", None)
    workshop = workshop_of(room)
    rename = partial(workshops.set_up, workshop, "Lake day", {}, ada)
    meanwhile(room.app, rename, partial(running.lock_doors, workshop, locked=True), room.id)
    now = workshop_of(room)
    assert (now.title, now.doors_locked) == ("Lake day", True)


def test_everybody_who_joins_at_once_is_in(room: Room) -> None:
    workshop = workshop_of(room)
    got = at_once(room.app, lambda _n: taking_part.join(workshop, "lived", new_token(), "en"), people=16)
    assert set(got.values()) == {None}
    with room.app.app_context():
        assert count(Participant, Participant.workshop_id == room.id) == 16
