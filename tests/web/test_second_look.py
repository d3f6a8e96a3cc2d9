"""P19: bea does not agree with ada's decision, and somebody else of the team looks: fay, never ada herself."""

import pytest
from flask import Flask

from tests.support.build import Room
from tests.support.people import Participant, People, Staff
from tests.web.test_moderation import SECRET, WORDS, do, everywhere, page_of, told

pytestmark = pytest.mark.shows("P19")


@pytest.fixture
def fay(app: Flask, people: People) -> Staff:
    """Another facilitator of ada's organisation."""
    return Staff(app, "fay", people.organisation_id, "facilitator")


def objected(app: Flask, people: People) -> tuple[Room, Participant, str]:
    """Ada has hidden bea's words, and bea asks for a second person."""
    room, bea, story = told(app, people)
    do(people, room, story, "hide", reason="It is about one person.")
    bea.send(bea.see(f"words/{story}"), "/second-look", note="It is about what happened to me.")
    return room, bea, story


def test_the_second_person_lets_the_words_out(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = objected(app, people)
    assert "A second person looks at it" in bea.see(f"words/{story}").text
    assert "A second person is asked to look" in fay.get(f"{room.path}/console").text
    page = fay.get(f"{room.path}/console/words/{story}")
    assert "It is about what happened to me." in page.text
    assert fay.send(page, "/let-out").status == 422, "a story needs an answer to: could the service recognise her?"
    assert fay.send(page, "/let-out", recognisable="no").status == 303
    assert "Your words are let out." in bea.see(f"words/{story}").text
    assert WORDS in everywhere(app, people, room)
    assert "A second person is asked to look" not in fay.get(f"{room.path}/console").text


def test_it_stays_and_the_teller_reads_why(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = objected(app, people)
    page = fay.get(f"{room.path}/console/words/{story}")
    assert fay.send(page, "/stays", because="").status == 422
    fay.send(page, "/stays", because="A child could be recognised.")
    mine = bea.see(f"words/{story}")
    assert "A child could be recognised." in mine.text
    assert "Ask a second person to look" not in mine.text, "one decision is looked at again once"
    assert WORDS not in everywhere(app, people, room)


def test_who_decided_cannot_answer_also_not_by_force(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = objected(app, people)
    page = page_of(people, room, story)
    assert "You decided this yourself." in page.text
    assert not [form for form in page.forms() if "let-out" in (form.get("action") or "")]
    tag = page.fields("/ask")["as_read"]
    path = f"{room.path}/console/words/{story}"
    assert people.ada.post(f"{path}/let-out", recognisable="no", as_read=tag).status == 409
    assert people.ada.post(f"{path}/stays", because="I say so.").status == 409
    assert "A second person looks at it" in bea.see(f"words/{story}").text


def test_where_there_is_one_account_the_teller_reads_whom_to_turn_to(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    do(people, room, story, "hide", reason="It is about one person.")
    mine = bea.see(f"words/{story}")
    assert "This team has only one person." in mine.text
    assert "safeguarding phone is stated" in mine.text
    assert "controller is stated" in mine.text
    bea.post(f"{room.path}/words/{story}/second-look")
    assert "A second person looks at it" not in bea.see(f"words/{story}").text


def test_an_objection_to_an_edit_brings_back_the_tellers_own_words(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = told(app, people, SECRET)
    do(people, room, story, "edit", text="Somebody shouted.", why="Shorter.")
    bea.send(bea.see(f"words/{story}"), "/second-look")
    fay.send(fay.get(f"{room.path}/console/words/{story}"), "/let-out", recognisable="no")
    assert SECRET in everywhere(app, people, room)


def test_a_question_can_be_objected_to_and_nothing_else(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = told(app, people)
    assert "Ask a second person to look" not in bea.see(f"words/{story}").text
    bea.post(f"{room.path}/words/{story}/second-look")
    assert "A second person looks at it" not in bea.see(f"words/{story}").text
    do(people, room, story, "ask", question="Which day was it?")
    assert "Ask a second person to look" in bea.see(f"words/{story}").text


def test_ada_may_change_her_mind_and_the_objection_is_over(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = objected(app, people)
    do(people, room, story, "approve", recognisable="no")
    assert "Your words are let out." in bea.see(f"words/{story}").text
    assert "A second person is asked to look" not in fay.get(f"{room.path}/console").text


def test_words_that_are_taken_back_leave_no_objection_behind(app: Flask, people: People, fay: Staff) -> None:
    room, bea, story = objected(app, people)
    bea.post(f"{room.path}/words/{story}/take-back")
    assert "A second person is asked to look" not in fay.get(f"{room.path}/console").text
