"""Twenty people in real browsers choose in every way: twelve with lived experience, eight of the service.

One has only paper, two pass one tablet on, the others have phones. What the room then reads is counted once more here,
from the orders that people have in mind, by the plainest means there are.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import LAPTOP, PHONE, PROJECTOR, Device, Devices
from tests.browser.doing import join, sign_in
from tests.browser.looking import look
from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import running

pytestmark = pytest.mark.browser
BENCH, LAMP, ROOF = LINES = ("A bench", "A lamp", "A roof")
IDS = {line: f"own{number}" for number, line in enumerate(LINES, 1)}
MINDS = (  # who has which order in mind, the best first
    *[("lived", (ROOF, BENCH, LAMP))] * 7,
    *[("lived", (BENCH, ROOF, LAMP))] * 5,
    *[("service", (BENCH, LAMP, ROOF))] * 6,
    *[("service", (ROOF, LAMP, BENCH))] * 2,
)
ON_PAPER, ON_TABLET = 0, (7, 8)
POINTS, WORDS, LEVELS = (5, 3, 1), (3, 2, 0), (4, 3, 1)  # for the first, the second and the third
ROLES = {"lived": ("Service user", "lived"), "service": ("Professional", "service")}
AGENDA: dict[str, dict[str, Any]] = {
    "approval": {},
    "dots": {"per_person": 2, "per_item": 1},
    "score": {"scale": "5"},
    "mentions": {},
    "ranking": {"method": "schulze"},
    "pairs": {},
    "statements": {},
    "jury": {"criteria": "Help | 1 | None | A little | Much | Very much"},
    "budget": {"items": "\n".join(f"{line} | 100" for line in LINES), "pot": 200, "rule": "greedy"},
}
Order = tuple[str, ...]


def fills(device: Device, order: Order, numbers: tuple[int, ...]) -> None:
    for line, number in zip(order, numbers, strict=True):
        device.page.locator(f"input[name=choice-{IDS[line]}]").fill(str(number))


def ticks_two(device: Device, order: Order) -> None:
    for line in order[:2]:
        device.page.locator(f"input[name=choice-{IDS[line]}]").check(force=True)


def marks(device: Device, order: Order, places: tuple[int, ...]) -> None:
    for line, place in zip(order, places, strict=True):
        device.page.locator(f"input[name=choice-{IDS[line]}][value='{place}']").check(force=True)


def takes_the_better(device: Device, order: Order) -> None:
    """Pair after pair, until there are no more."""
    better = min((line for line in LINES if _offered(device, line)), key=order.index)
    device.press(better)


def says(device: Device, order: Order) -> None:
    answer = (1, 0, -1)[order.index(device.h1)]
    with device.page.expect_navigation():
        device.page.locator(f"button[name=answer][value='{answer}']").click()


def judges(device: Device, order: Order) -> None:
    level = LEVELS[order.index(device.h1)]
    device.page.locator(f"input[name^=choice-][value='{level}']").check(force=True)
    device.press("Send, and go on")


def _offered(device: Device, line: str) -> bool:
    return device.page.get_by_role("button", name=line, exact=True).count() > 0


AT_ONCE: dict[str, Callable[[Device, Order], None]] = {
    "approval": ticks_two,
    "dots": ticks_two,
    "budget": ticks_two,
    "score": lambda device, order: marks(device, order, POINTS),
    "mentions": lambda device, order: marks(device, order, tuple(word + 1 for word in WORDS)),
    "ranking": lambda device, order: fills(device, order, (1, 2, 3)),
}
ONE_BY_ONE = {"pairs": takes_the_better, "statements": says, "jury": judges}


def chooses(device: Device, room: Room, order: Order) -> None:
    """In every way, one after the other, on a device that this person alone has now."""
    for key, act in AT_ONCE.items():
        device.open(f"{room.path}/a/{room.activities[key]}")
        act(device, order)
        device.press("Go on")
        device.press("Send")
    for key, act in ONE_BY_ONE.items():
        device.open(f"{room.path}/a/{room.activities[key]}")
        for _ in LINES:
            act(device, order)


def chooses_on_paper(ada: Device, room: Room, order: Order) -> None:
    """ada types in what somebody wrote on paper, and reads it back."""
    ada.open(f"{room.path}/console/add")
    ada.page.locator("[name=activity]").select_option(room.activities["approval"])
    ada.page.locator("[name=role]").select_option("Service user")
    ada.page.locator("[name=channel][value=paper]").check(force=True)
    ada.page.locator("[name=agreed]").check(force=True)
    ada.press("To the question")
    person = ada.path.rpartition("/add/")[2].split("/")[0]
    for key, act in AT_ONCE.items():
        ada.open(f"{room.path}/console/add/{person}/{room.activities[key]}")
        act(ada, order)
        ada.press("Go on")
        ada.page.locator("[name=read_back]").check(force=True)
        ada.press("Send")
    for key, act in ONE_BY_ONE.items():
        ada.open(f"{room.path}/console/add/{person}/{room.activities[key]}")
        for _ in LINES:
            act(ada, order)


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    lines = {"items": "\n".join(LINES)}
    agenda = [(kind, lines | settings) for kind, settings in AGENDA.items()]
    room = build.workshop(app, people.organisation_id, *agenda)
    room.open(*AGENDA)
    return room


def everybody_chooses(room: Room, people: People, devices: Devices) -> None:
    ada, tablet = devices(LAPTOP), devices(PHONE)
    sign_in(ada, people)
    tablet.open(f"/j/{room.doors['lived']}/tablet")
    tablet.press("Yes, it is shared")
    for number, (side, order) in enumerate(MINDS):
        if number == ON_PAPER:
            chooses_on_paper(ada, room, order)
            continue
        device = tablet if number in ON_TABLET else devices(PHONE)
        join(device, room, *ROLES[side])
        chooses(device, room, order)
        if device is tablet:
            device.open(f"{room.path}/")
            device.press("Next person, please")
        else:
            device.close()


def test_what_the_room_reads_is_what_twenty_people_chose(
    app: Flask, people: People, room: Room, devices: Devices
) -> None:
    everybody_chooses(room, people, devices)
    for key in AGENDA:
        room.count(key)
    found = {key: hall.results(room, key) for key in AGENDA}
    orders = [order for _, order in MINDS]
    first_two = Counter(line for order in orders for line in order[:2])
    for key in ("approval", "dots", "budget"):
        assert {line.item.text: line.counted.people for line in found[key].items} == first_two, key
    assert {line.item.text: line.scored.mean for line in found["score"].items} == {
        line: Fraction(sum(POINTS[order.index(line)] for order in orders), len(orders)) for line in LINES
    }
    assert {line.item.text: line.mentioned.word for line in found["mentions"].items} == {
        line: sorted(WORDS[order.index(line)] for order in orders)[(len(orders) - 1) // 2] for line in LINES
    }
    assert [item.text for item in found["ranking"].winners] == [beats_everybody(orders)]
    assert [line.item.text for line in found["pairs"].items] == sorted(LINES, key=lambda line: -wins(orders, line))
    assert {line.item.text: (line.judged.raw, line.judged.judges) for line in found["jury"].items} == {
        line: (Fraction(sum(LEVELS[order.index(line)] for order in orders), len(orders)), len(orders)) for line in LINES
    }
    agreed = Counter(order[0] for order in orders)
    assert {found["statements"].words[each.item].text: each.all.agree for each in found["statements"].items} == {
        line: agreed[line] for line in LINES
    }
    assert [line.item.text for line in found["budget"].paid] == [line for line, _ in first_two.most_common(2)]
    assert {key: found[key].counted.ballots for key in AT_ONCE if key != "ranking"} == dict.fromkeys(
        set(AT_ONCE) - {"ranking"}, len(MINDS)
    )
    every_result_says_how_it_was_counted(room, devices)


def beats_everybody(orders: list[Order]) -> str:
    [winner] = [one for one in LINES if all(puts_before(orders, one, other) for other in LINES if other != one)]
    return winner


def puts_before(orders: list[Order], one: str, other: str) -> bool:
    return 2 * sum(order.index(one) < order.index(other) for order in orders) > len(orders)


def wins(orders: list[Order], line: str) -> int:
    return sum(order.index(line) < order.index(other) for order in orders for other in LINES)


def every_result_says_how_it_was_counted(room: Room, devices: Devices) -> None:
    wall = devices(PROJECTOR)
    for key in AGENDA:
        with room.app.app_context():
            running.reveal(room.activity(key))
        wall.open(f"/s/{room.doors['screen']}")
        expect(wall.page.get_by_text("How is this counted?")).to_be_visible()
        look(wall, f"room of twenty {key}")
