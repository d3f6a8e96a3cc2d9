"""ada keeps an organisation: what it states, who works in it, its workshops; dora sees nothing of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.support import build
from tests.support.asking import queries_of
from tests.support.build import STATED
from tests.support.page import Page
from tests.support.people import People, Person, Staff
from workshop.commands import accounts, command, links, organising
from workshop.extensions import db
from workshop.models import Audit, Commitment, Membership, Participant, Workshop
from workshop.models.columns import now
from workshop.models.statements import STATEMENTS
from workshop.queries import accounts as account_queries
from workshop.queries import office, rooms

NAMES = [statement.name for statement in STATEMENTS]


def acts(app: Flask) -> list[tuple[str, str, str]]:
    """The audit log: act, thing, outcome."""
    with app.app_context():
        rows = db.session.execute(sa.select(Audit.act, Audit.thing, Audit.outcome).order_by(Audit.id))
        return [tuple(row) for row in rows]  # type: ignore[misc]


def start_of(people: People, who: Person | None = None) -> Page:
    return (who or people.ada).get(f"/o/{people.organisation_id}/")


def new_workshop(people: People, title: str = "River day", recipe: str = "empty") -> str:
    """ada makes a workshop; returns its path."""
    page = people.ada.get(f"/o/{people.organisation_id}/workshops/new")
    made = people.ada.send(page, title=title, recipe=recipe)
    assert made.status == 303, made.text
    return made.location.removesuffix("/agenda")


def state_organisation(app: Flask, people: People, **changes: str) -> None:
    with app.app_context():
        organisation = account_queries.organisation(people.organisation_id)
        organising.state(organisation, {**STATED, **changes}, people.organisation_id)


# Making an organisation, inviting, letting go


def test_somebody_with_an_account_makes_an_organisation_and_becomes_its_organiser(app: Flask, people: People) -> None:
    ada = people.ada
    before = ada.cookie("workshop")
    page = ada.send(ada.get("/organisations/new"), name="Lakeside care")
    assert page.location.endswith("/statements")
    assert ada.follow(page.location).h1 == "Statements of «Lakeside care»"
    assert ada.cookie("workshop") != before, "Whoever may do more now gets a new sign-in."
    assert ada.get("/office").h1 == "Your organisations"


def test_an_invitation_is_a_link_to_pass_on_and_makes_one_account(app: Flask, people: People) -> None:
    link = invited(people, "fay@example.org")
    fay = people.stranger()
    asked = fay.get(link)
    assert "The invitation is for fay@example.org." in asked.text
    answer = fay.send(asked, name="Fay", new_password="green teapot dances")
    assert answer.location == f"/o/{people.organisation_id}/"
    assert start_of(people, fay).h1 == "What needs me today?"
    assert fay.get(f"/o/{people.organisation_id}/people").status == 403
    assert people.stranger().get(link).status == 410
    assert ("invite", "facilitator", "done") in acts(app)
    assert ("accept invitation", "facilitator", "done") in acts(app)


def test_an_invitation_to_an_address_with_an_account_needs_that_account(app: Flask, people: People) -> None:
    """Otherwise whoever may invite could take over anybody's account."""
    people.dora.get("/account")
    link = invited(people, "Dora@Example.org", "organiser")
    thief = people.stranger()
    assert thief.get(link).location.startswith("/sign-in?next=/o/")
    assert thief.post(link, name="Thief", new_password="green teapot dances").status == 303
    assert thief.get("/account").status == 303
    assert "You are signed in with another address." in people.ada.get(link).text
    assert "You are signed in with another address." in people.ada.post(link).text
    people.dora.send(people.dora.get(link))
    assert start_of(people, people.dora).status == 200


@pytest.mark.shows("S10")
def test_an_expired_invitation_stays_expired_also_after_a_new_password(app: Flask, people: People) -> None:
    link = invited(people, "fay@example.org")
    with time_machine.travel(now() + timedelta(days=15)):
        late = people.stranger()
        assert late.get(link).status == 410
        with app.app_context():
            fay = accounts.add_user("fay@example.org", "Fay", None)
            reset = links.make_link(fay, "reset", people.organisation_id)
        path = f"/o/{people.organisation_id}/new-password/{reset}"
        assert late.send(late.get(path), new_password="green teapot dances").status == 303
        assert late.get(link).status == 410
        assert late.post(link).status == 410
        assert start_of(people, late).status == 403


