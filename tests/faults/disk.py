"""F4, F5, F15: the disk is full, does not keep what it was given, or a reader holds on to what was long ago."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.crowded import judge_times
from tests.faults.lab import Hall, Lab
from tests.faults.network import noise, tell
from tests.faults.pace import Pace
from tests.faults.phones import Given, Phone, settle
from tests.faults.verdict import CannotInject, Tally
from tests.support.serving import ask, cookies_of
from workshop.extensions import open_beside

DISK = 24  # MB of the disk that gets full
RED_WITHIN, GREEN_WITHIN = 10.0, 20.0
LOG_AT_MOST = 64 * 1024 * 1024
NO_ROOM_FOR_PHOTOS = 422  # below a tenth of free disk the form says so; the words and the photo stay on the phone
AGENDA = ("cards", ("story", {"helped": False}))


@pytest.mark.shows("R07")
def disk_full(lab: Lab) -> Tally:
    """F4: no room is left, then there is room again. A small disk of our own where we may mount one, and a limit
    on the size of files everywhere on Linux."""
    if not sys.platform.startswith("linux"):
        raise CannotInject("Only on Linux can we take the disk from a process that runs.")
    with small_disk(lab.folder) as place, lab.hall("full", *AGENDA, place=place) as hall:
        ways = ([lambda: filled(place)] if place else []) + [lambda: limited(hall)]
        tally = lab.run(_disk_full(hall, ways))
    tally.says += " (a full disk, and files that may not grow)" if place else " (files that may not grow)"
    return tally


async def _disk_full(hall: Hall, ways: Sequence[Callable[[], AbstractContextManager[None]]]) -> Tally:
    tally, pace, reds, greens = Tally(), Pace(), [0.0], [0.0]
    for phone in await hall.crowd.come(6):
        await phone.walk("cards", text="To be written")
    for way in ways:
        light = Light(hall)
        await settle_new(hall.crowd.phones, many=2)
        with way():
            began = time.monotonic()
            await _while_full(hall, tally)
            reds.append(await asyncio.to_thread(light.turns, False, began))
        began = time.monotonic()
        greens.append(await asyncio.to_thread(light.turns, True, began))
        await hall.crowd.everybody(settle)
    tally.promise(max(greens) <= pace.limit(GREEN_WITHIN), f"the light was not green again after {max(greens):.0f} s")
    tally.promise(max(reds) <= pace.limit(RED_WITHIN), f"the light was still green after {max(reds):.0f} s")
    tally.add(await hall.ledger.tally())
    tally.says = f"503 with the words, the light was red after {max(reds):.1f} s, green again by itself"
    hall.crowd.hang_up()
    return tally


async def settle_new(phones: list[Phone], many: int) -> None:
    for phone in phones:
        for _ in range(many):
            await phone.until_safe(await phone.prepare())


async def _while_full(hall: Hall, tally: Tally) -> None:
    """Nothing is acknowledged; the answer is a 503 with the words; taking back and photos are no exception."""
    first, *others = hall.crowd.phones
    for phone in others:
        given = await phone.prepare()
        await phone.send(given)
        _expect_503(tally, given, "a card")
    latest = [given for given in first.given if given.what == "card" and given.acknowledged][-1]
    _expect_503(tally, await _sent(first, first.take_back(latest)), "a take-back")
    photo = (await _sent(first, await tell(first, noise(300)))).answers[-1]
    tally.promise(photo in (503, NO_ROOM_FOR_PHOTOS), f"a photo on a full disk: {photo}")
    plain = await first.prepare()
    page = await first.post(plain.path, {**plain.fields, "csrf_token": first.token})
    tally.promise(page.status == 503 and plain.mark in page.text, f"without script: {page.status}, or no words")
    tally.promise("send again" in page.text.lower(), "the page without script has no way on")


async def _sent(phone: Phone, given: Given) -> Given:
    await phone.send(given)
    return given


def _expect_503(tally: Tally, given: Given, what: str) -> None:
    tally.promise(given.answers[-1] == 503, f"{what} on a full disk: {given.answers[-1]}")


class Light:
    """ada's light «words are being saved», which her console asks for every two seconds."""

    def __init__(self, hall: Hall) -> None:
        self.port, self.path = hall.served.port, f"{hall.room.path}/console/saved"
        self.cookies = cookies_of(hall.people.ada)

    def is_on(self) -> bool:
        return ask(self.port, self.path, Cookie=self.cookies).status == 200

    def turns(self, on: bool, since: float, patience: float = 60.0) -> float:
        """Seconds until both server processes say so, as the eye of somebody who looks all the time."""
        first, seen = None, 0
        while seen < 8 and time.monotonic() - since < patience:
            same = self.is_on() is on
            first, seen = (first or time.monotonic(), seen + 1) if same else (None, 0)
            time.sleep(0.2)
        return (first or time.monotonic() + patience) - since


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk in memory that only root can have; nothing where we may not."""
    place = folder / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=700", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Not a byte is left."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            _until_full(file.write, b"\0" * size)
    try:
        yield
    finally:
        ballast.unlink()


def _until_full(write: Callable[[bytes], int | None], piece: bytes) -> None:
    for _ in range(DISK * 64):
        try:
            if write(piece) != len(piece):
                return
        except OSError:
            return


@contextmanager
def limited(hall: Hall) -> Iterator[None]:
    """No file of the server may be longer than a page of the database."""
    import resource  # noqa: PLC0415 - not there on Windows

    family = [hall.served.pid, *hall.served.workers()]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY)) for pid in family}
    try:
        yield
    finally:
        for pid, limit in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


@pytest.mark.shows("R01", "R07")
def sync_fails(lab: Lab) -> Tally:
    """F5: the disk says that it could not keep what it was given, as strace can make it say."""
    if not shutil.which("strace"):
        raise CannotInject("There is no strace here. This installs it: sudo apt-get install -y strace")
    with lab.hall("sync") as hall:
        return lab.run(_sync_fails(hall, lab.folder / "trace", lab.of(4, 60)))


async def _sync_fails(hall: Hall, trace: Path, rounds: int) -> Tally:
    tally, stop = Tally(), asyncio.Event()
    await hall.crowd.come(8)
    await hall.crowd.everybody(lambda phone: phone.walk("cards", text="To be written"))
    with failing_syncs(hall, trace):
        for _ in range(rounds):
            await hall.crowd.everybody(_give_in_vain)
        before = [given for given in hall.ledger.given() if given.acknowledged]
        answers = {status for given in hall.ledger.given() for status in given.answers}
    failed = trace.read_text("utf-8", "replace").count("(INJECTED)")
    if not failed:
        raise CannotInject("strace could not be attached to the server here.")
    tally.promise(not before, f"{len(before)} words were acknowledged that the disk did not keep")
    tally.promise(answers <= {0, 503}, f"answers while the disk failed: {sorted(answers)}")
    giving = asyncio.create_task(hall.crowd.keep_giving(stop))
    await asyncio.sleep(1)
    stop.set()
    await giving
    tally.add(await hall.ledger.tally())
    tally.says = f"{failed} failed writes to the disk, nothing acknowledged, all sent again and kept"
    hall.crowd.hang_up()
    return tally


async def _give_in_vain(phone: Phone) -> None:
    await phone.send(await phone.prepare())


@contextmanager
def failing_syncs(hall: Hall, trace: Path) -> Iterator[None]:
    """Every fsync of the server processes ends with an error of the disk."""
    calls = "fsync,fdatasync,sync_file_range"
    words = ["strace", "-f", "-o", str(trace), "-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO"]
    pids = [word for pid in hall.served.workers() for word in ("-p", str(pid))]
    tracer = subprocess.Popen([*words, *pids], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_attached(tracer, len(pids) // 2)
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait(20)
        if tracer.stderr:
            tracer.stderr.close()


def _wait_until_attached(tracer: "subprocess.Popen[str]", many: int) -> None:
    """It says so for each; where it may not, it ends."""
    seen = threading.Semaphore(0)

    def read() -> None:
        for line in tracer.stderr or ():
            if "attached" in line or "Operation not permitted" in line:
                seen.release()

    threading.Thread(target=read, daemon=True).start()
    for _ in range(many):
        if not seen.acquire(timeout=15) or tracer.poll() is not None:
            raise CannotInject("strace may not be attached to a process here.")


def long_reader(lab: Lab) -> Tally:
    """F15: somebody reads for long, so that the database's log cannot be emptied, while people write."""
    with lab.hall("reader") as hall:
        return lab.run(_long_reader(hall, lab.of(5, 600), ballast=not lab.long))


