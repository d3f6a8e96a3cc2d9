"""Every state of putting in order: the phone before and after moving lines, the check, and what each count shows."""

import random
from typing import Any

from tests.browser import made_up
from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.hours import HOURS, doors
from tests.browser.scene import scene
from tests.browser.scenes_answers import add
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.build import Room
from workshop.commands import running

phone, screen, office = scene("phone"), scene("screen"), scene("office")
LINES = [text for _side, text in made_up.IDEAS[:7]]
METHODS = ("schulze", "run_off", "borda")


def ranking(room: Room, crowd: Crowd, method: str = "schulze") -> None:
    """Seven ideas to put in order; nobody has chosen."""
    doors(room, crowd)
    with room.app.app_context():
        add(room, "ranking", "Which of these should come first?", items="\n".join(LINES), method=method)


def ranked(method: str) -> Any:
    def hour(room: Room, crowd: Crowd) -> None:
        ranking(room, crowd, method)
        dice = random.Random(3)  # noqa: S311 - the same in every run
        for side, number, wishes in (("lived", 13, (9, 7, 6, 3, 2, 2, 1)), ("service", 11, (2, 5, 6, 7, 3, 1, 1))):
            for seat in crowd.come(side, number):
                liked = sorted(range(7), key=lambda item, wishes=wishes: -wishes[item] * dice.random())
                crowd.choose([seat], "ranking", {f"own{item + 1}": at for at, item in enumerate(liked[:5], 1)})
        room.count("ranking")
        with room.app.app_context():
            running.reveal(room.activity("ranking"))

    return hour


HOURS.update({"ranking": ranking} | {f"ranked-{method}": ranked(method) for method in METHODS})


@phone
def ranking_begins(device: Device, world: World) -> None:
    """Lines to put in order; none is ranked yet."""
    room = world.seat(device, "ranking")
    device.open(f"{room.path}/a/{room.activities['ranking']}")
    device.page.locator("[data-ranking=moves]").wait_for()


@phone
def ranking_moved(device: Device, world: World) -> None:
    """Three lines are ranked, four are not."""
    ranking_begins(device, world)
    for line in (LINES[2], LINES[0], LINES[4]):
        device.page.locator(".rank-row", has_text=line).locator("button").first.click()


@phone
def ranking_check(device: Device, world: World) -> None:
    """Is this right? An order before it is sent."""
    ranking_moved(device, world)
    device.page.locator(".main-bar button").first.click()


def on_screen(method: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        device.open(f"/s/{world.room(f'ranked-{method}').doors['screen']}")

    show.__name__, show.__doc__ = f"ranked-{method.replace('_', '-')}", caption
    return show


for method, caption in zip(
    METHODS,
    ("An order by every two lines, one against one.", "An order round by round.", "An order by points."),
    strict=True,
):
    screen(on_screen(method, caption))


@office
def results_of_a_ranking(device: Device, world: World) -> None:
    """Who comes first and why, and the order of each side."""
    signed_in(device, world, f"{world.room('ranked-schulze').path}/results")
