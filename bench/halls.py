"""Halls: what a look at the turnout and the console cost with 50 ballots and with 50,000; how long a count takes."""

import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench import room as rooms
from bench.figures import Figure, at_most, at_most_times, calibrated, speed
from bench.room import ADDRESS, SIDES, Room
from workshop import activities, jobs
from workshop.activities import kind_of
from workshop.commands import accounts, command
from workshop.extensions import db, setting
from workshop.models import Ballot, BallotLink, HasChosen, Participant
from workshop.models.columns import new_id
from workshop.queries import rooms as queries
from workshop.web import presence
from workshop.web.proof import signed_in

HALLS, LOOKS, LINES = (50, 500, 5_000, 50_000), 60, 20
ITEMS = "\n".join(f"Line {number}" for number in range(LINES))


def figures(folder: Path) -> Iterator[Figure]:
    looks, pages = {}, {}
    for ballots in HALLS:
        room = _hall(folder / str(ballots), ballots)
        looks[ballots], pages[ballots] = _of_turnout(room), _of_the_console(room)
        yield _beside("a look at the turnout", looks, ballots)
        yield _beside("the console while a choice is open", pages, ballots)
    yield from _count(room, HALLS[-1])


def _beside(what: str, costs: dict[int, float], ballots: int) -> Figure:
    """On average: a hall is counted once a second, and the looks in between cost nothing more."""
    few = HALLS[0]
    return at_most_times(f"{what}, {ballots} ballots beside {few}", costs[ballots], "ms", costs[few], 1.5)


def _hall(folder: Path, ballots: int) -> Room:
    folder.mkdir(parents=True)
    room = rooms.make(folder, {"dots": {"items": ITEMS, "per_person": 3}})
    with rooms.moment(room.app):
        _choose(room, ballots)
    return room


@command
def _choose(room: Room, ballots: int) -> None:
    """So many people, each with a ballot of three dots that can still be changed."""
    activity, people = room.activities["dots"], [(new_id(), new_id(), number) for number in range(ballots)]
    receipts = {"receipt_hash": "", "spoken_hash": ""}
    tables = {
        Participant: [
            {"id": person, "workshop_id": room.id, "role": SIDES[number % 2][1], "side": SIDES[number % 2][0]}
            | {name: secrets.token_hex(32) for name in receipts}
            for person, _, number in people
        ],
        Ballot: [
            {"id": ballot, "activity_id": activity, "side": SIDES[number % 2][0], "choices": _chosen(number)}
            for _, ballot, number in people
        ],
        HasChosen: [{"participant_id": person, "activity_id": activity} for person, _, _ in people],
        BallotLink: [
            {"participant_id": person, "activity_id": activity, "ballot_id": ballot, "arrived": new_id()}
            for person, ballot, _ in people
        ],
    }
    for table, rows in tables.items():
        db.session.execute(sa.insert(table), rows)


def _chosen(number: int) -> dict[str, int]:
    return {f"own{1 + (number * step) % LINES}": 1 for step in (1, 7, 11)}


def _of_turnout(room: Room) -> float:
    """Milliseconds of a look, on average over two seconds and more: the hall is counted anew in between."""
    with room.app.test_request_context(base_url=ADDRESS):
        workshop = queries.workshop(room.id)
        looks, began = 0, time.process_time()
        end = time.monotonic() + 2 * presence.A_MOMENT
        while time.monotonic() < end:
            for _ in range(LOOKS):
                presence.numbers_of(workshop)
                db.session.rollback()
            looks += LOOKS
        return 1000 * (time.process_time() - began) / looks


def _of_the_console(room: Room) -> float:
    """Milliseconds of the page that the facilitator looks at, by the clock, in the middle."""
    ada = _facilitator(room)
    return 1000 * median(_seconds(lambda: _page(ada, f"{room.path}/console")) for _ in range(LOOKS))


def _facilitator(room: Room) -> FlaskClient:
    ada = room.app.test_client()
    with room.app.test_request_context(base_url=ADDRESS) as context:
        signed_in(accounts.begin(room.user_id, "sign in", whole=True))
        answer = room.app.response_class()
        room.app.session_interface.save_session(room.app, context.session, answer)
    name, value = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)
    ada.set_cookie(name, value, domain="127.0.0.1")
    return ada


def _page(client: FlaskClient, path: str) -> None:
    answer = client.get(path, base_url=ADDRESS)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status}")


def _count(room: Room, ballots: int) -> Iterator[Figure]:
    """What the button costs, the job behind it, and the result with its sides, once the ballots are read."""
    with rooms.moment(room.app):
        activity = queries.activity(room.activities["dots"], room.id)
        pressed = _calibrated(lambda: activities.count_now(activity))
        counted = _calibrated(jobs.run_due)
    with room.app.test_request_context(base_url=ADDRESS):
        activity = queries.activity(room.activities["dots"], room.id)
        shown = _calibrated(lambda: kind_of(activity).results(activity, setting("ROOM_CELL")))
    yield at_most(f"the button «Count now» with {ballots} ballots, calibrated", pressed, "s", 0.1)
    yield at_most(f"the job that closes {ballots} ballots, calibrated", counted, "s", 10)
    yield at_most(f"reading and counting {ballots} ballots of {LINES} lines with sides, calibrated", shown, "s", 2)


def _calibrated(act: Callable[[], object]) -> float:
    return calibrated(_seconds(act), speed())


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
