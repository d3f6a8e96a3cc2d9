"""Asked of every route there is: headers, faults that tell nothing, looks at raw words that are noted."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.people import People, Staff
from tests.test_permissions import World, address, guarded
from workshop.commands import writing
from workshop.extensions import db
from workshop.live import parts
from workshop.models import Audit, Contribution
from workshop.permissions import May
from workshop.web.security import HEADERS

STORY = "A story of bea"  # as the world of the permissions has it, up to the sign that HTML writes otherwise
INSIDE = "the inside of the machine"


@pytest.fixture
def world(app: Flask, people: People) -> World:
    return World(app, people)


def asked(world: World) -> Iterator[tuple[str, str, May]]:
    for rule, method, needs in guarded(world.app):
        yield method, address(rule, world), needs


@pytest.mark.shows("S15")
def test_every_answer_of_every_route_carries_the_headers(world: World) -> None:
    """Pages, redirects, refusals, things that are not there: by somebody who may, and by a stranger."""
    for person in (world.people.ada, world.everybody["bea"], world.everybody["stranger"]):
        for method, path, _needs in asked(world):
            headers = person.client.open(path, method=method, base_url=person.address).headers
            missing = [name for name in HEADERS if len(headers.getlist(name)) != 1]
            assert not missing, f"{method} {path}: {missing}"
            assert "unsafe" not in headers["Content-Security-Policy"], path


@pytest.mark.shows("S32")
def test_a_fault_in_any_route_says_a_number_and_nothing_of_its_inside(world: World) -> None:
    app, ada = world.app, world.people.ada
    token, real = ada.token(), dict(app.view_functions)

    def broken(**_values: object) -> str:
        raise ValueError(INSIDE)

    for rule, method, _needs in guarded(app):
        app.view_functions[rule.endpoint] = broken
        answer = ada.client.open(address(rule, world), method=method, data={"csrf_token": token}, base_url=ada.address)
        app.view_functions[rule.endpoint] = real[rule.endpoint]
        said = answer.get_data(as_text=True)
        assert answer.status_code == 500, rule.rule
        assert "say this number" in said, rule.rule
        assert not [word for word in (INSIDE, "Traceback", "ValueError", ".py") if word in said], rule.rule


@pytest.mark.shows("P27")
@pytest.mark.parametrize("state", ["waiting", "shown", "held"])
def test_no_route_shows_raw_words_to_an_account_without_noting_it(app: Flask, people: People, state: str) -> None:
    """Each page is asked by a colleague who has read nothing before; who finds the story in it has left a line."""
    world = World(app, people)
    story = world.values["contribution_id"]
    with app.app_context(), writing():
        db.session.execute(sa.update(Contribution).where(Contribution.id == story).values(state=state))
    shown, forgotten = [], []
    for number, path in enumerate(pages_for_accounts(world)):
        colleague = Staff(app, f"colleague{number}", people.organisation_id)
        if STORY in colleague.client.get(path, base_url=colleague.address).get_data(as_text=True):
            shown.append(path)
            if ("read words", story) not in lines_of(app, colleague.id):
                forgotten.append(path)
    assert not forgotten
    assert shown


def pages_for_accounts(world: World) -> list[str]:
    room = world.room.path
    by_name = [f"{room}/parts/console/{name}" for name in parts.of("console")]
    return by_name + [path for method, path, _needs in asked(world) if method == "GET"]


def lines_of(app: Flask, user_id: str) -> set[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(sa.select(Audit.act, Audit.thing).where(Audit.user_id == user_id)).all()
        return {(row.act, row.thing) for row in rows}
