"""F1, F8: processes die, or are told to go, while people send."""

import asyncio
import random
import sys

import pytest

from tests.faults.followers import Followers
from tests.faults.lab import Hall, Lab
from tests.faults.pace import Pace
from tests.faults.verdict import CannotInject, Tally

BACK_WITHIN = 15.0
FOLLOW = 40  # live streams beside those who send


@pytest.mark.shows("R01", "R04", "R19")
def kill_nine(lab: Lab) -> Tally:
    """F1: kill -9 of a server process, or of the whole server, again and again."""
    if sys.platform == "win32":
        raise CannotInject("Windows has no kill -9.")
    kills = lab.of(10, 100)
    with lab.hall("kills") as hall:
        tally = lab.run(_killed(hall, kills))
    tally.says = f"{kills} kills under 20 people who send"
    return tally


async def _killed(hall: Hall, kills: int) -> Tally:
    stop, chance = asyncio.Event(), random.Random(1)  # noqa: S311 - the same kills in every run
    await hall.crowd.come(20)
    await hall.crowd.everybody(lambda phone: phone.walk("cards", text="To be written"))
    giving = asyncio.create_task(hall.crowd.keep_giving(stop, pause=0.2))
    for number in range(kills):
        await asyncio.sleep(0.2 + chance.random() * 0.6)
        if number % 5 == 4:
            await asyncio.to_thread(hall.served.kill)
            await asyncio.to_thread(hall.served.start)
        else:
            hall.served.kill_worker(chance.randrange(2))
    await asyncio.sleep(0.5)
    stop.set()
    await giving
    tally = await hall.ledger.tally()
    hall.crowd.hang_up()
    return tally


@pytest.mark.shows("R13", "R19")
def restart(lab: Lab) -> Tally:
    """F8: SIGTERM, and started again, under a hall of people who send."""
    people = lab.of(60, 200)
    with lab.hall("restart") as hall:
        tally = lab.run(_restarted(hall, people))
    tally.says = f"{people} people send, {tally.says}"
    return tally


async def _restarted(hall: Hall, people: int) -> Tally:
    stop, pace, seconds = asyncio.Event(), Pace(), []
    await hall.crowd.come(people)
    await hall.crowd.everybody(lambda phone: phone.walk("cards", text="To be written"))
    followers, heard = Followers(hall, hall.crowd.phones[:FOLLOW]), []
    giving = asyncio.create_task(hall.crowd.keep_giving(stop, pause=0.6))
    for _ in range(2):
        heard.append(await followers.all_hear(pace.limit(BACK_WITHIN)))
        await asyncio.sleep(1)
        gone = await asyncio.to_thread(hall.served.stop)
        seconds.append(gone + await asyncio.to_thread(hall.served.start))
    heard.append(await followers.all_hear(pace.limit(BACK_WITHIN)))
    followers.stop()
    stop.set()
    await giving
    tally = await hall.ledger.tally()
    hall.crowd.hang_up()
    tally.promise(
        all(heard) and followers.begun >= 3 * FOLLOW,
        f"{len(followers.tasks) - len(followers.hearing)} live streams did not come back",
    )
    tally.promise(max(seconds) <= pace.limit(BACK_WITHIN), f"it was away for {max(seconds):.0f} seconds")
    tally.says = f"away for {max(seconds):.1f} s, {len(followers.tasks)} live streams came back"
    return tally
