"""bea tells a story and writes cards on her phone; who sees what, and what she can do with it later."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import Participant, People
from workshop import receipts
from workshop.commands import hosting, taking_part
from workshop.keys import new_token
from workshop.queries import contributions, rooms


@pytest.mark.shows("A07")
def test_three_screens_to_the_first_question(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.stranger()
    first = bea.get(f"/j/{room.doors['lived']}")
    assert first.h1 == "River day"
    assert "Taking part changes nothing for your benefits or your care." in first.text
    second = bea.get(bea.send(first).location)
    assert second.h1 == "Who are you here?"
    third = bea.follow(bea.send(second, role="Service user").location)
    assert third.h1 == "What about story?"


@pytest.mark.shows("A11", "P05")
def test_a_story_is_checked_sent_safe_and_comes_with_a_receipt(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    page = bea.follow(bea.tell("story", "They never called back.", level=2).location)
    assert page.h1 == "Sent – safe"
    assert "Or keep these six words" in page.text
    assert "They never called back." in bea.see("my-words").text


@pytest.mark.shows("A03")
def test_the_second_story_asks_neither_role_nor_level_again(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The first one.", level=3)
    page = bea.send(bea.ask("story"), text="The second one.", go="next")
    assert page.h1 == "Is this right?"
    assert "The service" in page.text


def test_a_second_tap_on_come_in_is_the_same_person(app: Flask, people: People) -> None:
    """The first answer was lost, and with it the cookie."""
    room = build.workshop(app, people.organisation_id, "story")
    bea = people.stranger()
    page = bea.get(f"/j/{room.doors['lived']}")
    for _tap in range(2):
        bea.client.delete_cookie(f"seat-{room.id[:10]}")
        assert bea.follow(bea.send(page).location).h1 == "Who are you here?"
    with app.app_context():
        assert rooms.present(room.id)["other"] == 1


def test_a_page_whose_receipt_is_somebody_elses_lets_in_with_another(app: Flask, people: People) -> None:
    river, hill = (build.workshop(app, people.organisation_id, "story") for _ in range(2))
    bea = people.stranger()
    page = bea.get(f"/j/{river.doors['lived']}")
    bea.send(page)
    assert bea.send(page, path=f"/j/{hill.doors['lived']}").status == 303
    keys = [bea.cookie(f"receipt-{room.id[:10]}") for room in (river, hill)]
    assert len(set(keys)) == 2


@pytest.mark.shows("P05")
def test_another_phone_opens_the_receipt_reads_and_takes_back(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The lift was broken.")
    other = people.stranger()
    asked = other.get(f"/r/{bea.receipt}")
    assert asked.h1 == "Open your words here?"
    mine = other.follow(other.send(asked).location)
    assert "The lift was broken." in mine.text
    [story] = bea.words()
    gone = other.post(f"{room.path}/words/{story}/take-back")
    assert other.get(gone.location).h1 == "Taken back"
    assert "The lift was broken." not in bea.see("my-words").text


@pytest.mark.shows("P05")
def test_six_words_said_aloud_open_the_same_receipt(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A garden")
    other = people.stranger()
    page = other.send(other.get("/receipt"), said=" ".join(receipts.words(bea.receipt)).upper())
    assert "A garden" in other.get(page.location).text
    wrong = other.send(other.get("/receipt"), said="one two three")
    assert wrong.status == 422
    assert wrong.title.startswith("Error:")


def test_a_receipt_said_aloud_on_anothers_tablet_shows_nothing_of_theirs(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    bea, tablet = people.bea(room), people.bea(room)
    theirs = tablet.receipt
    said = " ".join(receipts.words(bea.receipt))
    page = tablet.get(tablet.send(tablet.get("/receipt"), said=said).location)
    assert theirs not in page.html
    assert "data-wipe" in page.html
    assert "data-wipe" not in tablet.see("my-words").html


@pytest.mark.shows("S29")
def test_too_long_a_text_is_refused_and_kept(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    page = bea.send(bea.ask("cards"), text="ä" * 501, go="next")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert "Your text is 1 characters too long" in page.text
    assert page.fields()["text"] == "ä" * 501


@pytest.mark.shows("R04")
def test_a_resend_gets_the_same_answer_other_words_a_conflict_taken_back_stays(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    check = bea.send(bea.ask("cards"), text="A bench", go="next")
    assert bea.send(check, go="send").status == 303
    assert bea.send(check, go="send").status == 303
    assert len(bea.words()) == 1
    clash = bea.send(check, go="send", text="Something else")
    assert clash.status == 409
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    again = bea.send(check, go="send")
    assert again.status == 410
    assert bea.words() == []


@pytest.mark.shows("S12")
def test_a_stale_form_comes_back_with_every_word(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    check = bea.send(bea.ask("cards"), text="A bench by the bus stop", go="next")
    fields = check.fields() | {"go": "send", "csrf_token": "five-days-old"}
    bea.client.delete_cookie("workshop", domain="localhost")
    stale = bea.post(f"{room.path}/a/{room.activities['cards']}", **{**fields, "token": fields.pop("csrf_token")})
    assert stale.status == 403
    assert stale.h1 == "Please send it once more"
    assert bea.send(stale).status == 303
    assert "A bench by the bus stop" in bea.see("my-words").text


@pytest.mark.shows("A15")
def test_a_story_after_the_close_is_kept_and_marked_late(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    check = bea.send(bea.ask("cards"), text="Too slow a bus", go="next")
    room.close("cards")
    assert bea.send(check, go="send").status == 303
    assert "It came after the question closed. It is kept." in bea.see("my-words").text
    assert bea.ask("cards").h1 == "This question is closed"


def test_the_same_phone_is_the_same_person_after_its_battery_died(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A garden")
    again = bea.get(f"/j/{room.doors['lived']}")
    assert again.status == 303
    assert "A garden" in bea.see("my-words").text


@pytest.mark.shows("A32")
def test_the_next_person_finds_nothing_of_the_one_before(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A garden")
    page = bea.follow(bea.post(f"{room.path}/next-person").location)
    assert page.h1 == "Ready for the next person"
    assert bea.see("my-words").status == 403


@pytest.mark.shows("P13")
def test_a_role_of_the_service_waits_for_confirmation_unless_its_door_was_used(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    Participant(app, room, "Professional", "lived")
    people.cem(room)
    with app.app_context():
        assert rooms.present(room.id) == {"lived": 0, "service": 1, "other": 1}
        assert [row.claims for row in rooms.waiting_for_confirmation(room.id)] == ["service"]


def test_a_role_that_the_workshop_does_not_have_is_no_way_to_the_screen(app: Flask, people: People) -> None:
    """A role stands beside the words, and nobody approves it."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = Participant(app, room, "Nobody approved this", "lived")
    bea.write("cards", "A bench")
    with app.app_context():
        assert [said.role for said in contributions.queue(room.id)] == [None]


