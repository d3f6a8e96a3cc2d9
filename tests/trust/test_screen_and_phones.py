"""Whoever cannot see the wall sees the same on a phone, as words and as numbers in a table."""

import re

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.page import Page
from tests.support.people import People

LINES = "Bus stop\nGarden\nLift"


def words_of(page: Page, css_class: str) -> str:
    [part] = [element for element in page.tree.iter() if css_class in (element.get("class") or "").split()]
    return " ".join(" ".join(part.itertext()).split())


@pytest.mark.shows("A34")
def test_results_on_the_wall_are_on_every_phone_and_stand_in_a_table(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": LINES}))
    room.open("dots")
    bea = people.bea(room)
    hall.fill(room, "dots", "lived", *[{"own1": 1}] * 11, {"own2": 1})
    hall.fill(room, "dots", "service", *[{"own2": 1}] * 11, {"own1": 1})
    room.count("dots")
    people.ada.post(f"{room.path}/console/activity/{room.activities['dots']}/reveal")
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    wall, phone = screen.get(f"{room.path}/screen"), bea.see("look-up")
    assert words_of(wall, "butterfly") == words_of(phone, "butterfly")
    assert "Clear gap" in phone.text
    numbers = {cell for table in phone.all("table") for each in table.iter("td") for cell in each.itertext()}
    drawn = set(re.findall(r"\d+%", words_of(phone, "butterfly")))
    assert drawn
    assert drawn <= {word for cell in numbers for word in re.findall(r"\d+%", cell)}
