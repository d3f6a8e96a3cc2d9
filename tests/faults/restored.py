"""F18: the machine is lost; an older backup comes back, and what was taken back since is gone from it too."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import START, Server, house
from tests.faults.lab import Hall, Lab
from tests.faults.network import noise, tell
from tests.faults.phones import Crowd, Given, Phone, settle
from tests.faults.served import Served
from tests.faults.verdict import Tally
from workshop.commands import recovery, upkeep

AGENDA = ("cards", ("story", {"helped": False}))
GONE = 410


@pytest.mark.shows("P08", "R11")
def restore(lab: Lab) -> Tally:
    """F18: backup, words are taken back, the machine is lost, the backup is restored elsewhere with the list."""
    with lab.hall("before", *AGENDA) as hall:
        pack, taken = lab.run(_live(hall, lab.folder / "safe"))
        hall.served.stop()
        again = lab.folder / "again"
        told = workshop(again, "restore", str(pack), "--words", _words(hall), "--tombstones", _list(hall))
        server = Server(hall.served.server.address, again, hall.served.port)
        with house(server) as app:
            anew = Served(server, app, lab.folder / "again.log", hall.served.settings)
            anew.start()
            try:
                tally = lab.run(_again(hall, anew, taken))
            finally:
                anew.stop()
    tally.promise("checked" in told, "the restore does not say that it was checked")
    tally.leaked += len(_left_in(again, taken))
    tally.says = f"an older backup came back without the {len(taken)} words that were taken back since; {tally.says}"
    return tally


async def _live(hall: Hall, folder: Path) -> tuple[Path, list[Given]]:
    """An afternoon: words and photos, a backup, and then some change their minds."""
    for phone in await hall.crowd.come(8):
        for _ in range(3):
            await phone.until_safe(await phone.prepare())
        await phone.until_safe(await tell(phone, noise(120)))
    await asyncio.to_thread(workshop, hall.served.instance, "backup", str(folder))
    [pack] = folder.glob("*.age")
    taken = [given for phone in hall.crowd.phones[:4] for given in phone.given[2:4]]
    for phone in hall.crowd.phones[:4]:
        for given in phone.given[2:4]:
            await phone.until_safe(phone.take_back(given))
    hall.crowd.hang_up()
    return pack, taken


async def _again(hall: Hall, anew: Served, taken: list[Given]) -> Tally:
    """The same phones go on; one of them still holds what it took back, and sends it; others have unsent words."""
    tally = Tally()
    hall.served = anew
    hall.room.app = hall.people.app = anew.app
    for phone in hall.crowd.phones:
        await phone.prepare()
        await settle(phone)
    answers = [await _resend(hall.crowd, given) for given in taken]
    tally.promise(set(answers) == {GONE}, f"words that were taken back and sent again: {sorted(set(answers))}")
    tally.add(await hall.ledger.tally())
    kept = {row[0] for row in hall.ledger.rows("SELECT file FROM medium WHERE kind = 'photo'")}
    there = {path.name for path in (anew.instance / "media").iterdir()}
    tally.lost += len(kept - there)
    tally.leaked += len(there - kept - _small(hall))
    tally.says = f"{len(kept)} photos are there, receipts still open, unsent words came in"
    hall.crowd.hang_up()
    return tally


def _small(hall: Hall) -> set[str]:
    return {row[0] for row in hall.ledger.rows("SELECT small_file FROM medium WHERE kind = 'photo'")}


async def _resend(crowd: Crowd, given: Given) -> int:
    phone: Phone = next(phone for phone in crowd.phones if given in phone.given)
    old = Given(given.path, dict(given.fields), given.words, photo=given.photo)
    await phone.send(old)
    if old.answers[-1] == 403:  # a form's token from before: the answer brought a fresh one
        await phone.send(old)
    return old.answers[-1]


def workshop(instance: Path, *words: str) -> str:
    """A command as an operator types it; what it said."""
    command = [sys.executable, "-W", "ignore", "-c", START, "--instance", str(instance), *words]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"workshop {words[0]}: {done.stdout}{done.stderr}"
    return done.stdout


def _words(hall: Hall) -> str:
    return str(hall.served.instance / recovery.WORDS)


def _list(hall: Hall) -> str:
    return str(hall.served.instance / upkeep.TOMBSTONES)


def _left_in(folder: Path, taken: list[Given]) -> list[str]:
    """Which of the words that were taken back can be read in some byte of the new installation."""
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [given.mark for given in taken if given.mark.encode() in everything]
