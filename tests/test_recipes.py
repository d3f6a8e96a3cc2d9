"""Recipes are data: every one can be run as it stands, and every sentence of it reaches the translators."""

from io import BytesIO

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.support.people import People
from tools import sentences
from workshop import recipes
from workshop.activities import discover
from workshop.commands import workshops
from workshop.queries import rooms

NAMES = sorted(path.stem for path in recipes.HERE.glob("*.toml"))


def read(app: Flask, name: str, language: str = "en") -> recipes.Recipe:
    with app.app_context(), force_locale(language):
        return recipes.read(name)


def test_the_recipes_are_there_the_shortest_first(app: Flask) -> None:
    with app.app_context(), force_locale("en"):
        shelf = recipes.shelf(discover())
    assert [(recipe.title, recipe.minutes) for recipe in shelf] == [
        ("First try", 20),
        ("Prioritise in 20 minutes", 20),
        ("Jury and audience", 60),
        ("Participatory budget: the whole way", 60),
        ("Common ground", 75),
        ("Focus group", 90),
        ("Room conversation", 90),
        ("Conversation of Change", 150),
        ("Participatory budget: decision evening", 180),
        ("Half-day social hackathon", 240),
        ("Community reporting day", 360),
    ]


def test_a_recipe_whose_kind_is_missing_does_not_show(app: Flask) -> None:
    kinds = set(discover()) - {"curate"}
    with app.app_context(), force_locale("en"):
        assert "community-reporting-day" not in {recipe.name for recipe in recipes.shelf(kinds)}


@pytest.mark.parametrize("name", NAMES)
def test_its_minutes_add_up(app: Flask, name: str) -> None:
    recipe = read(app, name)
    assert sum(step.minutes for step in recipe.steps) == recipe.minutes


@pytest.mark.parametrize("name", NAMES)
def test_its_keys_are_different_and_what_it_takes_up_comes_earlier(app: Flask, name: str) -> None:
    known: set[str] = set()
    for step in read(app, name).steps:
        assert step.key not in known
        taken = {value.removeprefix("@") for value in step.settings.values() if str(value).startswith("@")}
        assert taken <= known, f"{step.key} takes up {taken - known}, which does not come before it."
        known.add(step.key)


@pytest.mark.parametrize("name", NAMES)
def test_its_kinds_know_every_setting_that_it_gives(app: Flask, name: str) -> None:
    with app.test_request_context():
        for step in read(app, name).steps:
            kind = discover()[step.kind]
            fields = set(kind.settings_form()().data) | {"shows"}
            assert set(step.settings) <= fields, f"{step.key}: {set(step.settings) - fields}"
            assert step.who in ("all", "lived", "service")


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_it_is_found_by_the_extraction(app: Flask, name: str) -> None:
    raw = (recipes.HERE / f"{name}.toml").read_bytes()
    found = {message for _line, _call, message, _comments in sentences.of_recipe(BytesIO(raw), (), (), {})}
    recipe = read(app, name)
    told = {recipe.title, recipe.about, *(step.title for step in recipe.steps), *(step.prompt for step in recipe.steps)}
    assert told - {""} <= found


@pytest.mark.parametrize("name", NAMES)
def test_a_workshop_made_from_it_refers_to_its_own_activities(app: Flask, people: People, name: str) -> None:
    gives = {kind.name: kind.gives for kind in discover().values()}
    recipe = read(app, name)
    with app.app_context(), force_locale("en"):
        made = workshops.make_workshop(people.organisation_id, "Ours", recipe, gives, user_id=None)
        agenda = rooms.agenda(made)
    ids = {activity.id for activity in agenda}
    for activity, step in zip(agenda, recipe.steps, strict=True):
        for setting, value in step.settings.items():
            if str(value).startswith("@"):
                assert activity.settings[setting] in ids


@pytest.mark.parametrize("name", ["../first-try", "first-try.toml", "", "/etc/passwd", "*"])
def test_a_name_that_is_no_recipe_opens_no_file(app: Flask, name: str) -> None:
    with pytest.raises(KeyError):
        read(app, name)
