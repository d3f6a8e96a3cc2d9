"""One server for all tests of a module, and a room in it for each test."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.people import People, Person
from tests.support.serving import Listener, Running, cookies_of, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("live") / "instance") as server:
        yield server


@pytest.fixture(scope="module")
def app(served: Running) -> Flask:
    return served.app


@pytest.fixture(scope="module")
def people(app: Flask) -> People:
    return People(app)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    """A room with a question for cards that is open, and one for stories that waits."""
    made = build.workshop(app, people.organisation_id, "cards", "story")
    made.open("cards")
    return made


Follow = Callable[..., Listener]


@pytest.fixture
def follow(served: Running) -> Iterator[Follow]:
    """Somebody follows a room with their browser's cookies."""
    listeners: list[Listener] = []

    def begin(room: Room, who: Person | str = "", audience: str = "phone", asked: str = "", **headers: str) -> Listener:
        cookie = who if isinstance(who, str) else cookies_of(who)
        listener = Listener(served.port, f"/live/{room.id}/{audience}{asked}", cookie, headers)
        listeners.append(listener)
        return listener

    yield begin
    for listener in listeners:
        listener.close()
