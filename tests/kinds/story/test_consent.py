"""Who may see a story is asked once; for a voice or a face it is asked each time."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop.models.columns import new_id


@pytest.mark.shows("P17")
def test_bea_is_asked_for_her_voice_and_her_face_also_in_her_second_story(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The first one, in words.")
    page = bea.send(bea.ask("story"), media=f"photo:{new_id()}", go="next")
    assert page.h1 == "Who may see this?"
    assert "Others may see my face." in page.text
