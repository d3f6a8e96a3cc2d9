"""Every state of what comes of stories: answers, promises, decisions, the lists to hear, and the kinds beside them."""

from datetime import date
from typing import Any

from tests.browser import made_up
from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.browser.hours import HOURS, counted, telling
from tests.browser.scene import scene
from tests.browser.scenes_console import enter
from tests.browser.scenes_office import signed_in
from tests.browser.world import World
from tests.support.build import Room
from workshop.activities import Gift, discover
from workshop.commands import agenda, discussing, playing, promising, responding, running
from workshop.models.columns import new_id
from workshop.queries import contributions, playlists, responses, rooms

office, phone, screen, console = scene("office"), scene("phone"), scene("screen"), scene("console")
REPLY = {
    "kind": "reply",
    "text": "Thank you for telling us. Waiting in the rain without a word must have been hard. I am sorry.",
    "what": "",
    "by_date": None,
    "contact": "Cem at the front desk, 020 7946 0003",
    "signed": "Cem, front desk of the clinic",
}
PLANNED = {**REPLY, "kind": "planned", "what": "One line for late buses.", "by_date": "2027-02-01"}
CASE = "A man comes ten minutes late because of the bus. His appointment is gone. Nobody asks him why."


def add(room: Room, key: str, prompt: str, **settings: Any) -> None:
    """One more activity on the agenda, and open."""
    words = {"title": str(discover()[key].title), "prompt": prompt, "minutes": 20, "who": "all", "settings": settings}
    room.activities[key] = agenda.add(room.id, key, discover()[key].gives, **words)
    running.open_activity(room.activity(key))


def answered(room: Room, crowd: Crowd) -> None:
    """Stories for the service: one answered, one with an answer to check, one without."""
    telling(room, crowd)
    told = [
        crowd.say(seat, "stories", text, level=4, more={"helped": "A call."})
        for seat, text in zip(crowd.come("lived", 3), made_up.LIVED_STORIES[:3], strict=True)
    ]
    with room.app.app_context():
        stories = [contributions.one(each, room.id) for each in told]
        responding.respond(stories[0], new_id(), REPLY, crowd.facilitator, is_team=True)
        responding.respond(stories[1], new_id(), PLANNED, crowd.facilitator, is_team=False)


def decided(room: Room, crowd: Crowd) -> None:
    """A choice is counted, and an idea has a promise that is due."""
    counted(room, crowd)
    with room.app.app_context():
        words = {"what": "Put a bench at the stop.", "who": "Kim of the parks", "contribution_id": None}
        for name, day in (("late", "2020-01-01"), ("soon", "2099-01-01")):
            by = date.fromisoformat(day)
            promising.promise(room.activity("dots"), name, **words, by_date=by, user_id=crowd.facilitator)


def hearing(room: Room, crowd: Crowd) -> None:
    """A list of two stories, one with a note; others may not be heard."""
    telling(room, crowd)
    with room.app.app_context():
        workshop = rooms.workshop(room.id)
        made = playing.make(workshop, {"title": "The evening", "audience": "room", "seconds": 30}, crowd.facilitator)
        listed = playlists.one(made, room.id)
        for said, note in zip(playlists.offered(listed)[:2], ("It is about being left alone.", ""), strict=True):
            playing.add(workshop, listed, said.id, note)
        room.activities["list"] = made


def note_shown(room: Room, crowd: Crowd) -> None:
    hearing(room, crowd)
    with room.app.app_context():
        workshop = rooms.workshop(room.id)
        playing.start(workshop, playlists.one(room.activities["list"], room.id))


def go_on(room: Room) -> None:
    with room.app.app_context():
        workshop: Any = rooms.workshop(room.id)
        here = playlists.playing(room.id, workshop.stage)
        assert here is not None
        playing.go_on(workshop, here.tag)


def story_heard(room: Room, crowd: Crowd) -> None:
    note_shown(room, crowd)
    go_on(room)


def silent(room: Room, crowd: Crowd) -> None:
    story_heard(room, crowd)
    go_on(room)


def struck(room: Room, crowd: Crowd) -> None:
    """A case is on the screen, and everybody writes alone."""
    telling(room, crowd)
    with room.app.app_context():
        add(room, "trigger", "What struck you?", case=CASE, note="It is about being sent away.", level=2)


def discussing_now(room: Room, crowd: Crowd) -> None:
    """The second of seven questions, with a note by seat."""
    telling(room, crowd)
    asked = "\n".join(f"What about the bus, part {number}?" for number in range(1, 8))
    with room.app.app_context():
        add(room, "discuss", "Our questions", questions=asked, each=12, world_cafe=True, level=2)
        activity = room.activity("discuss")
        discussing.declare(activity, "neutral")
        discussing.go_to(activity, 2, 12)
        words = {"text": "The 14 comes once an hour.", "more": {"question": "What about the bus, part 2?"}, "level": 2}
        discussing.note(activity, new_id(), words, "P3", "lived", crowd.facilitator)


