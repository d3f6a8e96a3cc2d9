"""bea's photo by the front door: made anew, under a name that says nothing, for those who may see her words."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.media.pictures import SECRETS, plain, png_bomb, telling_photo
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from workshop.commands import files

NAME = "../../bea-smith.jpg"
NO_PHOTOS = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj <<>> endobj",
    "zip": b"PK\x03\x04" + b"\0" * 40,
    "gif and script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "a bomb": png_bomb(),
}


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    return room


def tell_with(bea: Participant, photo: bytes, name: str = NAME, level: int = 2) -> Page:
    """A photo with a few words, as far as the page that comes after the choice of it."""
    page = bea.send(bea.ask("story"), text="Look", go="next", photo_file=(io.BytesIO(photo), name))
    if page.status == 200:
        page = bea.send(bea.send(page, level=str(level), go="next"), go="send")
    return page


def address(person: Person, path: str) -> str:
    """Where the photo of this page lies."""
    [photo] = [image.get("src", "") for image in person.get(path).all("img") if "/media/" in image.get("src", "")]
    return photo.split("?")[0]


def approve(ada: Person, room: Room, story: str) -> None:
    page = ada.get(f"{room.path}/console/words/{story}")
    assert ada.send(page, "/approve", recognisable="no").status == 303


def files_of(app: Flask) -> Iterator[Path]:
    with app.app_context():
        yield from (path for path in Path(app.config["INSTANCE"]).rglob("*") if path.is_file())


@pytest.mark.shows("P16", "S17")
def test_nothing_of_where_and_who_comes_through_the_front_door(app: Flask, people: People, room: Room) -> None:
    bea = people.bea(room)
    assert tell_with(bea, telling_photo()).status == 303
    everything = b"".join(path.read_bytes() for path in files_of(app))
    assert not [name for name, secret in SECRETS.items() if secret in everything]
    assert b"bea-smith" not in everything
    assert not [path for path in files_of(app) if "bea-smith" in path.name]


@pytest.mark.shows("S17")
def test_a_photo_is_given_out_as_a_photo_and_as_nothing_else(people: People, room: Room) -> None:
    bea = people.bea(room)
    tell_with(bea, plain(), "page.html")
    answer = bea.client.get(address(bea, f"{room.path}/words/{bea.words()[0]}"), base_url=bea.address)
    assert answer.status_code == 200
    assert answer.headers.getlist("Content-Type") == ["image/jpeg"]
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.data.startswith(b"\xff\xd8\xff")
    answer.close()


@pytest.mark.shows("S17")
@pytest.mark.parametrize("kind", NO_PHOTOS)
def test_what_is_no_photo_is_refused_with_the_words_kept(app: Flask, people: People, room: Room, kind: str) -> None:
    bea = people.bea(room)
    page = tell_with(bea, NO_PHOTOS[kind], "holiday.jpg")
    assert page.status == 422
    assert page.fields()["text"] == "Look"
    with app.app_context():
        assert not [path for path in files.store().path.rglob("*") if path.is_file()]


@pytest.mark.shows("S17", "P06", "P19")
def test_who_may_see_the_words_may_see_the_photo_at_this_moment_and_nobody_else(
    app: Flask, people: People, room: Room
) -> None:
    bea, cem, ada, dora, stranger = people.bea(room), people.cem(room), people.ada, people.dora, people.stranger()
    tell_with(bea, plain())
    [story] = bea.words()
    photo = address(bea, f"{room.path}/words/{story}")
    assert re.fullmatch(rf"{room.path}/media/[0-9a-f]{{32}}", photo)

    def seen_by() -> set[str]:
        everybody = {"bea": bea, "cem": cem, "ada": ada, "dora": dora, "stranger": stranger}
        return {name for name, person in everybody.items() if person.get(photo).status == 200}

    assert seen_by() == {"bea", "ada"}
    approve(ada, room, story)
    assert seen_by() == {"bea", "ada", "cem"}
    bea.send(bea.see(f"words/{story}"), "/level", level="1")
    assert seen_by() == {"bea", "ada"}
    bea.post(f"{room.path}/words/{story}/take-back")
    assert seen_by() == set()


@pytest.mark.shows("P06")
def test_taking_back_takes_no_more_taps_than_giving(people: People, room: Room) -> None:
    bea = people.bea(room)
    given, page = 1, bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    while page.h1 != "Is this right?":
        given, page = given + 1, bea.send(page, go="next")
    given, page = given + 1, bea.follow(bea.send(page, go="send").location)
    taken, mine = 1, bea.see("my-words")
    taken, words = taken + 1, bea.get(next(link for link in mine.links() if "/words/" in link))
    assert "What was printed or copied before we cannot call back." in words.text
    taken, gone = taken + 1, bea.follow(bea.send(words, "/take-back").location)
    assert gone.h1 == "Taken back"
    assert taken <= given
