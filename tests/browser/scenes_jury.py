"""Every state of a jury: one item by its criteria, and its result with the audience's choice beside it."""

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
from workshop.commands import boxes, running
from workshop.counting.judges import LEFT_OUT, name_of
from workshop.queries import boxes as queries

phone, screen, office = scene("phone"), scene("screen"), scene("office")
LINES = "\n".join(text for _side, text in made_up.IDEAS[:3])
LIKED = {"own1": 4, "own2": 2, "own3": 3}


def asking(room: Room, crowd: Crowd) -> None:
    """The jury is open, and so is the audience's choice."""
    doors(room, crowd)
    with room.app.app_context():
        add(room, "dots", "Which one first?", items=LINES)
        add(room, "jury", "How far is it?", items=LINES, beside=room.activities["dots"])


def counting(room: Room, crowd: Crowd) -> None:
    """Twelve and ten have judged, all have given a dot, and the room sees what came of both."""
    asking(room, crowd)
    for side, many in (("lived", 12), ("service", 10)):
        for number, seat in enumerate(crowd.come(side, many)):
            crowd.choose([seat], "dots", {"own3": 1})
            crowd.choose([seat], "jury", sheet(number))
    for key in ("dots", "jury"):
        room.count(key)
        with room.app.app_context():
            running.reveal(room.activity(key))


def sheet(number: int) -> dict[str, int]:
    """Every third judge is strict, and the first knows the people of the second item."""
    strict = int(number % 3 == 0)
    levels = {
        name_of(item, at): max(liked - strict - (at + number) % 2, 1)
        for item, liked in LIKED.items()
        for at in range(1, 6)
    }
    return levels if number else levels | {name_of("own2", LEFT_OUT): 1}


HOURS.update({"jury-open": asking, "jury-counted": counting})


def ask(device: Device, world: World) -> Any:
    room = world.seat(device, "jury-open")
    return device.open(f"{room.path}/a/{room.activities['jury']}")


@phone
def jury(device: Device, world: World) -> None:
    """One item, and a sentence for every level of every criterion."""
    ask(device, world)


@phone
def jury_done(device: Device, world: World) -> None:
    """All are judged; each can be judged again until the close."""
    ask(device, world)
    while device.page.get_by_role("button", name="Send, and go on").count():
        with device.page.expect_navigation():
            device.page.get_by_role("button", name="Send, and go on").click()


@screen
def jury_open(device: Device, world: World) -> None:
    """What is judged and by what; no points."""
    device.open(f"/s/{world.room('jury-open').doors['screen']}")


@screen
def jury_counted(device: Device, world: World) -> None:
    """What the jury put first, and what the audience did."""
    device.open(f"/s/{world.room('jury-counted').doors['screen']}")


@office
def results_jury(device: Device, world: World) -> None:
    """Both means of each, each criterion, each side, and how far the judges agree."""
    signed_in(device, world, f"{world.room('jury-counted').path}/results")


@office
def jury_paper(device: Device, world: World) -> None:
    """A jury's sheet for a pen, with what each level means."""
    room = world.room("jury-open")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['jury']}/paper?many=1")


@office
def jury_slip(device: Device, world: World) -> None:
    """A whole sheet, typed as it stands on the paper."""
    room = world.room("jury-open")
    with room.app.app_context():
        activity, ada = room.activity("jury"), world.people.ada.id
        box = queries.one(boxes.begin(activity, "lived", "paper", ada), activity.id)
        boxes.say_how_many(box, ada, 3, 0)
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['jury']}/boxes/{box.id}/slips/1")
