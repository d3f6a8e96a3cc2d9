"""«I am helping someone»: gus writes on his phone for his mother, who keeps the receipt; his phone keeps nothing."""

import io

import pytest
from flask import Flask

from tests.media.pictures import telling_photo
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from tests.web.test_arriving import look_at
from workshop.queries import contributions, rooms

HELPED = {"relation": "worker", "way": "interpreted", "whose": "mine"}
READ_BACK = {"read_back": "y", "go": "send"}


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}), "dots")
    room.open("story")
    return room


@pytest.fixture
def gus(app: Flask, room: Room) -> Participant:
    return Participant(app, room, "Family or supporter")


def begin(gus: Participant, room: Room, **answers: str) -> Page:
    """From the question that is open on his phone to the question for her."""
    [way] = [link for link in gus.ask("story").links() if "/helping" in link]
    asked = gus.get(way)
    assert asked.h1 == "I am helping someone"
    return gus.send(asked, **{"role": "Service user", "agreed": "y", **answers})


def tell(gus: Participant, page: Page, text: str) -> Page:
    """Her words, who sees them, and then one question a page about his help."""
    page = gus.send(gus.get(page.location), text=text, go="next")
    page = gus.send(page, level="3", go="next")
    for name, said in (("whose", "mine"), ("way", "interpreted"), ("relation", "worker")):
        page = gus.send(page, go="next", **{name: said})
    return page


@pytest.mark.shows("A31")
def test_her_words_are_hers_and_his_phone_keeps_nothing(
    app: Flask, people: People, room: Room, gus: Participant
) -> None:
    page = tell(gus, begin(gus, room), "I cannot read the letters.")
    assert (page.h1, "I cannot read the letters." in page.text) == ("Read it back", True)
    refused = gus.send(page, go="send")
    assert (refused.status, "Please read it back to them first." in refused.text) == (422, True)
    done = gus.follow(gus.send(refused, **READ_BACK).location)
    assert done.h1 == "Sent – safe"
    [receipt] = [link for link in done.links() if "/r/" in link]
    with app.app_context():
        [said] = contributions.queue(room.id)
        assert rooms.present(room.id) == {"lived": 2, "service": 0, "other": 0}
    assert (said.side, said.role, said.level) == ("lived", "Service user", 3)
    told = {"how": "helper", "by": "helper", "agreed": True, "read_back": True}
    assert said.helped == told | HELPED
    assert gus.words() == []
    assert "I cannot read the letters." not in gus.get(f"{room.path}/my-words").text
    gus.send(done, "/handed-over")
    assert gus.get(f"{room.path}/helping/receipt").h1 == "The receipt was handed over"
    hers = people.stranger()
    mine = hers.follow(hers.send(hers.get(receipt.removeprefix("http://localhost:5000"))).location)
    assert "I cannot read the letters." in mine.text


def test_no_script_keeps_a_copy_of_her_words(room: Room, gus: Participant) -> None:
    """The forms of one's own words are known to script by these marks: drafts, outbox and recorder work on them."""
    marks = {"data-draft", "data-send", "data-step", "data-ballot"}
    [own] = [form for form in gus.ask("story").all("form") if "/a/" in str(form.get("action"))]
    [hers] = [form for form in gus.get(begin(gus, room).location).all("form") if "/helping/" in str(form.get("action"))]
    assert marks & set(own.attrib)
    assert not marks & set(hers.attrib)


@pytest.mark.shows("A31")
def test_without_her_yes_nobody_is_brought_in(app: Flask, room: Room, gus: Participant) -> None:
    refused = begin(gus, room, agreed="")
    assert (refused.status, "Please ask them first." in refused.text) == (422, True)
    with app.app_context():
        assert rooms.present(room.id) == {"lived": 1, "service": 0, "other": 0}


def test_nobody_makes_a_person_of_the_service(app: Flask, room: Room, gus: Participant) -> None:
    page = gus.ask("story")
    [way] = [link for link in page.links() if "/helping" in link]
    assert "Professional" not in gus.get(way).text
    begin(gus, room, role="Professional")
    with app.app_context():
        assert rooms.present(room.id) == {"lived": 1, "service": 0, "other": 1}


def test_only_words_are_given_for_others_never_a_ballot(room: Room, gus: Participant) -> None:
    begin(gus, room)
    room.open("dots")
    assert "/helping" not in gus.ask("dots").html
    refused = gus.get(f"{room.path}/helping/{room.activities['dots']}")
    assert refused.location.endswith("/helping")


def test_another_phone_writes_for_nobody_and_sees_no_receipt(app: Flask, room: Room, gus: Participant) -> None:
    begin(gus, room)
    other = Participant(app, room)
    where = f"{room.path}/helping/{room.activities['story']}"
    assert other.get(where).location.endswith("/helping")
    assert other.get(f"{room.path}/helping/receipt").h1 == "The receipt was handed over"


def test_a_question_that_closed_meanwhile_keeps_her_words(app: Flask, room: Room, gus: Participant) -> None:
    page = tell(gus, begin(gus, room), "Late, but said.")
    room.close("story")
    assert gus.follow(gus.send(page, **READ_BACK).location).h1 == "Sent – safe"
    with app.app_context():
        assert [said.text for said in contributions.queue(room.id)] == ["Late, but said."]


def test_sending_twice_keeps_her_words_once(app: Flask, room: Room, gus: Participant) -> None:
    page = tell(gus, begin(gus, room), "Once.")
    for _ in range(2):
        assert gus.send(page, **READ_BACK).status == 303
    with app.app_context():
        assert [said.text for said in contributions.queue(room.id)] == ["Once."]


def test_where_two_questions_are_open_she_is_asked_which(
    room: Room, gus: Participant, app: Flask, people: People
) -> None:
    both = build.workshop(app, people.organisation_id, "story", "cards")
    both.open("story", "cards")
    helper = Participant(app, both)
    asked = helper.get(f"{both.path}/helping")
    assert asked.h1 == "What do they answer?"
    [cards] = [link for link in asked.links() if both.activities["cards"] in link]
    assert helper.get(cards).h1 == "I am helping someone"


def test_her_photo_is_seen_until_it_is_sent_also_going_back(room: Room, gus: Participant) -> None:
    """Without script the photo lies with us while the next questions are asked; his phone may show it to her."""
    photo = (io.BytesIO(telling_photo()), "stair.jpg")
    page = gus.send(gus.get(begin(gus, room).location), photo_file=photo, text="The stair.", go="next")
    back = gus.send(page, go="back")
    [shown] = [img.get("src", "") for img in back.all("img") if "/media/" in img.get("src", "")]
    assert look_at(gus, shown).status_code == 200
    assert look_at(Participant(gus.app, room), shown).status_code == 404, "another phone in the room"
    page = gus.send(back, text="The stair.", go="next")
    page = gus.send(page, level="1", go="next")
    for name, said in reversed(HELPED.items()):
        page = gus.send(page, go="next", **{name: said})
    assert gus.send(page, **READ_BACK).status == 303
    assert look_at(gus, shown).status_code == 404, "his phone keeps nothing"
