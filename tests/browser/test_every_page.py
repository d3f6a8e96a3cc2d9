"""Every state of every page: nothing for axe to find, nothing too wide, clipped or too small."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser import axe, measures
from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Device, device
from tests.browser.looking import faults_here
from tests.browser.scene import Scene
from tests.browser.scenes import ALL
from tests.browser.server import Server
from tests.browser.world import World
from tests.support.people import People

pytestmark = pytest.mark.browser
KINDS = {"phone": PHONE, "screen": PROJECTOR, "console": LAPTOP, "office": LAPTOP}
TWO_SMALL_BUTTONS = """() => ['one', 'two'].forEach((word) => {
  const button = Object.assign(document.createElement('button'), { textContent: word });
  Object.assign(button.style, { width: '16px', height: '16px', minWidth: 0, minHeight: 0, padding: 0 });
  document.querySelector('main').append(button);
})"""
Hand = Callable[[str], Device]


@pytest.fixture(scope="module")
def world(app: Flask, people: People) -> World:
    return World(app, people)


@pytest.fixture(scope="module")
def hand(browser: Browser, server: Server) -> Iterator[Hand]:
    """One device of each kind for all scenes: it gathers its seats as it goes."""
    handed: dict[str, Device] = {}

    def hand_out(holder: str) -> Device:
        if holder not in handed:
            kind: Any = {**KINDS[holder], "device_scale_factor": 1}
            handed[holder] = device(browser, server.address, kind)
        return handed[holder]

    yield hand_out
    for each in handed.values():
        each.close()


@pytest.mark.shows("A01", "A04", "A06", "A09", "P22")
@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.name)
def test_page(scene: Scene, hand: Hand, world: World) -> None:
    held = hand(scene.holder)
    held.faults.clear()
    page = held.page
    size = page.viewport_size
    assert size is not None
    scene.show(held, world)
    wrong = faults_here(held, scene.holder)
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {fault}" for fault in axe.violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    if scene.holder != "screen":
        page.set_viewport_size({"width": 320, "height": 640})
        wrong += [f"320 px: {fault}" for fault in measures.wider_than_the_window(page)]
        measures.space_the_text(page)
        wrong += [f"spaced: {fault}" for fault in measures.clipped(page) + measures.wider_than_the_window(page)]
    page.set_viewport_size(size)
    assert not wrong, "\n".join(map(str, wrong))
    assert not held.faults, "\n".join(held.faults)


@pytest.mark.shows("A02")
def test_axe_looks_at_the_size_of_targets(phone: Device) -> None:
    """A canary: two buttons of 16 pixels must fail, else `target-size` is switched off."""
    phone.open("/join")
    phone.page.evaluate(TWO_SMALL_BUTTONS)
    assert "target-size" in [found["id"] for found in axe.violations(phone.page)]
