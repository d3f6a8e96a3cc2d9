"""What a page of an earlier version had kept on a phone is still taken: its fields, as they were recorded then.

Never change a recorded payload: a phone may come out of a drawer with it. Add one when a form gets other fields.
"""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People

ID, SECRET = "7d" * 16, "1b" * 16
RECORDED = {
    "story, November 2026": ("story", {"text": "The bus never came", "helped": "A call", "level": "2", "at": "3"}),
    "story sent as it is, November 2026": ("story", {"text": "The bus never came", "level": "1", "at": "0"}),
    "card, November 2026": ("cards", {"text": "A bench at the stop", "at": "1"}),
    "dots, November 2026": ("dots", {"choice-own1": "1", "at": "1"}),
    "statement, November 2026": ("statements", {"item": "own1", "answer": "-1", "at": "0"}),
    "closing, November 2026": ("closing", {"choice_voice": "2", "stop": "Long forms", "at": "9"}),
}
LISTS = {"dots": {"items": "A bench\nA bus"}, "statements": {"items": "Buses are late"}}


@pytest.mark.shows("R09")
@pytest.mark.parametrize("name", RECORDED)
def test_a_form_of_an_earlier_version_is_still_taken(app: Flask, people: People, name: str) -> None:
    kind, fields = RECORDED[name]
    room = build.workshop(app, people.organisation_id, (kind, LISTS.get(kind, {})))
    room.open(kind)
    bea = people.bea(room)
    sent = {"id": ID, "secret": SECRET, "go": "send", **fields}
    for _time in ("once", "and again, because the answer was lost"):
        answer = bea.post(f"{room.path}/a/{room.activities[kind]}", headers={"Accept": "application/json"}, **sent)
        assert answer.status == 200, answer.text
        assert answer.response.json is not None
        assert (answer.response.json["state"], answer.response.json["id"]) == ("safe", ID)
