"""The demo: made up, says so everywhere, can be opened at once, and is found again by the next run."""

import pytest
from flask import Flask

from tests.support.people import Person
from workshop.activities import discover
from workshop.commands import demo, running
from workshop.models.statements import STATEMENTS, is_example
from workshop.queries import accounts, rooms


def make(app: Flask, language: str = "en") -> demo.DemoLinks:
    with app.app_context():
        return demo.make_demo(language, {kind.name: kind.gives for kind in discover().values()})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_statement_is_there_and_says_that_it_is_an_example(app: Flask, language: str) -> None:
    links = make(app, language)
    with app.app_context():
        stated = accounts.organisation(links.organisation_id).statements
    assert set(stated) == {statement.name for statement in STATEMENTS}
    assert all(is_example(stated[each.name]) for each in STATEMENTS if not each.months)


def test_its_link_signs_the_organiser_in_and_the_workshop_opens(app: Flask) -> None:
    links = make(app)
    ada = Person(app)
    ada.send(ada.get(f"/sign-in/{links.sign_in}"))
    desk = ada.get(f"/w/{links.workshop_id}/office")
    assert "Example. Everything here is made up." in desk.text
    ada.send(desk, action="/office/open")
    bea = Person(app)
    page = bea.get(f"/j/{links.doors['lived']}")
    assert page.h1 == "First try"
    assert "Example. Everything here is made up." in page.text
    with app.app_context():
        assert rooms.behind_code(links.code).workshop_id == links.workshop_id


def test_the_next_run_finds_the_same_demo_and_makes_a_new_link(app: Flask) -> None:
    first, second = make(app), make(app, "ar")
    assert (first.workshop_id, first.code, first.doors) == (second.workshop_id, second.code, second.doors)
    assert first.sign_in != second.sign_in
    assert Person(app).get(f"/sign-in/{first.sign_in}").status == 410


def test_a_copy_of_the_demo_is_still_an_example(app: Flask) -> None:
    links = make(app)
    ada = Person(app)
    ada.send(ada.get(f"/sign-in/{links.sign_in}"))
    copy = ada.post(f"/w/{links.workshop_id}/office/duplicate")
    assert "Example. Everything here is made up." in ada.get(copy.location).text


def test_no_real_workshop_of_that_house_opens_on_examples(app: Flask) -> None:
    links = make(app)
    ada = Person(app)
    ada.send(ada.get(f"/sign-in/{links.sign_in}"))
    made = ada.send(ada.get(f"/o/{links.organisation_id}/workshops/new"), title="Real", recipe="empty")
    with app.app_context():
        workshop = rooms.workshop(made.location.split("/")[2])
        assert not workshop.example
        with pytest.raises(running.NotReady) as refused:
            running.open_workshop(workshop, None)
    assert refused.value.missing == [statement.name for statement in STATEMENTS if not statement.months]
