"""F7: the server's clock is put forward and back between two starts, and phones live in other years."""

import asyncio
import time
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine

from tests.faults.in_browser import clocks_of_phones
from tests.faults.lab import Hall, Lab
from tests.faults.verdict import Tally
from tests.support.patience import until
from tests.support.people import Person
from tools import browser
from workshop.commands import links
from workshop.models.columns import now

HOUR = timedelta(hours=1)
# What time it is, is decided before the app is loaded; from then on the clock goes on as clocks do.
AT = "import time_machine\ntime_machine.travel({}, tick=True).start()\nfrom workshop.cli import main\nmain()"
COUNTED_WITHIN = 10.0


@pytest.mark.shows("R08")
def clocks(lab: Lab) -> Tally:
    """F7: an hour forward, an hour back; then, where there is a browser, phones a year before and after us."""
    with lab.hall("clocks") as hall:
        tally = lab.run(_clocks(hall))
        if browser.find():
            tally.add(clocks_of_phones(hall))
            tally.says += "; phones a year early and a year late"
        else:
            tally.says += "; without a browser no phone was a year early or late"
    return tally


async def _clocks(hall: Hall) -> Tally:
    tally, rounds = Tally(), []
    for phone in await hall.crowd.come(6):
        await phone.walk("cards", text="To be written")
        await phone.walk("dots", **{"choice-own1": "1"})
        await phone.until_safe(phone.choose("dots", {"own2": 2}))
    early = await asyncio.to_thread(_sign_in_link, hall)
    tally.promise(opens(hall, early, timedelta(0)), "a fresh sign-in link does not open: this proves nothing")
    rounds.append(await _round(hall))
    await asyncio.to_thread(hall.room.close, "dots")
    in_time = hall.ledger.on_paper(hall.room.activities["dots"])
    tally.promise(len(in_time) == 6, "not every ballot was there before the close")

    await asyncio.to_thread(start_at, hall, HOUR)
    rounds.append(await _round(hall))
    tally.promise(await asyncio.to_thread(_is_counted, hall), "two minutes after the close it was not counted")
    await _late_ballot(hall, tally)
    tally.promise(not opens(hall, early, HOUR), "a sign-in link of half an hour still opened after an hour")

    await asyncio.to_thread(start_at, hall, -HOUR)
    rounds.append(await _round(hall))
    await _late_ballot(hall, tally)
    _compare_order(hall, rounds, tally)
    await asyncio.to_thread(start_at, hall, timedelta(0))
    tally.add(await hall.ledger.tally())
    tally.says = "the server an hour late, an hour early: order, close and sign-in links are right"
    hall.crowd.hang_up()
    return tally


def start_at(hall: Hall, shift: timedelta) -> None:
    """Stop it, and start it with a clock that is so much off."""
    hall.served.stop()
    hall.served.starting = AT.format(repr(time.time() + shift.total_seconds()))
    hall.served.start()


async def _round(hall: Hall) -> set[str]:
    """Everybody gives a card, also with the form of a page from another hour."""
    given = [await phone.prepare() for phone in hall.crowd.phones]
    await asyncio.gather(*(phone.until_safe(each) for phone, each in zip(hall.crowd.phones, given, strict=True)))
    return {each.id for each in given}


def _is_counted(hall: Hall) -> bool:
    query, dots = "SELECT state FROM activity WHERE id = ?", hall.room.activities["dots"]
    return until(lambda: hall.ledger.rows(query, dots) == [("closed",)], COUNTED_WITHIN)


async def _late_ballot(hall: Hall, tally: Tally) -> None:
    """What is closed stays closed, whatever the clock says afterwards."""
    phone = hall.crowd.phones[0]
    late = phone.choose("dots", {"own3": 3})
    await phone.until_safe(late, patience=10)
    tally.promise(late.over == 409, f"a ballot after the close: {late.answers}")


def _sign_in_link(hall: Hall) -> str:
    ada = hall.people.ada.id
    with hall.served.app.app_context():
        return links.make_link(ada, "sign_in")


def opens(hall: Hall, link: str, shift: timedelta) -> bool:
    """Would this link let somebody in, at that hour?"""
    with time_machine.travel(now() + shift):
        page = Person(hall.served.app).get(f"/sign-in/{link}")
        return page.status == 200 and bool(page.forms())


def _compare_order(hall: Hall, rounds: list[set[str]], tally: Tally) -> None:
    """The server's own numbers say what came first, not what the clock said."""
    numbers = dict(hall.ledger.rows("SELECT id, number FROM contribution"))
    for before, after in pairwise(rounds):
        first, last = min(numbers[name] for name in after), max(numbers[name] for name in before)
        tally.promise(last < first, "what was given later stands before what was given earlier")
