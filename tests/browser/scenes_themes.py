"""Every state of curating: the board, a theme, stories to read, the phones that curate, and the teller who is asked."""

from typing import Any

from tests.browser import made_up
from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.hours import HOURS, telling
from tests.browser.scene import on_screen, scene
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.build import Room
from workshop.commands import agenda, curating, running
from workshop.commands.curating import NEW, Curator, Goal, Mark
from workshop.consent import Viewer
from workshop.counting.pieces import sentences
from workshop.models.columns import new_id
from workshop.queries import stories, themes

office, phone, screen = scene("office"), scene("phone"), scene("screen")
NAMES = ("The 14 comes once an hour", "Too tired to say what I came for", "It is not you")


def curating_begins(room: Room, crowd: Crowd) -> None:
    """Stories are told, and everybody may gather them; nothing is marked yet."""
    telling(room, crowd)
    for text in made_up.LIVED_STORIES[3:]:
        crowd.say(crowd.come("lived", 1, "Family or carer")[0], "stories", text)
    with room.app.app_context():
        words = {"title": "What is this about?", "prompt": "Which words must we keep?", "minutes": 60, "settings": {}}
        room.activities["curate"] = agenda.add(room.id, "curate", "nothing", **words)
        running.open_activity(room.activity("curate"))


def gathered(room: Room, crowd: Crowd) -> None:
    """Four themes, one of them proposed by a phone, and some pieces in none."""
    curating_begins(room, crowd)
    by = Curator(room.id, user_id=crowd.facilitator)
    proposes = Curator(room.id, participant_id=crowd.come("service", 1)[0].id)
    with room.app.app_context():
        for number, told in enumerate(stories.ids(room.id, Viewer.FACILITATOR)):
            said = stories.these([told], room.id, Viewer.FACILITATOR)[0]
            for at, piece in enumerate(sentences(said.text)[:3]):
                name = NAMES[(number + at) % len(NAMES)]
                goal = Goal() if at == 2 else Goal(NEW, name, new_id())
                curating.mark(by, told, [Mark(new_id(), "text", *piece)], goal)
            curating.mark(
                proposes, told, [Mark(new_id(), "text", 0, 9)], Goal(NEW, "Buses that make us late", new_id())
            )


def shown(room: Room, crowd: Crowd) -> None:
    """The room sees its themes."""
    gathered(room, crowd)
    with room.app.app_context():
        running.reveal(room.activity("curate"))


HOURS.update({"curating-begins": curating_begins, "gathered": gathered, "themes-shown": shown})


def theme_of(world: World, name: str) -> Any:
    room = world.room("gathered")
    with world.app.test_request_context():
        return next(each for each in themes.named(room.id, Viewer.FACILITATOR) if each.name == name)


def told(world: World, hour: str) -> str:
    with world.app.app_context():
        return stories.ids(world.room(hour).id, Viewer.ROOM)[0]


@office
def themes_board(device: Device, world: World) -> None:
    """All themes, and what is in none yet."""
    signed_in(device, world, f"{world.room('gathered').path}/themes")


@office
def themes_empty(device: Device, world: World) -> None:
    """Nothing is marked yet."""
    signed_in(device, world, f"{world.room('curating-begins').path}/themes")


@office
def themes_one(device: Device, world: World) -> None:
    """A theme, its highlights, and what may belong to it."""
    signed_in(device, world, f"{world.room('gathered').path}/themes/{theme_of(world, NAMES[0]).id}")


@office
def themes_proposed(device: Device, world: World) -> None:
    """A name from a phone, to be read first."""
    proposed = theme_of(world, "Buses that make us late")
    signed_in(device, world, f"{world.room('gathered').path}/themes/{proposed.id}")


@office
def themes_stories(device: Device, world: World) -> None:
    """Stories to read."""
    signed_in(device, world, f"{world.room('gathered').path}/themes/stories")


@office
def themes_search(device: Device, world: World) -> None:
    """Nothing was found."""
    signed_in(device, world, f"{world.room('gathered').path}/themes/stories?q=zebra")


@office
def themes_story(device: Device, world: World) -> None:
    """One story, sentence by sentence."""
    signed_in(device, world, f"{world.room('gathered').path}/themes/stories/{told(world, 'gathered')}")


@phone
def curate_begin(device: Device, world: World) -> None:
    """What there is to do."""
    room = world.seat(device, "gathered")
    device.open(f"{room.path}/a/{room.activities['curate']}")


@phone
def curate_story(device: Device, world: World) -> None:
    """One story, to tick what must be kept."""
    room = world.seat(device, "gathered")
    device.open(f"{room.path}/a/{room.activities['curate']}/stories/{told(world, 'gathered')}")


@phone
def curate_theme(device: Device, world: World) -> None:
    """The theme to which the words belong."""
    curate_story(device, world)
    device.page.locator("input[name=piece]").first.check()
    device.press("Go on with the ticked words")


@phone
def curate_end(device: Device, world: World) -> None:
    """All stories are read."""
    room = world.seat(device, "gathered")
    own = world.own_seat(device, "gathered")
    with world.app.app_context():
        last = stories.own_order(stories.ids(room.id, Viewer.ROOM), own.id)[-1]
    device.open(f"{room.path}/a/{room.activities['curate']}/stories?after={last}")


@phone
def curate_understood(device: Device, world: World) -> None:
    """The teller is asked whether it was understood."""
    room, crowd = world.seat(device, "gathered"), world.crowd("gathered")
    own = world.own_seat(device, "gathered")
    text = "I wait at the fountain. There is no roof."
    given = crowd.say(own, "stories", text, level=2)
    with world.app.app_context():
        by = Curator(room.id, user_id=crowd.facilitator)
        curating.mark(by, given, [Mark(new_id(), "text", 0, 23)], Goal(NEW, NAMES[0], new_id()))
    device.open(f"{room.path}/words/{given}#understood")


@screen
def themes_on_the_screen(device: Device, world: World) -> None:
    """What the room made of its stories."""
    on_screen(device, world, "themes-shown")
