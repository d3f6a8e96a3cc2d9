"""Ballots for a recount, and who took part: everybody can count again, nobody can be told from it."""

import hashlib
from collections import Counter

import pytest
from flask import Flask

from tests.exports import house
from tests.exports.house import Words
from workshop.activities import kind_of
from workshop.commands import agenda
from workshop.consent import Viewer

PUBLIC = [Viewer.REPORT, Viewer.PUBLIC]


def cards() -> list[Words]:
    return [Words(f"Card {number}", at="cards") for number in range(3)]


def counted(app: Flask, organisation_id: str, lived: int, service: int, other: int = 0) -> house.Room:
    """A room in which so many chose: every other one the first card, the rest the second."""
    room = house.room(app, organisation_id, cards())
    sides = ["lived"] * lived + ["service"] * service + ["other"] * other
    with app.app_context():
        items = kind_of(room.activity("cards")).items(room.activity("cards"))
        house.vote(room, [(side, {items[at % 2].id: 1}) for at, side in enumerate(sides)])
    house.close(room)
    return room


@pytest.mark.shows("S07")
def test_the_ballots_give_the_result_again(house_app: Flask, riverside: str) -> None:
    packed = house.pack(counted(house_app, riverside, 12, 12))
    results = {row["item"]: int(row["dots"]) for row in house.rows(packed, "activity_3_dots")}
    again = Counter()
    for ballot in house.rows(packed, "ballots_3_dots"):
        again.update({item: int(dots) for item, dots in ballot.items() if item != "side" and dots})
    assert {item: again[item] for item in results} == results


@pytest.mark.parametrize("viewer", PUBLIC)
def test_the_public_list_has_no_side_and_no_channel(house_app: Flask, riverside: str, viewer: Viewer) -> None:
    ballots = house.rows(house.pack(counted(house_app, riverside, 15, 15), viewer), "ballots_3_dots")
    assert len(ballots) == 30
    assert all(name.startswith("x") for name in ballots[0])


@pytest.mark.parametrize(
    ("lived", "service", "other", "told"),
    [(10, 10, 0, True), (10, 10, 10, True), (9, 30, 0, False), (30, 9, 0, False), (20, 20, 1, False)],
)
def test_the_organisers_list_says_sides_from_ten_of_each(
    house_app: Flask, riverside: str, lived: int, service: int, other: int, told: bool
) -> None:
    """One person of no side among forty would be seen to have chosen just that."""
    ballots = house.rows(house.pack(counted(house_app, riverside, lived, service, other)), "ballots_3_dots")
    assert ("side" in ballots[0]) is told


def test_statements_that_few_answered_keep_all_sides_out(house_app: Flask, riverside: str) -> None:
    """Where people pass over questions, a side is as small as its answers to one question.

    Whole ballots, laid beside the sides that are told, would give the hidden ones away: columns stand alone.
    """
    room = house.build.workshop(house_app, riverside, ("statements", {"items": "Letters are clear\nDoors are open"}))
    some = [{"own1": 1}, {"own1": -1}] * 6
    everybody = [(side, chosen) for side in ("lived", "service") for chosen in some]
    with house_app.app_context():
        house.vote(room, [*everybody[:-1], ("service", {"own1": -1, "own2": 1})], key="statements")
    house.close(room, "statements")
    ballots = house.rows(house.pack(room), "ballots_1_statements")
    assert list(ballots[0]) == ["own1", "own2"]
    assert [row["own1"] for row in ballots] == ["-1"] * 12 + ["1"] * 12
    assert [row["own2"] for row in ballots] == ["1", *[""] * 23]


@pytest.mark.parametrize(("skipped", "told"), [(0, True), (3, False)])
def test_a_closing_question_that_many_skip_keeps_all_sides_out(
    house_app: Flask, riverside: str, skipped: int, told: bool
) -> None:
    """Twelve of each side close the day; who skips a question has not answered it."""
    room = house.build.workshop(house_app, riverside, "closing")
    with house_app.app_context():
        questions = [item.id for item in kind_of(room.activity("closing")).choosable(room.activity("closing"))]
        full = dict.fromkeys(questions, 2)
        some = [{**full, questions[0]: -1 if at < skipped else 2} for at in range(12)]
        house.vote(room, [(side, chosen) for side in ("lived", "service") for chosen in some], key="closing")
    house.close(room, "closing")
    assert ("side" in house.rows(house.pack(room), "ballots_1_closing")[0]) is told


