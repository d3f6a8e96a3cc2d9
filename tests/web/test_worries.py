"""Worries: how grave, who may release, who was told; words of despair; the card for such a moment; the queue's turn."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Staff
from tests.web.test_moderation import WORDS, do, everywhere, page_of, told
from tests.web.test_transcripts import recorded
from workshop.commands import worries as commands
from workshop.models import Gravity
from workshop.queries import contributions, worries

SAD = "Some days I want to die. Nobody at the office asked."


@pytest.fixture
def fay(app: Flask, people: People) -> Staff:
    """Another facilitator of ada's organisation."""
    return Staff(app, "fay", people.organisation_id, "facilitator")


def worry(people: People, room: Room, story: str, gravity: Gravity, note: str = "") -> Page:
    return do(people, room, story, "worry", gravity=str(int(gravity)), note=note)


@pytest.mark.shows("P21")
def test_a_complaint_may_go_out_and_its_teller_reads_how_to_complain(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    worry(people, room, story, Gravity.PRACTICE)
    mine = bea.see(f"words/{story}").text
    assert "You can also complain" in mine
    assert "controller is stated" in mine
    do(people, room, story, "approve", recognisable="no")
    assert WORDS in everywhere(app, people, room)
    assert "complain" not in everywhere(app, people, room)


@pytest.mark.shows("P21")
@pytest.mark.parametrize("gravity", [Gravity.SAFEGUARDING, Gravity.DANGER])
def test_what_is_grave_is_released_by_two_people(app: Flask, people: People, fay: Staff, gravity: Gravity) -> None:
    room, _bea, story = told(app, people)
    worry(people, room, story, gravity)
    path = f"{room.path}/console/words/{story}"
    for _ in range(2):
        people.ada.post(f"{path}/settle")
    assert "Another person of the team must say so too." in page_of(people, room, story).text
    by_force = {"recognisable": "no", "as_read": page_of(people, room, story).fields("/ask")["as_read"]}
    assert people.ada.post(f"{path}/approve", **by_force).status == 409
    fay.send(fay.get(path), "/settle")
    do(people, room, story, "approve", recognisable="no")
    assert WORDS in everywhere(app, people, room)


@pytest.mark.shows("P21")
def test_danger_shows_the_numbers_at_once_and_keeps_who_was_told_for_the_lead(
    app: Flask, people: People, fay: Staff
) -> None:
    room, bea, story = told(app, people)
    called = people.ada.follow(worry(people, room, story, Gravity.DANGER, "He is outside.").location)
    assert called.h1 == "Call now"
    assert build.STATED["emergency_number"] in called.text
    page = fay.get(f"{room.path}/console/words/{story}/whom-to-call")
    assert fay.send(page, "/told", who="").status == 422
    fay.send(page, "/told", who="The duty officer", what="Comes at once")
    log = people.ada.get(f"{room.path}/worries").text
    for words in ("Danger now", "He is outside.", "The duty officer", "Comes at once", "Fay"):
        assert words in log
    assert fay.get(f"{room.path}/worries").status == 403
    assert WORDS not in log
    elsewhere = [bea.see(f"words/{story}"), bea.see("my-words"), people.ada.get(f"{room.path}/results/said")]
    elsewhere += [fay.get(f"{room.path}/console/words/{story}"), people.ada.get(f"{room.path}/console")]
    assert all("duty officer" not in page.text for page in elsewhere)


@pytest.mark.shows("P21")
def test_a_worry_rises_by_one_and_does_not_fall(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    worry(people, room, story, Gravity.SAFEGUARDING)
    worry(people, room, story, Gravity.PRACTICE)
    with app.app_context():
        assert worries.open_about(story).gravity == Gravity.SAFEGUARDING
        with pytest.raises(commands.Lower):
            commands.grade(contributions.one(story, room.id), Gravity.PRACTICE, people.ada.id)
    worry(people, room, story, Gravity.DANGER)
    assert "Danger now" in page_of(people, room, story).text


@pytest.mark.shows("P21")
def test_a_new_worry_takes_the_first_yes_away(app: Flask, people: People, fay: Staff) -> None:
    room, _bea, story = told(app, people)
    worry(people, room, story, Gravity.SAFEGUARDING)
    people.ada.post(f"{room.path}/console/words/{story}/settle")
    worry(people, room, story, Gravity.SAFEGUARDING, "She called again.")
    fay.post(f"{room.path}/console/words/{story}/settle")
    with app.app_context():
        assert contributions.one(story, room.id).state == "held"


@pytest.mark.shows("P21")
def test_corrected_words_stay_held_while_the_worry_is_open(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    worry(people, room, story, Gravity.SAFEGUARDING)
    bea.send(bea.see(f"words/{story}/correct"), text="It was nothing.")
    with app.app_context():
        assert contributions.one(story, room.id).state == "held"


@pytest.mark.shows("P21")
def test_with_one_account_the_page_says_so_and_it_stays_held(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    worry(people, room, story, Gravity.SAFEGUARDING)
    assert "Your organisation has one account only." in page_of(people, room, story).text


@pytest.mark.shows("P23")
@pytest.mark.parametrize("kind", ["story", "cards"])
def test_words_of_despair_wait_for_a_person_and_their_teller_reads_who_listens(
    app: Flask, people: People, kind: str
) -> None:
    """Also in a trusted room, where cards need no approval. Nothing is refused."""
    room = build.workshop(app, people.organisation_id, kind, settings={"trusted_room": True})
    room.open(kind)
    bea = Participant(app, room)
    sent = (bea.tell if kind == "story" else bea.write)(kind, SAD)
    assert sent.status == 303
    after = bea.get(sent.location)
    assert "Sent – safe" in after.text
    assert "You are not alone" in after.text
    assert build.STATED["support_1"] in after.text
    [story] = bea.words()
    assert "You are not alone" in bea.see(f"words/{story}").text
    assert "it may speak of self-harm" in page_of(people, room, story).text
    cem = people.cem(room)
    assert "You are not alone" not in cem.see(f"a/{room.activities[kind]}/sent").text
    assert SAD not in cem.ask(kind).text
    people.ada.post(f"{room.path}/console/words/{story}/settle")
    with app.app_context():
        assert contributions.one(story, room.id).state == "waiting"


@pytest.mark.shows("P23")
def test_words_of_despair_are_noticed_also_when_they_are_corrected_into_a_story(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    do(people, room, story, "approve", recognisable="no")
    bea.send(bea.see(f"words/{story}/correct"), text=SAD)
    assert "You are not alone" in bea.see(f"words/{story}").text
    assert SAD not in everywhere(app, people, room)


@pytest.mark.shows("P23")
@pytest.mark.parametrize("writer", ["teller", "facilitator"])
def test_words_of_despair_in_a_recording_hold_the_story_when_they_are_written_down(
    app: Flask, people: People, writer: str
) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    story, medium = recorded(app, bea, voice="y")
    do(people, room, story, "approve", recognisable="no")
    if writer == "teller":
        bea.post(f"{room.path}/words/{story}/media/{medium}/transcript", transcript=SAD)
    else:
        people.ada.post(f"{room.path}/console/words/{story}/media/{medium}/transcript", transcript=SAD)
    assert "it may speak of self-harm" in page_of(people, room, story).text
    assert "You are not alone" in bea.see(f"words/{story}").text
    assert SAD not in everywhere(app, people, room)
    with app.app_context():
        assert contributions.one(story, room.id).state == "held"


@pytest.mark.shows("P21")
def test_the_card_for_harm_is_on_the_console_itself_on_paper_and_in_a_file(app: Flask, people: People) -> None:
    room, _bea, _story = told(app, people)
    first = "Stay calm. Listen. Say thank you."
    assert first in people.ada.get(f"{room.path}/console").text, "it opens there without network"
    page = people.ada.get(f"{room.path}/console/disclosure")
    assert first in page.text
    assert build.STATED["safeguarding_phone"] in page.text
    file = people.ada.client.get(f"{room.path}/console/disclosure.txt", base_url=people.ada.address)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert first in file.get_data(as_text=True)
    assert build.STATED["emergency_number"] in file.get_data(as_text=True)


@pytest.mark.shows("P25")
def test_the_queue_is_handed_over_and_any_colleague_takes_it(app: Flask, people: People, fay: Staff) -> None:
    room, _bea, _story = told(app, people)
    assert "Nobody has said that they read the queue." in people.ada.get(f"{room.path}/console").text
    people.ada.post(f"{room.path}/console/queue/take")
    assert "Ada has the queue" in fay.get(f"{room.path}/console").text
    people.ada.post(f"{room.path}/console/queue/hand-over")
    assert "Ada asks somebody to take the queue." in fay.get(f"{room.path}/console").text
    fay.post(f"{room.path}/console/queue/take")
    assert "Fay has the queue" in people.ada.get(f"{room.path}/console").text
