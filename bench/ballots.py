"""Ballots: how many a second are durably kept, beside bare inserts with a commit each; how long the last waits."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench import room as rooms
from bench import server
from bench.figures import Figure, at_least, at_most
from bench.load import Answered, press, request
from bench.reference import create_reference
from bench.room import Phone, Room
from workshop.models.columns import new_id

PEOPLE, AT_ONCE, CROWD, SECONDS, ROUNDS = 6000, 16, 64, 2.0, 3
AGENDA: dict[str, dict[str, Any]] = {"cards": {"level": 2}, "dots": {"items_from": "cards"}}


def figures(folder: Path) -> Iterator[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    room = rooms.make(folder, AGENDA)
    phones = rooms.add_people(room, PEOPLE)
    items = rooms.add_cards(room, "cards", phones, 20)
    create_reference(folder)
    with server.app(folder / "instance") as ours, server.reference(folder) as bare:
        sent = iter(sendings(room, phones, items, ours.port))
        insert = request(bare.port, "/choose", {}, {"item": items[0], "value": "1"})
        rounds = [
            (press(ours.port, _next(sent), AT_ONCE, SECONDS), press(bare.port, [insert], AT_ONCE, SECONDS))
            for _ in range(ROUNDS)
        ]
        crowds = [press(ours.port, _next(sent), CROWD, SECONDS) for _ in range(ROUNDS)]
    yield from _told(rounds, crowds)


def _told(rounds: list[tuple[Answered, Answered]], crowds: list[Answered]) -> Iterator[Figure]:
    mine, bare = (median(each.rate for each in side) for side in zip(*rounds, strict=True))
    yield at_least("ballots over HTTP, durable, 16 at once", mine, "ballots/s", bare, 1)
    failed = sum(each.failed(303) for each in [*(ours for ours, _ in rounds), *crowds])
    yield at_most("ballots that failed, 64 at once", failed, "ballots", 0)
    tail = median(each.share(0.99) / each.share(0.5) for each in crowds)
    middle = median(each.share(0.5) for each in crowds) * 1000
    yield at_most("ballots, 64 at once: p99 beside p50", tail, f"times {middle:.0f} ms", 3)


def sendings(room: Room, phones: list[Phone], items: list[str], port: int) -> Iterator[bytes]:
    """The first ballot of each person: three dots, an id of its own."""
    token, path = room.form[1], room.page("dots")
    for number, phone in enumerate(phones):
        chosen = {f"choice-{items[(number + step) % len(items)]}": "1" for step in (0, 5, 9)}
        form = {"csrf_token": token, "id": new_id(), "secret": new_id(), "at": "0", "go": "send", **chosen}
        yield request(port, path, {"Cookie": room.cookies(phone)}, form)


def _next(sendings: Iterator[bytes], count: int = PEOPLE // (2 * ROUNDS)) -> list[bytes]:
    """So many first ballots; should a round outlast them, the ids come again, as resends."""
    return [sending for sending, _ in zip(sendings, range(count), strict=False)]
