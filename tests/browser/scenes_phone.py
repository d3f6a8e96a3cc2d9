"""Every state of the phone's pages."""

from typing import Any

from tests.browser import made_up
from tests.browser.device import Device
from tests.browser.doing import photo
from tests.browser.scene import scene, shown_here
from tests.browser.world import World
from tests.support.build import Room
from workshop.commands import moderating
from workshop.queries import contributions, rooms

phone = scene("phone")
FORGET_MEDIA = """async () => {
  const { all, drop } = await import('/static/js/shelf.js');
  const media = await all();
  await Promise.all(media.map(({ id }) => drop(id)));
  return media.length;
}"""


def ask(device: Device, room: Room, key: str) -> Any:
    """The question as nobody has begun to answer it: what an earlier scene recorded is forgotten."""
    page = device.open(f"{room.path}/a/{room.activities[key]}")
    if page.evaluate(FORGET_MEDIA):
        page.reload()
    return page


def write(device: Device, text: str) -> None:
    device.page.get_by_role("textbox").first.fill(text)


@phone
def front_door(device: Device, world: World) -> None:
    """Whoever comes without a link."""
    device.open("/")


@phone
def code(device: Device, world: World) -> None:
    """The code by hand."""
    device.open("/join")


@phone
def wrong_code(device: Device, world: World) -> None:
    """A code that opens nothing."""
    device.open("/join")
    write(device, "KKKKKKK")
    device.press("Go in")


@phone
def welcome(device: Device, world: World) -> None:
    """Screen 1: what this is, and that nothing hangs on it."""
    device.open(f"/j/{world.room('doors').doors['lived']}")


@phone
def role(device: Device, world: World) -> None:
    """Screen 2: who are you here?"""
    room = world.seat(device, "asked")
    device.open(f"{room.path}/role")


@phone
def question(device: Device, world: World) -> None:
    """Screen 3: the first question."""
    ask(device, world.seat(device, "asked"), "stories")


@phone
def photo_added(device: Device, world: World) -> None:
    """A photo has come along."""
    ask(device, world.seat(device, "asked"), "stories")
    write(device, made_up.LIVED_STORIES[0])
    device.page.locator("input[name=photo_file]").set_input_files(photo("stop.jpg"))
    device.press("Go on")
    device.press("Back")


@phone
def not_a_photo(device: Device, world: World) -> None:
    """Something that is no photo."""
    ask(device, world.seat(device, "asked"), "stories")
    broken = {"name": "stop.jpg", "mimeType": "image/jpeg", "buffer": b"this is no picture at all"}
    write(device, made_up.LIVED_STORIES[1])
    device.page.locator("input[name=photo_file]").set_input_files(broken)
    device.page.get_by_text("This is not a photo that we can read.").wait_for()


@phone
def nothing_written(device: Device, world: World) -> None:
    """A story needs words or a photo."""
    ask(device, world.seat(device, "asked"), "stories")
    device.press("Go on")


@phone
def what_would_have_helped(device: Device, world: World) -> None:
    """The second question of a story."""
    ask(device, world.seat(device, "asked"), "stories")
    write(device, made_up.LIVED_STORIES[0])
    device.press("Go on")


@phone
def who_may_see_it(device: Device, world: World) -> None:
    """The consent ladder: five doors."""
    what_would_have_helped(device, world)
    device.press("Go on")


@phone
def check(device: Device, world: World) -> None:
    """Is this right?"""
    who_may_see_it(device, world)
    device.page.locator("#level-3").check(force=True)
    device.press("Go on")


@phone
def check_long(device: Device, world: World) -> None:
    """A very long story, before it is sent."""
    ask(device, world.seat(device, "asked"), "stories")
    write(device, made_up.LONG_STORY)
    device.press("Go on")
    device.press("Go on")
    device.press("Go on")


