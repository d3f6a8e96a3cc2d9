"""Every state of opinion groups: how the sides lie in them told in words, told in numbers, and none that are stable."""

import random
from typing import Any

from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.hours import HOURS, doors
from tests.browser.scene import scene
from tests.browser.scenes_answers import add
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.build import Room
from workshop import jobs
from workshop.commands import running

screen, office = scene("screen"), scene("office")
LINES = (
    "Letters should come in my own language.",
    "The office should open one evening a week.",
    "Somebody should call back the same day.",
    "Meetings on the phone are enough for most things.",
    "Everybody should have one person to turn to.",
    "Forms should fit on one page.",
    "Fewer rules, even if some people misuse it.",
    "Help should come to the house.",
    "The waiting room should have a quiet corner.",
    "It should be possible to do everything online.",
)
ONE_MIND = (0.9, 0.9, 0.85, 0.1, 0.9, 0.8, 0.85, 0.9, 0.8, 0.1)
OTHER_MIND = (0.85, 0.15, 0.2, 0.9, 0.85, 0.8, 0.1, 0.15, 0.8, 0.9)


def divided(room: Room, crowd: Crowd, of_one_mind: dict[str, tuple[int, int]]) -> None:
    """So many people of each side are of the one mind, and so many of the other; counted and shown."""
    doors(room, crowd)
    with room.app.app_context():
        add(room, "statements", "What should change first?", items="\n".join(LINES))
    dice = random.Random(5)  # noqa: S311 - the same in every run
    for side, numbers in of_one_mind.items():
        for mind, many in zip((ONE_MIND, OTHER_MIND), numbers, strict=True):
            for seat in crowd.come(side, many):
                crowd.choose([seat], "statements", _answers(mind, dice))
    room.count("statements")
    with room.app.app_context():
        jobs.run_due(slow=True)
        running.reveal(room.activity("statements"))


def _answers(mind: tuple[float, ...], dice: random.Random) -> dict[str, int]:
    asked = [(f"own{at}", agrees) for at, agrees in enumerate(mind, 1) if dice.random() < 0.95]
    return {item: 0 if dice.random() < 0.08 else 1 if dice.random() < agrees else -1 for item, agrees in asked}


def grouped(of_one_mind: dict[str, tuple[int, int]]) -> Any:
    return lambda room, crowd: divided(room, crowd, of_one_mind)


IN_WORDS = grouped({"lived": (17, 5), "service": (2, 10)})
IN_NUMBERS = grouped({"lived": (24, 12), "service": (12, 16)})
HOURS.update({"grouped": IN_WORDS, "grouped-in-numbers": IN_NUMBERS})
HOURS.update({"map-on-the-screen": IN_WORDS, "map-in-numbers-on-the-screen": IN_NUMBERS})


def no_groups(room: Room, crowd: Crowd) -> None:
    """Everybody of much the same mind."""
    divided(room, crowd, {"lived": (20, 0), "service": (14, 0)})


HOURS.update({"of-one-mind": no_groups})


@office
def opinion_groups(device: Device, world: World) -> None:
    """Two groups; how the sides lie in them is told in words."""
    signed_in(device, world, f"{world.room('grouped').path}/results")


@office
def opinion_groups_in_numbers(device: Device, world: World) -> None:
    """Two groups of many people: each dot is of a side."""
    signed_in(device, world, f"{world.room('grouped-in-numbers').path}/results")


@office
def no_stable_groups(device: Device, world: World) -> None:
    """No groups, and that is said."""
    signed_in(device, world, f"{world.room('of-one-mind').path}/results")


@screen
def opinion_map(device: Device, world: World) -> None:
    """The facilitator turned to the map: two groups and what stands for each."""
    turned_to_the_map(device, world, "map-on-the-screen")


@screen
def opinion_map_in_numbers(device: Device, world: World) -> None:
    """The same where each dot is of a side."""
    turned_to_the_map(device, world, "map-in-numbers-on-the-screen")


def turned_to_the_map(device: Device, world: World, hour: str) -> None:
    room = world.room(hour)
    with room.app.app_context():
        running.reveal(room.activity("statements"), "screen_groups")
    device.open(f"/s/{room.doors['screen']}")
