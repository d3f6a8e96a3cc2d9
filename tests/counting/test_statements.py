"""Agree, disagree, pass: real conversations and made-up rooms."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

from workshop.counting.ballots import Ballot
from workshop.counting.cells import FEW, Split, split
from workshop.counting.intervals import Verdict
from workshop.counting.sides import EXPORT, ROOM, SIDES, People, Side
from workshop.counting.statements import StatementsResult, Voices, backing, bridging, count, smoothed, unmasked

from .rooms import ballots, needs_polis, needs_reference, polis, printed_alike, reference, spread

SAID = {"agree": 1, "disagree": -1, "passed": 0}


def said(side: Side, agree: int, disagree: int = 0, passed: int = 0, item: str = "idea") -> list[Ballot]:
    return ballots(side, *[{item: 1}] * agree, *[{item: -1}] * disagree, *[{item: 0}] * passed)


def test_large_sides_show_all_three_answers() -> None:
    found = count(said("lived", 9, 2, 1) + said("service", 3, 7, 2), ["idea"], ROOM).items[0]
    assert found.all == Voices(12, 9, 3)
    assert found.voices is not None
    assert (found.voices.lived, found.voices.service) == (Voices(9, 2, 1), Voices(3, 7, 2))
    assert (found.sides.lived.share, found.sides.service.share, found.support) == (0.75, 0.25, 0.5)
    assert (found.gap.verdict, found.gap.difference) == (Verdict.CLEAR, 0.5)


def test_common_ground_needs_four_of_five_on_both_sides() -> None:
    assert count(said("lived", 4, 1) + said("service", 4, 1), ["idea"], ROOM).common_ground == ("idea",)
    assert count(said("lived", 3, 2) + said("service", 4, 1), ["idea"], ROOM).common_ground == ()


def test_an_idea_that_users_refuse_stays_behind_one_that_both_back() -> None:
    """The first has 76 % of the whole room, the second 72 %: most of the room are professionals."""
    users_refuse = backing(Voices(18, 1, 1)) * backing(Voices(1, 4, 0))
    both_back = backing(Voices(13, 4, 3)) * backing(Voices(5, 0, 0))
    assert (round(float(users_refuse) ** 0.5, 2), round(float(both_back) ** 0.5, 2)) == (0.23, 0.65)


def test_of_two_that_as_many_agree_with_the_one_that_fewer_refuse_comes_first() -> None:
    cast = [
        vote
        for side in SIDES[:2]
        for item, disagree, passed in (("refused", 3, 0), ("passed", 0, 3))
        for vote in said(side, 9, disagree, passed, item)
    ]
    assert count(cast, ["refused", "passed"], ROOM).common_ground == ("passed", "refused")


@pytest.mark.parametrize(("service", "refused"), [((1, 10), ("idea",)), ((5, 6), ()), ((0, 9), ())])
def test_what_both_sides_refuse_is_told_from_ten_people_a_side(service: tuple[int, int], refused: tuple[str]) -> None:
    found = count(said("lived", 1, 9, 1) + said("service", *service), ["idea"], ROOM)
    assert (found.refused, found.common_ground) == (refused, ())


def test_where_we_differ_begins_with_the_widest_gap() -> None:
    one, two = [*said("lived", 20), *said("service", 4, 16)], [*said("lived", 15, 5), *said("service", 4, 16)]
    cast = [
        Ballot(a.side, a.channel, {"wide": a.choices["idea"], "clear": b.choices["idea"]})
        for a, b in zip(one, two, strict=True)
    ]
    assert count(cast, ["clear", "wide"], ROOM).differences == ("wide", "clear")


def test_who_did_not_answer_an_item_is_not_in_its_cell() -> None:
    cast = said("lived", 12) + said("service", 10) + ballots("service", *[{"other idea": 1}] * 5)
    found = count(cast, ["idea", "other idea"], ROOM)
    assert (found.items[0].sides.service.n, found.items[0].sides.people) == (10, 22)
    assert (found.items[1].sides.shown, found.items[1].all.agree) == (False, 5)


def test_where_the_voters_may_not_be_split_no_item_is() -> None:
    cast = said("lived", 9) + said("service", 9) + ballots("other", *[{"other idea": 1}] * 2)
    found = count(cast, ["idea", "other idea"], ROOM)
    assert not found.voters.shown
    assert not any(item.sides.shown or item.voices for item in found.items)


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="not an answer"):
        count(ballots("lived", {"idea": 2}), ["idea"], ROOM)
    with pytest.raises(ValueError, match="not on this ballot"):
        count(ballots("lived", {"boat": 1}), ["idea"], ROOM)


def test_nobody_said_anything() -> None:
    found = count([], ["idea"], ROOM).items[0]
    assert (found.all.total, found.support, found.interval.low, found.interval.high) == (0, None, 0.0, 1.0)


TOTALS = [Voices(*each) for each in product(range(8), repeat=3) if sum(each) == 7]


@pytest.mark.parametrize("total", TOTALS, ids=str)
def test_no_answer_of_a_few_is_told_by_all_that_is_printed(total: Voices) -> None:
    """Three lived and four service; the attacker tries every way in which they may have answered."""
    worlds = list(_tables(total, People(3, 4, 0)))
    for alike in printed_alike(worlds, _print):
        for side, answer in product(("lived", "service"), SAID):
            seen = {_number(world, side, answer) for world in alike}
            if getattr(total, answer) not in (0, 7):
                assert seen not in ({0}, {3 if side == "lived" else 4}), (side, answer, alike)


def _tables(total: Voices, sizes: People) -> Iterator[list[Ballot]]:
    for agree, disagree in product(range(sizes.lived + 1), repeat=2):
        lived = (agree, disagree, sizes.lived - agree - disagree)
        service = (total.agree - agree, total.disagree - disagree, total.passed - lived[2])
        if min(*lived, *service) >= 0:
            yield said("lived", *lived) + said("service", *service)


def _print(cast: list[Ballot]) -> StatementsResult:
    return count(cast, ["idea"], 3)


def _number(cast: list[Ballot], side: str, answer: str) -> int:
    return sum(vote.side == side and vote.choices["idea"] == SAID[answer] for vote in cast)


@needs_polis
def test_the_second_conversation_shows_every_butterfly() -> None:
    cast, items = polis("scoop-hivemind.ubi", "38")
    found = count(cast, items, ROOM)
    assert (len(cast), found.voters.lived, found.voters.service) == (234, 60, 75)
    assert len(found.items) == 52
    assert all(item.sides.shown for item in found.items)
    telling = next(item for item in found.items if item.item == "38")
    assert (telling.sides.lived.n, telling.sides.service.n) == (64, 78)
    assert (telling.sides.lived.share, telling.sides.service.share) == (1.0, 0.0)


@needs_polis
def test_exports_of_the_second_conversation_hide_where_others_are_under_ten() -> None:
    cast, items = polis("scoop-hivemind.ubi", "38")
    exact = unmasked(cast, items)
    hidden = {item.item for item in count(cast, items, EXPORT).items if not item.sides.shown}
    assert hidden == {item for item, sides in exact.items() if 0 < sides.other.total < FEW}
    assert 0 < len(hidden) < 10


@needs_polis
def test_the_first_conversation_shows_no_split_and_would_look_the_same_with_sides_exchanged() -> None:
    cast, items = polis("london.youth.policing", "14")
    found = count(cast, items, ROOM)
    assert (found.ballots, len(found.items), found.voters.shown) == (26, 36, False)
    turned: dict[Side, Side] = {"lived": "other", "service": "lived", "other": "service"}
    assert found == count([Ballot(turned[vote.side], vote.channel, vote.choices) for vote in cast], items, ROOM)


@needs_reference
def test_bridging_of_two_groups_of_three_real_electorates() -> None:
    for electorate in reference("twogroups.json").values():
        for item in electorate["items"]:
            shown = _shown(item)
            assert float(smoothed(item["x_F"], item["n_F"])) == pytest.approx(item["smoothed_F"], abs=1e-12)
            assert float(bridging(shown)) == pytest.approx(item["bridging_product"], abs=1e-12)
            assert float(bridging(shown)) ** 0.5 == pytest.approx(item["bridging_geomean"], abs=1e-12)


def _shown(item: dict[str, int]) -> Split:
    return split(People(item["n_F"], item["n_M"], 0), People(item["x_F"], item["x_M"], 0), ROOM)


@needs_reference
def test_the_support_of_published_groups() -> None:
    for statement in reference("polis_groups.json")["scoop-hivemind.ubi"]["statements"]:
        for group in statement["groups"].values():
            assert float(smoothed(group["agree"], group["seen"])) == pytest.approx(group["p_agree"], abs=1e-12)


def test_ties_are_decided_by_exact_fractions() -> None:
    assert smoothed(1, 3) + smoothed(2, 3) == 1
    assert smoothed(1, 1) == Fraction(2, 3)
    assert {side for way in spread(2, People(1, 1, 0)) for side in SIDES if way.of(side)} == {"lived", "service"}