@phone
def sent(device: Device, world: World) -> None:
    """Sent, safe, with the receipt."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/a/{room.activities['stories']}/sent")


@phone
def nothing_to_do(device: Device, world: World) -> None:
    """In, and nothing is open."""
    device.open(f"{world.seat(device, 'doors').path}/")


@phone
def several_questions(device: Device, world: World) -> None:
    """Two questions are open side by side."""
    device.open(f"{world.seat(device, 'several').path}/")


@phone
def look_up(device: Device, world: World) -> None:
    """The calm page while the room talks."""
    device.open(f"{world.seat(device, 'telling').path}/look-up")


@phone
def look_up_shown(device: Device, world: World) -> None:
    """The same, with what the room's screen shows."""
    look_up(device, world)
    device.page.locator("summary", has_text="Show it here").click()


@phone
def look_up_results(device: Device, world: World) -> None:
    """Results on the phone too."""
    shown_here(device, world, "counted")


@phone
def my_words_empty(device: Device, world: World) -> None:
    """My words, before anything was given."""
    device.open(f"{world.seat(device, 'doors').path}/my-words")


@phone
def my_words(device: Device, world: World) -> None:
    """Everything I gave, each with who may see it."""
    given(device, world)
    device.open(f"{world.room('telling').path}/my-words")


@phone
def my_story(device: Device, world: World) -> None:
    """One thing I gave: who sees it, change it, take it back."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/words/{given(device, world)[0]}")


@phone
def changed_by_the_facilitator(device: Device, world: World) -> None:
    """A facilitator changed something: the teller reads both and decides."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/words/{given(device, world)[1]}")


@phone
def correct(device: Device, world: World) -> None:
    """Correct my own words."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/words/{given(device, world)[0]}/correct")


@phone
def taken_back(device: Device, world: World) -> None:
    """Gone from every page."""
    device.open(f"{world.seat(device, 'telling').path}/taken-back")


@phone
def help(device: Device, world: World) -> None:
    """Help, always at the same place."""
    device.open(f"{world.seat(device, 'telling').path}/help")


@phone
def help_comes(device: Device, world: World) -> None:
    """The facilitator knows."""
    device.open(f"{world.seat(device, 'telling').path}/help?asked=1")


@phone
def worry(device: Device, world: World) -> None:
    """Somebody worries about words."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/words/{given(device, world)[0]}/worry")


@phone
def closed_question(device: Device, world: World) -> None:
    """The question is closed; what was sent is safe."""
    ask(device, world.seat(device, "choosing"), "ideas")


@phone
def not_yet(device: Device, world: World) -> None:
    """The question has not started."""
    ask(device, world.seat(device, "asked"), "dots")


@phone
def next_person(device: Device, world: World) -> None:
    """A shared tablet is ready for the next person."""
    device.open(f"{world.room('doors').path}/gone")


def make_shared(device: Device, room: Room) -> None:
    device.open(f"/j/{room.doors['lived']}/tablet")
    device.press("Yes, it is shared")


@phone
def shared_tablet(device: Device, world: World) -> None:
    """A device becomes a shared tablet."""
    device.open(f"/j/{world.room('doors').doors['lived']}/tablet")


@phone
def still_there(device: Device, world: World) -> None:
    """A shared tablet was left alone, and asks."""
    make_shared(device, world.room("asked"))
    ask(device, world.seat(device, "asked"), "stories")
    device.page.wait_for_function("() => sessionStorage.touched")
    device.page.evaluate("() => { sessionStorage.touched = String(Date.now() - 75000); }")
    device.page.get_by_role("dialog").wait_for()


@phone
def what_leaving_fast_does(device: Device, world: World) -> None:
    """Leave this page fast: what it does, and what it cannot do."""
    device.open("/leave-fast")


@phone
def over(device: Device, world: World) -> None:
    """The workshop is over."""
    device.open(f"{world.seat(device, 'over').path}/")


@phone
def card(device: Device, world: World) -> None:
    """An idea, and under it what others wrote."""
    ask(device, world.seat(device, "first-ideas"), "ideas")


@phone
def card_among_many(device: Device, world: World) -> None:
    """The same, with a full wall."""
    ask(device, world.seat(device, "crowded"), "ideas")


