"""A workshop made from a recipe, as a test knows it: its doors, and its activities by the keys of the recipe."""

from flask import Flask

from tests.support.build import Room
from workshop import recipes
from workshop.commands import running
from workshop.queries import rooms


def of_recipe(app: Flask, workshop_id: str, recipe: recipes.Recipe) -> Room:
    row = rooms.workshop(workshop_id)
    assert row is not None
    doors = {door: running.door_token(workshop_id, row.generation, door) for door in running.DOORS}
    named = zip(recipe.steps, rooms.agenda(workshop_id), strict=True)
    return Room(app, workshop_id, doors, activities={step.key: activity.id for step, activity in named})
