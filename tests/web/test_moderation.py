"""The queue: ada reads, approves, edits, asks, hides and holds; bea, who told it, sees each of these."""

import io
import threading

import pytest
from flask import Flask
from PIL import Image

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page, data_of
from tests.support.patience import until
from tests.support.people import Participant, People
from workshop.commands import _turns, taking_part, writing
from workshop.extensions import db
from workshop.models import Audit, Flag
from workshop.queries import contributions

WORDS = "They never called back."
SECRET = "Mrs Example on the third floor shouted at me."


def told(app: Flask, people: People, text: str = WORDS, level: int = 2) -> tuple[Room, Participant, str]:
    """A room with one open story, told by bea."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", text, level=level)
    return room, bea, bea.words()[0]


def page_of(people: People, room: Room, story: str) -> Page:
    return people.ada.get(f"{room.path}/console/words/{story}")


def do(people: People, room: Room, story: str, what: str, **answers: str) -> Page:
    """Fill in one of the forms beside the words, as they stand on the page."""
    return people.ada.send(page_of(people, room, story), f"/{what}", **answers)


def everywhere(app: Flask, people: People, room: Room) -> str:
    """Everything that cem's phone, the projector and every shared part show."""
    cem, projector = people.cem(room), people.stranger()
    projector.get(f"/s/{room.doors['screen']}")
    pages = [projector.get(f"{room.path}/screen").html, cem.see("look-up").html, cem.ask("story").html]
    pages += [data_of(cem.get(f"{room.path}/parts/phone/{name}"))["html"] for name in ("now", "look-up", "wall")]
    pages.append(data_of(projector.get(f"{room.path}/parts/screen/screen"))["html"])
    return " ".join(pages)


@pytest.mark.shows("P19")
def test_nothing_unapproved_reaches_screen_phones_or_parts(app: Flask, people: People) -> None:
    """P19."""
    room, _bea, story = told(app, people)
    assert WORDS in people.ada.get(f"{room.path}/console").text
    assert WORDS not in everywhere(app, people, room)
    do(people, room, story, "approve", recognisable="no")
    assert WORDS in everywhere(app, people, room)
    do(people, room, story, "hide", reason="A name is in it.")
    assert WORDS not in everywhere(app, people, room)


def test_approved_words_for_the_facilitators_alone_stay_with_them(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people, level=1)
    do(people, room, story, "approve", recognisable="no")
    assert WORDS not in everywhere(app, people, room)
    assert people.ada.post(f"{room.path}/console/words/{story}/spotlight").status == 404


