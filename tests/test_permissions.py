"""Who may do what, asked of every route: each person x own, other workshop, other organisation x each method."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from tests.support import build
from tests.support.people import Participant, People, Person, Staff
from workshop.permissions import RULES, May

NAMED = {"workshop_id", "activity_id", "contribution_id", "organisation_id"}

# Who may, by name of the person: the truth table. `own` is the teller of the contribution.
TRUTH: dict[May, set[str]] = {
    May.VISIT: {"stranger", "bea", "other phone", "far phone", "screen", "ada", "fay", "cem", "dora"},
    May.USE_AN_ACCOUNT: {"ada", "fay", "cem", "dora"},
    May.FACILITATE: {"ada", "fay"},
    May.SEE_RESULTS: {"ada", "fay"},
    May.ORGANISE: {"ada"},
    May.LEAD: {"ada"},
    May.ANSWER: {"ada", "fay", "cem"},
    May.ANSWER_THIS: {"ada", "fay"},  # the story here is not for the service: cem answers those that are
    May.EXPORT: {"ada"},
    May.TAKE_PART: {"bea", "other phone"},
    May.OWN: {"bea"},
    May.WATCH: {"screen", "ada", "fay"},
    May.FOLLOW: {"bea", "other phone", "screen", "ada", "fay"},
    May.PERCEIVE: {"bea", "other phone", "screen", "ada", "fay", "cem"},  # the file itself asks the story's consent
}


class World:
    """One workshop with a story of bea's, and everybody who might knock."""

    def __init__(self, app: Flask, people: People) -> None:
        self.app, self.people = app, people
        self.room = build.workshop(app, people.organisation_id, "story", "cards")
        self.far = build.workshop(app, people.other_organisation_id, "cards")
        self.room.open("story", "cards")
        bea = Participant(app, self.room)
        bea.tell("story", "A story of bea's.", level=1)
        self.values = {
            "workshop_id": self.room.id,
            "activity_id": self.room.activities["story"],
            "contribution_id": bea.words()[0],
            "organisation_id": people.organisation_id,
        }
        self.everybody: dict[str, Person] = {
            "stranger": people.stranger(),
            "bea": bea,
            "other phone": Participant(app, self.room),
            "far phone": Participant(app, self.far),
            "screen": self._screen(),
            "ada": people.ada,
            "fay": Staff(app, "fay", people.organisation_id, "facilitator"),
            "cem": Staff(app, "cem", people.organisation_id, "responder"),
            "dora": people.dora,
        }

    def _screen(self) -> Person:
        screen = self.people.stranger()
        screen.get(f"/s/{self.room.doors['screen']}")
        return screen


@pytest.fixture
def world(app: Flask, people: People) -> World:
    return World(app, people)


def guarded(app: Flask) -> Iterator[tuple[Rule, str, May]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            needs = getattr(app.view_functions[rule.endpoint], "needs", None)
            assert needs is not None, f"{rule.endpoint} has no guard: put @needs(May.…) above the view."
            yield rule, method, needs


@pytest.mark.shows("S20")
def test_every_route_has_a_guard_and_every_permission_a_row_in_the_truth_table(app: Flask) -> None:
    used = {needs for _rule, _method, needs in guarded(app)}
    assert used <= set(TRUTH)
    assert set(RULES) == set(TRUTH), "A permission without a row in the truth table is not decided."


@pytest.mark.shows("S20")
def test_nobody_gets_in_where_the_table_says_no(world: World) -> None:
    """Every route and method is asked by everybody; those whom the table does not name are refused."""
    wrong = []
    for rule, method, needs in guarded(world.app):
        path = address(rule, world)
        for name, person in world.everybody.items():
            if name not in TRUTH[needs] and not is_refused(ask(person, method, path)):
                wrong.append(f"{name} {method} {path}")
    assert not wrong, "\n".join(wrong)


def test_those_whom_the_table_names_are_not_refused(world: World) -> None:
    """Reading pages only, so that nothing one of them does takes the ground from under the next."""
    wrong = []
    for rule, method, needs in guarded(world.app):
        if method != "GET":
            continue
        path = address(rule, world)
        for name in TRUTH[needs]:
            answer = ask(world.everybody[name], method, path)
            if is_refused(answer) and answer.status != 404:
                wrong.append(f"{name} {method} {path}: {answer.status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.shows("S20")
def test_a_contribution_or_activity_of_another_workshop_is_not_found_here(world: World) -> None:
    foreign = {"activity_id": world.far.activities["cards"], "contribution_id": "0" * 32}
    for rule, method, _needs in guarded(world.app):
        for name in set(rule.arguments) & set(foreign):
            path = address(rule, world, **{name: foreign[name]})
            for person in (world.everybody["bea"], world.people.ada):
                assert is_refused(ask(person, method, path)), f"{method} {path}"


def address(rule: Rule, world: World, **others: str) -> str:
    values: dict[str, Any] = dict.fromkeys(rule.arguments, "0" * 32)
    values |= {name: value for name, value in world.values.items() if name in rule.arguments}
    values |= others
    values |= {name: 1 for name, kind in rule._converters.items() if isinstance(kind, IntegerConverter)}
    with world.app.test_request_context(base_url="http://localhost:5000"):
        _, path = rule.build(values, append_unknown=False)  # type: ignore[misc]
    return path


def ask(person: Person, method: str, path: str) -> Any:
    if method == "GET":
        response = person.client.get(path, base_url=person.address)
    else:
        if not hasattr(person, "known_token"):
            person.known_token = person.token()  # type: ignore[attr-defined]
        fields = {"csrf_token": person.known_token}  # type: ignore[attr-defined]
        response = person.client.open(path, method=method, data=fields, base_url=person.address)
    return Answer(response.status_code, response.headers.get("Location", ""))


class Answer:
    def __init__(self, status: int, location: str) -> None:
        self.status, self.location = status, location


def is_refused(answer: Any) -> bool:
    return answer.status in (401, 403, 404) or (answer.status == 303 and answer.location.startswith("/sign-in"))
