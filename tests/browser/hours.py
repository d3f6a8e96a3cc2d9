"""The hours of the made-up day: each puts a fresh room where the day would have brought it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser import made_up
from tests.browser.crowd import Crowd
from tests.support.build import Room
from workshop.activities import items_of
from workshop.commands import agenda, cards, running, taking_part
from workshop.queries import rooms


def draft(room: Room, crowd: Crowd) -> None:
    """Nobody can come in yet."""


def doors(room: Room, crowd: Crowd) -> None:
    """The doors are open and nothing has begun."""
    with room.app.app_context():
        running.open_workshop(rooms.workshop(room.id), crowd.facilitator)


def by_card(room: Room, crowd: Crowd) -> None:
    """The doors are open for people with a one-time card."""
    doors(room, crowd)
    with room.app.app_context():
        cards.only_with_a_card(room.id, yes=True)


def lobby(room: Room, crowd: Crowd) -> None:
    """People have come in; somebody says that they are of the service, and somebody needs help."""
    doors(room, crowd)
    lived, _service = crowd.come("lived", 12, "Patient"), crowd.come("service", 9, "Works at the clinic")
    crowd.come_in("Works at the clinic", "lived")
    with room.app.app_context():
        taking_part.ask_for_help(lived[3])


def asked(room: Room, crowd: Crowd) -> None:
    """The first question is open, and nobody has answered."""
    doors(room, crowd)
    room.open("stories")


def telling(room: Room, crowd: Crowd) -> None:
    """Stories come in: some are approved, some wait."""
    asked(room, crowd)
    lived, service = crowd.come("lived", 6, "Patient"), crowd.come("service", 5, "Works at the clinic")
    crowd.say(
        lived[0], "stories", made_up.LIVED_STORIES[0], more={"helped": "One line: «My bus is late, keep my place.»"}
    )
    crowd.say(service[0], "stories", made_up.SERVICE_STORIES[0])
    crowd.say(lived[1], "stories", made_up.LIVED_STORIES[1])
    for seat, text in zip(lived[2:], made_up.LIVED_STORIES[2:], strict=False):
        crowd.say(seat, "stories", text, shown=False, level=3)
    crowd.say(service[1], "stories", made_up.SERVICE_STORIES[1], shown=False)


def long_words(room: Room, crowd: Crowd) -> None:
    """One very long story, on the screen alone."""
    asked(room, crowd)
    [seat] = crowd.come("lived", 1, "Family or carer")
    story = crowd.say(seat, "stories", made_up.LONG_STORY)
    crowd.say(seat, "stories", made_up.LONG_STORY, shown=False)
    with room.app.app_context():
        where = {"contribution": story, "activity": room.activities["stories"]}
        running.put_on_screen(rooms.workshop(room.id), "spotlight", **where)


def spotlight(room: Room, crowd: Crowd) -> None:
    """One voice on the whole screen."""
    asked(room, crowd)
    [seat] = crowd.come("lived", 1, "Patient")
    story = crowd.say(seat, "stories", made_up.LIVED_STORIES[3])
    with room.app.app_context():
        where = {"contribution": story, "activity": room.activities["stories"]}
        running.put_on_screen(rooms.workshop(room.id), "spotlight", **where)


def first_ideas(room: Room, crowd: Crowd) -> None:
    """Three ideas on the wall."""
    doors(room, crowd)
    room.open("ideas")
    seats = {side: crowd.come(side)[0] for side in ("lived", "service", "other")}
    for side, text in made_up.IDEAS[:3]:
        crowd.say(seats[side], "ideas", text)


def crowded(room: Room, crowd: Crowd) -> None:
    """A full wall, and a queue as long as an arm."""
    doors(room, crowd)
    room.open("ideas")
    seats = {side: crowd.come(side)[0] for side in ("lived", "service", "other")}
    for side, text in made_up.IDEAS:
        crowd.say(seats[side], "ideas", text)
    crowd.say(seats["lived"], "ideas", made_up.LONG_CARD)
    for side, text in made_up.IDEAS[:12]:
        crowd.say(seats[side], "ideas", text, shown=False)


def columns(room: Room, crowd: Crowd) -> None:
    """Cards in three columns."""
    doors(room, crowd)
    room.open("columns")
    seats = {side: crowd.come(side)[0] for side in ("lived", "service", "other")}
    for number, (side, text) in enumerate(made_up.IDEAS[:9]):
        crowd.say(seats[side], "columns", text, topic=("Start", "Stop", "Keep")[number % 3])


def several(room: Room, crowd: Crowd) -> None:
    """Two questions side by side."""
    first_ideas(room, crowd)
    room.open("stories")


def choosing(room: Room, crowd: Crowd, key: str = "dots") -> list[list[Any]]:
    """Eight ideas to choose from; the choice is open and nobody has chosen."""
    doors(room, crowd)
    lived, service = crowd.come("lived", 12), crowd.come("service", 9)
    room.open("ideas")
    for side, text in made_up.IDEAS[:8]:
        crowd.say(service[0] if side == "service" else lived[0], "ideas", text)
    room.close("ideas")
    room.open(key)
    return [lived, service]


def agreeing(room: Room, crowd: Crowd) -> None:
    choosing(room, crowd, "agree")


def chosen(room: Room, crowd: Crowd) -> None:
    """Everybody has given their dots."""
    sides = choosing(room, crowd)
    with room.app.app_context():
        ideas = {item.text: item.id for item in items_of(room.activities["ideas"], room.id)}
    ordered = [ideas[text] for _side, text in made_up.IDEAS[:8]]
    for place, seats in enumerate(sides):
        for number, seat in enumerate(seats):
            given = [idea for idea, dots in zip(ordered, made_up.DOTS, strict=True) if number < dots[place]]
            crowd.choose([seat], "dots", dict.fromkeys(given[:3], 1))


def grace(room: Room, crowd: Crowd) -> None:
    """The choice is closing; the last ones still count."""
    chosen(room, crowd)
    room.close("dots")


def counted(room: Room, crowd: Crowd) -> None:
    """The count, side by side, on the room's screen."""
    chosen(room, crowd)
    room.count("dots")
    with room.app.app_context():
        running.reveal(room.activity("dots"))


