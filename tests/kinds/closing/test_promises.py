"""One owner and one date for each idea: ada enters them, the room sees what and by when, never who."""

from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import kind_of
from workshop.commands import taking_part
from workshop.queries import contributions, promises


def with_an_idea(app: Flask, people: People) -> tuple[Room, str]:
    closing = ("closing", {"owners_for": "cards"})
    room = build.workshop(app, people.organisation_id, "cards", closing, **hall.TRUSTED)
    room.open("cards", "closing")
    bea = people.bea(room)
    bea.write("cards", "A bench at the door")
    return room, bea.words()[0]


def test_ada_names_one_owner_and_one_date(app: Flask, people: People) -> None:
    room, idea = with_an_idea(app, people)
    path = f"{room.path}/a/{room.activities['closing']}/promises"
    listed = people.ada.get(path)
    assert "A bench at the door" in listed.text
    asked = people.ada.get(f"{path}/{idea}")
    done = people.ada.send(asked, what="Order a bench", who="Kim of the parks", by_date="2030-05-01")
    shown = people.ada.get(done.location)
    assert "Order a bench" in shown.text
    assert "Kim of the parks" in shown.text
    again = people.ada.send(people.ada.get(f"{path}/{idea}"), who="Lou of the parks")
    assert "Kim" not in people.ada.get(again.location).text
    with app.app_context():
        assert len(promises.promises(room.activities["closing"])) == 1


def test_an_owner_a_date_and_a_step_are_all_asked_for(app: Flask, people: People) -> None:
    room, idea = with_an_idea(app, people)
    path = f"{room.path}/a/{room.activities['closing']}/promises/{idea}"
    page = people.ada.send(people.ada.get(path), what="Order a bench")
    assert page.status == 422
    assert "Please write one name." in page.text
    assert "Please choose a day." in page.text
    assert page.fields()["what"] == "Order a bench"


def test_the_room_sees_what_and_when_but_no_name(app: Flask, people: People) -> None:
    room, idea = with_an_idea(app, people)
    path = f"{room.path}/a/{room.activities['closing']}/promises/{idea}"
    people.ada.send(people.ada.get(path), what="Order a bench", who="Kim of the parks", by_date="2030-05-01")
    with app.test_request_context():
        words = kind_of(room.activity("closing")).screen(room.activity("closing"))
        page = app.jinja_env.get_template("kinds/closing/screen.html").render(**words)
    assert "Order a bench" in page
    assert "Kim" not in page


def test_a_promise_goes_with_the_idea_it_belongs_to(app: Flask, people: People) -> None:
    room, idea = with_an_idea(app, people)
    path = f"{room.path}/a/{room.activities['closing']}/promises/{idea}"
    people.ada.send(people.ada.get(path), what="Order a bench", who="Kim of the parks", by_date="2030-05-01")
    with app.app_context():
        row = contributions.one(idea, room.id)
        taking_part.take_back(idea, participant_id=row.participant_id)
        assert promises.promises(room.activities["closing"]) == {}


def test_others_find_no_such_page(app: Flask, people: People) -> None:
    room, idea = with_an_idea(app, people)
    path = f"{room.path}/a/{room.activities['closing']}/promises/{idea}"
    assert people.dora.get(path).status in (403, 404)
    assert people.bea(room).get(path).status in (303, 403, 404)
    assert people.ada.get(path[:-4] + "0000").status == 404
