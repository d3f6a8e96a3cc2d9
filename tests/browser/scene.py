"""A scene is a page in one state, with the device that shows it. Checks and pictures walk through all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.device import Device
from tests.browser.world import World

Show = Callable[[Device, World], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """`holder` has the device: phone, console, screen or office. `show` brings its page into the state."""

    name: str
    holder: str
    caption: str
    show: Show


SCENES: dict[str, Scene] = {}


def scene(holder: str) -> Callable[[Show], Show]:
    """Put a scene on the list; its name is the function's, its caption the first line of the docstring."""

    def put(show: Show) -> Show:
        name = f"{holder}-{show.__name__.replace('_', '-')}"  # type: ignore[attr-defined]
        SCENES[name] = Scene(name, holder, (show.__doc__ or "").strip(), show)
        return show

    return put


def shown_here(device: Device, world: World, hour: str) -> None:
    """The calm page of a phone, with what the room's screen shows."""
    device.open(f"{world.seat(device, hour).path}/look-up")
    device.page.locator("summary", has_text="Show it here").click()


def on_screen(device: Device, world: World, hour: str) -> None:
    """The room's screen in this hour."""
    device.open(f"/s/{world.room(hour).doors['screen']}")
