"""Every state of the choices in which each line gets a mark of its own: ticks, scores, words."""

from collections.abc import Mapping
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
from workshop.models.columns import new_id
from workshop.queries import boxes as queries

phone, screen, office = scene("phone"), scene("screen"), scene("office")
LINES = "\n".join(text for _side, text in made_up.IDEAS[:5])
PROMPTS = {
    "approval": "Which of these could you live with?",
    "score": "How much would each of these help?",
    "mentions": "How good is each of these?",
}
# What each of twelve with lived experience and of eleven of the service gives each line, in turn; None gives nothing.
MARKS: Mapping[str, Any] = {
    "approval": (
        ((1,), (1, 1, None), (None, 1), (1, 1, 1, None), (None, None, 1)),
        ((None, 1), (1,), (1, 1, None), (1, None), (None, None, 1)),
    ),
    "score": (
        ((5, 4, 5, 3), (5, 5, 4), (2, 3, 4, 3, 2, None), (4, 5, 3, 2), (3, 4, 2)),
        ((4, 3, 4), (3, 2, 4), (5, 4), (2, 3, 1), (3, 4, 1, 2)),
    ),
    "mentions": (
        ((3, 3, 2, 1), (3, 2, 3), (1, 0, 2, 1, 1, None), (2, 1, 3, 0), (1, 2, 0)),
        ((2, 1, 3), (1, 2, 0), (3, 2, 3), (1, 0, 2), (2, 1, 0, 1)),
    ),
}


def asking(kind: str) -> Any:
    """The choice is open, and nobody has chosen."""

    def hour(room: Room, crowd: Crowd) -> None:
        doors(room, crowd)
        with room.app.app_context():
            add(room, kind, PROMPTS[kind], items=LINES)

    return hour


def counting(kind: str) -> Any:
    """Both sides have chosen, and the room sees what came of it."""

    def hour(room: Room, crowd: Crowd) -> None:
        asking(kind)(room, crowd)
        for side, many, marks in zip(("lived", "service"), (12, 11), MARKS[kind], strict=True):
            for number, seat in enumerate(crowd.come(side, many)):
                crowd.choose([seat], kind, ballot(number, marks))
        room.count(kind)
        with room.app.app_context():
            running.reveal(room.activity(kind))

    return hour


def ballot(number: int, marks: Any) -> dict[str, int]:
    given = {f"own{line}": turns[number % len(turns)] for line, turns in enumerate(marks, 1)}
    return {item: mark for item, mark in given.items() if mark is not None}


def on_phone(kind: str, hour: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        room = world.seat(device, hour)
        device.open(f"{room.path}/a/{room.activities[kind]}")

    show.__name__, show.__doc__ = kind, caption
    return show


def on_screen(kind: str, hour: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        device.open(f"/s/{world.room(hour).doors['screen']}")

    show.__name__, show.__doc__ = f"{kind}-counted", caption
    return show


def results_of(kind: str, hour: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        signed_in(device, world, f"{world.room(hour).path}/results")

    show.__name__, show.__doc__ = f"results-{kind}", caption
    return show


for name, asked, told in (
    ("approval", "All that one could live with gets a tick.", "What most could live with."),
    ("score", "A number for every line, or no answer.", "The averages, and how each side scored."),
    ("mentions", "One of four faces for every line, or no answer.", "All words of each line, and those of each side."),
):
    HOURS.update({f"{name}-open": asking(name), f"{name}-counted": counting(name)})
    phone(on_phone(name, f"{name}-open", asked))
    screen(on_screen(name, f"{name}-counted", told))
    office(results_of(name, f"{name}-counted", f"{told} With every number."))


@office
def paper_mentions(device: Device, world: World) -> None:
    """Ballots for a pen: every line has a box for each word."""
    room = world.room("mentions-open")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['mentions']}/paper?many=3")


def read_boxes(device: Device, world: World, where: str = "") -> None:
    room = world.room("approval-open")
    with room.app.app_context():
        first, second = queries.of(room.activities["approval"]) or begun(room, world)
    path = {"first": f"/{first.id}", "second": f"/{second.id}", "slip": f"/{first.id}/slips/3"}.get(where, "")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['approval']}/boxes{path}")


def begun(room: Room, world: World) -> Any:
    """Two people read a box of paper ballots; of three they have read one differently. Another has just begun."""
    activity, ada, fay = room.activity("approval"), world.people.ada.id, new_id()
    box = queries.one(boxes.begin(activity, "lived", "paper", ada), activity.id)
    for user, last in ((ada, "own1"), (fay, "own3")):
        boxes.say_how_many(box, user, 4, 1)
        for number, line in enumerate(("own1", "own2", last), 1):
            boxes.read(box, user, number, {line: 1})
    boxes.begin(activity, "service", "hands", ada)
    return queries.of(activity.id)


@office
def paper_boxes(device: Device, world: World) -> None:
    """The boxes of paper ballots, and how far they are."""
    read_boxes(device, world)


@office
def paper_box_differs(device: Device, world: World) -> None:
    """Two people read a ballot differently."""
    read_boxes(device, world, "first")


@office
def paper_slip(device: Device, world: World) -> None:
    """One ballot, typed as it stands on the paper."""
    read_boxes(device, world, "slip")


@office
def hands_sheet(device: Device, world: World) -> None:
    """A sheet to print: which numbers raise a hand for which line."""
    room = world.room("mentions-open")
    signed_in(device, world, f"{room.path}/console/activity/{room.activities['mentions']}/hands?many=12")


@office
def hands_box(device: Device, world: World) -> None:
    """How many people raise hands."""
    read_boxes(device, world, "second")
