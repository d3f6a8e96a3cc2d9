"""ada puts her own photo into the question: made anew, seen by the room while it is on, gone with the activity."""

import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.media.pictures import SECRETS, telling_photo
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import People
from tests.web.test_arriving import bytes_everywhere, look_at
from workshop.commands import arriving, workshops
from workshop.extensions import db
from workshop.models import Medium
from workshop.models.columns import now
from workshop.queries import rooms

ALT = "A long stair, and nobody on it"


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    return build.workshop(app, people.organisation_id, "trigger", "cards")


def path_of(room: Room) -> str:
    return f"{room.path}/agenda/{room.activities['trigger']}"


def send(people: People, path: str, name: str = "stair.jpg", data: bytes | None = None, **words: Any) -> Page:
    """The form of the activity, with a photo."""
    page = people.ada.get(path)
    assert 'enctype="multipart/form-data"' in page.html
    photo = (io.BytesIO(telling_photo() if data is None else data), name)
    return people.ada.send(page, **{"picture_alt": ALT, "picture": photo, **words})


def picture(room: Room) -> str:
    with room.app.app_context():
        return str(room.activity("trigger").settings["picture"])


def test_it_is_on_phones_and_the_screen_once_the_question_is_open(people: People, room: Room) -> None:
    assert send(people, path_of(room)).status == 303
    address, bea = f"{room.path}/media/{picture(room)}", people.bea(room)
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    assert look_at(people.ada, address).status_code == 200, "she looks at it before"
    assert [look_at(each, address).status_code for each in (bea, screen)] == [404, 404]
    room.open("trigger")
    assert [look_at(each, address).status_code for each in (bea, screen)] == [200, 200]
    for page in (bea.ask("trigger"), screen.get(f"{room.path}/screen")):
        [img] = [each for each in page.all("img") if each.get("src") == address]
        assert img.get("alt") == ALT


@pytest.mark.shows("P16", "S17")
def test_nothing_that_the_camera_wrote_is_kept(app: Flask, people: People, room: Room) -> None:
    send(people, path_of(room))
    kept = bytes_everywhere(app)
    assert kept
    assert not [secret for secret in SECRETS.values() if secret in kept]


def test_another_takes_its_place_and_a_tick_takes_it_out(app: Flask, people: People, room: Room) -> None:
    send(people, path_of(room))
    first = picture(room)
    send(people, path_of(room))
    second = picture(room)
    assert second not in ("", first)
    assert look_at(people.ada, f"{room.path}/media/{first}").status_code == 404
    people.ada.send(people.ada.get(path_of(room)), title="Look")
    assert picture(room) == second, "a change of the title leaves it"
    people.ada.send(people.ada.get(path_of(room)), **{"picture-away": "y"})
    assert picture(room) == ""
    assert bytes_everywhere(app) == b""


def test_it_goes_with_the_activity_and_not_before(app: Flask, people: People, room: Room) -> None:
    send(people, path_of(room))
    with app.app_context(), time_machine.travel(now() + timedelta(days=30)):
        arriving.forget_abandoned()
    assert bytes_everywhere(app), "what was never sent goes after a week; this is in its place"
    people.ada.send(people.ada.get(f"{path_of(room)}/remove"))
    assert bytes_everywhere(app) == b""
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Medium)).scalar() == 0


def test_it_can_come_with_a_new_activity(people: People, room: Room) -> None:
    answer = send(people, f"{room.path}/agenda/add/trigger", title="The stair")
    assert answer.status == 303
    assert "The stair" in people.ada.get(f"{room.path}/agenda").text
    with room.app.app_context():
        [added] = [each for each in rooms.agenda(room.id) if each.title == "The stair"]
    page = people.ada.get(f"{room.path}/agenda/{added.id}")
    assert f"/media/{added.settings['picture']}" in page.html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"picture_alt": ""}, "Please say what the photo shows."),
        ({"data": b"no picture at all"}, ""),
        ({"title": ""}, "Please choose the photo again."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(
    app: Flask, people: People, room: Room, given: dict[str, Any], said: str
) -> None:
    page = send(people, path_of(room), **given)
    assert page.status == 422
    assert said in page.text
    assert page.title.startswith("Error:")
    assert bytes_everywhere(app) == b""


@pytest.mark.shows("S20")
def test_another_house_and_a_copy_do_not_see_it(app: Flask, people: People, room: Room) -> None:
    send(people, path_of(room))
    room.open("trigger")
    address = f"{room.path}/media/{picture(room)}"
    for person in (people.dora, people.stranger()):
        assert look_at(person, address).status_code in (303, 403, 404)
    by = people.ada.id
    with app.app_context():
        copy = workshops.duplicate(rooms.workshop(room.id), "Once more", by)
        [activity, _cards] = rooms.agenda(copy)
    preview = people.ada.get(f"/w/{copy}/agenda/{activity.id}/preview")
    assert preview.status == 200
    assert picture(room) not in preview.html