def test_ballots_stay_whole_where_nothing_is_told_by_side(house_app: Flask, riverside: str) -> None:
    """Four and four: the room saw no side of anything, so there is nothing to lay the ballots beside."""
    room = house.build.workshop(house_app, riverside, ("statements", {"items": "Letters are clear\nDoors are open"}))
    whole = {"own1": 1, "own2": -1}, {"own1": -1, "own2": 1}
    with house_app.app_context():
        house.vote(room, [(side, chosen) for side in ("lived", "service") for chosen in whole * 2], key="statements")
    house.close(room, "statements")
    ballots = house.rows(house.pack(room), "ballots_1_statements")
    assert Counter((row["own1"], row["own2"]) for row in ballots) == {("1", "-1"): 4, ("-1", "1"): 4}


@pytest.mark.parametrize("number", [7, 9])
def test_dots_that_the_room_saw_by_side_are_not_whole_ballots_below_ten(
    house_app: Flask, riverside: str, number: int
) -> None:
    room = counted(house_app, riverside, number, number)
    ballots = house.rows(house.pack(room), "ballots_3_dots")
    columns = [[row[name] for row in ballots] for name in ballots[0]]
    assert columns == [sorted(column, reverse=True) for column in columns]


def test_statements_that_enough_answered_may_say_sides(house_app: Flask, riverside: str) -> None:
    room = house.build.workshop(house_app, riverside, ("statements", {"items": "Letters are clear\nDoors are open"}))
    with house_app.app_context():
        both = {"own1": 1, "own2": -1}
        house.vote(room, [(side, both) for side in ("lived", "service") for _ in range(12)], key="statements")
    house.close(room, "statements")
    assert "side" in house.rows(house.pack(room), "ballots_1_statements")[0]


def chosen_alone(app: Flask, organisation_id: str, *ballots: dict[str, int], who: str = "service") -> house.Room:
    """Statements for one side alone."""
    room = house.build.workshop(app, organisation_id, ("statements", {"items": "Letters are clear\nDoors are open"}))
    with app.app_context():
        agenda.change(room.activity("statements"), who=who)
        house.vote(room, [(who, ballot) for ballot in ballots], key="statements")
    house.close(room, "statements")
    return room


BOTH = {"own1": 1, "own2": -1}


def test_fewer_than_ten_of_the_side_that_was_asked_alone_leave_no_number(house_app: Flask, riverside: str) -> None:
    packed = house.pack(chosen_alone(house_app, riverside, *[BOTH] * 9))
    assert not [name for name in house.files(packed) if "ballots" in name]
    for row in house.rows(packed, "activity_1_statements"):
        told = {name for name, value in row.items() if value}
        assert told == {"item", "text", "taken_back", "common", "refused", "gap", "sides_shown"}
    [chose] = [row for row in house.rows(packed, "participation") if row["what"] == "chose"]
    assert (chose["people"], chose["sides_shown"]) == ("", "false")


def test_ten_of_the_side_that_was_asked_alone_are_told_in_numbers(house_app: Flask, riverside: str) -> None:
    packed = house.pack(chosen_alone(house_app, riverside, *[BOTH] * 9, {"own1": -1, "own2": 1}))
    first = house.rows(packed, "activity_1_statements")[0]
    named = ("agree", "people", "service_people", "service_share", "sides_shown", "lived_people")
    assert [first[name] for name in named] == ["9", "10", "10", "0.9", "false", ""]
    assert {row["side"] for row in house.rows(packed, "ballots_1_statements")} == {"service"}
    [chose] = [row for row in house.rows(packed, "participation") if row["what"] == "chose"]
    assert chose["people"] == "10"


