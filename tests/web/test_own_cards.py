"""Ada writes a card of her own: it is on the wall at once, of no side, and nobody in the room takes it back."""

from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop.queries import contributions


def test_a_card_of_adas_own_is_on_the_wall_at_once_and_of_no_side(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    path = f"{room.path}/console/activity/{room.activities['cards']}/card"
    asked = people.ada.get(path)
    assert people.ada.send(asked, text="", go="send").status == 422
    for _ in range(2):  # the same sending twice
        assert people.ada.send(asked, text="A bench at the stop", go="send").status == 303
    with app.app_context():
        [card] = contributions.wall(room.id, room.activities["cards"]).cards
    assert (card.text, card.side, card.role, card.state) == ("A bench at the stop", "other", "Facilitator", "shown")
    assert "A bench at the stop" in people.bea(room).ask("cards").text


def test_nobody_in_the_room_takes_back_a_card_of_adas_own(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    asked = people.ada.get(f"{room.path}/console/activity/{room.activities['cards']}/card")
    people.ada.send(asked, text="A bench at the stop", go="send")
    with app.app_context():
        [card] = contributions.wall(room.id, room.activities["cards"]).cards
    assert people.bea(room).post(f"{room.path}/take-back", id=card.id, secret="").status == 403
    with app.app_context():
        assert contributions.wall(room.id, room.activities["cards"]).total == 1


def test_only_where_people_write_cards_can_ada_write_one(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    assert people.ada.get(f"{room.path}/console/activity/{room.activities['story']}/card").status == 404
