"""One-time cards: the sheet, the way in with one, and what stands there where one is missing or was used."""

from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.browser.scene import scene
from tests.browser.world import World
from workshop.commands import cards, writing
from workshop.extensions import keys
from workshop.models.columns import new_id
from workshop.queries import rooms

phone, console = scene("phone"), scene("console")


def manage(device: Device, world: World) -> None:
    sign_in(device, world.people)
    device.open(f"{world.room('by-card').path}/console/cards")


@console
def one_time_cards(device: Device, world: World) -> None:
    """Cards that let one person in, once."""
    manage(device, world)


@console
def sheet_of_cards(device: Device, world: World) -> None:
    """A sheet of cards, to print and cut."""
    manage(device, world)
    device.press("Make the cards")


@phone
def card_needed(device: Device, world: World) -> None:
    """People come in with a one-time card here, and this one has none."""
    device.open(f"/j/{world.room('by-card').doors['lived']}")


@phone
def card_used(device: Device, world: World) -> None:
    """Somebody came in with this card before."""
    room = world.room("by-card")
    with world.app.app_context(), writing():
        [(_side, code)] = cards.make(rooms.workshop(room.id), new_id(), {"lived": 1})
        cards.use(keys.seal("card", code))
    device.open(f"/c/{code}")
