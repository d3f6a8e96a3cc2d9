"""F3: sendings come twice, late and in any order; what the server holds is what a small model of it holds."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.faults.lab import Hall, Lab
from tests.faults.ledger import choices
from tests.faults.phones import Given, Phone, said
from tests.faults.verdict import Tally
from workshop.commands import moderating
from workshop.queries import contributions

LINES = ("own1", "own2", "own3")
SAFE, CONFLICT, GONE = 200, 409, 410


@dataclass
class Model:
    """What the server must hold: nothing but dictionaries."""

    words: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)  # as they came, which is how a repeat is known
    levels: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    arrived: set[str] = field(default_factory=set)
    ballots: dict[Phone, dict[str, int]] = field(default_factory=dict)

    def card(self, given: Given) -> int:
        if given.id in self.gone:
            return GONE
        if given.id not in self.first:
            self.words[given.id] = self.first[given.id] = given.fields["text"]
            self.levels[given.id] = 2
        return SAFE if self.first[given.id] == given.fields["text"] else CONFLICT

    def ballot(self, phone: Phone, given: Given) -> int:
        if given.id not in self.arrived:
            self.arrived.add(given.id)
            self.ballots[phone] = choices(given)
        return SAFE

    def take_back(self, given: Given) -> int:
        self.gone.add(given.id)
        self.words.pop(given.id, None)
        return SAFE


class Machine:
    """People give, change and take back by chance; the network delivers by chance, what is old too."""

    def __init__(self, hall: Hall, seed: int) -> None:
        self.hall, self.chance, self.model = hall, random.Random(seed), Model()  # noqa: S311 - to be run again
        self.air: list[tuple[Phone, Given]] = []  # sendings on their way; each may be delivered again and again
        self.wrong: list[str] = []

    async def step(self) -> None:
        acts = (self.give, self.give, self.choose, self.take_back, self.change, self.lower, self.cheat)
        deliveries = (self.deliver,) * len(acts)
        await self.chance.choice((*acts, *deliveries))(self.chance.choice(self.hall.crowd.phones))

    async def give(self, phone: Phone) -> None:
        self.air.append((phone, await phone.prepare()))

    async def choose(self, phone: Phone) -> None:
        chosen = {self.chance.choice(LINES): self.chance.randint(1, 3)}
        self.air.append((phone, phone.choose("dots", chosen)))

    async def take_back(self, phone: Phone) -> None:
        """Also of words that have not arrived yet: then they never will."""
        own = [given for given in phone.given if given.what == "card"]
        if own and self.chance.random() < 0.5:
            self.air.append((phone, phone.take_back(self.chance.choice(own))))

    async def deliver(self, _phone: Phone) -> None:
        """One of those on their way arrives; it may be on its way still."""
        if self.air:
            place = self.chance.randrange(len(self.air))
            phone, given = self.air[place] if self.chance.random() < 0.4 else self.air.pop(place)
            await self._arrives(phone, given)

    async def _arrives(self, phone: Phone, given: Given) -> None:
        await phone.send(given)
        expected = {
            "card": lambda: self.model.card(given),
            "ballot": lambda: self.model.ballot(phone, given),
            "take back": lambda: self.model.take_back(given),
        }[given.what]()
        self.expect(f"{given.what} {given.id[:8]}", expected, given.answers[-1])

    async def cheat(self, phone: Phone) -> None:
        """Other words under an id that is known."""
        known = [given for given in phone.given if given.what == "card" and given.id in self.model.first]
        if known:
            old = self.chance.choice(known)
            other = Given(old.path, {**old.fields, "text": said()}, what="card")
            await self._arrives(phone, other)

    async def change(self, phone: Phone) -> None:
        if given := self._kept(phone):
            words = said()
            answer = await phone.post(self._at(given, "correct"), {"csrf_token": phone.token, "text": words})
            self.expect("correct", 303, answer.status)
            self.model.words[given.id] = given.words = words

    async def lower(self, phone: Phone) -> None:
        if given := self._kept(phone):
            level = self.chance.choice((0, 1, 2))
            fields = {"csrf_token": phone.token, "level": str(level), "display_name": ""}
            self.expect("level", 303, (await phone.post(self._at(given, "level"), fields)).status)
            self.model.levels[given.id] = level

    def _kept(self, phone: Phone) -> Given | None:
        own = [given for given in phone.given if given.what == "card" and given.id in self.model.words]
        return self.chance.choice(own) if own else None

    def _at(self, given: Given, what: str) -> str:
        return f"{self.hall.room.path}/words/{given.id}/{what}"

    def expect(self, what: str, expected: int, came: int) -> None:
        if expected != came:
            self.wrong.append(f"{what}: {came} instead of {expected}")

    def compare(self) -> None:
        """The same set of words, levels, ballots and marks of what is gone."""
        rows = self.hall.ledger.rows("SELECT id, text, level FROM contribution")
        self._same("words", {row[0]: row[1] for row in rows}, self.model.words)
        self._same("levels", {row[0]: row[2] for row in rows}, {n: self.model.levels[n] for n in self.model.words})
        self._same("marks", {row[0] for row in self.hall.ledger.rows("SELECT id FROM tombstone")}, self.model.gone)
        paper = self.hall.ledger.on_paper(self.hall.room.activities["dots"])
        self._same("ballots", paper, {self.hall.ledger.seal(p): chosen for p, chosen in self.model.ballots.items()})

    def _same(self, what: str, held: Any, meant: Any) -> None:
        if held != meant:
            self.wrong.append(f"{what} differ: {json.dumps([str(held), str(meant)])[:300]}")


@pytest.mark.shows("R04", "R19")
def any_order(lab: Lab) -> Tally:
    """F3: doubled, delayed and reordered sendings against the model."""
    steps, seed = lab.of(500, 10_000), random.SystemRandom().randrange(10**6) if lab.long else 3
    with lab.hall("orders") as hall:
        return lab.run(_any_order(hall, steps, seed))


async def _any_order(hall: Hall, steps: int, seed: int) -> Tally:
    machine = Machine(hall, seed)
    for phone in await hall.crowd.come(3):
        await phone.walk("cards", text="To be written")
        await phone.walk("dots", **{"choice-own1": "1"})
    for number in range(steps):
        await machine.step()
        if number % 250 == 249:
            machine.compare()
    machine.compare()
    tally = Tally(acknowledged=sum(given.acknowledged for given in hall.ledger.given()))
    tally.broken += machine.wrong[:5]
    await _look(hall, machine, tally)
    tally.says = f"{steps} steps of chance (seed {seed}): words, levels, ballots and marks are the model's"
    hall.crowd.hang_up()
    return tally


async def _look(hall: Hall, machine: Machine, tally: Tally) -> None:
    """Everything is approved; others see what its level allows, and nothing that is gone."""
    ada, model = hall.people.ada.id, machine.model
    with hall.served.app.app_context():
        for name in (name for name in model.words if model.levels[name] >= 1):
            moderating.approve(contributions.one(name, hall.room.id), ada)
    seen = await hall.ledger.seen_by_a_stranger() | hall.ledger.seen_on_screen()
    allowed = {words for name, words in model.words.items() if model.levels[name] >= 2}
    tally.promise(any(mark in words for mark in seen for words in allowed), "nobody saw anything: this proves nothing")
    tally.leaked += sum(not any(mark in words for words in allowed) for mark in seen)
