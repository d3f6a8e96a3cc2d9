"""All scenes, in the order of a day."""

from tests.browser import (
    scenes_answers,
    scenes_budget,
    scenes_cards,
    scenes_console,
    scenes_helping,
    scenes_jury,
    scenes_marks,
    scenes_office,
    scenes_one_idea,
    scenes_pairs,
    scenes_phone,
    scenes_ranking,
    scenes_screen,
    scenes_statements,
    scenes_telling,
    scenes_themes,
    scenes_waiting,
)
from tests.browser.scene import SCENES

ALL = list(SCENES.values())
BOOKS = (
    scenes_phone,
    scenes_cards,
    scenes_one_idea,
    scenes_telling,
    scenes_helping,
    scenes_jury,
    scenes_waiting,
    scenes_screen,
    scenes_console,
    scenes_office,
    scenes_answers,
    scenes_budget,
    scenes_themes,
    scenes_marks,
    scenes_ranking,
    scenes_statements,
    scenes_pairs,
)
