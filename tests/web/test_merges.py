"""Two ideas that say the same become one only by the yes of both authors, and nobody learns who said no."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import answering, build
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop import exports
from workshop.activities import items_of
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Contribution, Merge
from workshop.queries import rooms
from workshop.queries.exports import export_id

BENCH, SEAT, LIFT = "A bench at the gate", "Somewhere to sit", "A lift"


class Ideas:
    """bea and ben have written nearly the same; a choice and a budget take up what they wrote."""

    def __init__(self, app: Flask, people: People) -> None:
        taking_up = {"items_from": "cards"}
        self.app, self.people = app, people
        self.room = build.workshop(
            app, people.organisation_id, "cards", ("dots", taking_up), ("budget", {**taking_up, "pot": 1000}), "cards"
        )
        self.room.open("cards")
        self.bea, self.bench = self.write(BENCH)
        self.ben, self.seat = self.write(SEAT)
        self.where = f"{self.room.path}/console/activity/{self.room.activities['cards']}/one-idea"

    def write(self, text: str) -> tuple[Participant, str]:
        phone = self.people.bea(self.room)
        phone.write("cards", text)
        answering.approve(self.people, self.room, phone.words()[0])
        return phone, phone.words()[0]

    def ask(self, one: str = "", other: str = "") -> Page:
        page = self.people.ada.get(self.where)
        return self.people.ada.send(page, "/one-idea", one=one or self.bench, other=other or self.seat)

    def says(self, phone: Participant, said: str, answer: str) -> Page:
        page = phone.see(f"words/{said}")
        action = next(f.get("action") for f in page.forms() if "/one-idea/" in (f.get("action") or ""))
        return phone.post(action, answer=answer)

    def both_say_yes(self) -> None:
        self.ask()
        self.says(self.bea, self.bench, "yes")
        self.says(self.ben, self.seat, "yes")

    def items(self) -> list[str]:
        with self.app.test_request_context():
            return sorted(item.text for item in items_of(self.room.activities["cards"], self.room.id))


@pytest.fixture
def here(app: Flask, people: People) -> Ideas:
    return Ideas(app, people)


ALONE = sorted([BENCH, SEAT])


def one(here: Ideas) -> list[str]:
    texts = {here.bench: BENCH, here.seat: SEAT}
    return [" + ".join(texts[each] for each in sorted(texts))]


def test_only_two_yeses_make_two_ideas_one(here: Ideas) -> None:
    assert here.ask().status == 303
    assert "We ask you something about it." in here.bea.see("my-words").text
    page = here.bea.see(f"words/{here.bench}").text
    assert "Another idea is close to yours. May both be one?" in page
    assert SEAT in page
    here.says(here.bea, here.bench, "yes")
    assert "We ask you something about it." not in here.bea.see("my-words").text
    assert here.items() == ALONE
    assert "They are one once the other person says yes, too." in here.bea.see(f"words/{here.bench}").text
    here.says(here.ben, here.seat, "yes")
    assert here.items() == one(here)
    assert "You both said yes." in here.bea.see(f"words/{here.bench}").text
    assert "They are one now: both said yes." in here.people.ada.get(here.where).text
    here.room.open("dots")
    assert one(here)[0] in here.people.bea(here.room).ask("dots").text


def test_nobody_learns_who_said_no(here: Ideas) -> None:
    """The team and the other author read the same whether the first said no, or nothing yet."""
    here.people.ada.follow(here.ask().location)
    before = [here.people.ada.get(here.where).text, here.ben.see(f"words/{here.seat}").text]
    here.says(here.bea, here.bench, "no")
    assert [here.people.ada.get(here.where).text, here.ben.see(f"words/{here.seat}").text] == before
    here.says(here.ben, here.seat, "yes")
    assert here.items() == ALONE
    assert "Not both have said yes." in here.people.ada.get(here.where).text


def test_a_yes_can_be_taken_back_and_the_team_can_undo_it(here: Ideas) -> None:
    here.both_say_yes()
    here.says(here.bea, here.bench, "no")
    assert here.items() == ALONE
    here.says(here.bea, here.bench, "yes")
    assert here.items() == one(here)
    here.people.ada.send(here.people.ada.get(here.where), "/undo")
    assert here.items() == ALONE
    assert "May both be one?" not in here.bea.see(f"words/{here.bench}").text


def test_other_words_are_another_question(here: Ideas) -> None:
    here.both_say_yes()
    page = here.bea.see(f"words/{here.bench}/correct")
    here.bea.send(page, text="A fence at the gate")
    answering.approve(here.people, here.room, here.bench)
    assert here.items() == sorted(["A fence at the gate", SEAT])
    assert "May both be one?" not in here.ben.see(f"words/{here.seat}").text
    assert "The words have changed since." in here.people.ada.get(here.where).text


def test_when_one_is_taken_back_the_other_stands_alone_and_nothing_is_left(app: Flask, here: Ideas) -> None:
    here.both_say_yes()
    here.bea.post(f"{here.room.path}/words/{here.bench}/take-back")
    assert here.items() == [SEAT]
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Merge)).scalar() == 0
    assert BENCH not in here.people.ada.get(here.where).text


def test_a_choice_that_has_begun_does_not_change_under_people(here: Ideas) -> None:
    here.ask()
    here.says(here.bea, here.bench, "yes")
    here.room.open("dots")
    assert here.items() == ALONE
    page = here.ben.see(f"words/{here.seat}")
    assert "People choose already: it stays as it is." in page.text
    assert not [form for form in page.forms() if "/one-idea/" in (form.get("action") or "")]
    merge = only_merge(here)
    answer = f"{here.room.path}/words/{here.seat}/one-idea/{merge}"
    assert here.ben.post(answer, answer="yes").status == 409
    assert here.people.ada.post(f"{here.where}/{merge}/undo").status == 409
    assert here.people.ada.post(here.where, one=here.bench, other=here.seat).status == 409
    assert here.items() == ALONE


def only_merge(here: Ideas) -> str:
    with here.app.app_context():
        return str(db.session.execute(sa.select(Merge.id)).scalar_one())


def test_what_a_project_costs_is_asked_anew_once_two_are_one(here: Ideas) -> None:
    budget = f"{here.room.path}/agenda/{here.room.activities['budget']}"
    costs = {
        f"answers-{asked}-{idea}": said
        for idea in (here.bench, here.seat)
        for asked, said in (("cost", "100"), ("can", "yes"))
    }
    page = here.people.ada.get(budget)
    assert here.people.ada.send(page, **costs).status in (302, 303)
    assert prices(here) == {BENCH: 100, SEAT: 100}
    here.both_say_yes()
    assert prices(here) == {one(here)[0]: 0}
    here.people.ada.send(here.people.ada.get(here.where), "/undo")
    assert prices(here) == {BENCH: 100, SEAT: 100}


def prices(here: Ideas) -> dict[str, int]:
    from workshop.kinds.budget.projects import offered  # noqa: PLC0415 - kinds are found once there is an app

    with here.app.test_request_context():
        return {each.text: each.cost for each in offered(here.room.activity("budget"))}


def test_the_teams_own_card_needs_only_its_authors_yes(here: Ideas) -> None:
    write = f"{here.room.path}/console/activity/{here.room.activities['cards']}/card"
    here.people.ada.send(here.people.ada.get(write), text=LIFT)
    with here.app.test_request_context():
        own = next(item.id for item in items_of(here.room.activities["cards"], here.room.id) if item.text == LIFT)
    here.ask(here.bench, own)
    here.says(here.bea, here.bench, "yes")
    assert len(here.items()) == 2


@pytest.mark.parametrize("other", ["", "x", "same", "elsewhere"])
def test_what_cannot_be_asked_is_said(here: Ideas, other: str) -> None:
    chosen = {"same": here.bench, "elsewhere": "0" * 32}.get(other, other)
    page = here.people.ada.post(here.where, one=here.bench, other=chosen)
    assert page.status == 422
    assert "Please choose two different ideas." in page.text


def test_asking_twice_asks_once(here: Ideas) -> None:
    here.ask()
    assert here.people.ada.post(here.where, one=here.seat, other=here.bench).status == 422
    assert only_merge(here)


def test_it_is_nobody_elses(here: Ideas) -> None:
    here.ask()
    merge = only_merge(here)
    assert here.people.dora.get(here.where).status == 403
    assert here.people.dora.post(f"{here.where}/{merge}/undo").status == 403
    answer = f"{here.room.path}/words/{here.bench}/one-idea/{merge}"
    assert here.ben.post(answer, answer="yes").status == 403
    assert here.people.stranger().post(answer, answer="yes").status in (303, 403, 404)
    assert here.bea.post(f"{here.room.path}/words/{here.bench}/one-idea/{'0' * 32}", answer="yes").status == 409


def test_the_export_says_which_ideas_are_one_and_nothing_of_who_was_asked(here: Ideas) -> None:
    def exported(viewer: Viewer = Viewer.ORGANISER_EXPORT) -> list[tuple[object, ...]]:
        with here.app.test_request_context():
            [table] = [each for each in exports.tables(rooms.workshop(here.room.id), viewer) if each.name == "one_idea"]
            return [tuple(row) for row in table.rows]

    here.ask()
    here.says(here.bea, here.bench, "yes")
    assert exported() == [], "one yes is not told"
    here.says(here.ben, here.seat, "yes")
    assert exported() == [], "words for the room alone leave no house"
    with here.app.app_context():
        db.session.execute(sa.update(Contribution).values(level=3))
        db.session.commit()
        named = {export_id(here.room.id, here.bench), export_id(here.room.id, here.seat)}
    [(place, *both)] = exported()
    assert (place, {*both}) == (1, named)
    assert exported(Viewer.PUBLIC) == [], "words that are not public are not paired in public"
