"""Add for somebody: a person without a phone gives a story, a card, a ballot, and gets a receipt like everybody."""

import io

import pytest
from flask import Flask

from tests.media.pictures import telling_photo
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import People
from tests.web.test_arriving import look_at
from workshop.extensions import db
from workshop.models import Participant
from workshop.queries import choices, contributions, rooms

HELPED = {"relation": "family", "way": "interpreted", "whose": "mine"}


def begin(people: People, room: Room, activity: str, **answers: str) -> Page:
    """From the first page to the question."""
    asked = people.ada.get(f"{room.path}/console/add")
    usual = {"role": "Service user", "channel": "helper", "agreed": "y"}
    return people.ada.send(asked, **{**usual, "activity": room.activities[activity], **answers})


def to_the_end(people: People, page: Page, **answers: str) -> Page:
    """Through the questions to the page where it is read back."""
    page = people.ada.get(page.location)
    while page.h1 != "Read it back":
        fields = page.fields()
        page = people.ada.send(page, go="next", **{k: v for k, v in answers.items() if k in fields or k == "level"})
        assert page.status == 200, page.text
    return page


@pytest.mark.shows("A31")
def test_a_story_for_somebody_is_read_back_sent_and_gets_a_receipt(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    page = to_the_end(people, begin(people, room, "story"), text="I cannot see the forms.", level="2")
    assert "I cannot see the forms." in page.text
    refused = people.ada.send(page, go="send")
    assert refused.status == 422
    assert "Please read it back to them first." in refused.text
    done = people.ada.follow(people.ada.send(refused, read_back="y", go="send", **HELPED).location)
    assert done.h1 == "Sent – safe"
    assert "Or keep these six words" in done.text
    with app.app_context():
        [said] = contributions.queue(room.id)
    assert (said.side, said.role, said.text) == ("lived", "Service user", "I cannot see the forms.")
    asked = {"how": "helper", "by": "facilitator", "agreed": True, "read_back": True}
    assert said.helped == {**asked, "relation": "family", "way": "interpreted", "whose": "mine"}
    assert "In the words of the helper." in people.ada.get(f"{room.path}/console").text
    assert "Written down for somebody." in people.ada.get(f"{room.path}/console").text


def test_any_phone_opens_that_receipt_and_takes_back(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    page = to_the_end(people, begin(people, room, "story", channel="paper"), text="From paper.", level="2")
    done = people.ada.follow(people.ada.send(page, read_back="y", go="send").location)
    [link] = [each for each in done.links() if "/r/" in each]
    phone = people.stranger()
    mine = phone.follow(phone.send(phone.get(link.removeprefix("http://localhost:5000"))).location)
    assert "From paper." in mine.text
    people.ada.send(done, "/handed-over")
    gone = people.ada.get(done.response.request.path)
    assert "The receipt was handed over" in gone.text
    assert link not in gone.html


@pytest.mark.shows("A31")
def test_without_a_yes_nothing_is_added(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    asked = people.ada.get(f"{room.path}/console/add")
    refused = people.ada.send(asked, activity=room.activities["story"], role="", channel="helper")
    assert (refused.status, "Please ask them first." in refused.text) == (422, True)
    with app.app_context():
        assert rooms.present(room.id) == {"lived": 0, "service": 0, "other": 0}


def test_the_same_form_sent_twice_is_one_person(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    asked = people.ada.get(f"{room.path}/console/add")
    told = {"activity": room.activities["story"], "role": "Service user", "channel": "hands", "agreed": "y"}
    assert people.ada.send(asked, **told).location == people.ada.send(asked, **told).location
    with app.app_context():
        assert rooms.present(room.id)["lived"] == 1


@pytest.mark.shows("A31")
def test_nobody_writes_for_a_person_who_has_a_phone(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    people.bea(room)
    with app.app_context():
        bea = _only_person(room)
    path = f"{room.path}/console/add/{bea}"
    assert people.ada.get(f"{path}/{room.activities['story']}").status == 404
    assert people.ada.post(f"{path}/{room.activities['story']}", text="Mine", go="send").status == 404
    assert people.ada.get(f"{path}/receipt").status == 404


def _only_person(room: Room) -> str:
    return str(db.session.execute(db.select(Participant.id).where(Participant.workshop_id == room.id)).scalar_one())


@pytest.mark.shows("S06")
def test_a_ballot_shown_by_hand_counts_once_in_its_own_channel(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    room.open("dots")
    start = begin(people, room, "dots", channel="hands")
    page = people.ada.get(start.location)
    page = people.ada.send(page, go="next", **{"choice-own1": "1"})
    assert "A bench" in page.text
    people.ada.send(page, read_back="y", go="send")
    with app.app_context():
        [ballot] = choices.ballots(room.activities["dots"])
        assert choices.turnout(room.activity("dots")).chosen == 1
    assert (ballot.channel, ballot.side, list(ballot.choices.values())) == ("hands", "lived", [1])


def test_only_the_team_adds_for_somebody(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    assert people.dora.get(f"{room.path}/console/add").status == 403
    assert people.bea(room).post(f"{room.path}/console/add").status == 403


def test_their_photo_is_seen_before_it_is_sent_also_going_back(people: People, app: Flask) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    page = people.ada.get(begin(people, room, "story").location)
    photo = (io.BytesIO(telling_photo()), "stair.jpg")
    page = people.ada.send(page, photo_file=photo, text="The stair.", go="next")
    back = people.ada.send(page, go="back")
    [shown] = [img.get("src", "") for img in back.all("img") if "/media/" in img.get("src", "")]
    assert look_at(people.ada, shown).status_code == 200
    assert look_at(people.bea(room), shown).status_code == 404
    assert look_at(people.dora, shown).status_code in (303, 403, 404)
