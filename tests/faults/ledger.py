"""The books: what people were promised, beside what lies in the database and what others can see."""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from tests.faults.phones import MARK, Crowd, Given, Phone
from tests.faults.served import Served
from tests.faults.verdict import Tally
from tests.support.people import People
from workshop.commands import moderating
from workshop.consent import Viewer
from workshop.exports import bundle
from workshop.extensions import keys, open_beside
from workshop.queries import contributions, rooms

APPROVED = 3
PAGES = ("", "look-up", "my-words", "parts/phone/now", "parts/phone/wall", "parts/phone/look-up")
CARDS = "SELECT id, text FROM contribution WHERE workshop_id = ?"
WAITING = "SELECT id, text FROM contribution WHERE workshop_id = ? AND state = 'waiting' AND kind = 'card'"
CHOSEN = """SELECT d.token_hash, b.choices FROM ballot_link l JOIN ballot b ON b.id = l.ballot_id
            JOIN device d ON d.participant_id = l.participant_id WHERE l.activity_id = ?"""
BALLOTS = "SELECT count(*) FROM ballot WHERE activity_id = ?"
COUNTED = "SELECT choices FROM ballot WHERE activity_id = ?"
STATE = "SELECT state FROM activity WHERE id = ?"
SHOWN = "SELECT text FROM contribution WHERE workshop_id = ? AND state = 'shown'"
PEOPLE = "SELECT count(*) FROM has_chosen WHERE activity_id = ?"