def test_a_newer_invitation_takes_the_place_of_the_older_one(people: People) -> None:
    older, newer = invited(people, "fay@example.org"), invited(people, "fay@example.org")
    assert people.stranger().get(older).status == 410
    assert people.stranger().get(newer).status == 200


def test_invitations_are_limited_by_the_hour(app: Flask, people: People) -> None:
    app.config["INVITES_PER_HOUR"] = 2
    page = people.ada.get(f"/o/{people.organisation_id}/people")
    answers = [people.ada.send(page, action="/people", email=f"{n}@example.org") for n in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert "Retry-After" in answers[2].response.headers


@pytest.mark.shows("S08")
def test_a_new_role_signs_the_person_out_and_holds_at_once(app: Flask, people: People) -> None:
    fay = Staff(app, "fay", people.organisation_id, "facilitator")
    ada = people.ada
    path = f"/o/{people.organisation_id}/people"
    ada.send(ada.get(path), action=f"/people/{fay.id}/role", role="organiser")
    assert fay.get("/account").status == 303
    assert ("make organiser", fay.id, "done") in acts(app)
    ada.send(ada.get(f"{path}/{fay.id}/let-go"))
    assert ("let go", fay.id, "done") in acts(app)
    assert fay.id not in ada.get(path).html


def test_the_last_organiser_stays(app: Flask, people: People) -> None:
    ada = people.ada
    path = f"/o/{people.organisation_id}/people"
    lowered = ada.send(ada.get(path), action=f"/people/{ada.id}/role", role="facilitator")
    assert "An organisation needs an organiser." in ada.follow(lowered.location).text
    gone = ada.send(ada.get(f"{path}/{ada.id}/let-go"))
    assert "An organisation needs an organiser." in ada.follow(gone.location).text
    assert ada.get(path).status == 200


def test_nobody_of_another_organisation_can_be_touched_from_here(app: Flask, people: People) -> None:
    """A person's id is no permission: dora belongs to the other house."""
    ada, dora = people.ada, people.dora
    base = f"/o/{people.organisation_id}/people/{dora.id}"
    assert ada.post(f"{base}/role", role="facilitator").status == 404
    assert ada.post(f"{base}/let-go").status == 404
    assert ada.post(f"{base}/new-password").status == 404
    assert dora.get("/account").status == 200
    with app.app_context():
        organising.let_go(account_queries.organisation(people.organisation_id), dora.id, ada.id)
    assert dora.get("/account").status == 200


def test_an_organiser_makes_a_link_to_a_new_password_only_for_people_who_are_nowhere_else(
    app: Flask, people: People
) -> None:
    ada = people.ada
    fay = Staff(app, "fay", people.organisation_id, "facilitator")
    path = f"/o/{people.organisation_id}/people/{fay.id}/new-password"
    link = shown_link(ada.send(ada.get(path)))
    thief = people.stranger()
    chosen = thief.send(thief.get(link), new_password="green teapot dances")
    assert chosen.location == "/office"
    assert fay.get("/account").status == 303, "Whoever was signed in before is out."
    join(app, fay.id, people.other_organisation_id)
    answer = ada.post(path)
    assert "is in another organisation too" in ada.get(answer.location).text


# Statements


@pytest.mark.shows("P01")
@pytest.mark.parametrize("name", NAMES)
def test_a_workshop_does_not_open_while_a_statement_is_missing_or_an_example(
    app: Flask, people: People, name: str
) -> None:
    path = new_workshop(people)
    for text in ("", "Example: somebody"):
        state_organisation(app, people, **{name: text})
        desk = people.ada.get(f"{path}/office")
        assert f"{path}/office/statements?missing=1#{name}" in desk.links()
        refused = people.ada.post(f"{path}/office/open")
        page = people.ada.get(refused.location)
        assert "The workshop cannot open yet." in page.text
        assert f"#{name}" in page.links()
        assert ("still an example" in page.text) is bool(text)
    people.ada.send(
        people.ada.get(f"{path}/office/statements"), **{name: "5" if name.startswith("keep_") else "Said here"}
    )
    people.ada.post(f"{path}/office/open")
    with app.app_context():
        assert rooms.workshop(path.split("/")[2]).state == "open"


@pytest.mark.shows("P01")
def test_statements_are_inherited_and_a_workshop_can_say_them_otherwise(app: Flask, people: People) -> None:
    path = new_workshop(people)
    ada = people.ada
    page = ada.get(f"{path}/office/statements")
    assert "The organisation says: «who decides is stated»" in page.text
    assert page.fields()["who_decides"] == ""
    ada.send(page, who_decides="The users' council alone")
    house = ada.get(f"/o/{people.organisation_id}/statements")
    ada.send(house, who_decides="The board", purpose="To listen")
    with app.app_context():
        stated = rooms.statements(path.split("/")[2])
    assert stated["who_decides"] == "The users' council alone"
    assert stated["purpose"] == "To listen"
    changed = [act for act, _thing, _outcome in acts(app) if act == "change statements"]
    assert len(changed) == 2
    assert "council" not in str(acts(app)), "The audit log holds no words."


@pytest.mark.shows("S29")
def test_too_long_a_statement_is_refused_and_kept(people: People) -> None:
    ada = people.ada
    page = ada.send(ada.get(f"/o/{people.organisation_id}/statements"), purpose="x" * 2001)
    assert page.status == 422
    assert page.fields()["purpose"] == "x" * 2001


# What needs me today?


def test_today_lists_what_is_open_waits_is_due_and_lacks_statements(app: Flask, people: People) -> None:
    draft = new_workshop(people, "Not ready yet")
    state_organisation(app, people, dpia="")
    room = build.workshop(app, people.organisation_id, "cards", title="Open room", statements=STATED)
    room.open("cards")
    people.bea(room).write("cards", "A bench")
    over = build.workshop(app, people.organisation_id, "cards", title="Last spring", statements=STATED)
    with app.app_context():
        close(over.id, now().date() - timedelta(days=3))
        promise(over.id, now().date() + timedelta(days=5))
        promise(over.id, now().date() + timedelta(days=40))
    page = start_of(people)
    for duty in (
        "Open room : is open now",
        "Open room : 1 contribution waits for you",
        "Last spring : people were promised an answer late since",
        "Last spring : 1 promise is due",
        "Not ready yet : 1 statement is missing before it can open",
    ):
        assert duty in page.text
    assert f"{draft}/office/statements" in page.links()
    assert "A bench" not in page.html


def test_a_quiet_day_says_so(people: People) -> None:
    page = start_of(people)
    assert "Nothing today." in page.text
    assert "No workshop yet." in page.text


def test_the_first_page_asks_the_database_as_often_with_one_workshop_as_with_thirty(app: Flask, people: People) -> None:
    new_workshop(people)
    start_of(people)
    one = queries_of(app, lambda: start_of(people))
    for number in range(29):
        build.workshop(app, people.organisation_id, title=f"Workshop {number}", statements=STATED)
    assert queries_of(app, lambda: start_of(people)) == one


@pytest.mark.shows("S20")
def test_dora_finds_nothing_of_adas(app: Flask, people: People) -> None:
    path = new_workshop(people, "Quiet words")
    for address in (f"{path}/office", f"{path}/agenda", f"{path}/office/statements", f"/o/{people.organisation_id}/"):
        assert people.dora.get(address).status == 403
    assert "Quiet words" not in people.dora.follow("/office").html


# Workshops


@pytest.mark.parametrize(("recipe", "minutes"), [("first-try", 20), ("room-conversation", 90), ("empty", 0)])
def test_a_workshop_from_a_recipe_has_its_agenda_doors_and_roles(
    app: Flask, people: People, recipe: str, minutes: int
) -> None:
    path = new_workshop(people, "Our evening", recipe)
    with app.app_context():
        workshop = rooms.workshop(path.split("/")[2])
        assert set(rooms.doors(workshop.id)) == {"lived", "service", "screen"}
        assert sum(activity.minutes for activity in rooms.agenda(workshop.id)) == minutes
        assert {role["side"] for role in workshop.roles} == {"lived", "service", "other"}
    assert people.ada.get(f"{path}/office").h1 == "Our evening"


def test_roles_can_be_written_anew_but_both_sides_stay(app: Flask, people: People) -> None:
    path = new_workshop(people)
    ada = people.ada
    page = ada.get(f"{path}/office/roles")
    assert page.fields()["name_1"] == "Service user"
    wrong = ada.send(page, name_3="", name_4="")
    assert wrong.status == 422
    assert "at least one role of each side" in wrong.text
    ada.send(page, name_1="Tenant", name_2="", name_6="Caretaker", side_6="service", name_7="Tenant", side_7="other")
    with app.app_context():
        roles = rooms.workshop(path.split("/")[2]).roles
    names = [role["name"] for role in roles]
    assert names == ["Tenant", "Professional", "Decision maker", "Somebody else", "Caretaker"]
    assert ada.send(page, name_1="x" * 61).status == 422
    assert ada.send(page, side_1="nobody").status == 422


def test_every_setting_that_changes_leaves_a_line(app: Flask, people: People) -> None:
    path = new_workshop(people)
    ada = people.ada
    ada.send(ada.get(f"{path}/office/settings"), title="A new name", trusted_room="y")
    with app.app_context():
        workshop = rooms.workshop(path.split("/")[2])
    assert workshop.title == "A new name"
    assert workshop.settings["trusted_room"] is True
    assert [thing for act, thing, _ in acts(app) if act == "change setting"] == ["trusted_room True"]


def test_only_an_organiser_lets_people_choose_their_side(app: Flask, people: People) -> None:
    path = new_workshop(people)
    fay = Staff(app, "fay", people.organisation_id, "facilitator")
    page = fay.get(f"{path}/office/settings")
    assert "people_choose_side" not in page.html
    fay.send(page, people_choose_side="y", sensitive="y", example="y", state="open")
    with app.app_context():
        workshop = rooms.workshop(path.split("/")[2])
    assert workshop.settings == {"sensitive": True}
    assert (workshop.example, workshop.state) == (False, "draft")


def test_a_duplicate_has_the_agenda_and_none_of_the_people(app: Flask, people: People) -> None:
    room = build.workshop(
        app, people.organisation_id, "cards", ("dots", {"items_from": "cards"}), statements={"purpose": "Our own"}
    )
    room.open("cards")
    people.bea(room).write("cards", "A bench")
    answer = people.ada.post(f"{room.path}/office/duplicate")
    copy_id = answer.location.split("/")[2]
    with app.app_context():
        copy, old = rooms.workshop(copy_id), rooms.workshop(room.id)
        cards, dots = rooms.agenda(copy_id)
        assert (copy.title, copy.state, copy.roles) == ("River day (copy)", "draft", old.roles)
        assert dots.settings["items_from"] == cards.id != room.activities["cards"]
        assert (cards.state, dots.gives) == ("waiting", "ballot")
        assert office.own_statements(copy_id) == {"purpose": "Our own"}
        assert office.holdings(copy_id) == (0, 0)
        assert rooms.doors(copy_id)["lived"].code != rooms.doors(room.id)["lived"].code
    assert "A bench" not in people.ada.get(f"/w/{copy_id}/office").html


def test_a_deleted_workshop_is_gone_with_its_words_and_the_log_remembers(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea = people.bea(room)
    bea.write("cards", "A bench by the bus stop")
    fay = Staff(app, "fay", people.organisation_id, "facilitator")
    assert fay.post(f"{room.path}/office/delete").status == 403
    asked = people.ada.get(f"{room.path}/office/delete")
    assert "1 person took part." in asked.text
    assert "1 contribution goes, with its photos." in asked.text
    people.ada.send(asked)
    assert people.ada.get(f"{room.path}/office").status == 404
    assert bea.see("my-words").status == 404
    with app.app_context():
        assert db.session.execute(sa.select(sa.func.count()).select_from(Participant)).scalar() == 0
    for file in Path(app.config["INSTANCE"]).glob("workshop.sqlite*"):
        assert b"A bench by the bus stop" not in file.read_bytes()
    assert ("delete workshop", room.id, "done") in acts(app)


# helpers of these tests


def invited(people: People, email: str, role: str = "facilitator") -> str:
    page = people.ada.get(f"/o/{people.organisation_id}/people")
    return shown_link(people.ada.send(page, action="/people", email=email, role=role))


def shown_link(page: Page) -> str:
    """The link that is shown once, as a path."""
    [secret] = [p for p in page.all("p") if p.get("class") == "secret"]
    link = "".join(secret.itertext()).strip()
    assert link.startswith("http://localhost:5000/o/")
    return link.removeprefix("http://localhost:5000")


def join(app: Flask, user_id: str, organisation_id: str) -> None:
    @command
    def add() -> None:
        db.session.add(Membership(user_id=user_id, organisation_id=organisation_id, role="facilitator"))

    with app.app_context():
        add()


@command
def close(workshop_id: str, answer_by: Any) -> None:
    values = {"state": "closed", "answer_by": answer_by.isoformat()}
    db.session.execute(sa.update(Workshop).where(Workshop.id == workshop_id).values(**values))


@command
def promise(workshop_id: str, by: Any) -> None:
    db.session.add(Commitment(workshop_id=workshop_id, what="Call back", who="The team", by_date=by.isoformat()))
