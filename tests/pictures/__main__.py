"""`make pictures`: start the app, walk through every scene, photograph each one; some also dark, and in Arabic."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Device, device
from tests.browser.scene import SCENES, Scene
from tests.browser.scenes import ALL
from tests.browser.server import Server, house, serving
from tests.browser.world import World
from tests.pictures.album import MOST_BYTES, Album
from tests.support.people import People
from tools import browser

KINDS = {
    "phone": {**PHONE, "device_scale_factor": 1.5},
    "screen": {**PROJECTOR, "viewport": {"width": 1280, "height": 720}},
    "console": LAPTOP,
    "office": LAPTOP,
}
WHOLE = ("phone", "office")  # pages that are read by scrolling are shown to their end
DARK = (
    "phone-welcome", "phone-question", "phone-who-may-see-it", "phone-check", "phone-sent", "phone-dots-given",
    "phone-card-among-many", "phone-look-up", "screen-lobby", "screen-telling", "screen-spotlight", "screen-counted",
    "screen-crowded", "console-telling", "console-lobby", "console-counted", "office-desk", "office-results",
)  # fmt: skip
ARABIC = (
    "phone-welcome", "phone-role", "phone-question", "phone-sent", "phone-my-words", "phone-dots", "phone-help",
    "phone-my-story", "phone-statement", "screen-lobby", "screen-telling", "screen-counted", "screen-choosing",
    "console-telling", "console-counted", "office-desk", "office-agenda", "office-results",
)  # fmt: skip
IN_ONE_HAND = (
    "console-telling",
    "console-lobby",
    "console-choosing",
    "office-start",
    "office-agenda",
    "office-results",
)
PANES = ("#run-sheet", "#queue")


def main() -> int:
    if not browser.find():
        sys.stdout.write(f"No Chromium here, so no pictures. This installs it:\n  {browser.advice()}\n")
        return 1
    wanted = [scene for scene in ALL if not sys.argv[1:] or any(word in scene.name for word in sys.argv[1:])]
    album = Album()
    with studio() as (browser_, server, world):
        if len(wanted) == len(ALL):
            album.open()
        for holder in KINDS:
            photograph([scene for scene in wanted if scene.holder == holder], browser_, server, world, album)
        photograph_in_one_hand(
            [SCENES[name] for name in IN_ONE_HAND if SCENES[name] in wanted], browser_, server, world, album
        )
    if len(wanted) == len(ALL):
        album.close()
    sys.stdout.write(f"{len(list(album.folder.glob('*.webp')))} pictures in docs/pictures, {album.size / 1e6:.1f} MB\n")
    return int(album.size > MOST_BYTES)


@contextmanager
def studio() -> Iterator[tuple[Browser, Server, World]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "instance") as server,
        house(server) as app,
        chromium() as opened,
    ):
        yield opened, server, World(app, People(app))


def photograph(scenes: list[Scene], opened: Browser, server: Server, world: World, album: Album) -> None:
    if not scenes:
        return
    held = device(opened, server.address, KINDS[scenes[0].holder])
    for scene in scenes:
        take(scene, held, world, album)
    held.close()


def take(scene: Scene, held: Device, world: World, album: Album) -> None:
    """One scene: light; dark and in Arabic where that shows something new."""
    scene.show(held, world)
    settle(held)
    whole = scene.holder in WHOLE
    album.take(held.page, scene.holder, scene.name, scene.caption, whole=whole)
    if scene.name in DARK:
        held.page.emulate_media(color_scheme="dark")
        settle(held)
        album.take(held.page, scene.holder, f"{scene.name}-dark", f"{scene.caption} Dark.", whole=whole)
        held.page.emulate_media(color_scheme="light")
    if scene.name in ARABIC:
        held.open(f"{held.path}?lang=ar")
        settle(held)
        album.take(held.page, scene.holder, f"{scene.name}-arabic", f"{scene.caption} In Arabic.", whole=whole)
        held.context.clear_cookies(name="language")


def photograph_in_one_hand(scenes: list[Scene], opened: Browser, server: Server, world: World, album: Album) -> None:
    """The console and the office on a phone."""
    held = device(opened, server.address, KINDS["phone"])
    for scene in scenes:
        scene.show(held, world)
        settle(held)
        album.take(held.page, scene.holder, f"{scene.name}-on-a-phone", f"{scene.caption} On a phone.", whole=False)
        if scene.holder == "console":
            take_panes(scene, held, album)
    held.close()


def take_panes(scene: Scene, held: Device, album: Album) -> None:
    for pane in PANES:
        held.page.locator(f".tabs a[href='{pane}']").click()
        settle(held)
        name = f"{scene.name}-on-a-phone-{pane[1:]}"
        album.take(held.page, scene.holder, name, f"{scene.caption} On a phone: {pane[1:]}.", whole=False)


def settle(held: Device) -> None:
    """Pictures loaded, numbers written, movements over."""
    held.page.wait_for_timeout(400)
    still: Any = "() => document.getAnimations().forEach((each) => each.finish())"
    held.page.evaluate(still)


if __name__ == "__main__":
    sys.exit(main())
