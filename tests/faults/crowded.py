"""F9, F10, F17: everybody at once, thousands who only listen, and a long evening."""

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.processes import family, memory
from tests.faults.lab import Hall, Lab
from tests.faults.pace import Pace
from tests.faults.phones import Phone, Times, fields_of, new_id, settle
from tests.faults.served import OPEN_HANDED
from tests.faults.verdict import CannotInject, Tally
from tests.faults.wire import HOST, written
from workshop.config import SETTINGS

AS_IT_COMES = {setting.name: str(setting.default) for setting in SETTINGS if setting.name in OPEN_HANDED}
BUSY = 429
MISTYPING = 0.3
MOST_GUESSES = 700


@pytest.mark.shows("S02")
def storm(lab: Lab) -> Tally:
    """F9: a hall joins, writes and chooses at once, behind one address; then somebody there guesses codes."""
    with lab.hall("storm", settings=AS_IT_COMES) as hall:
        return lab.run(_storm(hall, Storm(200, lab.of(8, 60), lab.of(4, 10), lab.of(3, 5))))


@dataclass
class Storm:
    """How many come, and how many seconds they take to come, to write and to choose."""

    people: int
    joining: float
    writing: float
    choosing: float
    chance: random.Random = field(default_factory=lambda: random.Random(9))  # noqa: S311 - the same storm each time

    async def within(self, seconds: float) -> None:
        await asyncio.sleep(self.chance.random() * seconds)


async def _storm(hall: Hall, storm: Storm) -> Tally:
    pace, crowd = Pace(), hall.crowd
    crowd.phones = [Phone(hall.served.port, hall.room, crowd.times) for _ in range(storm.people)]
    await crowd.everybody(lambda phone: _join(phone, storm))
    await crowd.everybody(lambda phone: _write(phone, storm))
    await crowd.everybody(lambda phone: _choose(phone, storm))
    tally = Tally()
    how = judge_times(tally, crowd.times, pace)
    guesses = await _guess(hall, tally)
    tally.add(await hall.ledger.tally())
    tally.says = (
        f"{storm.people} people, {len(crowd.times.seconds)} requests, {how}; "
        f"a script was stopped after {guesses} guesses"
    )
    crowd.hang_up()
    return tally


async def _join(phone: Phone, storm: Storm) -> None:
    await storm.within(storm.joining)
    await phone.join(mistype=storm.chance.random() < MISTYPING)
    await phone.get(phone.question("cards"))


async def _write(phone: Phone, storm: Storm) -> None:
    await storm.within(storm.writing)
    await phone.send(await phone.prepare())


async def _choose(phone: Phone, storm: Storm) -> None:
    await storm.within(storm.choosing)
    await phone.walk("dots", **{"choice-own1": "1"})
    await phone.send(phone.choose("dots", {f"own{storm.chance.randint(1, 3)}": 3}))


def judge_times(tally: Tally, times: Times, pace: Pace) -> str:
    """Nobody is told to wait, nothing breaks, and 95 of 100 answers come within a second. Says how it was."""
    bad = {status: number for status, number in times.statuses.items() if status == BUSY or status >= 500 or not status}
    tally.promise(not bad, f"answers that nobody may get: {bad}")
    second = pace.limit(1.0)  # as long as a second is on a machine that has nothing else to do
    for share, seconds in ((0.95, 1), (0.99, 3)):
        took, limit = times.share(share), seconds * second
        tally.promise(took <= limit, f"p{share * 100:.0f} is {took:.2f} s, more than {limit:.2f} s")
    return f"p95 {times.share(0.95) * 1000:.0f} ms (limit here {second * 1000:.0f})"


async def _guess(hall: Hall, tally: Tally) -> int:
    """A script behind the same address tries codes until it is stopped; those with a QR code come in and write on."""
    guesses, answers = 0, [0]
    while answers[-1] != BUSY and guesses < MOST_GUESSES:
        tried = await asyncio.gather(*(_pretend_to_be_new(hall) for _ in range(8)))
        answers = sorted(status for each in tried for status in each)
        guesses += len(answers)
    tally.promise(answers[-1] == BUSY, f"a script guessed {guesses} codes and nobody stopped it")
    latecomer = Phone(hall.served.port, hall.room)
    await latecomer.join()
    hall.crowd.phones.append(latecomer)
    came_through = await latecomer.send(await latecomer.prepare())
    tally.promise(came_through, "while a script was guessing, people with a QR code could not come in and write")
    return guesses


async def _pretend_to_be_new(hall: Hall) -> list[int]:
    """Some guesses, and then other cookies, before the limit of one phone is reached."""
    phone = Phone(hall.served.port, hall.room)
    form = fields_of(await phone.get("/join"), "/join")
    statuses = [(await phone.post("/join", {**form, "code": new_id()[:7]})).status for _ in range(8)]
    phone.hang_up()
    return statuses


@pytest.mark.shows("S24")
def stream_flood(lab: Lab) -> Tally:
    """F10: thousands follow and say nothing, hundreds send a byte now and then; people write meanwhile."""
    with lab.hall("flood") as hall:
        return lab.run(_stream_flood(hall, 2000, 200, lab.of(6, 60)))


