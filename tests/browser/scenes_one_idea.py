"""Two ideas that may be one: what the team asks, and what an author reads."""

from tests.browser.device import Device
from tests.browser.hours import HOURS, first_ideas
from tests.browser.scene import scene
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from workshop.commands import merges
from workshop.consent import Viewer
from workshop.queries import contributions
from workshop.queries import merges as queries

phone, console = scene("phone"), scene("console")
HOURS["one-idea"] = first_ideas


@console
def one_idea(device: Device, world: World) -> None:
    """Which two ideas say the same? Only their authors decide."""
    room = world.room("one-idea")
    with room.app.app_context():
        activity = room.activity("ideas")
        one, other, *_ = contributions.said(room.id, Viewer.ROOM, activity.id)
        if not queries.of(activity.id):
            merges.ask(activity, one.id, other.id, world.people.ada.id)
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['ideas']}/one-idea")


@phone
def is_it_one_idea(device: Device, world: World) -> None:
    """Another idea is close to mine: may both be one?"""
    room = world.seat(device, "one-idea")
    mine = world.crowd("one-idea").say(world.own_seat(device, "one-idea"), "ideas", "Seats with a roof where we wait")
    with room.app.app_context():
        activity = room.activity("ideas")
        third = contributions.said(room.id, Viewer.ROOM, activity.id)[2]
        for row in queries.of(activity.id):
            if third.id in (row.one_id, row.other_id):
                merges.undo(activity, row.id, world.people.ada.id)
        merges.ask(activity, mine, third.id, world.people.ada.id)
    device.open(f"{room.path}/words/{mine}")
