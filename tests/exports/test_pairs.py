"""Ballots about pairs, as they leave the house."""

import pytest
from flask import Flask

from tests.exports import house
from tests.support.people import People
from workshop.activities import kind_of


@pytest.mark.shows("S07")
def test_ballots_leave_the_house_without_our_names_for_things(house_app: Flask, riverside: str) -> None:
    """Each pair is a column, named by both of its lines as the other tables name them."""
    from_cards = ("pairs", {"items_from": "cards"})
    room = house.build.workshop(house_app, riverside, "cards", from_cards, settings={"trusted_room": True})
    with house_app.app_context():
        room.open("cards", "pairs")
    people = People(house_app)
    for words in ("A bench", "A roof", "A lamp"):
        people.bea(room).write("cards", words)
    with house_app.test_request_context():
        ids = sorted(item.id for item in kind_of(room.activity("pairs")).choosable(room.activity("pairs")))
        pair = "|".join(ids[:2])
        house.vote(room, [("lived", {pair: 1}), ("lived", {pair: -1})], key="pairs")
    house.close(room, "pairs")
    packed = house.pack(room)
    ballots = house.rows(packed, "ballots_2_pairs")
    known = {row["item"] for row in house.rows(packed, "activity_2_pairs")}
    assert len(ballots[0]) == 3
    assert {part for column in ballots[0] for part in column.split("|")} == known
    assert not any(ours in column for ours in ids for column in ballots[0])
