"""Opinion groups from the close to the page: a job finds them, everybody reads what they are, nobody's own place."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, render_template

from tests.kinds import hall
from tests.support.build import Room
from tests.support.people import People, Person
from workshop import activities, jobs
from workshop.commands import opinions
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Activity, Ballot, Job

LINES = "\n".join(f"Line {number}" for number in range(1, 11))
ONE_MIND = (0.95, 0.95, 0.05, 0.05, 0.95, 0.9, 0.9, 0.1, 0.9, 0.05)
OTHER_MIND = (0.05, 0.05, 0.95, 0.95, 0.05, 0.9, 0.9, 0.1, 0.05, 0.95)


def of_two_minds(app: Flask, people: People, lived: tuple[int, int], service: tuple[int, int]) -> Room:
    """So many of each side are of the one mind and of the other; nothing is counted."""
    room = hall.asked(app, people, "statements", items=LINES)
    dice = random.Random(2)  # noqa: S311 - the same in every run
    for side, numbers in (("lived", lived), ("service", service)):
        for mind, many in zip((ONE_MIND, OTHER_MIND), numbers, strict=True):
            hall.fill(room, "statements", side, *(_answers(mind, dice) for _ in range(many)))
    return room


def _answers(mind: tuple[float, ...], dice: random.Random) -> dict[str, int]:
    return {f"own{at}": 1 if dice.random() < agrees else -1 for at, agrees in enumerate(mind, 1)}


def work(room: Room) -> None:
    with room.app.app_context():
        jobs.run_due(slow=True)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    return of_two_minds(app, people, (16, 5), (4, 13))


def test_groups_are_looked_for_after_the_close_and_then_they_are_there(room: Room) -> None:
    room.count("statements")
    assert "We are looking for groups" in hall.results_page(room, "statements")
    work(room)
    page = hall.results_page(room, "statements")
    assert "Group A: 20 people" in page
    assert "Group B: 18 people" in page
    assert "All groups agree with" in page
    assert "Nobody chose a group" in page


def test_what_is_kept_is_a_group_for_each_sealed_ballot_and_nobodys_place(room: Room) -> None:
    room.count("statements")
    work(room)
    with room.app.app_context():
        groups = list(db.session.execute(sa.select(Ballot.opinion_group)).scalars())
        kept = room.activity("statements").counted["opinions"]
    assert sorted(groups) == [0] * 20 + [1] * 18
    assert (set(kept), len(kept["middles"])) == ({"because", "middles"}, 2)


def test_the_export_has_the_groups_and_what_stands_for_each(room: Room) -> None:
    room.count("statements")
    work(room)
    with room.app.test_request_context():
        kind = activities.kind_of(room.activity("statements"))
        named = {table.name: [*table.rows] for table in kind.tables(room.activity("statements"), Viewer.ROOM)}
    assert [row[:2] for row in named["activity_1_statements_groups"]] == [["A", 38], ["B", 38]]
    stands = {(row[1], row[3]): row[4] for row in named["activity_1_statements_by_group"]}
    assert stands["Line 3", "B"] == "agree"
    assert stands["Line 3", "A"] == "disagree"


def test_under_thirty_people_nothing_is_looked_for(app: Flask, people: People) -> None:
    room = of_two_minds(app, people, (10, 5), (4, 10))
    room.count("statements")
    with app.app_context():
        assert not db.session.query(Job).filter_by(name="look_closer").count()
    assert "groups" not in hall.results_page(room, "statements").lower()


def test_one_mind_has_no_stable_groups_and_the_page_says_so(app: Flask, people: People) -> None:
    room = of_two_minds(app, people, (22, 0), (16, 0))
    room.count("statements")
    work(room)
    assert "No stable groups" in hall.results_page(room, "statements")


@pytest.mark.parametrize("program", ["import sys; sys.exit(3)", "print('no answer')"])
def test_a_child_that_fails_is_said_and_costs_nothing_else(
    room: Room, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(program)
    monkeypatch.setattr(opinions, "PROGRAM", broken)
    room.count("statements")
    work(room)
    page = hall.results_page(room, "statements")
    assert "could not be looked for" in page
    assert "Every statement" in page


def test_where_nothing_of_the_choice_may_be_told_nothing_of_groups_is(room: Room) -> None:
    """Of one side alone a count may get no ballots at all, though groups were found in them."""
    room.count("statements")
    work(room)
    with room.app.test_request_context():
        activity = room.activity("statements")
        kind = activities.kind_of(activity)
        untold = kind.count(activity, [], kind.on_the_ballot(activity), 5)
        page = render_template(kind.part("results"), results=untold, activity=activity, kind=kind)
        page += render_template(kind.part("screen_groups"), results=untold, activity=activity, kind=kind)
    assert "Group A" not in page


def test_a_workshop_that_is_gone_when_its_groups_are_found_stays_gone(room: Room) -> None:
    room.count("statements")
    with room.app.app_context():
        activity = room.activity("statements")
        db.session.execute(sa.delete(Activity).where(Activity.id == activity.id))
        db.session.commit()
        opinions.look(activity, ["+"] * 40)
        assert db.session.get(Activity, activity.id) is None


def test_the_child_hears_signs_and_neither_sides_nor_words(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    run = subprocess.run

    def listen(*words: object, **more: object) -> object:
        heard.append(more["input"])  # type: ignore[arg-type]
        return run(*words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", listen)
    room.count("statements")
    work(room)
    [rows] = [json.loads(each) for each in heard]
    assert len(rows) == 38
    assert {*"".join(rows)} <= {*"+-0."}


def test_no_server_process_loads_numpy() -> None:
    loaded = "import sys, workshop.asgi, workshop.kinds.statements; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_facilitator_turns_the_rooms_screen_to_the_map(room: Room, people: People) -> None:
    console = f"{room.path}/console"
    turn = f"{console}/activity/{room.activities['statements']}/reveal/screen_groups"
    room.count("statements")
    assert people.ada.post(turn).status == 404, "there is no map yet"
    work(room)
    assert "Opinion map: " in people.ada.get(console).text
    assert people.ada.post(turn).status == 303
    projector = Person(room.app)
    projector.get(f"/s/{room.doors['screen']}")
    assert "People who answered alike" in projector.get(f"{room.path}/screen").text
    assert people.ada.post(turn.replace("screen_groups", "settings")).status == 404
