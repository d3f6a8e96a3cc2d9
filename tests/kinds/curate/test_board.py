"""ada gathers what people told into themes; what moves, what stays, and what goes with its teller."""

import pytest
from flask import Flask

from tests.kinds.curate.group import BUS, NURSE, Group, group
from tests.support.people import Participant, People
from workshop.commands import curating
from workshop.commands.curating import AWAY, NEW, Curator, Goal, NotThere
from workshop.consent import Viewer
from workshop.models.columns import new_id
from workshop.queries import search, themes


@pytest.fixture
def here(app: Flask, people: People) -> Group:
    return group(app, people)


def test_a_marked_sentence_stands_in_a_theme_with_its_teller(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    here.mark(told, "It was late again.", NEW, "Waiting")
    assert here.inside("Waiting") == ["It was late again."]
    theme = here.board()["Waiting"]
    assert (theme.highlights, theme.stories, theme.tellers.total, theme.tellers.shown) == (1, 1, 1, False)


def test_two_stories_of_one_teller_are_one_teller(here: Group) -> None:
    bea = here.people.bea(here.room)
    for story in (here.tell(bea, BUS), here.tell(bea, "The bus never came.")):
        here.mark(story, "bus", NEW, "Waiting")
    theme = here.board()["Waiting"]
    assert (theme.stories, theme.tellers.total) == (2, 1)


def test_highlights_move_merge_split_and_come_back_by_undo(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    late = here.mark(told, "It was late again.", NEW, "Waiting")
    here.mark(told, "Nobody told us why.", NEW, "No words")
    waiting = here.theme("Waiting")
    here.move(late, waiting, here.theme("No words"))
    assert len(here.inside("No words")) == 2
    with here.app.app_context():
        assert curating.undo(here.by)
    assert here.inside("Waiting") == ["It was late again."]
    with here.app.app_context():
        curating.merge(here.by, here.theme("Waiting"), here.theme("No words"))
    assert list(here.board()) == ["No words"]
    with here.app.app_context():
        assert curating.undo(here.by)
    assert here.inside("Waiting") == ["It was late again."]
    here.move(late, waiting, NEW, "Always late")
    assert here.inside("Always late") == ["It was late again."]
    with here.app.app_context():
        assert curating.undo(here.by)
    assert "Always late" not in here.board()
    here.move(late, waiting, AWAY)
    assert here.inside("Waiting") == []


def test_a_name_in_a_tellers_words_goes_with_them(here: Group) -> None:
    bea, cem = here.people.bea(here.room), here.people.cem(here.room)
    told = here.tell(bea, BUS)
    late = here.mark(told, "It was late again.", NEW, "First name")
    here.mark(here.tell(cem, NURSE), "The nurse was kind.", here.theme("First name"))
    with here.app.app_context():
        curating.name_after(here.by, here.theme("First name"), late)
    assert list(here.board()) == ["It was late again"]
    bea.post(f"{here.room.path}/words/{told}/level", level="1")
    assert list(here.board(Viewer.ROOM)) == ["Theme 1"], "the room may not read what the name repeats"
    assert list(here.board()) == ["It was late again"]
    bea.post(f"{here.room.path}/words/{told}/take-back")
    assert list(here.board()) == ["Theme 1"]
    assert here.inside("Theme 1") == ["The nurse was kind."]


def test_a_name_that_somebody_typed_after_the_teller_goes_as_well(here: Group) -> None:
    bea = here.people.bea(here.room)
    told = here.tell(bea, BUS)
    here.mark(told, "It was late again.", NEW, "«It was late again»!")
    bea.post(f"{here.room.path}/words/{told}/take-back")
    assert list(here.board()) == ["Theme 1"]


def test_what_the_teller_corrects_is_found_again_or_loose(here: Group) -> None:
    bea = here.people.bea(here.room)
    told = here.tell(bea, BUS)
    here.mark(told, "It was late again.", NEW, "Late")
    here.mark(told, "Nobody told us why.", NEW, "Told")
    corrected = "In winter I waited for the bus. It was late again. They told us."
    assert bea.post(f"{here.room.path}/words/{told}/correct", text=corrected).status == 303
    assert here.inside("Late") == [], "what waits for approval is nobody's to curate"
    here.approve(told)
    assert here.inside("Late") == ["It was late again."]
    assert here.inside("Told") == []
    with here.app.app_context():
        (loose,) = themes.loose(here.room.id)
        assert (loose.words, loose.contribution_id) == ("", told)
    assert here.board()["Told"].tellers.total == 0


def test_two_curators_move_the_same_highlight_and_the_first_wins(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    late = here.mark(told, "It was late again.", NEW, "Waiting")
    waiting = here.theme("Waiting")
    fay = Curator(here.room.id, user_id=here.by.user_id)
    assert here.move(late, waiting, NEW, "Buses").there == 1
    second = here.move(late, waiting, NEW, "Time", by=fay)
    assert (second.there, second.overtaken) == (0, 1)
    assert here.inside("Buses") == ["It was late again."]
    assert "Time" not in here.board()


def test_the_same_tap_twice_is_once(here: Group) -> None:
    told = here.tell(here.people.bea(here.room), BUS)
    late = here.mark(told, "It was late again.")
    goal = Goal(NEW, "Waiting", new_id())
    with here.app.app_context():
        first, second = (curating.move(here.by, [late], None, goal) for _ in range(2))
    assert (first.there, second.there) == (1, 1)
    assert list(here.board()) == ["Waiting"]
    here.mark(told, "It was late again.", here.theme("Waiting"))
    assert here.inside("Waiting") == ["It was late again."]


def test_a_phone_moves_nothing_but_its_own_and_sees_no_more_than_the_room(here: Group) -> None:
    bea, cem = here.people.bea(here.room), here.people.cem(here.room)
    secret = here.tell(bea, "Only for facilitators.", level=1)
    told = here.tell(bea, BUS)
    late = here.mark(told, "It was late again.", NEW, "Waiting")
    phone = Curator(here.room.id, participant_id=seat_of(cem))
    with pytest.raises(NotThere):
        here.mark(secret, "Only for facilitators.", by=phone)
    assert here.move(late, here.theme("Waiting"), AWAY, by=phone).there == 0
    with here.app.app_context(), pytest.raises(NotThere):
        curating.rename(phone, here.theme("Waiting"), "Mine now")
    here.mark(told, "Nobody told us why.", NEW, "Their silence", by=phone)
    assert "Their silence" not in here.board(Viewer.ROOM)
    with here.app.app_context():
        curating.approve(here.by, here.theme("Their silence"))
    assert "Their silence" in here.board(Viewer.ROOM)


def seat_of(phone: Participant) -> str:
    with phone.app.app_context():
        return str(
            themes.db.session.execute(
                themes.sa.text("SELECT id FROM participant ORDER BY joined_at DESC LIMIT 1")
            ).scalar_one()
        )


def test_search_finds_what_the_viewer_may_read_and_nothing_else(here: Group) -> None:
    bea = here.people.bea(here.room)
    told, low = here.tell(bea, BUS, helped="A word from the driver"), here.tell(bea, "A bus for facilitators", level=1)
    here.tell(bea, "A bus that waits", approve=False)
    with here.app.app_context():
        find = lambda words, viewer: set(search.stories(here.room.id, viewer, words))  # noqa: E731
        assert find("bus", Viewer.FACILITATOR) == {told, low}
        assert find("BUS", Viewer.ROOM) == {told}
        assert find("driver late", Viewer.ROOM) == {told}
        assert find("lat", Viewer.ROOM) == {told}
        assert find('" OR * NEAR(', Viewer.ROOM) == set()
    bea.post(f"{here.room.path}/words/{told}/take-back")
    with here.app.app_context():
        assert search.stories(here.room.id, Viewer.FACILITATOR, "driver") == []


def test_stories_that_are_near_say_why(here: Group) -> None:
    bea = here.people.bea(here.room)
    told, near = here.tell(bea, BUS), here.tell(bea, "Our bus is late every morning.")
    here.tell(bea, NURSE)
    with here.app.app_context():
        found, *_further = search.like(told, here.room.id, Viewer.FACILITATOR)
    assert found.id == near
    assert "late" in found.both
