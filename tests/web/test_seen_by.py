"""P27: whichever page or file shows raw words to an account, the teller's page counts that account."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build
from tests.support.people import People, Staff
from tests.test_permissions import World, address, guarded
from tests.web.test_moderation import do, told
from workshop.extensions import db
from workshop.models import Seen
from workshop.permissions import May

MARK = "Zwölfuhrzug never came."
OF_ACCOUNTS = {May.FACILITATE, May.SEE_RESULTS, May.ORGANISE, May.EXPORT, May.LEAD}


@pytest.mark.shows("P27")
@pytest.mark.parametrize("state", ["waiting", "hidden", "held"])
def test_every_route_that_shows_raw_words_to_an_account_is_counted(app: Flask, people: People, state: str) -> None:
    """Each route is asked by somebody of the team who has seen nothing yet."""
    world = World(app, people)
    bea = world.everybody["other phone"]
    bea.tell("story", MARK, level=3)  # type: ignore[attr-defined]
    world.values["contribution_id"] = story = bea.words()[0]  # type: ignore[attr-defined]
    _bring(people, world.room, story, state)
    shows, uncounted = set(), []
    for number, (rule, method, needs) in enumerate(guarded(app)):
        if method == "GET" and needs in OF_ACCOUNTS:
            fay = Staff(app, f"fay{number}", people.organisation_id)
            answer = fay.client.get(address(rule, world), base_url=fay.address)
            if MARK.encode() in answer.data or json.dumps(MARK)[1:-1].encode() in answer.data:
                shows.add(rule.endpoint)
                uncounted += [] if _has_seen(app, story, fay.id) else [rule.endpoint]
    assert "moderation.words" in shows, "the test looks past the words"
    assert uncounted == []


def _bring(people: People, room: build.Room, story: str, state: str) -> None:
    if state == "hidden":
        do(people, room, story, "hide", reason="A name.")
    elif state == "held":
        do(people, room, story, "worry", gravity="2")


def _has_seen(app: Flask, story: str, user_id: str) -> bool:
    with app.app_context():
        query = sa.select(Seen.user_id).where(Seen.contribution_id == story, Seen.user_id == user_id)
        return db.session.execute(query).first() is not None


@pytest.mark.shows("P27")
def test_two_of_the_team_are_two_on_the_receipt(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    people.ada.get(f"{room.path}/console/words/{story}")
    Staff(app, "fay", people.organisation_id, "facilitator").get(f"{room.path}/console/words/{story}")
    assert "2 people of the team have read it." in bea.see(f"words/{story}").text
