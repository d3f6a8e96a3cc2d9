"""ada writes the agenda: she adds, orders, changes and removes, and sees what a phone will show."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import count, discover
from workshop.commands import moderating, running
from workshop.queries import contributions, rooms


def titles(room: Room) -> list[str]:
    with room.app.app_context():
        return [activity.title for activity in rooms.agenda(room.id)]


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    return build.workshop(app, people.organisation_id, "story", "cards", "dots")


def test_an_activity_of_every_kind_can_be_added_with_nothing_but_its_defaults(
    app: Flask, people: People, room: Room
) -> None:
    picker = people.ada.get(f"{room.path}/agenda/add")
    for name in discover():
        path = f"{room.path}/agenda/add/{name}"
        assert path in picker.links()
        answer = people.ada.send(people.ada.get(path), title=f"Our {name}")
        assert answer.status == 303, answer.text
    assert titles(room)[3:] == [f"Our {name}" for name in discover()]
    with app.app_context():
        added = {activity.kind: activity for activity in rooms.agenda(room.id)[3:]}
        assert {name: added[name].gives for name in added} == {name: kind.gives for name, kind in discover().items()}


def test_what_is_written_wrong_is_said_in_words_and_nothing_typed_is_lost(people: People, room: Room) -> None:
    page = people.ada.get(f"{room.path}/agenda/add/cards")
    wrong = people.ada.send(page, title="", prompt="What do you need?", minutes="soon", topics="Start\nStop")
    assert wrong.status == 422
    assert wrong.title.startswith("Error:")
    assert "Please write a title." in wrong.text
    assert "Please write whole numbers only." in wrong.text
    assert {"#title", "#minutes"} <= set(wrong.links())
    assert wrong.fields()["prompt"] == "What do you need?"
    assert wrong.fields()["topics"] == "Start\nStop"
    assert len(titles(room)) == 3


def test_up_and_down_keep_the_button_in_focus_and_stop_at_the_ends(people: People, room: Room) -> None:
    agenda = people.ada.get(f"{room.path}/agenda")
    story = room.activities["story"]
    moved = people.ada.send(agenda, action=f"/{story}/move", way="down")
    assert moved.location == f"{room.path}/agenda#down-{story}"
    assert titles(room) == ["Cards", "Story", "Dots"]
    assert f'id="down-{story}"' in people.ada.get(moved.location).html
    for _press in range(3):
        people.ada.post(f"{room.path}/agenda/{story}/move", way="down")
    assert titles(room) == ["Cards", "Dots", "Story"]
    people.ada.post(f"{room.path}/agenda/{story}/move", way="up")
    assert titles(room) == ["Cards", "Story", "Dots"]
    assert people.ada.post(f"{room.path}/agenda/{story}/move", way="sideways").status == 400


def test_changing_an_activity_keeps_what_was_not_asked(app: Flask, people: People, room: Room) -> None:
    path = f"{room.path}/agenda/{room.activities['dots']}"
    page = people.ada.get(path)
    answer = people.ada.send(
        page, title="Which first?", per_person="5", items_from=room.activities["cards"], who="lived", shows="counted"
    )
    assert answer.status == 303
    with app.app_context():
        dots = room.activity("dots")
        assert (dots.title, dots.who, dots.state) == ("Which first?", "lived", "waiting")
        assert dots.settings["items_from"] == room.activities["cards"]
        assert dots.settings["per_person"] == 5
        assert dots.settings["shows"] == "counted"


def test_a_choice_takes_its_items_only_from_earlier_activities_of_this_workshop(
    app: Flask, people: People, room: Room
) -> None:
    far = build.workshop(app, people.other_organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/{room.activities['dots']}")
    offered = [option.get("value") for option in page.all("option")]
    assert room.activities["cards"] in offered
    assert room.activities["dots"] not in offered
    answer = people.ada.send(page, items_from=far.activities["cards"])
    assert answer.status == 422


@pytest.mark.shows("S22")
def test_unknown_fields_change_nothing(app: Flask, people: People, room: Room) -> None:
    """Field allow-list: state, kind, workshop and position are no fields of the form."""
    page = people.ada.get(f"{room.path}/agenda/{room.activities['cards']}")
    people.ada.send(page, title="New", state="open", kind="dots", workshop_id="x", position="99", gives="ballot")
    with app.app_context():
        cards = room.activity("cards")
        assert (cards.title, cards.state, cards.kind, cards.gives, cards.position) == (
            "New",
            "waiting",
            "cards",
            "contributions",
            2,
        )
        assert set(cards.settings) <= {"level", "topics", "shows"}


def test_what_people_have_answered_to_stays_as_it_is(app: Flask, people: People, room: Room) -> None:
    room.open("dots", "cards")
    path = f"{room.path}/agenda/{room.activities['dots']}"
    page = people.ada.get(path)
    assert "People have seen this already." in page.text
    assert {"prompt", "per_person", "who"}.isdisjoint(page.fields())
    people.ada.send(page, title="A better title", prompt="Another question", per_person="9", who="lived")
    with app.app_context():
        dots = room.activity("dots")
        assert (dots.title, dots.prompt, dots.who) == ("A better title", "What about dots?", "all")
        assert dots.settings.get("per_person") != 9
    cards = people.ada.get(f"{room.path}/agenda/{room.activities['cards']}")
    assert "prompt" in cards.fields(), "A typing mistake in an open question can be mended."
    assert "level" not in cards.fields(), "Who may see the cards was said before people wrote."


def test_only_what_nobody_has_seen_can_be_removed(app: Flask, people: People, room: Room) -> None:
    room.open("cards")
    page = people.ada.get(f"{room.path}/agenda")
    assert f"{room.path}/agenda/{room.activities['cards']}/remove" not in page.links()
    kept = people.ada.post(f"{room.path}/agenda/{room.activities['cards']}/remove")
    assert "This was open already." in people.ada.get(kept.location).text
    asked = people.ada.get(f"{room.path}/agenda/{room.activities['story']}/remove")
    assert asked.h1 == "Remove Story from the agenda?"
    assert len(titles(room)) == 3, "Opening the page removes nothing."
    people.ada.send(asked)
    assert titles(room) == ["Cards", "Dots"]


def test_see_as_participant_shows_every_page_and_saves_nothing(app: Flask, people: People, room: Room) -> None:
    path = f"{room.path}/agenda/{room.activities['story']}/preview"
    first = people.ada.get(path)
    assert first.h1 == "What about story?"
    assert "Nothing is saved here." in first.text
    assert not first.forms()
    assert people.ada.get(f"{path}?at=1").h1 == "What would have helped?"
    last = people.ada.get(f"{path}?at=99")
    assert last.h1 == "Who may see this?"
    with app.app_context():
        assert rooms.present(room.id) == {"lived": 0, "service": 0, "other": 0}


def test_every_kind_can_be_seen_as_participant(people: People, room: Room) -> None:
    for name in discover():
        people.ada.send(people.ada.get(f"{room.path}/agenda/add/{name}"), title=f"Our {name}")
    agenda = people.ada.get(f"{room.path}/agenda")
    previews = [link for link in agenda.links() if link.endswith("/preview")]
    assert len(previews) == 3 + len(discover())
    assert {people.ada.get(link).status for link in previews} == {200}


def test_cards_can_wait_for_the_close_before_the_room_sees_them(app: Flask, people: People) -> None:
    ada = people.ada
    room = build.workshop(app, people.organisation_id, ("cards", {"shows": "closed"}), "story")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench by the bus stop")
    with app.app_context():
        [card] = contributions.queue(room.id)
        moderating.approve(contributions.one(card.id, room.id), ada.id)
    look_up = f"{room.path}/look-up"
    assert "A bench by the bus stop" not in bea.get(look_up).text
    assert "A bench by the bus stop" not in bea.ask("cards").text
    room.close("cards")
    assert "A bench by the bus stop" in bea.get(look_up).text


@pytest.mark.parametrize(("shows", "revealed"), [("counted", True), ("revealed", False)])
def test_results_can_show_as_soon_as_they_are_counted(app: Flask, people: People, shows: str, revealed: bool) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A\nB", "shows": shows}), "cards")
    room.open("dots")
    room.count("dots")
    with app.app_context():
        workshop = rooms.workshop(room.id)
        assert room.activity("dots").revealed is revealed
        assert (workshop.stage["show"] == "results") is revealed


def test_results_that_show_by_themselves_do_not_interrupt_the_next_question(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A\nB", "shows": "counted"}), "cards")
    room.open("dots")
    with app.app_context():
        running.close_activity(room.activity("dots"))
    room.open("cards")
    with app.app_context():
        count(room.activity("dots"))
        assert room.activity("dots").revealed
        assert rooms.workshop(room.id).stage == {"show": "activity", "activity": room.activities["cards"]}
