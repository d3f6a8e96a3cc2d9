"""Plays a conversation that really took place: its people as phones at the front door, in the real order."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workshop.play import tally
from workshop.play.browser import Browser, Wire, wire_to
from workshop.play.conversation import HOST, Act, Conversation, NotAConversation, What, knowledge, read
from workshop.play.facilitator import Facilitator
from workshop.play.phone import Phone
from workshop.play.room import Room, make_room

__all__ = ["NotAConversation", "Played", "Player", "play"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What was played, what was left out, and whether the app counts what an independent tally counts."""

    room: Room
    people: int
    cards: Mapping[str, int]
    ballots: int
    left_out: Mapping[str, int]
    check: tally.Check


@dataclass(slots=True)
class Player:
    """Everybody in the room, and what became of the statements: `cards` maps a statement to the card it is now."""

    conversation: Conversation
    room: Room
    wire: Wire
    facilitator: Facilitator
    phones: dict[str, Phone] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    done: Counter[What] = field(default_factory=Counter)

    @classmethod
    def of(cls, conversation: Conversation, wire: Wire) -> "Player":
        """The room is made, the facilitator is in, cards and statements are open together."""
        room = make_room(conversation)
        facilitator = Facilitator(Browser(wire), room.workshop_id)
        facilitator.sign_in(room.sign_in)
        facilitator.press(room.cards, "open")
        facilitator.press(room.statements, "beside")
        return cls(conversation, room, wire, facilitator)

    def do(self, act: Act) -> None:
        """Let somebody do what they did."""
        {What.COME: self._come, What.WRITE: self._write, What.CHOOSE: self._choose}[act.what](act)
        self.done[act.what] += 1

    def _come(self, act: Act) -> None:
        phone = self.phones[act.person] = Phone(Browser(self.wire))
        side = self.conversation.sides.get(act.person, "other")
        phone.come_in(f"/j/{self.room.door}", self.conversation.roles[side])

    def _write(self, act: Act) -> None:
        statement = self.conversation.statements[act.statement]
        if statement.author == HOST:
            card = self.facilitator.write(self.room.cards, statement.text)
        else:
            card = self.phones[act.person].write(self.room.cards, statement.text)
            if statement.fate == "shown":
                self.facilitator.approve(card)
        if statement.fate == "hidden":
            self.facilitator.hide(card)
        self.cards[act.statement] = card

    def _choose(self, act: Act) -> None:
        self.phones[act.person].choose(self.room.statements, self.cards[act.statement], act.choice)

    def finish(self) -> Played:
        """Close, count without waiting (nobody of long ago is late), show; then look whether it is right."""
        for activity_id, act in _END:
            self.facilitator.press(getattr(self.room, activity_id), act)
        fates = Counter(self.conversation.statements[key].fate for key in self.cards)
        check = tally.check(self.conversation, self.cards, self.room.results)
        left_out = self.conversation.left_out
        return Played(self.room, len(self.phones), dict(fates), self.done[What.CHOOSE], left_out, check)


_END = (("cards", "close"), ("statements", "close"), ("statements", "count"), ("statements", "reveal"))


def play(folder: Path, url: str, speed: float = 0.0, *, wire: Wire | None = None, say: Say = print) -> Played:
    """Play the conversation in `folder` against the server at `url`, which serves the installation of this context.

    `speed` is how many times faster than then; 0 is as fast as possible. Raises NotAConversation.
    """
    conversation = read(folder)
    player = Player.of(conversation, wire or wire_to(url))
    _announce(conversation, say)
    for act in _in_time(conversation, speed):
        player.do(act)
    played = player.finish()
    _summarise(played, say)
    return played


def _in_time(conversation: Conversation, speed: float) -> Iterator[Act]:
    """The acts, each when its moment has come."""
    began, first = time.monotonic(), conversation.acts[0].at
    for act in conversation.acts:
        if speed > 0:
            time.sleep(max(0.0, began + (act.at - first) / 1000 / speed - time.monotonic()))
        yield act


def _announce(conversation: Conversation, say: Say) -> None:
    say(f"{conversation.title}: {len(conversation.people)} people, played again.")
    say(knowledge()["attribution"])
    say(conversation.source)


def _summarise(played: Played, say: Say) -> None:
    cards, hidden = sum(played.cards.values()), played.cards.get("hidden", 0)
    say(f"People: {played.people}. Cards: {cards}, of them {hidden} hidden.")
    say(f"Answers given: {played.ballots}.")
    for reason, number in sorted(played.left_out.items()):
        say(f"Left out: {number} {reason}.")
    say(str(played.check))