def too_few(room: Room, crowd: Crowd) -> None:
    """Eleven people of one side and three of the other: only totals are said."""
    doors(room, crowd)
    lived, service = crowd.come("lived", 11), crowd.come("service", 3)
    room.open("ideas")
    ideas = [crowd.say(lived[0], "ideas", text) for _side, text in made_up.IDEAS[:5]]
    room.close("ideas")
    room.open("dots")
    for number, seat in enumerate([*lived, *service]):
        crowd.choose([seat], "dots", {ideas[number % 5]: 1, ideas[(number * 2 + 1) % 5]: 1})
    room.count("dots")
    with room.app.app_context():
        running.reveal(room.activity("dots"))


def one_side_choosing(room: Room, crowd: Crowd) -> None:
    """The service alone is asked; seven of its people choose."""
    doors(room, crowd)
    lived, service = crowd.come("lived", 12), crowd.come("service", 8)
    room.open("ideas")
    ideas = [crowd.say(lived[0], "ideas", text) for _side, text in made_up.IDEAS[:5]]
    room.close("ideas")
    with room.app.app_context():
        agenda.change(room.activity("dots"), who="service")
    room.open("dots")
    for number, seat in enumerate(service[:7]):
        crowd.choose([seat], "dots", {ideas[place]: 1 for place in {0, number % 3, number % 4}})


def one_side(room: Room, crowd: Crowd) -> None:
    """The service alone was asked, and is small: words stand in place of numbers."""
    one_side_choosing(room, crowd)
    room.count("dots")
    with room.app.app_context():
        running.reveal(room.activity("dots"))


def greeting(room: Room, crowd: Crowd) -> None:
    """What is open to change, who decides, our rules."""
    doors(room, crowd)
    room.open("welcome")


def resting(room: Room, crowd: Crowd) -> None:
    """Tea and cake."""
    doors(room, crowd)
    room.open("pause")


def ending(room: Room, crowd: Crowd) -> list[list[Any]]:
    """The eight questions of the closing."""
    doors(room, crowd)
    sides = [crowd.come("lived", 12), crowd.come("service", 12)]
    room.open("closing")
    return sides


def looked_back(room: Room, crowd: Crowd) -> None:
    """How both sides lived the day, next to each other."""
    sides = ending(room, crowd)
    for side, seats in enumerate(sides):
        for number, seat in enumerate(seats):
            answers = {key: made_up.CLOSING[key][side][number % 6] for key in made_up.CLOSING}
            crowd.choose([seat], "closing", answers)
    room.count("closing")
    with room.app.app_context():
        running.reveal(room.activity("closing"))


def over(room: Room, crowd: Crowd) -> None:
    """The day has ended, with a date for the answer."""
    counted(room, crowd)
    answer_by = datetime.now(UTC).date() + timedelta(weeks=6)
    with room.app.app_context():
        running.close_workshop(rooms.workshop(room.id), answer_by, crowd.facilitator)


def locked(room: Room, crowd: Crowd) -> None:
    """Nobody new comes in."""
    doors(room, crowd)
    crowd.come("lived", 2)
    with room.app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=True)


HOURS = {
    hour.__name__.replace("_", "-"): hour
    for hour in (
        draft,
        doors,
        by_card,
        lobby,
        asked,
        telling,
        long_words,
        spotlight,
        first_ideas,
        crowded,
        columns,
        several,
    )
} | {
    hour.__name__.replace("_", "-"): hour
    for hour in (
        choosing,
        agreeing,
        chosen,
        grace,
        counted,
        too_few,
        one_side_choosing,
        one_side,
        over,
        locked,
        greeting,
        resting,
        ending,
        looked_back,
    )
}