async def _stream_flood(hall: Hall, streams: int, slow: int, seconds: float) -> Tally:
    crowd, pace = hall.crowd, Pace()
    await crowd.come(20)
    await crowd.everybody(lambda phone: phone.walk("cards", text="To be written"))
    listening = await _listen(hall, streams)
    dripping = [asyncio.create_task(_drip(hall)) for _ in range(slow)]
    crowd.times = Times()
    for phone in crowd.phones:
        phone.times = crowd.times
    stop = asyncio.Event()
    giving = asyncio.create_task(crowd.keep_giving(stop, pause=1.0))
    await asyncio.sleep(seconds)
    stop.set()
    await giving
    tally = Tally()
    how = judge_times(tally, crowd.times, pace)
    alive = sum(not reader.at_eof() for reader, _writer in listening)
    for task in dripping:
        task.cancel()
    for _reader, writer in listening:
        writer.close()
    tally.promise(alive == streams, f"only {alive} of {streams} streams are still there")
    tally.add(await hall.ledger.tally())
    tally.says = f"{alive} streams and {slow} dripping requests; of posts {how}"
    crowd.hang_up()
    return tally


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _listen(hall: Hall, many: int) -> list[Ends]:
    """So many phones follow the room, and each is told the first state."""
    found: list[Ends] = []
    for start in range(0, many, 100):
        found += await asyncio.gather(*(_follow(hall, number) for number in range(start, min(start + 100, many))))
    return found


async def _follow(hall: Hall, number: int) -> Ends:
    phone = hall.crowd.phones[number % len(hall.crowd.phones)]
    cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    reader, writer = await asyncio.open_connection(HOST, hall.served.port)
    path = f"/live/{hall.room.id}/phone?part=now"
    writer.write(written("GET", path, hall.served.port, {"Cookie": cookies}))
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
    assert b" 200 " in head.split(b"\r\n")[0], head[:100]
    return reader, writer


async def _drip(hall: Hall) -> None:
    """A request that never ends: half of them in their head, half in their body."""
    path = f"{hall.room.path}/a/{hall.room.activities['cards']}"
    while True:
        try:
            _reader, writer = await asyncio.open_connection(HOST, hall.served.port)
            whole = written("POST", path, hall.served.port, {"Content-Length": "5000"})
            writer.write(whole[: random.choice((30, len(whole)))])  # noqa: S311
            for _ in range(100):
                await asyncio.sleep(1)
                writer.write(b"x")
                await writer.drain()
        except OSError:
            await asyncio.sleep(1)


def soak(lab: Lab) -> Tally:
    """F17: people come, write, choose, take back and go, for a long time; the server stays as large as it was."""
    with lab.hall("soak") as hall:
        if memory(hall.served.pid) is None:
            raise CannotInject("This system does not tell how much memory a process has.")
        return lab.run(_soak(hall, lab.of(20, 200), lab.of(8, 600), lab.of(16, 4 * 3600)))


async def _soak(hall: Hall, people: int, warm: float, seconds: float) -> Tally:
    await hall.crowd.come(people)
    stop = asyncio.Event()
    going = [asyncio.create_task(_spend_the_evening(hall, phone, stop)) for phone in hall.crowd.phones]
    await asyncio.sleep(warm)
    before = _size(hall)
    await asyncio.sleep(seconds)
    after = _size(hall)
    stop.set()
    await asyncio.gather(*going)
    tally = await hall.ledger.tally()
    grown = after.memory / before.memory - 1
    tally.promise(grown <= 0.1, f"memory grew by {grown:.0%}")
    tally.promise(after.files <= before.files * 1.1 + 10, f"open files: {before.files}, then {after.files}")
    tally.says = (
        f"{people} people for {seconds:.0f} s: memory {before.memory / 1e6:.0f} MB, then {after.memory / 1e6:.0f} MB; "
        f"open files {before.files}, then {after.files}"
    )
    hall.crowd.hang_up()
    return tally


@dataclass(frozen=True)
class Size:
    memory: float
    files: int


def _size(hall: Hall) -> Size:
    files = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in family(hall.served.pid))
    return Size(memory(hall.served.pid) or 0.0, files)


async def _spend_the_evening(hall: Hall, phone: Phone, stop: asyncio.Event) -> None:
    chance = random.Random()  # noqa: S311 - an evening like any other
    await phone.walk("dots", **{"choice-own1": "1"})
    while not stop.is_set():
        given = await phone.prepare()
        await phone.until_safe(given)
        await phone.until_safe(phone.choose("dots", {"own1": chance.randint(1, 3)}))
        await phone.get(f"{hall.room.path}/")
        if chance.random() < 0.3:
            await phone.until_safe(phone.take_back(given))
        if chance.random() < 0.2:
            phone.hang_up()
            _reader, stream = await _follow(hall, chance.randrange(len(hall.crowd.phones)))
            stream.close()
        await asyncio.sleep(chance.random() * 2)
    await settle(phone)