def test_a_side_that_was_confirmed_stays_when_the_same_role_is_chosen_again(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    cem = Participant(app, room, "Professional", "lived")
    with app.app_context():
        [claim] = rooms.waiting_for_confirmation(room.id)
        hosting.confirm_side(rooms.workshop(room.id), claim.id, yes=True)
    cem.send(cem.see("role"), role="Professional")
    with app.app_context():
        assert rooms.present(room.id)["service"] == 1


def test_an_answer_that_its_teller_wipes_out_is_gone(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "They never called back.", helped="If Mrs Example had listened")
    page = bea.get(f"{room.path}/words/{bea.words()[0]}/correct")
    assert "Mrs Example" in page.html
    bea.send(page, helped="")
    with app.app_context():
        [said] = contributions.queue(room.id)
        assert (said.text, said.more) == ("They never called back.", {})


def test_what_the_one_before_did_not_send_is_never_the_next_persons(app: Flask, people: People) -> None:
    """A shared tablet: bea's words still wait in it when somebody else sits down."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    tablet = people.bea(room)
    receipt = tablet.receipt
    check = tablet.send(tablet.ask("cards"), text="A garden", go="next")
    tablet.post(f"{room.path}/next-person")
    tablet.send(tablet.get(f"/j/{room.doors['lived']}"))
    late = tablet.send(check, go="send", csrf_token=tablet.token())
    assert late.status == 403
    assert "A garden" in late.html
    assert tablet.words() == []
    tablet.send(tablet.get(f"/r/{receipt}"))
    assert tablet.send(check, go="send", csrf_token=tablet.token()).status == 303
    assert "A garden" in tablet.see("my-words").text


@pytest.mark.shows("P10")
@pytest.mark.parametrize("name", ["Anna Miller", "anna1957", "anna@example.org", "0043 12345678"])
def test_a_public_name_that_points_at_a_person_is_asked_for_again(app: Flask, people: People, name: str) -> None:
    """P10."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The lift is broken.")
    page = bea.get(f"{room.path}/words/{bea.words()[0]}")
    refused = bea.send(page, "/level", level="5", display_name=name)
    assert refused.status == 422
    assert refused.title.startswith("Error:")
    assert "This could point at you." in refused.text
    assert bea.send(page, "/level", level="5", display_name="blue bird").status == 303


@pytest.mark.shows("P10")
def test_two_workshops_know_the_same_person_by_nothing_in_common(app: Flask, people: People) -> None:
    """P10: ids, tokens, receipts and names of one workshop say nothing in another."""
    river = build.workshop(app, people.organisation_id, "cards")
    hill = build.workshop(app, people.organisation_id, "cards")
    with app.app_context():
        rows = [rooms.workshop(room.id) for room in (river, hill)]
        key = new_token()
        first, second = (taking_part.join(row, "lived", new_token(), "en") for row in rows)
    assert not set(first) & set(second)
    assert key not in (*first, *second)