@phone
def card_in_columns(device: Device, world: World) -> None:
    """A card that belongs somewhere."""
    ask(device, world.seat(device, "columns"), "columns")


@phone
def card_too_long(device: Device, world: World) -> None:
    """Too long: refused, with every word kept."""
    ask(device, world.seat(device, "first-ideas"), "ideas")
    write(device, (made_up.LONG_CARD * 3)[:540])
    device.press("Go on")


@phone
def dots(device: Device, world: World) -> None:
    """A few dots for what matters most."""
    ask(device, world.seat(device, "choosing"), "dots")


@phone
def dots_given(device: Device, world: World) -> None:
    """Two of three dots are given."""
    dots(device, world)
    for idea in (made_up.IDEAS[0][1], made_up.IDEAS[2][1]):
        device.page.get_by_label(idea).check(force=True)


@phone
def dots_check(device: Device, world: World) -> None:
    """Is this right? A secret ballot before it is sent."""
    dots_given(device, world)
    device.press("Go on")


@phone
def dots_sent(device: Device, world: World) -> None:
    """Sent, and to be changed until the close."""
    room = world.seat(device, "choosing")
    device.open(f"{room.path}/a/{room.activities['dots']}/sent")


@phone
def statement(device: Device, world: World) -> None:
    """Agree, disagree, pass."""
    ask(device, world.seat(device, "agreeing"), "agree")


@phone
def statements_done(device: Device, world: World) -> None:
    """Every statement is answered."""
    statement(device, world)
    while device.page.get_by_role("button", name="Pass").count():
        with device.page.expect_navigation():
            device.page.get_by_role("button", name="Pass").click()


@phone
def told_at_the_beginning(device: Device, world: World) -> None:
    """The welcome: what can change, our rules, who reads what."""
    ask(device, world.seat(device, "greeting"), "welcome")


@phone
def tea_and_cake(device: Device, world: World) -> None:
    """A break."""
    ask(device, world.seat(device, "resting"), "pause")


@phone
def closing(device: Device, world: World) -> None:
    """One of the eight closing questions."""
    ask(device, world.seat(device, "ending"), "closing")


@phone
def what_to_stop(device: Device, world: World) -> None:
    """The last closing question, in one's own words."""
    closing(device, world)
    while not device.page.get_by_role("textbox").count():
        device.press("Go on")


@phone
def receipt_by_words(device: Device, world: World) -> None:
    """A receipt, said aloud."""
    device.open("/receipt")


@phone
def receipt_unknown(device: Device, world: World) -> None:
    """Six words that open nothing."""
    device.open("/receipt")
    write(device, "one two three four five six")
    device.enter()


@phone
def receipt_opened(device: Device, world: World) -> None:
    """Opening a receipt asks first."""
    device.open("/r/" + "0" * 32)


@phone
def not_found(device: Device, world: World) -> None:
    """Nothing here."""
    device.open("/nowhere")


@phone
def not_mine(device: Device, world: World) -> None:
    """A room that this phone is not in."""
    device.open(f"{world.room('locked').path}/my-words")


@phone
def old_link(device: Device, world: World) -> None:
    """A join link that opens nothing."""
    device.open("/j/" + "0" * 32)


def given(device: Device, world: World) -> list[str]:
    """What this phone's person gave in the room where stories are told; made once."""
    room = world.seat(device, "telling")
    seat, crowd = world.own_seat(device, "telling"), world.crowd("telling")
    with room.app.app_context():
        known = [said.id for said in contributions.given_by(seat.id)]
    if known:
        return sorted(known, key=lambda name: name != known[-1])
    first = crowd.say(seat, "stories", made_up.LIVED_STORIES[2], shown=False, level=3)
    second = crowd.say(seat, "stories", made_up.LIVED_STORIES[4] + " She is Mrs Hale from number 12.", level=2)
    with room.app.app_context():
        said = contributions.one(second, rooms.workshop(room.id).id)
        moderating.edit(said, made_up.LIVED_STORIES[4], "Without the name of your neighbour.", crowd.facilitator)
    return [first, second]
