"""What each side put first: told only of sides with enough people, and only from what is printed anyway."""

from workshop.counting.cells import Cell, Split
from workshop.counting.dots import count
from workshop.counting.favourites import Favourites, favourites

from .rooms import ballots

ITEMS = ("garden", "bus", "lift")


def first(lived: int, service: int, other: int = 0, k: int = 5) -> Favourites | None:
    """Lived experience ticks the garden, the service the bus and the lift, the others nothing."""
    cast = ballots("lived", *[{"garden": 1}] * lived) + ballots("service", *[{"bus": 1, "lift": 1}] * service)
    cast += ballots("other", *[{}] * other)
    return favourites({each.item: each.sides for each in count(cast, ITEMS, len(ITEMS), 1, k).items})


def test_ten_of_each_side_have_a_favourite_and_ties_are_told_as_ties() -> None:
    assert first(10, 10) == Favourites(("garden",), ("bus", "lift"))


def test_nine_of_either_side_have_none() -> None:
    assert first(9, 30) is None
    assert first(30, 9) is None


def test_a_few_of_neither_side_could_be_reckoned_from_both_others() -> None:
    assert first(20, 20, other=6) is None
    assert first(20, 20, other=10) is not None


def test_who_ticked_nothing_put_nothing_first() -> None:
    cast = ballots("lived", *[{}] * 10) + ballots("service", *[{"bus": 1}] * 10)
    found = favourites({each.item: each.sides for each in count(cast, ITEMS, 3, 1, 5).items})
    assert found == Favourites((), ("bus",))


def test_one_item_in_words_hides_all() -> None:
    number, word = Cell(True, 12, 0.5), Cell(True, 12, None, "most")
    shown, in_words = (Split(24, 12, 0.5, True, cell, cell, Cell(True, 0)) for cell in (number, word))
    assert favourites({"a": shown}) is not None
    assert favourites({"a": shown, "b": in_words}) is None
    assert favourites({}) is None
