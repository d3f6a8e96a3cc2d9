"""Who may take outcomes out of the house, how it is noted, and what happens when words are taken back."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.exports import house
from tests.exports.house import Words
from tests.support.people import People, Person, Staff
from workshop.commands import taking_part
from workshop.extensions import db
from workshop.models import Audit, Export
from workshop.models.columns import now
from workshop.queries import contributions


@pytest.fixture
def room(app: Flask, people: People) -> house.Room:
    said = [Words("For reports.", level=4), Words("For the service.", level=3), Words("For facilitators.", level=1)]
    return house.room(app, people.organisation_id, said)


def download(person: Person, room: house.Room, audience: str) -> TestResponse:
    """What the browser saves when the button is pressed."""
    fields = {"csrf_token": person.token(), "audience": audience}
    heads = {"Sec-Fetch-Site": "same-origin"}
    return person.client.post(
        f"{room.path}/exports", data=fields, base_url=person.address, headers=heads, buffered=True
    )


@pytest.mark.shows("P14")
def test_ada_takes_the_pack_and_it_is_noted(people: People, room: house.Room) -> None:
    page = people.ada.get(f"{room.path}/exports")
    assert "Nothing was exported yet." in page.text
    packed = download(people.ada, room, "organiser")
    assert (packed.status_code, packed.mimetype) == (200, "application/zip")
    data = packed.get_data()
    digest = hashlib.sha256(data).hexdigest()
    assert packed.headers["Content-Disposition"] == f"attachment; filename=workshop-{digest[:12]}.zip"
    assert int(packed.headers["Content-Length"]) == len(data)
    assert packed.headers["Cache-Control"] == "no-store"
    assert set(zipfile.ZipFile(io.BytesIO(data)).namelist()) > {"README.txt", "workshop.xlsx"}
    listed = people.ada.get(f"{room.path}/exports").text
    assert digest[:12] in listed
    assert "Ada" in listed
    with room.app.app_context():
        acts = db.session.execute(db.select(Audit.user_id, Audit.thing).where(Audit.act == "export")).all()
    assert acts == [(people.ada.id, f"organiser {digest}")]


def test_a_pack_for_others_holds_only_what_is_for_reports(people: People, room: house.Room) -> None:
    inside = house.files(download(people.ada, room, "report").get_data())
    everything = b"".join(inside.values())
    assert b"For reports." in everything
    assert b"For the service." not in everything


@pytest.mark.parametrize("audience", ["teller", "facilitator", "room", "nobody", ""])
def test_no_other_eyes_can_be_asked_for(people: People, room: house.Room, audience: str) -> None:
    page = people.ada.get(f"{room.path}/exports")
    assert people.ada.send(page, "/exports", audience=audience).status == 422
    with room.app.app_context():
        assert db.session.execute(db.select(db.func.count()).select_from(Export)).scalar_one() == 0


@pytest.mark.shows("P14")
def test_nobody_else_gets_in_by_the_address(app: Flask, people: People, room: house.Room) -> None:
    """A clean browser, a phone of the room, another organisation, a facilitator who may not export."""
    page = people.ada.get(f"{room.path}/exports")
    people.ada.send(page, "/exports", audience="organiser")
    with app.app_context():
        export_id = db.session.execute(db.select(Export.id)).scalar_one()
    facilitator = Staff(app, "eve", people.organisation_id, "facilitator")
    paths = ["exports", f"exports/{export_id}/withdrawn", f"exports/{export_id}/withdrawn.csv"]
    for path in paths:
        address = f"{room.path}/{path}"
        assert "/sign-in" in people.stranger().get(address).location
        for person in (people.bea(room), people.dora, facilitator):
            assert refused(person.get(address)), f"{person} got {path}"
    for person in (people.stranger(), people.bea(room), people.dora, facilitator):
        answer = person.post(f"{room.path}/exports", audience="organiser")
        assert answer.status == 403
        assert answer.response.mimetype != "application/zip"


def refused(page: object) -> bool:
    status, location = page.status, page.location  # type: ignore[attr-defined]
    return status == 403 or (status == 303 and "/sign-in" in location)


def test_an_export_of_another_workshop_is_not_found_here(app: Flask, people: People, room: house.Room) -> None:
    people.ada.send(people.ada.get(f"{room.path}/exports"), "/exports", audience="organiser")
    other = house.room(app, people.organisation_id, [])
    with app.app_context():
        export_id = db.session.execute(db.select(Export.id)).scalar_one()
    assert people.ada.get(f"{other.path}/exports/{export_id}/withdrawn").status == 404
    assert people.ada.get(f"{other.path}/exports/{export_id}/withdrawn.csv").status == 404


@pytest.mark.shows("P06", "P14")
def test_after_a_take_back_the_list_names_it_and_the_next_export_marks_it(
    app: Flask, people: People, room: house.Room
) -> None:
    """bea tells a story, ada exports it, bea takes it back."""
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The lift is broken.", level=4)
    with app.app_context():
        house.approve_all(room)
    before = house.rows(download(people.ada, room, "organiser").get_data(), "contributions")
    name = next(row["id"] for row in before if row["text"] == "The lift is broken.")
    with app.app_context():
        (story,) = [each for each in contributions.said(room.id, house.Viewer.REPORT) if "lift" in each.text]
        row = contributions.one(story.id, room.id)
        taking_part.take_back(story.id, participant_id=row.participant_id)
    listed = people.ada.get(f"{room.path}/exports")
    link = next(link for link in listed.links() if link.endswith("/withdrawn"))
    withdrawn = people.ada.get(link)
    assert name in withdrawn.text
    assert "taken back" in withdrawn.text
    file = people.ada.get(f"{link}.csv")
    assert file.response.mimetype == "text/csv"
    assert f"{name},taken_back," in file.html
    after = house.rows(download(people.ada, room, "organiser").get_data(), "taken_back")
    assert [row["id"] for row in after] == [name]


def test_whoever_was_away_proves_first_who_they_are(people: People, room: house.Room) -> None:
    """A browser left open in the office takes nothing out of the house."""
    ada: Person = people.ada
    ada.get(f"{room.path}/exports")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        assert "/account/confirm" in ada.get(f"{room.path}/exports").location
        assert ada.post(f"{room.path}/exports", audience="organiser").response.mimetype != "application/zip"
