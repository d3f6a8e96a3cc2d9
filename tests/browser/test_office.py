"""ada works at her desk with the keyboard alone; without script everything works the same."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.doing import sign_in
from tests.support import build
from tests.support.people import People
from workshop.commands import accounts
from workshop.queries import rooms

Devices = Callable[..., Device]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_agenda_is_put_in_order_by_keys_and_the_button_keeps_the_focus(
    app: Flask, people: People, devices: Devices, kind: Any, script: bool
) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards", "dots")
    laptop = devices(kind, java_script_enabled=script)
    sign_in(laptop, people)
    laptop.open(f"{room.path}/agenda")
    story = room.activities["story"]
    laptop.page.locator(f"#down-{story}").focus()
    for _press in range(2):
        with laptop.page.expect_navigation():
            laptop.page.keyboard.press("Enter")
    with app.app_context():
        assert [activity.title for activity in rooms.agenda(room.id)] == ["Cards", "Dots", "Story"]
    with laptop.page.expect_navigation():
        laptop.page.locator(f"#up-{story}").press("Enter")
    assert laptop.page.evaluate("document.activeElement.id") == f"up-{story}"


def test_a_password_is_typed_pasted_and_signs_in(app: Flask, people: People, laptop: Device) -> None:
    with app.app_context():
        accounts.add_user("eve@example.org", "Eve", "blue kettle sings", people.organisation_id)
    laptop.open("/sign-in")
    laptop.page.get_by_label("E-mail address").fill("eve@example.org")
    laptop.page.get_by_label("Password").focus()
    laptop.page.keyboard.insert_text("blue kettle sings")
    with laptop.page.expect_navigation():
        laptop.page.keyboard.press("Enter")
    assert laptop.h1 == "What needs me today?"


@pytest.mark.shows("A09")
def test_an_error_is_said_first_and_leads_to_its_field(people: People, laptop: Device) -> None:
    sign_in(laptop, people)
    laptop.open(f"/o/{people.organisation_id}/workshops/new")
    with laptop.page.expect_navigation():
        laptop.page.get_by_role("button", name="Make the workshop").click()
    assert laptop.page.title().startswith("Error:")
    laptop.page.get_by_role("link", name="Please write a name.").press("Enter")
    assert laptop.page.evaluate("document.activeElement.id") == "title"
