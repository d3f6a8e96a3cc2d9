"""Juries: points by criteria, strictness evened out, agreement as in its papers, and single sheets for nobody."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.agreement import alpha, icc
from workshop.counting.asked import Asked, Telling
from workshop.counting.ballots import Ballot
from workshop.counting.juries import Judged, JuryResult, count
from workshop.counting.sides import SIDES

from .rooms import ballots, needs_reference, reference

ITEMS = ("bench", "roof", "lamp", "tree")
EQUAL = (1,)
MILD = {"bench|1": 4, "roof|1": 3, "lamp|1": 2, "tree|1": 4}
STRICT = {"bench|1": 3, "roof|1": 2, "lamp|1": 1, "tree|1": 3}


def by_item(cast: list[Ballot], weights: tuple[int, ...] = EQUAL) -> dict[str, Judged]:
    return {each.marked.item: each for each in counted(cast, weights).items}


def counted(cast: list[Ballot], weights: tuple[int, ...] = EQUAL, asked: Asked | None = None) -> JuryResult:
    return count(cast, ITEMS, weights, 5, asked or Asked())


def without(sheet: dict[str, int], item: str) -> dict[str, int]:
    """The same judge, who knows the people of this one."""
    return {name: level for name, level in sheet.items() if not name.startswith(item)} | {f"{item}|-": 1}


@needs_reference
def test_agreement_is_as_printed_by_its_authors() -> None:
    shrout, krippendorff = (reference("jury.json")[name] for name in ("shrout_fleiss_1979", "krippendorff_2011"))
    assert round(float(icc(shrout["targets_by_judges"]) or 0), 2) == shrout["published"]["ICC(2,k)"]
    assert float(icc(shrout["targets_by_judges"]) or 0) == pytest.approx(shrout["own"]["ICC(2,k)"], abs=1e-12)
    assert round(float(alpha(krippendorff["observers_by_units"]) or 0), 3) == krippendorff["published"]["interval"]


def test_agreement_is_one_where_all_say_the_same_and_nothing_where_nothing_differs() -> None:
    assert [alpha([[1, 2, 3], [1, 2, 3]]), icc([[1, 1], [2, 2], [3, 3]])] == [1, 1]
    assert (alpha([[2, 2], [2, 2]]), alpha([]), alpha([[1, None], [None, 2]])) == (None, None, None)
    assert (icc([[2, 2], [2, 2]]), icc([]), icc([[1], [2]])) == (None, None, None)


def test_criteria_weigh_what_the_facilitator_says() -> None:
    """Twice a 4 and once a 1 are a 3."""
    found = by_item(ballots("lived", *[{"bench|1": 4, "bench|2": 1}] * 3), (2, 1))["bench"]
    assert [found.raw, found.evened] == [3, None]
    assert found.criteria == ((0, 0, 0, 3), (3, 0, 0, 0))


def test_a_strict_judge_who_is_missing_lifts_nothing() -> None:
    """The mild one leaves the bench out, the strict ones leave the tree out: both are worth the same."""
    cast = ballots("lived", *[without(MILD, "bench")] * 3, *[without(STRICT, "tree")] * 3)
    found = by_item(cast)
    assert [found["bench"].raw, found["tree"].raw] == [3, 4]
    assert found["bench"].evened == found["tree"].evened == Fraction(7, 2)
    assert [(each.place, each.tied) for each in found.values()][:2] == [(1, True)] * 2
    assert found["tree"].left_out == 3


def test_evened_decides_only_if_every_judge_scored_three() -> None:
    few = {"bench|1": 4, "roof|1": 1}
    found = counted(ballots("lived", MILD, STRICT, MILD, few))
    assert not found.is_evened
    assert [each.decides == each.raw for each in found.items] == [True] * 4
    assert counted(ballots("lived", MILD, STRICT, MILD)).is_evened


def test_no_answer_and_leaving_out_pull_nothing_down() -> None:
    judges = ballots("lived", *[MILD] * 3)
    silent = ballots("lived", {"bench|1": 0, "bench|-": 0}, {"bench|-": 1, "bench|1": 1})
    assert by_item(judges)["bench"].raw == by_item(judges + silent)["bench"].raw == 4


@pytest.mark.shows("P11")
def test_two_judges_are_too_few_for_anything() -> None:
    found = counted(ballots("lived", MILD, MILD))
    for each in found.items:
        assert (each.raw, each.evened, each.place, each.judges, each.criteria) == (None, None, None, None, ())
        assert (each.marked.counts, each.marked.sides.people, each.marked.sides.share) == (None, None, None)
    assert (found.alpha, found.icc) == (None, None)


@pytest.mark.shows("P11")
def test_nine_of_a_side_have_no_mean_of_their_own() -> None:
    for many, shown in ((9, False), (10, True)):
        found = by_item(ballots("lived", *[MILD, STRICT] * 6) + ballots("service", *[MILD] * many))["bench"]
        assert ((found.lived is not None), (found.service is not None)) == (shown, shown)
    assert [found.lived, found.service] == [Fraction(7, 2), 4]


@pytest.mark.shows("P11")
def test_of_a_small_side_asked_alone_there_are_words_and_no_mean() -> None:
    for many, told in ((4, Telling.NOTHING), (9, Telling.WORDS), (10, Telling.NUMBERS)):
        found = counted(ballots("service", *[MILD] * many), asked=Asked("service"))
        assert found.told is told
        assert all((each.raw is None) == (told is not Telling.NUMBERS) for each in found.items)


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no level of this jury: bench, 1, 5"):
        counted(ballots("lived", {"bench|1": 5}))


levels = st.dictionaries(st.sampled_from([f"{item}|{n}" for item in ITEMS for n in (1, 2, "-")]), st.integers(0, 4))
rooms = st.lists(st.builds(Ballot, st.sampled_from(SIDES), st.just("phone"), levels), max_size=12)


@given(rooms, st.randoms())
def test_the_order_of_judges_changes_nothing(cast: list[Ballot], chance: Random) -> None:
    again = list(cast)
    chance.shuffle(again)
    assert counted(cast, (1, 2)) == counted(again, (1, 2))


@given(rooms)
def test_places_follow_the_points_and_ties_share_them(cast: list[Ballot]) -> None:
    placed = [each for each in counted(cast, (1, 2)).items if each.place]
    for each in placed:
        higher = [other for other in placed if (other.decides or 0) > (each.decides or 0)]
        alike = [other for other in placed if other.decides == each.decides]
        assert (each.place, each.tied) == (len(higher) + 1, len(alike) > 1)
