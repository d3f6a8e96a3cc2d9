"""Every state of the facilitator's console, and the pages beside it."""

from typing import Any

from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.browser.scene import Show, scene
from tests.browser.world import World
from workshop.queries import contributions

console = scene("console")
HOURS = {
    "draft": "A workshop that is not open yet.",
    "doors": "Open, and nobody is in.",
    "lobby": "Somebody needs help; somebody says that they are of the service.",
    "telling": "A story waits; the screen shows what is approved.",
    "long-words": "A very long story waits.",
    "crowded": "A long queue and a full wall.",
    "choosing": "A secret choice is open.",
    "one-side-choosing": "A choice for one side alone is open.",
    "grace": "The choice is closing.",
    "counted": "The results are on the screen.",
    "greeting": "What to read aloud at the beginning.",
    "ending": "The closing.",
    "over": "The workshop is closed.",
}


def enter(device: Device, world: World, hour: str, what: str = "") -> Any:
    sign_in(device, world.people)
    return device.open(f"{world.room(hour).path}/console{what}")


def at(hour: str, caption: str) -> Show:
    def show(device: Device, world: World) -> None:
        enter(device, world, hour)

    show.__name__, show.__doc__ = hour, caption
    return show


for hour, caption in HOURS.items():
    console(at(hour, caption))


@console
def keys(device: Device, world: World) -> None:
    """The queue with «Edit» open."""
    enter(device, world, "telling")
    device.page.keyboard.press("e")


@console
def hide_without_reason(device: Device, world: World) -> None:
    """Hiding needs a reason, which the teller reads."""
    enter(device, world, "telling", f"/words/{waiting(world)}")
    device.page.locator("summary[data-key=h]").click()
    device.press("Hide these words")


@console
def more(device: Device, world: World) -> None:
    """The menu."""
    enter(device, world, "telling")
    device.page.locator(".menu summary", has_text="More").click()


@console
def one_story(device: Device, world: World) -> None:
    """One story on its own page."""
    enter(device, world, "telling", f"/words/{waiting(world)}")


@console
def all_words(device: Device, world: World) -> None:
    """Everything that is approved."""
    enter(device, world, "telling", "/said")


@console
def doors_and_screen(device: Device, world: World) -> None:
    """Code, QR codes, locks, and the projector's link."""
    enter(device, world, "lobby", "/doors")


@console
def own_card(device: Device, world: World) -> None:
    """A card of the facilitator's own."""
    enter(device, world, "first-ideas", f"/activity/{world.room('first-ideas').activities['ideas']}/card")


@console
def whom_to_call(device: Device, world: World) -> None:
    """The safeguarding contact."""
    enter(device, world, "telling", "/safeguarding?held=1")


@console
def add_for_somebody(device: Device, world: World) -> None:
    """Writing for a person who cannot or will not use a phone."""
    enter(device, world, "telling", "/add")


@console
def close(device: Device, world: World) -> None:
    """The end: what is still loose."""
    enter(device, world, "crowded", "/close")


@console
def close_without_date(device: Device, world: World) -> None:
    """No end without a date for the answer."""
    enter(device, world, "crowded", "/close")
    device.press("Close the workshop")


def waiting(world: World) -> str:
    room = world.room("telling")
    with room.app.app_context():
        return str(next(said.id for said in contributions.queue(room.id) if said.state == "waiting"))
