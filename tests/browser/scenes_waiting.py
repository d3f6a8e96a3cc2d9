"""The phone's pages while words wait on it: no network, no room, put out, handed on. Nothing of it stays behind."""

from tests.browser import made_up
from tests.browser.device import Device
from tests.browser.scene import scene
from tests.browser.scenes_phone import ask, write
from tests.browser.world import World
from tests.support.build import Room

phone = scene("phone")
CUT = """() => {
  window.fetch = () => Promise.reject(new TypeError('no network'));
  Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true });
  const real = window.setTimeout;
  const isTrying = (act) => act.name === 'flush' || String(act).includes('backOnline');
  window.setTimeout = (act, ...more) => (isTrying(act) ? 0 : real(act, ...more));
}"""
FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
LET_GO = """() => {
  BeforeUnloadEvent.prototype.preventDefault = () => {};
  Object.defineProperty(BeforeUnloadEvent.prototype, 'returnValue', { set: () => {} });
}"""
KEEP = """({ room, words, text }) => new Promise((resolve, reject) => {
  const person = document.querySelector('meta[name="person"]').content;
  const item = {
    id: '0'.repeat(32), address: `${location.origin}/w/${room}/a/${'0'.repeat(32)}`, fields: [], person, words,
    state: text ? 'refused' : 'phone', text, at: 1, title: 'What would help most?',
  };
  const opened = indexedDB.open('workshop-outbox', 3);
  opened.onsuccess = () => {
    const change = opened.result.transaction('items', 'readwrite');
    change.objectStore('items').put(item);
    change.oncomplete = () => { opened.result.close(); window.dispatchEvent(new Event('online')); resolve(); };
    change.onerror = () => reject(change.error);
  };
})"""
# What the page asks of its store from here on is never answered: what was forgotten is not missed on the screen.
FORGET = """() => new Promise((resolve) => {
  const { open } = IDBFactory.prototype;
  const { transaction } = IDBDatabase.prototype;
  const never = new Proxy(function never() {}, { get: () => never, set: () => true, apply: () => never });
  IDBFactory.prototype.open = () => never;
  IDBDatabase.prototype.transaction = () => never;
  const opened = open.call(indexedDB, 'workshop-outbox', 3);
  opened.onsuccess = () => {
    const change = transaction.call(opened.result, 'items', 'readwrite');
    change.objectStore('items').clear();
    change.oncomplete = () => { opened.result.close(); resolve(); };
  };
})"""


def cut(device: Device) -> None:
    """The network of this page ends."""
    device.page.evaluate(CUT)


def keep(device: Device, room: Room, text: str = "") -> None:
    """Something waits on this phone, until the page is left."""
    cut(device)
    words = [["Your words", made_up.IDEAS[0][1]]]
    device.page.evaluate(KEEP, {"room": room.id, "words": words, "text": text})
    device.page.locator("[data-outbox], [data-unsent]").locator("visible=true").first.wait_for()
    device.page.evaluate(FORGET)


def settle(device: Device, state: str) -> None:
    """The page says where the words are, and has counted them: what is forgotten now it will not miss."""
    device.page.locator(f"[data-on-its-way={state}]").wait_for()
    device.page.locator("[data-outbox]").wait_for()
    device.page.evaluate(FORGET)


def to_check(device: Device, world: World) -> None:
    ask(device, world.seat(device, "first-ideas"), "ideas")
    write(device, made_up.IDEAS[0][1])
    device.press("Go on")


def send(device: Device, state: str) -> None:
    device.page.get_by_role("button", name="Send", exact=True).click()
    settle(device, state)


@phone
def only_on_this_phone(device: Device, world: World) -> None:
    """No network: the words wait on the phone, and go by themselves."""
    to_check(device, world)
    cut(device)
    send(device, "phone")


@phone
def no_room(device: Device, world: World) -> None:
    """The phone is full: the words stay on the screen, with ways to keep a copy."""
    to_check(device, world)
    cut(device)
    device.page.evaluate(FULL)
    send(device, "full")
    device.page.evaluate(LET_GO)


@phone
def between_two_questions(device: Device, world: World) -> None:
    """The network ends between two questions."""
    ask(device, world.seat(device, "asked"), "stories")
    write(device, made_up.LIVED_STORIES[0])
    cut(device)
    device.page.get_by_role("button", name="Go on").locator("visible=true").click()
    device.page.locator("[data-no-network]").wait_for()


@phone
def sent_as_it_is(device: Device, world: World) -> None:
    """Sent as it is, later; another one can be written meanwhile."""
    ask(device, world.seat(device, "first-ideas"), "ideas")
    write(device, made_up.IDEAS[0][1])
    cut(device)
    device.page.get_by_role("button", name="Go on").locator("visible=true").click()
    device.page.get_by_role("button", name="Send it as it is").click()
    settle(device, "phone")


@phone
def not_sent_yet(device: Device, world: World) -> None:
    """My words, and what waits on this phone."""
    room = world.seat(device, "first-ideas")
    device.open(f"{room.path}/my-words")
    keep(device, room)


@phone
def not_sent_because(device: Device, world: World) -> None:
    """The server said no: the reason, and a copy."""
    room = world.seat(device, "first-ideas")
    device.open(f"{room.path}/my-words")
    keep(device, room, "This was sent before. The first words are safe.")


@phone
def shown_to_the_facilitator(device: Device, world: World) -> None:
    """Words that are not sent yet, to be read across a table."""
    not_sent_yet(device, world)
    device.page.get_by_role("button", name="Show it to the facilitator").locator("visible=true").first.click()


@phone
def leaving_early(device: Device, world: World) -> None:
    """Somebody has to go."""
    device.open(f"{world.seat(device, 'telling').path}/leave")


@phone
def before_it_is_handed_on(device: Device, world: World) -> None:
    """The tablet changes hands while words wait."""
    room = world.seat(device, "telling")
    device.open(f"{room.path}/leave")
    cut(device)
    device.page.evaluate(KEEP, {"room": room.id, "words": [["Your words", made_up.IDEAS[0][1]]], "text": ""})
    device.page.get_by_role("button", name="Next person, please").click()
    device.page.get_by_role("dialog").wait_for()
    device.page.evaluate(FORGET)


@phone
def no_network(device: Device, world: World) -> None:
    """Neither network nor a page that was kept."""
    device.page.route("**/healthz", lambda route: route.abort(), times=1)
    device.open("/offline/en")
    cut(device)


@phone
def begun_before_the_close(device: Device, world: World) -> None:
    """The question closed while somebody wrote: it can still be sent."""
    room = world.seat(device, "choosing")
    device.open(f"{room.path}/help")
    draft = f"draft:{room.activities['ideas']}"
    texts = "JSON.stringify({ at: Date.now(), texts: { text: words } })"
    device.page.evaluate(f"([key, words]) => localStorage.setItem(key, {texts})", [draft, made_up.IDEAS[0][1]])
    ask(device, room, "ideas")
    device.page.evaluate("(key) => localStorage.removeItem(key)", draft)


@phone
def the_next_question_is_open(device: Device, world: World) -> None:
    """Sent, and the room has gone on."""
    room = world.seat(device, "several")
    device.open(f"{room.path}/a/{room.activities['stories']}/sent")
    device.page.locator("[data-offered]").wait_for()
