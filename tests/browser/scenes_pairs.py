"""Every state of the choice between two lines at a time."""

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
from workshop.counting.pair_answers import name_of

phone, screen, console, office = scene("phone"), scene("screen"), scene("console"), scene("office")
LINES = [text for _side, text in made_up.IDEAS[:6]]
ORDERS = {"lived": ((1, 3, 2, 5, 4, 6), (3, 1, 2, 4, 6, 5)), "service": ((4, 3, 1, 2, 6, 5), (3, 4, 5, 1, 2, 6))}


def asking(room: Room, crowd: Crowd) -> None:
    """The choice is open, and nobody has chosen."""
    doors(room, crowd)
    with room.app.app_context():
        add(room, "pairs", "Which of these two would help more?", items="\n".join(LINES), each=8)


def counting(room: Room, crowd: Crowd) -> None:
    """Both sides have answered, and the room sees what came of it."""
    asking(room, crowd)
    for side, many in (("lived", 14), ("service", 12)):
        for number, seat in enumerate(crowd.come(side, many)):
            crowd.choose([seat], "pairs", answers(number, ORDERS[side][number % 2]))
    room.count("pairs")
    with room.app.app_context():
        running.reveal(room.activity("pairs"))


def answers(number: int, order: tuple[int, ...]) -> dict[str, int]:
    """Somebody whose order this is, and who cannot decide now and then."""
    place = {f"own{line}": at for at, line in enumerate(order)}
    pairs = [(a, b) for a in place for b in place if a < b]
    seen = [pair for at, pair in enumerate(pairs) if (at + number) % 3]
    return {name_of(a, b): _answer(place[a] - place[b], number) for a, b in seen}


def _answer(apart: int, number: int) -> int:
    if apart == 1 and number % 5 == 0:
        return 0
    return 1 if apart < 0 else -1


HOURS.update({"pairs-open": asking, "pairs-counted": counting})


def ask(device: Device, world: World) -> Any:
    room = world.seat(device, "pairs-open")
    return device.open(f"{room.path}/a/{room.activities['pairs']}")


@phone
def pairs(device: Device, world: World) -> None:
    """Two lines, and «I cannot decide»."""
    ask(device, world)


@phone
def pairs_done(device: Device, world: World) -> None:
    """Enough pairs are answered."""
    ask(device, world)
    while device.page.get_by_role("button", name="I cannot decide").count():
        with device.page.expect_navigation():
            device.page.get_by_role("button", name="I cannot decide").click()


@screen
def pairs_open(device: Device, world: World) -> None:
    """What there is to choose from; nothing of what is chosen."""
    device.open(f"/s/{world.room('pairs-open').doors['screen']}")


@screen
def pairs_counted(device: Device, world: World) -> None:
    """What came first, and how often each line was chosen."""
    device.open(f"/s/{world.room('pairs-counted').doors['screen']}")


@console
def pairs_being_answered(device: Device, world: World) -> None:
    """What people are asked about while the choice is open."""
    signed_in(device, world, f"{world.room('pairs-open').path}/console")


@office
def results_pairs(device: Device, world: World) -> None:
    """Strength and share of each line, each side, and which pairs say otherwise."""
    signed_in(device, world, f"{world.room('pairs-counted').path}/results")


@office
def pairs_paper(device: Device, world: World) -> None:
    """The same few pairs on every paper."""
    room = world.room("pairs-open")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['pairs']}/paper?many=1")
