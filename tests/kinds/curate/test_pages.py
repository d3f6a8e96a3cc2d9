"""What ada does at the board, bea and cem on their phones, and dora and a curious phone must not."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.kinds.curate.group import BUS, NURSE, Group, group
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.commands import writing
from workshop.commands.curating import NEW
from workshop.extensions import db
from workshop.models import Medium
from workshop.models.columns import new_id, now


@pytest.fixture
def here(app: Flask, people: People) -> Group:
    return group(app, people)


def sentence(page: Page, words: str) -> str:
    """The value of the box beside these words."""
    boxes = re.findall(r'name="piece" value="([^"]+)"[^>]*><span[^>]*>([^<]*)</span>', page.html)
    return next(value for value, said in boxes if words in said)


def read(here: Group, phone: Participant, told: str) -> Page:
    return phone.get(f"{here.room.path}/a/{here.room.activities['curate']}/stories/{told}")


def keep(here: Group, phone: Participant, told: str, words: str, **answers: str) -> Page:
    """Tick a sentence, go on, choose a theme, keep."""
    where = f"{here.room.path}/a/{here.room.activities['curate']}/stories/{told}"
    asked = phone.get(f"{where}/theme?piece={sentence(read(here, phone, told), words)}")
    assert asked.h1 == "To which theme do they belong?", asked.text
    return phone.send(asked, "/mark", **answers)


def test_ada_marks_sentences_gathers_names_and_undoes_by_buttons_alone(here: Group) -> None:
    ada, told = here.people.ada, here.tell(here.people.bea(here.room), BUS)
    shelf = ada.get(f"{here.room.path}/themes/stories")
    assert "I waited for the bus." in shelf.text
    story = ada.get(f"{here.room.path}/themes/stories/{told}")
    done = ada.send(story, "/mark", piece=sentence(story, "It was late"), act="new", name="Waiting")
    assert done.status == 303
    assert "1 piece is marked." in ada.follow(done.location).text
    board = ada.get(f"{here.room.path}/themes")
    assert "Waiting" in board.text
    theme = ada.get(f"{here.room.path}/themes/{here.theme('Waiting')}")
    assert "It was late again." in theme.text
    assert "1 teller" in theme.text
    (mark,) = here.marked("Waiting")
    named = ada.post(f"{here.room.path}/themes/{mark.theme_id}/rename", quote=mark.id, highlight=mark.id)
    assert "It was late again" in ada.follow(named.location).text
    ada.post(f"{here.room.path}/themes/undo", here=mark.theme_id or "")
    assert list(here.board()) == ["Waiting"]


def test_a_name_without_a_word_keeps_the_one_before(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    here.mark(told, "late", NEW, "Waiting")
    answer = here.people.ada.post(f"{here.room.path}/themes/{here.theme('Waiting')}/rename", name="  ")
    assert "The one before stays." in here.people.ada.follow(answer.location).text
    assert list(here.board()) == ["Waiting"]


def test_words_that_are_not_in_the_story_are_said_so(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    ada = here.people.ada
    story = ada.get(f"{here.room.path}/themes/stories/{told}")
    assert ada.send(story, "/mark", exact="a train", act="none").status == 422
    assert ada.send(story, "/mark", exact="the BUS", act="none").status == 303
    assert here.inside(None) == ["the bus"]


def test_a_story_that_its_teller_corrected_meanwhile_is_read_again_first(here: Group) -> None:
    bea, ada = here.people.bea(here.room), here.people.ada
    told = here.tell(bea, BUS)
    story = ada.get(f"{here.room.path}/themes/stories/{told}")
    bea.post(f"{here.room.path}/words/{told}/correct", text="Something else. Altogether.")
    here.approve(told)
    answer = ada.send(story, "/mark", piece=sentence(story, "It was late"), act="none")
    assert answer.status == 409
    assert "The teller changed these words." in answer.text


def test_on_a_phone_one_story_at_a_time_and_the_facilitator_reads_new_names_first(here: Group) -> None:
    bea, cem = here.people.bea(here.room), here.people.cem(here.room)
    told = here.tell(bea, BUS)
    first = cem.follow(f"{here.room.path}/a/{here.room.activities['curate']}/stories")
    assert "Story 1 of 1" in first.text
    kept = keep(here, cem, told, "Nobody told us", to="new", name="Their silence")
    assert kept.status == 303
    assert "Their silence" in cem.follow(kept.location.split("#")[0]).text
    assert "Their silence" not in keep_page(here, bea, told).text, "others see it once it is approved"
    theme = here.theme("Their silence")
    assert "This name came from a phone" in here.people.ada.get(f"{here.room.path}/themes/{theme}").text
    here.people.ada.post(f"{here.room.path}/themes/{theme}/approve")
    assert "Their silence" in keep_page(here, bea, told).text
    end = cem.get(f"{here.room.path}/a/{here.room.activities['curate']}/stories?after={told}")
    assert end.h1 == "You have read all stories"


def keep_page(here: Group, phone: Participant, told: str) -> Page:
    where = f"{here.room.path}/a/{here.room.activities['curate']}/stories/{told}"
    return phone.get(f"{where}/theme?piece={sentence(read(here, phone, told), 'bus')}")


def test_a_new_theme_on_a_phone_needs_a_name(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    cem = here.people.cem(here.room)
    answer = keep(here, cem, told, "bus", to="new", name="")
    assert answer.status == 422
    assert "Please give the new theme a name." in answer.text


def test_a_mark_is_taken_away_by_who_made_it_and_nobody_else(here: Group) -> None:
    bea, cem = here.people.bea(here.room), here.people.cem(here.room)
    told = here.tell(bea, BUS)
    keep(here, cem, told, "bus", to="none")
    (mark,) = here.marked(None)
    where = f"{here.room.path}/a/{here.room.activities['curate']}/stories/{told}/unmark"
    bea.post(where, highlight=mark.id)
    assert here.inside(None) == ["I waited for the bus."]
    cem.post(where, highlight=mark.id)
    assert here.inside(None) == []


def test_a_phone_marks_nothing_that_the_room_may_not_see(here: Group) -> None:
    bea, cem = here.people.bea(here.room), here.people.cem(here.room)
    secret = here.tell(bea, "Only facilitators may read this.", level=1)
    waiting = here.tell(bea, "This waits for approval.", approve=False)
    where = f"{here.room.path}/a/{here.room.activities['curate']}/stories"
    for told in (secret, waiting):
        assert cem.get(f"{where}/{told}").status == 404
        assert cem.get(f"{where}/{told}/theme?piece=text:0-4").status == 404
        assert cem.post(f"{where}/{told}/mark", piece="text:0-4", to="none").status == 404
    assert here.marked(None) == []
    assert cem.follow(where).h1 == "No story to read yet"


def test_when_it_is_closed_or_another_kind_phones_mark_nothing(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    cem = here.people.cem(here.room)
    story = f"{here.room.path}/a/{here.room.activities['story']}/stories/{told}"
    assert cem.get(story).status == 404
    here.room.close("curate")
    where = f"{here.room.path}/a/{here.room.activities['curate']}/stories/{told}"
    assert cem.post(f"{where}/mark", piece="text:0-4", to="none").status == 404


def test_dora_of_another_organisation_reads_and_moves_nothing(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    mark, dora = here.mark(told, "late", NEW, "Waiting"), here.people.dora
    theme = here.theme("Waiting")
    for path in ("", f"/{theme}", "/stories", f"/stories/{told}", "/stories?q=bus"):
        assert dora.get(f"{here.room.path}/themes{path}").status == 403, path
    for path in ("/move", f"/{theme}/rename", f"/{theme}/merge", f"/{theme}/apart", "/undo"):
        fields = {"highlight": mark, "source": theme, "act": "away", "name": "Mine", "into": theme}
        assert dora.post(f"{here.room.path}/themes{path}", **fields).status == 403, path
    assert here.inside("Waiting") == ["late"]


def test_a_theme_of_another_workshop_is_not_there(here: Group, app: Flask, people: People) -> None:
    there = group(app, people)
    there.mark(there.tell(people.bea(there.room), BUS), "late", NEW, "Far away")
    mark = here.mark(here.tell(people.bea(here.room), BUS), "late")
    far = there.theme("Far away")
    assert people.ada.get(f"{here.room.path}/themes/{far}").status == 404
    assert people.ada.post(f"{here.room.path}/themes/move", highlight=mark, source="", act="to", to=far).status == 404
    assert there.inside("Far away") == ["late"]


def test_the_teller_is_asked_and_an_objection_reaches_the_board_and_the_export(here: Group) -> None:
    bea, ada = here.people.bea(here.room), here.people.ada
    told = here.tell(bea, BUS)
    assert "We understood your story like this" not in bea.see(f"words/{told}").text
    mark = here.mark(told, "It was late again.", NEW, "Waiting")
    asked = bea.see(f"words/{told}")
    assert "We understood your story like this. Is that right?" in asked.text
    bea.send(asked, "/understood", answer="partly", words="It was about respect.")
    assert "Your answer: Not quite." in bea.see(f"words/{told}").text
    theme = ada.get(f"{here.room.path}/themes/{here.theme('Waiting')}")
    assert "Its teller says: not quite right." in theme.text
    assert "It was about respect." in theme.text
    here.move(mark, here.theme("Waiting"), NEW, "Respect")
    assert "Your answer:" not in bea.see(f"words/{told}").text, "it is another understanding now"


def test_the_room_sees_themes_once_they_are_shown_and_never_what_it_may_not(here: Group) -> None:
    bea, ada = here.people.bea(here.room), here.people.ada
    told, secret = here.tell(bea, BUS), here.tell(bea, "Nobody must know this.", level=1)
    here.mark(told, "It was late again.", NEW, "Waiting")
    here.mark(secret, "Nobody must know this.", here.theme("Waiting"))
    assert "late again" not in ada.get(f"{here.room.path}/screen").text
    ada.post(f"{here.room.path}/console/activity/{here.room.activities['curate']}/reveal")
    shown = ada.get(f"{here.room.path}/screen").text
    assert "It was late again." in shown
    assert "1 teller" in shown
    assert "must know" not in shown
    bea.post(f"{here.room.path}/words/{told}/take-back")
    assert "late again" not in ada.get(f"{here.room.path}/screen").text


def test_of_each_recording_of_a_story_a_stretch_can_be_marked(here: Group) -> None:
    told, other = (here.tell(here.people.bea(here.room), text) for text in (BUS, NURSE))
    first, second, elsewhere = (recorded(here, to, seconds) for to, seconds in ((told, 60), (told, 90), (other, 60)))
    where = f"{here.room.path}/themes/stories/{told}"
    page = here.people.ada.get(where)
    assert page.html.count('name="medium"') == page.html.count('name="from_second"') == 2
    stretches = {
        "medium": [first, second, elsewhere],
        "from_second": ["", "1:05", "0:01"],
        "to_second": ["", "1:20", "0:02"],
    }
    assert here.people.ada.send(page, "/mark", act="none", **stretches).status == 303
    (mark,) = here.marked(None)
    assert (mark.medium_id, mark.from_second, mark.to_second) == (second, 65, 80)
    side = here.people.ada.get(where).text.split("Marked in this story")[1]
    assert "From 1:05 to 1:20 Recording 2" in side


@pytest.mark.parametrize(("begins", "until"), [("soon", "0:10"), ("0:10", ""), ("0:40", "0:12"), ("5:00", "6:00")])
def test_a_stretch_that_nobody_can_find_is_asked_for_again_and_all_that_was_typed_is_kept(
    here: Group, begins: str, until: str
) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    sound = recorded(here, told, 60)
    page = here.people.ada.get(f"{here.room.path}/themes/stories/{told}")
    typed = {"piece": "text:0-5", "medium": sound, "from_second": begins, "to_second": until, "name": "Waiting"}
    again = here.people.ada.send(page, "/mark", act="new", **typed)
    assert again.status == 422
    assert "This is no stretch of the recording." in again.text
    kept = again.fields("/mark")
    assert (kept["from_second"], kept["to_second"], kept["name"]) == (begins, until, "Waiting")
    assert here.marked(None) == []


def recorded(here: Group, told: str, seconds: int) -> str:
    """A sound that belongs to a story; its id."""
    values = {"id": new_id(), "workshop_id": here.room.id, "contribution_id": told, "kind": "sound", "state": "ready"}
    with here.app.app_context(), writing():
        db.session.execute(sa.insert(Medium).values(seconds=seconds, approved_at=now(), **values))
    return values["id"]


def test_search_says_when_nothing_was_found(here: Group) -> None:
    here.tell(here.people.bea(here.room), NURSE)
    page = here.people.ada.get(f"{here.room.path}/themes/stories?q=zebra")
    assert "These words stand in no story." in page.text
    assert "The nurse" in here.people.ada.get(f"{here.room.path}/themes/stories?q=nurs").text
