"""Stories to hear: only those whose consent covers the audience, note first, silence after each."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import answering, build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import moderating, taking_part, writing
from workshop.extensions import db
from workshop.models import Contribution
from workshop.queries import contributions, playlists, rooms


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


def a_list(people: People, room: Room, audience: str = "room", **notes: str) -> str:
    """A playlist with these stories, by their ids."""
    made = people.ada.post(f"{room.path}/console/stories", title="The evening", audience=audience, seconds="30")
    for story, note in notes.items():
        people.ada.post(f"{made.location}/add", story=story.removeprefix("s"), note=note)
    return made.location


def press(people: People, room: Room, act: str = "next") -> None:
    """What the facilitator's thumb does, on the console as it is now."""
    console = people.ada.get(f"{room.path}/console")
    [button] = [b for b in console.all("button") if f"/playing/{act}" in (b.get("formaction") or "")]
    assert people.ada.post(str(button.get("formaction"))).status == 303


def screen(people: People, room: Room) -> str:
    return people.ada.get(f"{room.path}/screen").text


@pytest.mark.shows("P03", "P19")
def test_note_story_silence_and_the_next_one(people: People, room: Room) -> None:
    one, two = answering.told(people, room, "I waited.", level=2), answering.told(people, room, "I called.", level=2)
    path = a_list(people, room, **{f"s{one.story}": "It is about fear.", f"s{two.story}": ""})
    people.ada.post(f"{path}/start")
    assert "It is about fear." in screen(people, room)
    assert "I waited." not in screen(people, room)
    press(people, room)
    assert "I waited." in screen(people, room)
    press(people, room)
    assert "A moment of silence." in screen(people, room)
    press(people, room)
    assert "Story 2 of 2" in screen(people, room)
    press(people, room)
    assert "I called." in screen(people, room)
    press(people, room)
    press(people, room)
    assert "Thank you to everybody who told." in screen(people, room)
    press(people, room)
    assert "What about story?" in screen(people, room)


@pytest.mark.shows("P03")
@pytest.mark.parametrize(("audience", "heard"), [("room", 3), ("service", 2), ("report", 1), ("public", 0)])
def test_the_list_offers_what_consent_covers_and_says_how_many_are_left_out(
    people: People, room: Room, audience: str, heard: int
) -> None:
    for level in (1, 2, 3, 4):
        answering.told(people, room, f"Told at step {level}.", level=level)
    people.bea(room).tell("story", "Nobody approved this.", level=4)
    page = people.ada.get(a_list(people, room, audience))
    assert page.text.count("Told at step") == heard
    assert f"{4 - heard + (audience == 'public')} teller" in page.text
    assert ("1 story is not approved yet." in page.text) == (audience != "public")
    assert "Nobody approved this." not in page.text


def test_a_story_out_of_reach_is_not_added_by_hand(people: People, room: Room) -> None:
    bea = answering.told(people, room, "Only for the team.", level=1)
    path = a_list(people, room, **{f"s{bea.story}": ""})
    people.ada.post(f"{path}/start")
    assert "Only for the team." not in people.ada.get(path).text
    assert "Thank you to everybody who told." in screen(people, room)


@pytest.mark.shows("P06")
@pytest.mark.parametrize("how", ["take back", "lower"])
def test_a_story_that_goes_while_it_is_on_the_screen_gives_way_at_once(
    app: Flask, people: People, room: Room, how: str
) -> None:
    one, two = answering.told(people, room, "I waited.", level=2), answering.told(people, room, "I called.", level=2)
    path = a_list(people, room, **{f"s{one.story}": "", f"s{two.story}": "About a call."})
    people.ada.post(f"{path}/start")
    press(people, room)
    assert "I waited." in screen(people, room)
    with app.app_context():
        if how == "take back":
            taking_part.take_back(one.story, participant_id=contributions.one(one.story, room.id).participant_id)
        else:
            taking_part.set_level(contributions.one(one.story, room.id), 1)
    assert "I waited." not in screen(people, room)
    assert "About a call." in screen(people, room)
    press(people, room)
    assert "I called." in screen(people, room)