async def _long_reader(hall: Hall, seconds: float, *, ballast: bool) -> Tally:
    crowd, pace, stop, tally = hall.crowd, Pace(), asyncio.Event(), Tally()
    await crowd.come(20)
    with reading(hall):
        giving = asyncio.create_task(crowd.keep_giving(stop, pause=0.3))
        await asyncio.sleep(seconds / 2)
        if ballast:
            await asyncio.to_thread(fill_the_log, hall)
        await asyncio.sleep(seconds / 2)
        largest = _log_size(hall)
    await asyncio.sleep(1.5)
    stop.set()
    await giving
    how = judge_times(tally, crowd.times, pace)
    size = _log_size(hall)
    tally.promise(size <= LOG_AT_MOST, f"the database's log still has {size / 1e6:.0f} MB")
    tally.add(await hall.ledger.tally())
    tally.says = (
        f"a reader for {seconds} s: the log grew to {largest / 1e6:.0f} MB and is {size / 1e6:.0f} MB after; {how}"
    )
    crowd.hang_up()
    return tally


@contextmanager
def reading(hall: Hall) -> Iterator[None]:
    """A look at the database as it is now, for as long as this lasts."""
    with closing(open_beside(str(hall.served.database))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contribution").fetchone()
        yield
        reader.execute("COMMIT")


def fill_the_log(hall: Hall) -> None:
    """What ten minutes of a full hall would add to it, in a second."""
    with closing(open_beside(str(hall.served.database), timeout=20)) as writer:
        writer.execute("CREATE TABLE ballast (piece BLOB)")
        for _ in range(10):
            writer.execute("INSERT INTO ballast VALUES (zeroblob(9000000))")
        writer.execute("DROP TABLE ballast")


def _log_size(hall: Hall) -> int:
    log = Path(f"{hall.served.database}-wal")
    return log.stat().st_size if log.exists() else 0
