"""Names, dates and places: one tap each. Ada takes them out, bea reads what was taken out and may refuse."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import answering, build
from tests.support.people import People
from tests.web.test_moderation import page_of, told
from tests.web.test_transcripts import recorded
from workshop.commands import writing
from workshop.extensions import db
from workshop.models import Contribution, Edit, Medium
from workshop.queries import contributions

TEXT = "I met Mrs Example on 12 March. Mrs Example shouted at somebody called bob."


@pytest.mark.shows("P20")
def test_one_tap_takes_a_name_out_everywhere_and_the_next_tap_a_date(app: Flask, people: People) -> None:
    room, bea, story = told(app, people, TEXT)
    page = page_of(people, room, story)
    assert "[name]" not in page.text.replace("Put [name]", "")
    people.ada.send(page, "/take-out", one="name:Mrs Example")
    page = people.ada.get(f"{room.path}/console/words/{story}?edit=1")
    people.ada.send(page, "/take-out", one="date:12 March")
    mine = bea.see(f"words/{story}")
    assert "I met [name] on [date]. [name] shouted at somebody called bob." in page_of(people, room, story).text
    assert mine.text.count("The facilitator changed something") == 1, "two taps are one change for its teller"
    assert mine.all("del"), "what was taken out is marked, not only coloured"
    assert "taken out:" in mine.text
    with app.app_context():
        [change] = db.session.execute(db.select(Edit)).scalars()
        assert change.before == TEXT
    bea.post(f"{room.path}/words/{story}/edits/{change.id}", answer="no")
    assert TEXT in page_of(people, room, story).text


@pytest.mark.shows("P20")
def test_any_word_can_be_taken_out_by_a_tick(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people, TEXT)
    page = page_of(people, room, story)
    assert "bob" in [box.get("value") for box in page.all("input") if box.get("name") == "word"]
    people.ada.send(page, "/take-out", word=["bob", "somebody"], kind="place")
    assert "shouted at [place] called [place]." in page_of(people, room, story).text


def test_nothing_is_taken_out_of_words_that_have_changed_meanwhile(app: Flask, people: People) -> None:
    room, bea, story = told(app, people, TEXT)
    page = page_of(people, room, story)
    bea.send(bea.see(f"words/{story}/correct"), text="Mrs Example never called.")
    assert people.ada.send(page, "/take-out", one="name:Mrs Example").status == 409
    assert "Mrs Example never called." in page_of(people, room, story).text


def test_what_stands_instead_is_in_the_language_of_the_words(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people, "قالت السيدة مثال")
    with app.app_context(), writing():
        db.session.execute(sa.update(Contribution).where(Contribution.id == story).values(language="ar"))
    people.ada.send(page_of(people, room, story), "/take-out", one="name:السيدة مثال")
    assert "قالت [اسم]" in page_of(people, room, story).text


@pytest.mark.shows("P20")
def test_one_tap_takes_a_name_out_of_everything_that_was_told(app: Flask, people: People) -> None:
    """Also of what would have helped and of the note before the story; the teller reads each and may refuse each."""
    room = build.workshop(app, people.organisation_id, ("story", {"warning": True}))
    room.open("story")
    bea = people.bea(room)
    helped, warning = "That Mrs Example had called.", "It is about Mrs Example."
    bea.tell("story", TEXT, level=3, helped=helped, warning=warning)
    [story] = bea.words()
    people.ada.send(page_of(people, room, story), "/take-out", one="name:Mrs Example")
    answering.approve(people, room, story)
    page = answering.responder(people).get(f"{room.path}/answers/{story}")
    assert "That [name] had called." in page.text
    assert "It is about [name]." in page.text
    assert "Mrs Example" not in page.text
    mine = bea.see(f"words/{story}")
    assert mine.text.count("The facilitator changed something") == 3
    with app.app_context():
        changes = {each.place: each for each in db.session.execute(db.select(Edit)).scalars()}
    assert (changes["helped"].before, changes["warning"].before) == (helped, warning)
    bea.post(f"{room.path}/words/{story}/edits/{changes['helped'].id}", answer="no")
    page = page_of(people, room, story)
    assert helped in page.text
    assert "It is about [name]." in page.text
    with app.app_context():
        assert contributions.one(story, room.id).state == "waiting"


@pytest.mark.shows("P20")
def test_words_that_stand_in_a_further_answer_alone_are_offered_too(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "Nobody called.", helped="A call on 12 March.")
    [story] = bea.words()
    page = page_of(people, room, story)
    assert "date:12 March" in [each.get("value") for each in page.all("button")]
    people.ada.send(page, "/take-out", word=["March"], kind="date")
    assert "A call on 12 [date]." in page_of(people, room, story).text


@pytest.mark.shows("P20", "A36")
def test_a_name_goes_from_the_words_of_a_recording_and_bea_accepts_them_anew(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    story, medium = recorded(app, bea, voice="y")
    bea.send(bea.see(f"words/{story}"), "/transcript", transcript="Mrs Example never called.")
    page = page_of(people, room, story)
    assert "name:Mrs Example" in [each.get("value") for each in page.all("button")]
    assert "The voice itself still says them." in page.text
    people.ada.send(page, "/take-out", one="name:Mrs Example")
    with app.app_context():
        heard = db.session.get_one(Medium, medium)
        assert (heard.transcript, heard.transcript_accepted_at) == ("[name] never called.", None)
    mine = bea.see(f"words/{story}")
    assert "[name] never called." in mine.text
    bea.send(mine, "/accept")
    with app.app_context():
        assert db.session.get_one(Medium, medium).transcript_accepted_at
