"""Kinds whose answers are secret ballots: nothing is known before the close, then they are counted."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, ClassVar, cast

from workshop.activities.ballot_paper import BallotPaper, ToChooseFrom, own_items
from workshop.activities.kind import Kind
from workshop.activities.outcome import InOrder
from workshop.activities.shelf import items_of, kind_of
from workshop.activities.values import Activity, BallotList, Gift, Item, Seat, Step, Table
from workshop.commands import choosing, running
from workshop.consent import Viewer, no_more_than
from workshop.counting.asked import Asked, Telling, asked_alone
from workshop.counting.ballots import Ballot
from workshop.counting.sides import People, people
from workshop.extensions import setting
from workshop.forms import Form
from workshop.queries import choices, contributions

MOST_KEPT = 200  # choices whose items are kept at hand in this process
_at_hand: dict[str, tuple[int, Mapping[str, Item]]] = {}


class Choosing(Kind, ABC):
    """A kind whose answers are secret ballots: results exist only after the close."""

    gives = "ballot"
    paper: ClassVar[type[BallotPaper]]
    defaults: ClassVar[Mapping[str, Any]] = {"items_from": "", "items": ""}

    def settings_form(self) -> type[Form]:
        return ToChooseFrom

    def form(self, activity: Activity, seat: Seat) -> Any:
        form = self.paper()
        form.items, form.seed = self.at_hand(activity), f"{activity.id} {seat.id}"
        return form

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        return [Step(activity.prompt or activity.title, ("choice",))]

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        """What the form says, as item → number."""
        return cast(BallotPaper, form).given

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        chosen = self.choices(activity, form)
        choosing.cast(activity, seat, gift.id, chosen, channel=gift.channel, merge=self.one_by_one)

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        return choices.has_chosen(activity.id, seat.id)

    def choosable(self, activity: Activity) -> list[Item]:
        """The items on the ballot: from the setting `items_from`, plus the facilitator's own lines in `items`."""
        return [*items_of(activity.settings.get("items_from"), activity.workshop_id), *own_items(activity)]

    def at_hand(self, activity: Activity) -> Mapping[str, Item]:
        """The same for phones, by id, read once a revision: a hall taps two hundred times a second."""
        known, kept = _at_hand.get(activity.id, (0, {}))
        if known != activity.revision:
            kept = {item.id: item for item in self.choosable(activity)}
            if len(_at_hand) > MOST_KEPT:
                _at_hand.clear()
            _at_hand[activity.id] = (activity.revision, kept)
        return kept

    def items(self, activity: Activity) -> list[Item]:
        """After the count: what came out first comes first."""
        items = self.choosable(activity)
        if activity.state != "closed":
            return items
        place = {item.id: at for at, item in enumerate(self.in_order(self.results(activity, setting("ROOM_CELL"))))}
        return sorted(items, key=lambda item: place.get(item.id, len(place)))

    def in_order(self, results: Any) -> list[Item]:
        """The items of a result, the best first."""
        return [line.item for line in results.items]

    def came_first(self, activity: Activity) -> list[Item]:
        """What has the first place: several where it is shared, none where there is none or it may not be told."""
        results = self.results(activity, setting("ROOM_CELL"))
        return [line.item for line in results.winners] if isinstance(results, InOrder) else []

    @abstractmethod
    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Any:
        """Pure counting: ballots in, results out. Hand `asked` on to it: it knows what one side alone may show."""

    def results(self, activity: Activity, cell: int) -> Any:
        if activity.state != "closed":
            return None
        items = self.on_the_ballot(activity)
        cast = self.ballots(activity, items)
        told = self.asked(activity).telling(people(ballot.side for ballot in cast), cell)
        return self.count(activity, [] if told is Telling.NOTHING else cast, items, cell)

    def is_worth_a_closer_look(self, activity: Activity) -> bool:
        """Is there something to find in the ballots that takes longer than counting them? Then a job looks for it."""
        return False

    def look_closer(self, activity: Activity) -> None:
        """Find it, and keep it by one command."""

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"items": self.choosable(activity), "crowded": True}

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"items": len(self.choosable(activity))}

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        with no_more_than(viewer):
            results = self.results(activity, setting("EXPORT_CELL"))
        return self.working(activity, results) if results else []

    @abstractmethod
    def working(self, activity: Activity, results: Any) -> list[Table]:
        """The tables of a result, from which a citizen can check it by hand."""

    def lines(self, items: Sequence[Item]) -> list[Item]:
        """What a ballot has a number for: the items, or what somebody is asked about several of them together."""
        return list(items)

    def ballots(self, activity: Activity, items: Sequence[Item]) -> list[Ballot]:
        """The ballots without what left them while the choice was open: those choices went back to their owners."""
        ids = {line.id for line in self.lines(items)}
        return [Ballot(side, channel, _of(ids, chosen)) for side, channel, chosen in choices.ballots(activity.id)]

    def decided(self, chosen: Mapping[str, int], items: Sequence[Item]) -> Collection[str]:
        """The items that a ballot decided on: where a whole ballot is sent at once, an empty place decides as well."""
        return list(chosen) if self.one_by_one else [item.id for item in items]

    def ballot_lists(self, activity: Activity, items: Sequence[Item]) -> Sequence[BallotList]:
        """How ballots leave the house: whole, unless parts of them must not stand beside one another."""
        return [BallotList("", "", self.lines(items), lambda _chosen: True)]

    def on_the_ballot(self, activity: Activity) -> list[Item]:
        """The items that were counted; one that was taken back since keeps its count and loses its words."""
        known = {item.id: item for item in self.choosable(activity)}
        gone = [item_id for item_id in activity.counted["items"] if item_id not in known]
        taken = {row.id for row in contributions.taken_back(activity.workshop_id)} if gone else set()
        known |= {item_id: Item(item_id, "", taken_back=item_id in taken) for item_id in gone}
        return _numbered([known[item_id] for item_id in activity.counted["items"]])

    def asked(self, activity: Activity) -> Asked:
        """Who could have chosen, and who was in the room at the moment of the count."""
        present = activity.counted.get("present")
        return Asked(asked_alone(activity.who), People(**present) if present else None)


def _numbered(items: list[Item]) -> list[Item]:
    """Several whose words are not shown get a number each; how many there are is said once, beside the result."""
    hidden = [item.id for item in items if item.is_hidden]
    number = {item_id: at for at, item_id in enumerate(hidden, 1)} if len(hidden) > 1 else {}
    return [replace(item, unseen=number[item.id]) if item.id in number else item for item in items]


def _of(ids: Set[str], chosen: Mapping[str, int]) -> Mapping[str, int]:
    """What of a ballot is about these items; nearly always all of it."""
    return chosen if ids >= chosen.keys() else {item: number for item, number in chosen.items() if item in ids}


def count_now(activity: Activity) -> None:
    """Close a choice for good. A hall of thousands is counted by a job, and nobody waits for the page meanwhile."""
    if choices.turnout(activity).chosen > setting("COUNTED_AT_ONCE"):
        running.count_soon(activity)
    else:
        count(activity)


def count(activity: Activity) -> None:
    """Close a choice for good and count it, with the items that are on the ballot now."""
    kind = kind_of(activity)
    if isinstance(kind, Choosing):
        on_it = [item.id for item in kind.choosable(activity)]
        running.count_now(activity, on_it, look_closer=kind.is_worth_a_closer_look(activity))


def look_closer(activity: Activity) -> None:
    """What takes longer than counting, once it is counted."""
    kind = kind_of(activity)
    if isinstance(kind, Choosing) and activity.counted:
        kind.look_closer(activity)