class Ledger:
    """Reads the books of one room after a fault. Its cards have level 2: the room sees them once they are approved."""

    def __init__(self, served: Served, people: People, crowd: Crowd) -> None:
        self.served, self.people, self.crowd, self.room = served, people, crowd, crowd.room

    async def tally(self, *, look: bool = True) -> Tally:
        """Count everything. `look` also lets others look: their pages, the screen, an export, the logs."""
        tally = Tally(acknowledged=sum(given.acknowledged for given in self.given()))
        self._count_words(tally)
        self._count_ballots(tally)
        tally.promise(self.rows("PRAGMA quick_check") == [("ok",)], "the database is not whole")
        if look:
            await self._look_as_their_tellers(tally)
            await self.look_as_others(tally)
        return tally

    def given(self) -> Iterator[Given]:
        for phone in self.crowd.phones:
            yield from phone.given

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(open_beside(str(self.served.database))) as database:
            return list(database.execute(query, values))

    @property
    def gone(self) -> set[str]:
        """The ids of everything that was taken back."""
        return {given.id for given in self.given() if given.what == "take back" and given.acknowledged}

    def _count_words(self, tally: Tally) -> None:
        """Acknowledged and not there is lost; there twice is doubled; taken back and there is open to whoever looks."""
        kept, gone = dict(self.rows(CARDS, self.room.id)), self.gone
        told = {given.id: given.words for given in self.given() if given.words}
        promised = [given for given in self.given() if given.words and given.acknowledged and given.id not in gone]
        tally.lost += sum(kept.get(given.id) != given.words for given in promised)
        tally.leaked += len(gone & set(kept))
        marks = Counter(mark for text in kept.values() for mark in MARK.findall(text))
        tally.duplicated += sum(number - 1 for number in marks.values())
        strange = [name for name, text in kept.items() if text != told.get(name) and MARK.search(text)]
        tally.promise(not strange, f"{len(strange)} records that nobody gave like this")

    def _count_ballots(self, tally: Tally) -> None:
        """Of each person one ballot, and none older than the last that was acknowledged."""
        for key, activity_id in self.room.activities.items():
            meant = {self.seal(phone): last for phone in self.crowd.phones if (last := self._meant(phone, activity_id))}
            if self.rows(STATE, activity_id) == [("closed",)]:
                tally.lost += self._not_counted(activity_id, meant)
            else:
                paper = self.on_paper(activity_id)
                tally.lost += sum(paper.get(seat) not in last for seat, last in meant.items())
            [(ballots,)], [(chosen,)] = self.rows(BALLOTS, activity_id), self.rows(PEOPLE, activity_id)
            tally.duplicated += max(ballots - chosen, 0)
            tally.promise(ballots == chosen, f"{key}: {ballots} ballots of {chosen} people")

    def _meant(self, phone: Phone, activity_id: str) -> list[dict[str, int]]:
        """The last choice that was acknowledged, and any that was sent after it and may have arrived."""
        path = f"{self.room.path}/a/{activity_id}"
        cast = [given for given in phone.given if given.what == "ballot" and given.path == path]
        acknowledged = [place for place, given in enumerate(cast) if given.acknowledged]
        return [choices(given) for given in cast[acknowledged[-1] :] if not given.over] if acknowledged else []

    def _not_counted(self, activity_id: str, meant: dict[str, list[dict[str, int]]]) -> int:
        """After the close nobody knows whose a ballot is; each that was acknowledged is there."""
        there = Counter(str(sorted(json.loads(chosen).items())) for (chosen,) in self.rows(COUNTED, activity_id))
        needed = Counter(str(sorted(last[0].items())) for last in meant.values())
        return sum((needed - there).values())

    def on_paper(self, activity_id: str) -> dict[str, dict[str, int]]:
        return {seat: json.loads(chosen) for seat, chosen in self.rows(CHOSEN, activity_id)}

    def seal(self, phone: Phone) -> str:
        """What the database knows of this phone."""
        with self.served.app.app_context():
            return str(keys.seal("device", phone.cookies[f"seat-{self.room.id[:10]}"]))

    async def _look_as_their_tellers(self, tally: Tally) -> None:
        """«My words» shows everything that was acknowledged, and nothing that was taken back."""
        for phone in self.crowd.phones[:20]:
            seen = set(MARK.findall((await phone.get(f"{self.room.path}/my-words")).text))
            own = {g.mark for g in phone.given if g.words and g.acknowledged and g.id not in self.gone}
            taken = {g.mark for g in phone.given if g.words and g.id in self.gone}
            tally.promise(own <= seen, f"«My words» does not show {len(own - seen)} of one person's words")
            tally.leaked += len(taken & seen)

    async def look_as_others(self, tally: Tally) -> None:
        """Some are approved, and others see those alone; nobody outside sees any."""
        self._approve_some()
        shown = {mark for (text,) in self.rows(SHOWN, self.room.id) for mark in MARK.findall(text)}
        every = {given.mark for given in self.given() if given.words}
        seen = await self.seen_by_a_stranger() | self.seen_on_screen()
        tally.promise(shown <= seen, "nobody saw what was approved: the look at others' pages proves nothing")
        tally.leaked += len((seen & every) - shown)
        tally.leaked += len(self._taken_out() & every) + len(self._noted_in_logs() & every)

    def _approve_some(self) -> None:
        waiting, ada = self.rows(WAITING, self.room.id)[-APPROVED:], self.people.ada.id
        with self.served.app.app_context():
            for name, _text in waiting:
                moderating.approve(contributions.one(name, self.room.id), ada)

    async def seen_by_a_stranger(self) -> set[str]:
        stranger = Phone(self.served.port, self.room)
        await stranger.join(door="service", role="Professional")
        pages = [f"{self.room.path}/{page}" for page in PAGES]
        pages += [stranger.question(key) for key in self.room.activities]
        seen = {mark for page in pages for mark in MARK.findall((await stranger.get(page)).text)}
        stranger.hang_up()
        return seen

    def seen_on_screen(self) -> set[str]:
        projector = self.people.stranger()
        page = projector.follow(f"/s/{self.room.doors['screen']}")
        return set(MARK.findall(page.html))

    def _taken_out(self) -> set[str]:
        """The pack for others: cards of the room's own level are not in it."""
        ada = self.people.ada.id
        with self.served.app.test_request_context():
            pack = bundle.make(rooms.workshop(self.room.id), Viewer.REPORT, ada)
            with pack.file as file, zipfile.ZipFile(file) as inside:
                texts = [inside.read(name).decode("utf-8", "replace") for name in inside.namelist()]
        return {mark for text in texts for mark in MARK.findall(text)}

    def _noted_in_logs(self) -> set[str]:
        logs = [self.served.log, *(self.served.instance / "logs").glob("*.log")]
        return {mark for log in logs if log.exists() for mark in MARK.findall(log.read_text("utf-8", "replace"))}


def choices(given: Given) -> dict[str, int]:
    """What a ballot says, as the database keeps it."""
    return {
        name.removeprefix("choice-"): int(said) for name, said in given.fields.items() if name.startswith("choice-")
    }
