"""A jury on phones: one item a page, a sentence for every level, leaving out, changing, and a rubric that stays."""

import re

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import People
from workshop.consent import Viewer
from workshop.exports import chosen
from workshop.kinds.jury import KIND
from workshop.queries import choices, rooms

TWO = "Use | 2 | No use. | Some use. | Much use. | Great use.\nLasts | 1 | A day. | A week. | A year. | For good."


def judged(app: Flask, people: People, **settings: str) -> Room:
    return hall.asked(app, people, "jury", **({"criteria": TWO} | settings))


def cast_of(room: Room) -> list[dict[str, int]]:
    with room.app.app_context():
        return [row.choices for row in choices.ballots(room.activities["jury"])]


def levels(page: Page, *given: int) -> dict[str, str]:
    """The fields of this page with these levels."""
    item = page.fields()["item"]
    return {f"choice-{item}|{number}": str(level) for number, level in enumerate(given, 1)}


def test_bea_judges_one_after_the_other_and_is_done(app: Flask, people: People) -> None:
    room = judged(app, people)
    bea = people.bea(room)
    page, seen = bea.ask("jury"), set[str]()
    for sentence in (
        "Great use.",
        "A day.",
        "counts 2 times",
        "No answer",
        "I know these people: I leave this one out",
    ):
        assert sentence in page.text
    while "item" in page.fields() and page.h1 in hall.LINES:
        seen.add(page.h1)
        page = bea.follow(bea.send(page, answer="scores", **levels(page, 4, 1)).location)
    assert seen == set(hall.LINES.splitlines())
    assert page.h1 == "You have judged all of them"
    given = {f"own{item}|{part}": level for item in (1, 2, 3) for part, level in (("1", 4), ("2", 1), ("-", 0))}
    assert cast_of(room) == [given]


def test_who_knows_the_people_leaves_them_out_whatever_was_ticked(app: Flask, people: People) -> None:
    room = judged(app, people)
    bea = people.bea(room)
    page = bea.ask("jury")
    item = page.fields()["item"]
    bea.send(page, answer="leaves out", **levels(page, 4, 4))
    assert cast_of(room) == [{f"{item}|1": 0, f"{item}|2": 0, f"{item}|-": 1}]


def test_a_judge_changes_their_mind_until_the_close(app: Flask, people: People) -> None:
    """Also from points to no answer: nothing of the earlier sheet stays."""
    room = judged(app, people, items="Lift")
    bea = people.bea(room)
    first = bea.ask("jury")
    done = bea.follow(bea.send(first, answer="scores", **levels(first, 4, 4)).location)
    again = bea.send(done, go="step-0", item="own1")
    assert again.h1 == "Lift"
    assert bea.send(again, id=first.fields()["id"][::-1], answer="scores", **levels(again, 2, 0)).status == 303
    assert cast_of(room) == [{"own1|1": 2, "own1|2": 0, "own1|-": 0}]


def test_what_is_no_item_no_level_and_no_answer_is_refused(app: Flask, people: People) -> None:
    room = judged(app, people)
    bea = people.bea(room)
    page = bea.ask("jury")
    assert "That one is gone." in bea.send(page, answer="scores", item="own9").text
    assert bea.send(page, answer="scores", **levels(page, 5)).status == 422
    assert bea.send(page, answer="both").status == 422
    bea.send(page, answer="scores", **{"choice-own9|1": "4", "choice-own1|7": "4"})
    assert not any(cast_of(room)[0].values())


@pytest.mark.shows("P12")
def test_nobody_sees_a_point_before_the_close_and_no_sheet_after_it(app: Flask, people: People) -> None:
    room = judged(app, people)
    hall.fill(room, "jury", "lived", *[{"own1|1": 4, "own1|2": 4}] * 4)
    with app.test_request_context():
        assert hall.results(room, "jury") is None
    room.count("jury")
    with app.test_request_context():
        activity, workshop = room.activity("jury"), rooms.workshop(room.id)
        for viewer in Viewer:
            assert list(chosen.ballots(workshop, activity, KIND, viewer)) == []
        assert chosen.sealed(activity, KIND) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("", "Write one to eight criteria"),
        ("Use | 1 | No. | Some. | Much.", "Please write: name | weight | four sentences. Look at «Use | 1 |"),
        ("Use | 0 | No. | Some. | Much. | All.", "Please write: name | weight"),
        ("Use | ten | No. | Some. | Much. | All.", "Please write: name | weight"),
        (f"{TWO}\n" * 5, "Write one to eight criteria"),
    ],
)
def test_criteria_that_cannot_be_read_are_said_in_words(app: Flask, people: People, wrong: str, said: str) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/jury")
    assert "They shaped it | 1 |" in page.html
    answer = people.ada.send(page, action="/agenda/add/jury", criteria=wrong)
    assert answer.status == 422
    assert said in answer.text


def test_the_rubric_stays_from_the_moment_somebody_could_score(app: Flask, people: People) -> None:
    room = judged(app, people)
    path = f"{room.path}/agenda/{room.activities['jury']}"
    page = people.ada.get(path)
    assert "What they answered to stays as it is." in page.text
    assert 'name="criteria"' not in page.html
    people.ada.send(page, action=path, criteria="Else | 1 | a | b | c | d", items="Another")
    assert "Great use." in people.bea(room).ask("jury").text
    assert re.search("Use.*Lasts", people.ada.follow(f"{room.path}/screen").text, re.DOTALL)
