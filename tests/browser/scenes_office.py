"""Every state of the organiser's pages: accounts, the desk, the agenda, people, results, exports."""

from pyotp import TOTP

from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.browser.scene import Show, scene
from tests.browser.world import World
from workshop.activities import discover
from workshop.commands import accounts, links
from workshop.models.columns import new_id

office = scene("office")

# The name, the hour of the room, its path (after /w/…), what it shows.
IN_A_ROOM = (
    ("desk", "telling", "/office", "One workshop, and what it needs."),
    ("agenda", "draft", "/agenda", "The agenda, to be put in order."),
    ("add-an-activity", "draft", "/agenda/add", "What people can do together."),
    ("roles", "draft", "/office/roles", "Roles, each with its side."),
    ("settings", "draft", "/office/settings", "Name and settings."),
    ("statements", "draft", "/office/statements", "What this workshop states."),
    ("delete", "draft", "/office/delete", "Deleting asks first."),
    ("results", "counted", "/results", "Results, side by side."),
    ("results-too-few", "too-few", "/results", "Results of a small room."),
    ("results-empty", "doors", "/results", "Results, before there are any."),
    ("words", "telling", "/results/said", "Everything said, with its consent."),
    ("results-of-the-closing", "looked-back", "/results", "How both sides lived the day."),
    ("report", "counted", "/results/report", "Results to print."),
    ("exports", "counted", "/exports", "The export pack."),
)


def signed_in(device: Device, world: World, path: str) -> None:
    sign_in(device, world.people)
    device.open(path)


def in_a_room(name: str, hour: str, path: str, caption: str) -> Show:
    def show(device: Device, world: World) -> None:
        signed_in(device, world, world.room(hour).path + path)

    show.__name__, show.__doc__ = name, caption
    return show


for name, hour, path, caption in IN_A_ROOM:
    office(in_a_room(name, hour, path, caption))


def kind_settings(kind: str) -> Show:
    def show(device: Device, world: World) -> None:
        signed_in(device, world, f"{world.room('draft').path}/agenda/add/{kind}")

    show.__name__, show.__doc__ = f"settings-of-{kind}", f"Setting up an activity: {kind}."
    return show


for kind in discover():
    office(kind_settings(kind))


@office
def sign_in_page(device: Device, world: World) -> None:
    """The way in with an account."""
    device.forget()
    device.open("/sign-in")


@office
def sign_in_wrong(device: Device, world: World) -> None:
    """Address and password do not fit."""
    sign_in_page(device, world)
    device.page.get_by_label("E-mail address").fill("ada@example.org")
    device.page.get_by_label("Password").fill("not this one")
    device.enter()


@office
def start(device: Device, world: World) -> None:
    """What needs me today?"""
    signed_in(device, world, f"/o/{world.people.organisation_id}/")


@office
def start_empty(device: Device, world: World) -> None:
    """An organisation that has just begun."""
    sign_in(device, world.people, "dora")
    device.open(f"/o/{world.people.other_organisation_id}/")


@office
def new_workshop(device: Device, world: World) -> None:
    """A workshop from a recipe."""
    signed_in(device, world, f"/o/{world.people.organisation_id}/workshops/new")


@office
def new_workshop_unnamed(device: Device, world: World) -> None:
    """A workshop needs a name."""
    new_workshop(device, world)
    with device.page.expect_navigation():
        device.page.locator("main form button").last.click()


@office
def people(device: Device, world: World) -> None:
    """Who works here."""
    signed_in(device, world, f"/o/{world.people.organisation_id}/people")


@office
def organisation_statements(device: Device, world: World) -> None:
    """What all workshops of the organisation state."""
    signed_in(device, world, f"/o/{world.people.organisation_id}/statements")


@office
def preview(device: Device, world: World) -> None:
    """See as a participant."""
    room = world.room("draft")
    signed_in(device, world, f"{room.path}/agenda/{room.activities['stories']}/preview")


@office
def change_an_activity(device: Device, world: World) -> None:
    """Changing an activity."""
    room = world.room("draft")
    signed_in(device, world, f"{room.path}/agenda/{room.activities['ideas']}")


@office
def account(device: Device, world: World) -> None:
    """My own account."""
    signed_in(device, world, "/account")


@office
def set_up_second_step(device: Device, world: World) -> None:
    """The phone's camera takes the second step."""
    signed_in(device, world, "/account/second-step")
    device.page.get_by_text("I cannot scan it").click()


def gil(device: Device, world: World) -> str:
    """An account of its own, whose second step is on; signed in on this device. Its id."""
    app, email = world.people.app, f"{new_id()}@example.org"
    device.forget()
    with app.app_context():
        user_id = accounts.add_user(email, "Gil", None, world.people.organisation_id)
        link = links.make_link(user_id, "sign_in")
    follow_link(device, link)
    device.open("/account/second-step")
    secret = device.page.locator(".secret-key").text_content() or ""
    device.page.get_by_label("Six digits from your phone").fill(TOTP("".join(secret.split())).now())
    device.press("Turn the second step on")
    return user_id


def follow_link(device: Device, link: str) -> None:
    device.open(f"/sign-in/{link}")
    with device.page.expect_navigation():
        device.page.locator("main form button").click()


@office
def spare_codes(device: Device, world: World) -> None:
    """Codes on paper, for the day the phone is lost."""
    gil(device, world)


@office
def second_step(device: Device, world: World) -> None:
    """The second step is on."""
    gil(device, world)
    device.open("/account/second-step")


@office
def say_the_digits(device: Device, world: World) -> None:
    """The password fitted; now the digits from the phone."""
    user_id = gil(device, world)
    device.forget()
    with world.people.app.app_context():
        link = links.make_link(user_id, "sign_in")
    follow_link(device, link)