def test_a_second_tap_skips_nothing_and_silence_can_be_longer(app: Flask, people: People, room: Room) -> None:
    bea = answering.told(people, room, "I waited.", level=2)
    people.ada.post(f"{a_list(people, room, **{f's{bea.story}': ''})}/start")
    console = people.ada.get(f"{room.path}/console")
    [button] = [b for b in console.all("button") if "/playing/next" in (b.get("formaction") or "")]
    for _tap in range(2):
        people.ada.post(str(button.get("formaction")))
    assert "I waited." in screen(people, room)
    press(people, room)

    def ends() -> str:
        with app.app_context():
            playing = playlists.playing(room.id, rooms.workshop(room.id).stage)  # type: ignore[union-attr]
            assert playing is not None
            assert playing.ends is not None
            return playing.ends

    before = ends()
    press(people, room, "longer")
    assert ends() > before
    press(people, room, "stop")
    assert "What about story?" in screen(people, room)


def test_the_order_can_be_changed_and_a_story_left_out(people: People, room: Room) -> None:
    one, two = answering.told(people, room, "I waited.", level=2), answering.told(people, room, "I called.", level=2)
    path = a_list(people, room, **{f"s{one.story}": "", f"s{two.story}": ""})
    people.ada.post(f"{path}/change", story=two.story, act="up")
    text = people.ada.get(path).text
    assert text.index("I called.") < text.index("I waited.")
    people.ada.post(f"{path}/change", story=one.story, act="out")
    assert people.ada.get(path).text.index("Stories that can be added") < people.ada.get(path).text.index("I waited.")
    assert people.ada.post(f"{path}/change", story=one.story, act="burn").status == 422


def test_a_list_without_a_name_is_asked_for_one(people: People, room: Room) -> None:
    page = people.ada.post(f"{room.path}/console/stories", title="", audience="room", seconds="2")
    assert page.status == 422
    assert "Please write a name." in page.text
    assert "Write a number from 5 to 300." in page.text


@pytest.mark.shows("S20")
def test_another_organisation_plays_nothing_here(people: People, room: Room) -> None:
    path = a_list(people, room)
    assert people.dora.get(path).status == 403
    assert people.dora.post(f"{path}/start").status == 403


@pytest.mark.shows("P03", "P06")
def test_a_story_of_another_workshop_is_heard_when_it_was_given_for_events_and_goes_at_once(
    app: Flask, people: People, room: Room
) -> None:
    before = build.workshop(app, people.organisation_id, "story", title="The day before")
    before.open("story")
    far = build.workshop(app, people.other_organisation_id, "story")
    far.open("story")
    given = answering.told(people, before, "I waited for weeks.", level=4)
    answering.told(people, before, "Only for people of that day.", level=3)
    path = a_list(people, room, **{f"s{given.story}": ""})
    page = people.ada.get(path)
    assert "I waited for weeks." in page.text
    assert "Only for people of that day." not in page.text
    people.ada.post(f"{path}/start")
    press(people, room)
    assert "I waited for weeks." in screen(people, room)
    given.post(f"{before.path}/words/{given.story}/take-back")
    assert "I waited for weeks." not in screen(people, room)


@pytest.mark.shows("S20")
def test_a_story_of_another_organisation_is_never_offered(app: Flask, people: People, room: Room) -> None:
    far = build.workshop(app, people.other_organisation_id, "story")
    far.open("story")
    bea = people.bea(far)
    bea.tell("story", "Told on the hill.", level=5)
    by, story = people.dora.id, bea.words()[0]
    with app.app_context():
        moderating.approve(contributions.one(story, far.id), by, recognisable=False)
    assert "Told on the hill." not in people.ada.get(a_list(people, room, "report")).text


def test_the_tellers_own_warning_stands_before_the_story_when_nobody_wrote_another(
    app: Flask, people: People, room: Room
) -> None:
    bea = answering.told(people, room, "I waited.", level=2)
    with app.app_context(), writing():
        told = sa.update(Contribution).where(Contribution.id == bea.story)
        db.session.execute(told.values(more={"warning": "It is about a hospital."}))
    path = a_list(people, room, **{f"s{bea.story}": ""})
    people.ada.post(f"{path}/start")
    assert "It is about a hospital." in screen(people, room)