@pytest.mark.parametrize("viewer", PUBLIC)
def test_whole_ballots_of_one_side_stay_in_the_house(house_app: Flask, riverside: str, viewer: Viewer) -> None:
    room = chosen_alone(house_app, riverside, *[BOTH, {"own1": -1, "own2": 1}] * 6)
    ballots = house.rows(house.pack(room, viewer), "ballots_1_statements")
    assert [tuple(row.values()) for row in ballots] == [("-1", "-1")] * 6 + [("1", "1")] * 6


def test_a_question_that_few_of_the_one_side_answered_keeps_all_ballots_in(house_app: Flask, riverside: str) -> None:
    packed = house.pack(chosen_alone(house_app, riverside, *[BOTH] * 4, *[{"own1": 1}] * 8))
    assert not [name for name in house.files(packed) if "ballots" in name]
    letters, doors = house.rows(packed, "activity_1_statements")
    assert (letters["agree"], doors["agree"], doors["people"], doors["service_word"]) == ("12", "", "", "")


def test_how_many_of_one_side_told_a_story_is_told_from_ten(house_app: Flask, riverside: str) -> None:
    for number, told in ((9, ""), (10, "10")):
        room = house.build.workshop(house_app, riverside, "story")
        with house_app.app_context():
            agenda.change(room.activity("story"), who="lived")
            house.say(room, [Words("a") for _ in range(number)])
        [gave] = [row for row in house.rows(house.pack(room), "participation") if row["what"] == "gave"]
        assert gave["people"] == told


def test_no_ballot_before_the_close(house_app: Flask, riverside: str) -> None:
    room = house.room(house_app, riverside, cards())
    room.open("dots")
    with house_app.app_context():
        house.vote(room, [("lived", {"own1": 1})])
    assert [name for name in house.files(house.pack(room)) if "dots" in name] == []


@pytest.mark.parametrize(("lived", "service", "shown"), [(12, 25, True), (9, 25, False), (25, 4, False)])
def test_who_took_part_by_side_only_where_they_are_enough(
    house_app: Flask, riverside: str, lived: int, service: int, shown: bool
) -> None:
    room = house.build.workshop(house_app, riverside, "story")
    said = [Words("a", side=side) for side, number in (("lived", lived), ("service", service)) for _ in range(number)]
    with house_app.app_context():
        house.say(room, said)
    rows = house.rows(house.pack(room), "participation")
    for row in rows:
        assert (row["people"], row["sides_shown"]) == (str(lived + service), str(shown).lower())
        told = (row["lived_at_least"], row["service_at_least"])
        assert told == (("10", "20") if shown else ("", ""))
    assert [row["what"] for row in rows] == ["present", "gave"]


def fingerprint_of(ballots: list[dict[str, str]]) -> str:
    """As somebody makes it again from the file, by hand."""
    lines = sorted(",".join(cell or "" for name, cell in row.items() if name != "side") for row in ballots)
    return hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()


@pytest.mark.shows("S07")
@pytest.mark.parametrize("viewer", [Viewer.ORGANISER_EXPORT, Viewer.REPORT])
def test_the_fingerprint_of_the_ballots_can_be_made_again_from_the_list(
    house_app: Flask, riverside: str, viewer: Viewer
) -> None:
    """The same for every reader, with or without sides in their list."""
    packed = house.pack(counted(house_app, riverside, 12, 12), viewer)
    [printed] = [row for row in house.rows(packed, "fingerprints") if row["table"] == "ballots_3_dots"]
    ballots = house.rows(packed, "ballots_3_dots")
    assert printed["sha256"] == fingerprint_of(ballots)
    assert int(printed["ballots"]) == len(ballots) == 24
    ballots[0] = dict.fromkeys(ballots[0], "2")
    assert printed["sha256"] != fingerprint_of(ballots)


@pytest.mark.shows("S07")
def test_there_is_no_fingerprint_where_whole_ballots_could_tell_of_a_few(house_app: Flask, riverside: str) -> None:
    """Nine of a side: the room has seen a split that exports hide, and a short list is found by trying."""
    packed = house.pack(counted(house_app, riverside, 9, 30))
    assert "ballots_3_dots" not in [row["table"] for row in house.rows(packed, "fingerprints")]