def promised(room: Room, crowd: Crowd) -> None:
    """Promises and a no on the screen."""
    telling(room, crowd)
    with room.app.app_context():
        add(room, "commitments", "What do you promise, and by when?", level=4)
    seat = crowd.come("service", 1)[0]
    pledges = (("We call back in two days.", "open", ""), ("Open on Sundays", "cannot", "Nobody pays for it."))
    for text, state, word in pledges:
        with room.app.app_context():
            gift, words = Gift(new_id()), {"text": text, "level": 4, "more": {}}
            by = "2099-05-01" if state == "open" else ""
            pledge = {"who": "Kim", "by_date": by, "state": state, "word": word}
            promising.pledge(room.activity("commitments"), seat, words, pledge, gift)
            crowd.approve(gift.id)


HOURS.update(
    {
        "answered": answered,
        "decided": decided,
        "hearing": hearing,
        "note-shown": note_shown,
        "story-heard": story_heard,
        "silent": silent,
        "struck": struck,
        "discussing": discussing_now,
        "promised": promised,
    }
)


def checked(world: World) -> str:
    """The answer that waits for a facilitator."""
    room = world.room("answered")
    with room.app.app_context():
        return responses.waiting(room.id)[0].id


def first_story(world: World) -> str:
    room = world.room("answered")
    with room.app.app_context():
        return responses.to_answer(world.people.organisation_id, room.id)[0].id


@office
def stories_to_answer(device: Device, world: World) -> None:
    """Every story that the service may read."""
    world.room("answered")
    signed_in(device, world, f"/o/{world.people.organisation_id}/answers")


@office
def stories_to_answer_empty(device: Device, world: World) -> None:
    """No story waits for an answer."""
    sign_in(device, world.people, "dora")
    device.open(f"/o/{world.people.other_organisation_id}/answers")


@office
def answers(device: Device, world: World) -> None:
    """The answers of one workshop: what to check, who waits, how it went."""
    signed_in(device, world, f"{world.room('answered').path}/answers")


@office
def answer_a_story(device: Device, world: World) -> None:
    """One story, its answer, and help beside the form."""
    signed_in(device, world, f"{world.room('answered').path}/answers/{first_story(world)}")


@office
def answer_without_words(device: Device, world: World) -> None:
    """An answer needs words and a signature."""
    answer_a_story(device, world)
    device.press("Send the answer")


@office
def check_an_answer(device: Device, world: World) -> None:
    """May the teller see it like this?"""
    signed_in(device, world, f"{world.room('answered').path}/answers/checks/{checked(world)}")


@office
def decisions(device: Device, world: World) -> None:
    """What was decided, each with the way to its stories."""
    signed_in(device, world, f"{world.room('decided').path}/decisions")


@office
def promises_to_follow(device: Device, world: World) -> None:
    """What is due, and what was kept."""
    signed_in(device, world, f"{world.room('decided').path}/promises")


@office
def one_promise(device: Device, world: World) -> None:
    """What became of one promise."""
    promises_to_follow(device, world)
    device.page.locator("main table a").first.click()


@office
def booklet(device: Device, world: World) -> None:
    """The story booklet, to print."""
    signed_in(device, world, f"{world.room('answered').path}/results/booklet")


@console
def stories_to_hear(device: Device, world: World) -> None:
    """Lists of stories, and a new one."""
    enter(device, world, "hearing", "/stories")


@console
def list_to_hear(device: Device, world: World) -> None:
    """One list: its order, its notes, and how many may not be heard."""
    enter(device, world, "hearing", f"/stories/{world.room('hearing').activities['list']}")


@console
def silence(device: Device, world: World) -> None:
    """The room is silent: one button goes on, one makes it longer."""
    enter(device, world, "silent")


@console
def questions_and_notes(device: Device, world: World) -> None:
    """A discussion: for whom I work, the questions, a note."""
    room = world.room("discussing")
    enter(device, world, "discussing", f"/activity/{room.activities['discuss']}/questions")


def on_screen(name: str, hour: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        device.open(f"/s/{world.room(hour).doors['screen']}")

    show.__name__, show.__doc__ = name, caption
    return show


for name, hour, caption in (
    ("before-a-story", "note-shown", "What people should know before a story."),
    ("a-story", "story-heard", "One story on the whole screen."),
    ("silence", "silent", "A moment of silence."),
    ("a-case", "struck", "A case, while everybody writes alone."),
    ("a-question", "discussing", "The question of a discussion."),
    ("promises", "promised", "What is promised, and by when; never who."),
):
    screen(on_screen(name, hour, caption))


def on_phone(name: str, hour: str, key: str, caption: str) -> Any:
    def show(device: Device, world: World) -> None:
        room = world.seat(device, hour)
        device.open(f"{room.path}/a/{room.activities[key]}")

    show.__name__, show.__doc__ = name, caption
    return show


for name, hour, key, caption in (
    ("struck", "struck", "trigger", "What struck me, alone first."),
    ("discuss", "discussing", "discuss", "A question of a discussion, for who prefers to write."),
    ("promise", "promised", "commitments", "A promise, or a no with its reason."),
):
    phone(on_phone(name, hour, key, caption))


@phone
def what_became_of_my_words(device: Device, world: World) -> None:
    """Every step from the telling to the answer, and whether it helped."""
    room, crowd = world.seat(device, "answered"), world.crowd("answered")
    mine = crowd.say(world.own_seat(device, "answered"), "stories", made_up.LIVED_STORIES[0], level=4)
    with room.app.app_context():
        responding.respond(contributions.one(mine, room.id), new_id(), PLANNED, crowd.facilitator, is_team=True)
    device.open(f"{room.path}/words/{mine}")
