"""The main job from the first door to the export, on each database that the app promises to work on."""

import io
import zipfile

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import Participant, People
from workshop.queries import contributions

AGENDA = ("story", "cards", ("dots", {"items_from": "cards"}))


def test_a_room_tells_chooses_and_the_organiser_takes_it_home(any_app: Flask) -> None:
    people = People(any_app)
    ada = people.ada
    room = build.workshop(any_app, people.organisation_id, *AGENDA)
    console = f"{room.path}/console"
    for key in ("story", "cards"):
        assert ada.post(f"{console}/activity/{room.activities[key]}/beside").status == 303

    phones = [Participant(any_app, room) for _ in range(6)]
    desks = [Participant(any_app, room, "Professional", "service") for _ in range(5)]
    bea = phones[0]
    assert bea.tell("story", "They moved me to half past eight.", level=4).status == 303
    for person, idea in ((phones[1], "A bench"), (desks[0], "A later slot")):
        assert person.write("cards", idea).status == 303

    screen = people.stranger()
    assert screen.get(f"/s/{room.doors['screen']}").status == 303
    assert "A bench" not in screen.get(f"{room.path}/screen").text
    with any_app.app_context():
        waiting = [said.id for said in contributions.queue(room.id)]
    for said in waiting:
        page = ada.get(f"{console}/words/{said}")
        read = page.fields() | {"recognisable": "no"}
        assert ada.post(f"{console}/words/{said}/approve", token=read.pop("csrf_token"), **read).status == 303
    assert "A bench" in screen.get(f"{room.path}/screen").text

    dots = f"{console}/activity/{room.activities['dots']}"
    assert ada.post(f"{dots}/open").status == 303
    for person, idea in [*((p, "A bench") for p in phones), *((d, "A later slot") for d in desks)]:
        choose(person, idea)
    assert ada.post(f"{dots}/close").status == 303
    assert ada.post(f"{dots}/count").status == 303
    results = ada.get(f"{room.path}/results")
    assert "A bench" in results.text
    assert "6 dots" in results.text, results.text

    assert ada.send(ada.get(f"{console}/close"), answer_by="2030-01-31").status == 303
    assert "31 January 2030" in screen.get(f"{room.path}/screen").text
    packed = ada.client.post(
        f"{room.path}/exports",
        data={"csrf_token": ada.token(), "audience": "organiser"},
        base_url=ada.address,
        headers={"Sec-Fetch-Site": "same-origin"},
        buffered=True,
    )
    inside = zipfile.ZipFile(io.BytesIO(packed.get_data()))
    everything = b"".join(inside.read(name) for name in inside.namelist())
    assert b"They moved me to half past eight." in everything

    [story] = bea.words()
    assert bea.post(f"{room.path}/words/{story}/take-back").status == 303
    assert "They moved me to half past eight." not in ada.get(f"{room.path}/results/said").text
    assert "They moved me to half past eight." not in bea.see("my-words").text


def choose(person: Participant, idea: str) -> None:
    """One dot for this idea, from the question to «Sent»."""
    page = person.ask("dots")
    [label] = [label for label in page.all("label") if idea in "".join(label.itertext())]
    [tick] = label.iter("input")
    check = person.send(page, go="next", **{tick.get("name", ""): "1"})
    assert person.send(check, go="send").status == 303


@pytest.mark.shows("R08")
def test_the_servers_clock_and_order_decide(app: Flask) -> None:
    """R08: a phone a year off changes neither the order nor what is late."""
    people = People(app)
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    first, second = people.bea(room), people.bea(room)
    first.headers["Date"] = "Tue, 01 Jan 2030 00:00:00 GMT"
    first.write("cards", "The first", sent_at="2030-01-01T00:00:00Z")
    second.headers["Date"] = "Sun, 01 Jan 2017 00:00:00 GMT"
    second.write("cards", "The second", sent_at="2017-01-01T00:00:00Z")
    with app.app_context():
        assert [said.text for said in contributions.queue(room.id)] == ["The first", "The second"]
        assert not any(said.late for said in contributions.queue(room.id))
