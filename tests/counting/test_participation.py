"""How people took part, side by side, and never one person by name or number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.counting.participation import Person, count, effective_voices, gini
from workshop.counting.sides import Side

from .rooms import needs_polis, needs_reference, participants, reference


def given_by(side: Side, *amounts: int) -> list[Person]:
    return [Person(side, amount) for amount in amounts]


def test_share_of_voice_and_its_ratio() -> None:
    found = count(given_by("lived", *[1] * 8, *[0] * 7) + given_by("service", *[2] * 6, *[0] * 4), 5)
    assert (found.lived.share_of_people, found.lived.share_of_voice) == (0.6, 0.4)
    assert found.lived.ratio == pytest.approx(2 / 3)
    assert found.service.ratio == pytest.approx(1.5)
    assert found.lived.spoke.share == pytest.approx(8 / 15)
    assert (found.contributions, found.spoke, found.present.total) == (20, 14, 25)


def test_a_small_side_is_told_to_the_nearest_tenth_and_silence_reads_as_little() -> None:
    silent = count(given_by("lived", 0, 0, 0, 0, 0, 0) + given_by("service", *[3] * 20), 5)
    barely = count(given_by("lived", 1, 0, 0, 0, 0, 0) + given_by("service", *[3] * 19, 2), 5)
    assert silent.lived == barely.lived
    assert (silent.lived.exact, silent.lived.spoke.shown, silent.lived.ratio) == (False, False, None)
    assert silent.service == barely.service


def test_too_few_are_told_in_all_only() -> None:
    found = count(given_by("lived", 4, 4, 4, 4) + given_by("service", *[1] * 9), 5)
    assert not any(voice.shown for voice in (found.lived, found.service, found.other))
    assert (found.present.shown, found.present.total, found.contributions) == (False, 13, 25)


def test_nobody_gave_anything() -> None:
    found = count(given_by("lived", *[0] * 10) + given_by("service", *[0] * 10), 5)
    assert (found.lived.share_of_voice, found.effective_voices, found.gini) == (None, None, None)


def test_twelve_people_as_if_few_spoke_equally() -> None:
    assert effective_voices([3, 3, 3, 3, 0, 0]) == 4.0
    assert effective_voices([]) is None


def test_gini_by_hand() -> None:
    assert gini([1, 1, 1, 1, 1]) == 0.0
    assert gini([0, 0, 0, 0, 9]) == 1.0
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(4 / 15 * 5 / 4)
    assert gini([1, 9]) is None


@given(st.lists(st.integers(0, 30), min_size=5, max_size=40).filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts: list[int]) -> None:
    pairs = sum(abs(a - b) for a in amounts for b in amounts)
    n, total = len(amounts), sum(amounts)
    assert gini(amounts) == pytest.approx(pairs / (2 * n * (n - 1) * (total / n)))
    voices = effective_voices(amounts)
    assert voices is not None
    assert 1 - 1e-9 <= voices <= sum(map(bool, amounts)) + 1e-9


@needs_reference
@needs_polis
@pytest.mark.parametrize("name", ["london.youth.policing", "scoop-hivemind.ubi"])
def test_two_real_rooms_were_as_uneven_as_published(name: str) -> None:
    people, expected = participants(name), reference("equity.json")[name]
    assert gini(int(person["n-votes"]) for person in people) == pytest.approx(expected["gini_votes_corrected"])
    assert gini(int(person["n-comments"]) for person in people) == pytest.approx(expected["gini_comments_corrected"])


@needs_reference
@needs_polis
def test_two_groups_of_a_real_room_were_heard_as_published() -> None:
    sides: dict[str, Side] = {"0": "lived", "1": "service"}
    room = [
        Person(sides.get(person["group-id"], "other"), int(person["n-comments"]))
        for person in participants("scoop-hivemind.ubi")
    ]
    found, groups = count(room, 10), reference("equity.json")["scoop-hivemind.ubi"]["by_group"]
    for voice, group in ((found.lived, groups["0"]), (found.service, groups["1"])):
        assert voice.share_of_people == pytest.approx(group["share_people"])
        assert voice.share_of_voice == pytest.approx(group["share_comments"])
        assert voice.ratio == pytest.approx(group["representation_ratio_comments"])
