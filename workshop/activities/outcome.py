"""What a choice came to: what of it may be told, what stands first, and what each side put first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from workshop.activities.values import Item
from workshop.counting.asked import Telling
from workshop.counting.cells import Split
from workshop.counting.dots import DottedItem
from workshop.counting.favourites import Favourites
from workshop.counting.likewise import Likewise, likewise
from workshop.side_by_side import Row


class Counted(Protocol):
    @property
    def told(self) -> Telling: ...


class Line(Protocol):
    """An item with what was counted for it; without a place where it has none or may not have one."""

    @property
    def item(self) -> Item: ...
    @property
    def place(self) -> int | None: ...
    @property
    def sides(self) -> Split: ...


@dataclass(frozen=True)
class Dotted:
    """An item with the dots, ticks or wishes that were counted for it."""

    item: Item
    counted: DottedItem
    row: Row

    @property
    def place(self) -> int | None:
        return self.counted.rank

    @property
    def sides(self) -> Split:
        return self.counted.sides


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Outcome:
    """The counted result, whatever the method."""

    counted: Counted

    orders_by_shares = False  # is what most of a side want what this side puts first?

    @property
    def by_side(self) -> Iterable[Split]:
        """The shares by side that it prints."""
        return ()

    @property
    def told(self) -> str:
        """Of the choice of one side alone: nothing, words or numbers."""
        return self.counted.told.name.lower()

    @property
    def split(self) -> bool:
        """Is anything shown side by side?"""
        return any(sides.shown for sides in self.by_side)

    @property
    def alike(self) -> Likewise | None:
        """Do both sides want the same? Nothing where that cannot be said."""
        return likewise(list(self.by_side)) if self.orders_by_shares else None

    @property
    def in_words(self) -> bool:
        """Does a word stand in place of any number?"""
        return any(sides.word for sides in self.by_side)


@dataclass(frozen=True)
class InOrder(Outcome, Generic[L]):
    """The same with its lines, the best first. `first` are those that fit on a screen."""

    items: tuple[L, ...]

    at_once = 6

    @property
    def by_side(self) -> Iterable[Split]:
        return (line.sides for line in self.items)

    @property
    def first(self) -> tuple[L, ...]:
        return self.items[: self.at_once]

    @property
    def rest(self) -> tuple[L, ...]:
        return self.items[self.at_once :]

    @property
    def winners(self) -> list[L]:
        """What has the first place: more than one where it is shared, none where there is no place to have."""
        return [line for line in self.items if line.place == 1]

    @property
    def favourites(self) -> Favourites | None:
        """What each side put first, in words; nothing where a side is too small for an order."""
        found = self.put_first()
        return found and found.named({line.item.id: line.item.words for line in self.items})

    def put_first(self) -> Favourites | None:
        """The same by id, as the method counts it."""
        return None
