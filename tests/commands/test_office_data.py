"""Accounts, links, agendas and workshops on every database that the app promises to work on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from workshop import recipes
from workshop.activities import discover
from workshop.commands import accounts, agenda, command, demo, links, organising, workshops
from workshop.commands.upkeep import TooMany
from workshop.events import first_broken_seal
from workshop.extensions import db
from workshop.models import Commitment
from workshop.models.columns import now
from workshop.queries import accounts as account_queries
from workshop.queries import office, rooms

PASSWORD = "blue kettle sings"
GIVES = {kind.name: kind.gives for kind in discover().values()}


@pytest.fixture
def house(any_app: Flask) -> tuple[str, str]:
    """An organisation and its organiser."""
    with any_app.app_context():
        ada = accounts.add_user("Ada@Example.org", "Ada", PASSWORD)
        return organising.make_organisation("Riverside", ada), ada


def test_an_address_has_one_account_however_it_is_spelt(any_app: Flask, house: tuple[str, str]) -> None:
    with any_app.app_context(), pytest.raises(accounts.AlreadyThere):
        accounts.add_user(" ada@EXAMPLE.org", "Another", None)


def test_wrong_tries_are_counted_and_right_ones_are_not(any_app: Flask, house: tuple[str, str]) -> None:
    with any_app.app_context():
        for _try in range(7):
            accounts.sign_in("ada@example.org", PASSWORD, "192.0.2.7")
        for _try in range(5):
            with pytest.raises(accounts.Wrong):
                accounts.sign_in("ada@example.org", "not the password", "192.0.2.7")
        with pytest.raises(TooMany):
            accounts.sign_in("ada@example.org", PASSWORD, "192.0.2.7")
        assert first_broken_seal() is None


def test_one_network_address_cannot_try_every_account(any_app: Flask) -> None:
    any_app.config["WRONG_PASSWORDS_PER_ADDRESS"] = 3
    with any_app.app_context():
        for number in range(3):
            with pytest.raises(accounts.Wrong):
                accounts.sign_in(f"{number}@example.org", "not the password", "192.0.2.7")
        with pytest.raises(TooMany):
            accounts.sign_in("4@example.org", "not the password", "192.0.2.7")
        with pytest.raises(accounts.Wrong):
            accounts.sign_in("4@example.org", "not the password", "192.0.2.8")


@pytest.mark.shows("S10")
def test_ten_clicks_at_once_spend_a_link_once(any_app: Flask, house: tuple[str, str]) -> None:
    with any_app.app_context():
        link = links.make_link(house[1], "sign_in")

    def click(_number: int) -> str | None:
        with any_app.app_context():
            try:
                return links.sign_in(link)
            except links.LinkOver:
                return None

    with ThreadPoolExecutor(10) as crowd:
        tokens = [token for token in crowd.map(click, range(10)) if token]
    assert len(tokens) == 1
    with any_app.app_context():
        assert account_queries.signed_in(tokens[0]).user_id == house[1]
        assert first_broken_seal() is None


def test_a_workshop_is_made_put_in_order_duplicated_and_deleted(any_app: Flask, house: tuple[str, str]) -> None:
    organisation_id, ada = house
    with any_app.app_context(), force_locale("en"):
        recipe = recipes.read("first-try")
        made = rooms.workshop(workshops.make_workshop(organisation_id, "Ours", recipe, GIVES, user_id=ada))
        first, second, *_rest = rooms.agenda(made.id)
        agenda.move(first, +1)
        assert [row.id for row in rooms.agenda(made.id)][:2] == [second.id, first.id]
        copy_id = workshops.duplicate(made, "Again", ada)
        assert [row.kind for row in rooms.agenda(copy_id)] == [row.kind for row in rooms.agenda(made.id)]
        workshops.delete(made, ada)
        assert rooms.workshop(made.id) is None
        assert [row.title for row in office.workshops(organisation_id)] == ["Again"]


def test_today_is_read_from_every_database(any_app: Flask) -> None:
    with any_app.app_context():
        shown = demo.make_demo("en", GIVES)
        organisation = account_queries.organisation(shown.organisation_id)
        promise(shown.workshop_id, (now().date() - timedelta(days=1)).isoformat())
        [duty] = office.duties(organisation, office.workshops(organisation.id))
    assert (duty.what, duty.count, duty.late) == ("promise", 1, True)


@command
def promise(workshop_id: str, by_date: str) -> None:
    db.session.add(Commitment(workshop_id=workshop_id, what="Call back", who="The team", by_date=by_date))