def test_what_a_teller_keeps_for_herself_is_not_there_for_ada(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    bea.post(f"{room.path}/words/{story}/level", level="0")
    assert page_of(people, room, story).status == 404
    assert WORDS not in people.ada.get(f"{room.path}/console").text
    for what in ("approve", "edit", "ask", "hide", "worry", "settle", "spotlight"):
        assert people.ada.post(f"{room.path}/console/words/{story}/{what}").status == 404


def test_a_teller_who_keeps_words_for_herself_does_not_read_that_somebody_reads_them(
    app: Flask, people: People
) -> None:
    room, bea, story = told(app, people)
    reads = "A facilitator reads it first."
    assert reads in bea.see(f"words/{story}").text
    bea.post(f"{room.path}/words/{story}/level", level="0")
    for page in (bea.see(f"words/{story}"), bea.see("my-words")):
        assert reads not in page.text
        assert "It stays hidden from everybody else." in page.text


@pytest.mark.shows("P13")
def test_a_story_is_not_approved_before_somebody_says_whether_the_service_could_recognise_her(
    app: Flask, people: People
) -> None:
    """P13: blocked without the answer, and the teller is told."""
    room, bea, story = told(app, people)
    blocked = do(people, room, story, "approve")
    assert blocked.status == 422
    assert "Please answer first" in blocked.text
    assert WORDS not in everywhere(app, people, room)
    do(people, room, story, "approve", recognisable="yes")
    assert "Somebody of the service may recognise you" in bea.see(f"words/{story}").text
    assert WORDS in everywhere(app, people, room)


@pytest.mark.shows("P19")
def test_a_question_and_a_reason_reach_the_teller(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    assert do(people, room, story, "ask").status == 422
    do(people, room, story, "ask", question="Which day was it?")
    assert "Which day was it?" in bea.see(f"words/{story}").text
    assert "you asked the teller" in people.ada.get(f"{room.path}/console").text
    do(people, room, story, "hide", reason="Your neighbour's name is in it.")
    assert "Your neighbour's name is in it." in bea.see(f"words/{story}").text


@pytest.mark.parametrize("who", ["ada", "cem"])
def test_words_that_are_taken_back_in_the_moment_of_a_worry(app: Flask, people: People, who: str) -> None:
    """Whoever worries reads whom to call, and nothing is held: there is nothing any more."""
    room, _bea, story = told(app, people)
    do(people, room, story, "approve", recognisable="no")
    person = people.ada if who == "ada" else people.cem(room)
    page = person.get(f"{room.path}/console/words/{story}" if who == "ada" else f"{room.path}/words/{story}/worry")
    form = {"note": "She says she will hurt herself."}
    answers: list[Page] = []
    action = "/worry" if who == "ada" else None
    send = threading.Thread(target=lambda: answers.append(person.send(page, action, **form)))
    with app.app_context(), writing():
        send.start()
        wait_for_somebody_in_line(app)
        taking_part.take_back(story, participant_id=contributions.one(story, room.id).participant_id)
    send.join(20)
    assert answers[0].status == (303 if who == "ada" else 200), answers[0].text
    shown = person.follow(answers[0].location) if who == "ada" else answers[0]
    assert "emergency number is stated" in shown.text
    with app.app_context():
        assert db.session.query(Flag).all() == []


def wait_for_somebody_in_line(app: Flask) -> None:
    """Until somebody's request has read what it needs and waits for its turn to write."""
    (turns,) = [each for path, each in _turns.items() if path.startswith(app.config["INSTANCE"])]
    assert until(lambda: len(turns.queue) == 2)


@pytest.mark.shows("P21")
def test_a_worry_holds_the_words_and_shows_whom_to_call(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    do(people, room, story, "approve", recognisable="no")
    called = people.ada.follow(do(people, room, story, "worry", note="She says she will hurt herself.").location)
    assert called.h1 == "Whom to call"
    assert build.STATED["safeguarding_phone"] in called.text
    assert WORDS not in everywhere(app, people, room)
    held = page_of(people, room, story)
    assert "She says she will hurt herself." in held.text
    assert not [form for form in held.forms() if (form.get("action") or "").endswith("/approve")]
    by_force = {"recognisable": "no", "as_read": held.fields()["as_read"]}
    forced = people.ada.post(f"{room.path}/console/words/{story}/approve", **by_force)
    assert forced.status == 409
    do(people, room, story, "settle")
    do(people, room, story, "approve", recognisable="no")
    assert WORDS in everywhere(app, people, room)


@pytest.mark.shows("P27")
def test_bea_reads_how_many_of_the_team_have_read_her_words_and_the_log_keeps_who(app: Flask, people: People) -> None:
    """P27: every look at raw words leaves a trace."""
    room, bea, story = told(app, people)
    assert "of the team" not in bea.see(f"words/{story}").text
    people.ada.get(f"{room.path}/console/front")
    people.ada.get(f"{room.path}/console")
    assert "1 person of the team has read it." in bea.see(f"words/{story}").text
    ada = people.ada.id
    with app.app_context():
        looks = db.session.execute(db.select(Audit).where(Audit.act == "read words")).scalars().all()
        assert [(look.user_id, look.thing, look.organisation_id) for look in looks] == [
            (ada, story, people.organisation_id)
        ]


@pytest.mark.shows("P27")
def test_the_line_of_what_waits_shows_no_words_of_what_nobody_opened(app: Flask, people: People) -> None:
    """P27: only the one in front is read; the rest is a side, a role and a question."""
    room, bea, _story = told(app, people)
    bea.tell("story", SECRET)
    page = people.ada.get(f"{room.path}/console")
    assert WORDS in page.text
    assert SECRET not in page.html
    assert "of the team" not in bea.see(f"words/{bea.words()[0]}").text


@pytest.mark.shows("S30")
def test_moderation_is_in_the_audit_log_of_the_organisation(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    do(people, room, story, "edit", text="Nobody called.")
    do(people, room, story, "approve", recognisable="no")
    with app.app_context():
        rows = db.session.execute(db.select(Audit.act).where(Audit.organisation_id == people.organisation_id)).scalars()
        acts = set(rows)
    assert {"read words", "edit", "approve"} <= acts


def test_words_are_found_only_in_their_own_workshop_and_by_their_own_team(app: Flask, people: People) -> None:
    room, _bea, story = told(app, people)
    other = build.workshop(app, people.organisation_id, "story")
    assert people.ada.get(f"{other.path}/console/words/{story}").status == 404
    assert people.dora.get(f"{room.path}/console/words/{story}").status == 403
    assert people.dora.post(f"{room.path}/console/words/{story}/approve").status == 403


def test_a_story_taken_back_while_ada_reads_it_is_gone(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    read = page_of(people, room, story)
    bea.post(f"{room.path}/words/{story}/take-back")
    assert people.ada.send(read, "/approve", recognisable="no").status == 404
    assert WORDS not in people.ada.get(f"{room.path}/console").text


def test_one_voice_on_the_whole_screen_until_it_is_taken_back(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    assert people.ada.post(f"{room.path}/console/words/{story}/spotlight").status == 404
    do(people, room, story, "approve", recognisable="no")
    people.ada.post(f"{room.path}/console/words/{story}/spotlight")
    projector = people.stranger()
    projector.get(f"/s/{room.doors['screen']}")
    assert 'class="spotlight"' in projector.get(f"{room.path}/screen").html
    with app.app_context():
        taking_part.take_back(story, participant_id=contributions.one(story, room.id).participant_id)
    after = projector.get(f"{room.path}/screen")
    assert WORDS not in after.html
    assert "What about story?" in after.text
    assert bea.words() == []


@pytest.mark.shows("P25")
def test_a_photo_comes_blurred_until_it_is_asked_for(app: Flask, people: People) -> None:
    """P25."""
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "JPEG")
    file.seek(0)
    asked = bea.ask("story")
    page = bea.send(asked, text="Look", go="next", photo_file=(file, "x.jpg"))
    page = bea.send(page, level="2", go="next")
    bea.send(page, go="send")
    front = people.ada.get(f"{room.path}/console")
    [photo] = [image for image in front.all("img") if "/media/" in image.get("src", "")]
    veil = next(label for label in front.all("label") if photo in list(label.iter()))
    assert veil.get("class") == "veil"
    assert people.ada.get(photo.get("src", "")).status == 200
    assert people.cem(room).get(photo.get("src", "")).status == 404


def test_all_words_lists_what_is_approved_and_only_names_the_rest(app: Flask, people: People) -> None:
    room, bea, story = told(app, people)
    bea.tell("story", SECRET)
    do(people, room, story, "approve", recognisable="no")
    do(people, room, bea.words()[0], "hide", reason="A name.")
    page = people.ada.get(f"{room.path}/console/said")
    assert WORDS in page.text
    assert SECRET not in page.html
    assert "Hidden, asked, held" in page.text
