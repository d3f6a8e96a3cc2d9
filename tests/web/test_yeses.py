"""P03, P06: a yes to be quoted or asked again is taken back, or given, later; the next export says so."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop import exports
from workshop.consent import Viewer, no_more_than
from workshop.queries import rooms


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


def in_the_export(room: build.Room, *names: str) -> list[tuple[object, ...]]:
    viewer = Viewer.ORGANISER_EXPORT
    with room.app.app_context(), no_more_than(viewer):
        found = exports.tables(rooms.workshop(room.id), viewer)
        table = next(each for each in found if {*names} <= {column.name for column in each.columns})
        places = [[column.name for column in table.columns].index(name) for name in names]
        return [tuple(row[place] for place in places) for row in table.rows]


@pytest.mark.shows("P03")
@pytest.mark.shows("P06")
def test_bea_changes_her_yeses_and_the_next_export_says_so(room: build.Room, people: People) -> None:
    bea = people.bea(room)
    bea.tell("story", "They never called back.", level=4)
    path = f"{room.path}/words/{bea.words()[0]}"
    assert in_the_export(room, "may_quote", "may_contact") == [(False, False)]
    bea.send(bea.get(path), "/yeses", quote="y", contact="y")
    assert in_the_export(room, "may_quote", "may_contact") == [(True, True)]
    assert {"quote", "contact"} <= set(bea.get(path).fields("/yeses")), "both are ticked on her page"
    bea.post(f"{path}/yeses", contact="y")
    assert in_the_export(room, "may_quote", "may_contact") == [(False, True)]


def test_nobody_else_can_answer_for_her(room: build.Room, people: People) -> None:
    bea, cem = people.bea(room), people.cem(room)
    bea.tell("story", "They never called back.", level=4)
    assert cem.post(f"{room.path}/words/{bea.words()[0]}/yeses", quote="y").status == 403
    assert in_the_export(room, "may_quote") == [(False,)]
