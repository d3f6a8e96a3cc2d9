"""Every state of a budget: the basket on a phone, too much in it, and what the pot pays."""

from typing import Any

from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.hours import HOURS, doors, first_ideas
from tests.browser.scene import on_screen, scene, shown_here
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.build import Room
from workshop.activities import discover
from workshop.commands import agenda, running

office, phone, screen = scene("office"), scene("phone"), scene("screen")
LINES = """A roof and a seat at the Fountain stop | 4800
Blood tests at the library on Tuesdays | 2600
A volunteer who travels with you the first time | 1500
The next bus home on the waiting room's screen | 900
A chair and a glass of water | 300
A line that rings people before roadworks | 2200
A second ramp for the 14 | 18000 | The buses belong to the company. We carry your words to them.
Drivers who share a lift"""
ASKED = {"items": LINES, "pot": 8000, "currency": "€"}
# Which lines how many of 12 with lived experience, and of 11 of the service, put into their basket.
BASKETS = (((1, 3), 7), ((1, 4, 5), 2), ((2, 3, 5), 3)), (((2, 6, 4), 6), ((6, 3), 2), ((2, 1), 3))


def opened(room: Room, crowd: Crowd, prompt: str, asked: dict[str, Any]) -> list[list[Any]]:
    """A budget is open, and nobody has chosen."""
    doors(room, crowd)
    sides = [crowd.come("lived", 12), crowd.come("service", 11)]
    words = {"title": str(discover()["budget"].title), "prompt": prompt, "minutes": 15}
    with room.app.app_context():
        room.activities["budget"] = agenda.add(room.id, "budget", "ballot", **words, who="all", settings=asked)
        running.open_activity(room.activity("budget"))
    return sides


def shown(room: Room) -> None:
    """It is counted, and the screen shows it."""
    room.count("budget")
    with room.app.app_context():
        running.reveal(room.activity("budget"))


def filling(room: Room, crowd: Crowd) -> list[list[Any]]:
    """One pot for all."""
    return opened(room, crowd, "What should the 8,000 € pay?", ASKED)


def spent(room: Room, crowd: Crowd) -> None:
    """The count is on the room's screen."""
    for seats, baskets in zip(filling(room, crowd), BASKETS, strict=True):
        left = list(seats)
        for lines, many in baskets:
            crowd.choose([left.pop() for _ in range(many)], "budget", {f"own{line}": 1 for line in lines})
    shown(room)


def priced(room: Room, crowd: Crowd) -> None:
    """Three ideas, and a budget that asks what each of them costs."""
    first_ideas(room, crowd)
    words = {"title": str(discover()["budget"].title), "prompt": "What should the 8,000 € pay?", "minutes": 15}
    with room.app.app_context():
        asked = {"items_from": room.activities["ideas"], "pot": 8000, "currency": "€"}
        room.activities["budget"] = agenda.add(room.id, "budget", "ballot", **words, who="all", settings=asked)


IN_DISTRICTS = {
    **ASKED,
    "whole": "All three villages",
    "districts": "Fountain | 3000\nMill | 2000\nHarbour | 1500",
    "items": f"{LINES}\nFountain | A bench in the shade | 900\nFountain | A second lamp | 2400"
    "\nMill | A handrail to the clinic | 1200\nHarbour | A shelter from the wind | 1500",
}


def in_districts(room: Room, crowd: Crowd) -> list[list[Any]]:
    """Each village has a pot of its own beside that for all."""
    return opened(room, crowd, "What should the money pay?", IN_DISTRICTS)


def districts_spent(room: Room, crowd: Crowd) -> None:
    """Two villages are told without sides; in the third too few people chose."""
    for seats in in_districts(room, crowd):
        crowd.choose(seats[:6], "budget", {"pot1": 1, "own9": 1, "own1": 1, "own3": 1})
        crowd.choose(seats[6:11], "budget", {"pot2": 1, "own11": 1, "own2": 1, "own4": 1})
        crowd.choose(seats[11:], "budget", {"pot3": 1, "own12": 1})
    shown(room)


HOURS.update({"filling": filling, "spent": spent, "priced": priced})
HOURS.update({"in districts": in_districts, "districts spent": districts_spent})


@phone
def basket(device: Device, world: World) -> None:
    """A basket within the pot, and what cannot be done, with its reason."""
    room = world.seat(device, "filling")
    device.open(f"{room.path}/a/{room.activities['budget']}")


@phone
def basket_filled(device: Device, world: World) -> None:
    """Two projects are in the basket; what no longer fits waits."""
    basket(device, world)
    for words in ("A roof and a seat", "Blood tests"):
        device.page.get_by_label(words).check(force=True)


@phone
def basket_which_district(device: Device, world: World) -> None:
    """First of all: which district?"""
    room = world.seat(device, "in districts")
    device.open(f"{room.path}/a/{room.activities['budget']}")


@phone
def basket_of_a_district(device: Device, world: World) -> None:
    """What the pot of this district could pay."""
    basket_which_district(device, world)
    device.page.get_by_label("Fountain").check(force=True)
    device.press("Go on")


@phone
def basket_checked(device: Device, world: World) -> None:
    """The district and both baskets, before they are sent."""
    basket_of_a_district(device, world)
    device.page.get_by_label("A bench in the shade").check(force=True)
    device.press("Go on")
    device.page.get_by_label("A roof and a seat").check(force=True)
    device.press("Go on")


@phone
def basket_results(device: Device, world: World) -> None:
    """What the pot pays, on the phone too."""
    shown_here(device, world, "spent")


@screen
def pot_open(device: Device, world: World) -> None:
    """What there is to choose from, and what it costs."""
    on_screen(device, world, "filling")


@screen
def pot_spent(device: Device, world: World) -> None:
    """What the pot pays, and who wanted it."""
    on_screen(device, world, "spent")


@office
def pot_results(device: Device, world: World) -> None:
    """What the pot pays, the shares and the working."""
    signed_in(device, world, f"{world.room('spent').path}/results")


@screen
def pots_open(device: Device, world: World) -> None:
    """Which pots there are, and what each holds."""
    device.open(f"/s/{world.room('in districts').doors['screen']}")


@screen
def pots_spent(device: Device, world: World) -> None:
    """What each pot pays."""
    device.open(f"/s/{world.room('districts spent').doors['screen']}")


@office
def paper_basket(device: Device, world: World) -> None:
    """Ballots for a pen: each project with its cost and its pot."""
    room = world.room("in districts")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['budget']}/paper?many=2")


@office
def pots_results(device: Device, world: World) -> None:
    """What each pot pays, with its working."""
    signed_in(device, world, f"{world.room('districts spent').path}/results")


@office
def pot_settings(device: Device, world: World) -> None:
    """The pot, the projects, and how the money is given out."""
    signed_in(device, world, f"{world.room('draft').path}/agenda/add/budget")


@office
def pot_answers(device: Device, world: World) -> None:
    """Each idea gets its cost and an answer: can it be done?"""
    room = world.room("priced")
    signed_in(device, world, f"{room.path}/agenda/{room.activities['budget']}")


@office
def pot_answer_missing(device: Device, world: World) -> None:
    """A yes needs a cost."""
    pot_answers(device, world)
    device.page.get_by_label("Can it be done?").first.select_option("yes")
    device.press("Save")
