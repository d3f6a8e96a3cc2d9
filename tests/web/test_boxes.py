"""Paper ballots by hand: two people type every slip, each alone, and what both read alike counts once."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build
from tests.support.page import Page
from tests.support.people import People, Staff
from workshop import exports
from workshop.activities import kind_of
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Ballot, Participant, Reading, Slip
from workshop.queries import boxes, choices, rooms

ITEMS = {"items": "A bench\nA roof\nA lift"}
SLIPS = ({"own1": "1"}, {"own1": "1", "own2": "1"}, {}, {"own3": "1"}, {"own2": "1"}, {"own1": "1"})


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    made = build.workshop(app, people.organisation_id, ("approval", ITEMS), "cards", ("approval", ITEMS))
    made.open("approval")
    return made


@pytest.fixture
def fay(app: Flask, people: People) -> Staff:
    """The second one who types, with an account of her own."""
    return Staff(app, "fay", people.organisation_id, "facilitator")


def begin(people: People, room: build.Room, side: str = "lived", key: str = "approval", way: str = "paper") -> str:
    """ada begins a box; its address."""
    page = people.ada.get(f"{room.path}/console/activity/{room.activities[key]}/boxes")
    return people.ada.send(page, side=side, way=way).location


def counts(who: Staff, box: str, slips: int, void: int) -> Page:
    return who.send(who.get(box), slips=str(slips), void=str(void))


def types(who: Staff, box: str, slips: tuple[dict[str, str], ...] = SLIPS, void: int = 1) -> None:
    counts(who, box, len(slips) + void, void)
    for number, slip in enumerate(slips, 1):
        one(who, box, number, slip)


def one(who: Staff, box: str, number: int, slip: dict[str, str]) -> Page:
    page = who.get(f"{box}/slips/{number}")
    assert page.status == 200, page.text
    given = {f"choice-{item}": mark for item, mark in slip.items()}
    return who.send(page, f"/slips/{number}", go="send", **given)


def exported(people: People, room: build.Room) -> list[list[str]]:
    with room.app.test_request_context():
        every = exports.tables(rooms.workshop(room.id), Viewer.ORGANISER_EXPORT)
        (table,) = (each for each in every if each.name == "ways")
        return [list(map(str, row)) for row in table.rows]


def ballots(room: build.Room) -> list[dict[str, int]]:
    with room.app.app_context():
        return [row.choices for row in choices.ballots(room.activities["approval"])]


def close(people: People, room: build.Room) -> Page:
    return people.ada.post(f"{room.path}/console/activity/{room.activities['approval']}/close")


@pytest.mark.shows("S06")
def test_what_two_people_read_alike_counts_and_what_was_typed_is_gone(
    app: Flask, people: People, room: build.Room, fay: Staff
) -> None:
    box = begin(people, room)
    types(people.ada, box)
    assert "Now another person types the same ballots" in people.ada.get(box).text
    types(fay, box)
    assert "Both of you read all of it alike." in fay.get(box).text
    assert ballots(room) == [], "nothing counts before somebody says so"
    fay.post(f"{box}/in")
    assert sorted(map(str, ballots(room))) == sorted(str(dict.fromkeys(slip, 1)) for slip in SLIPS)
    fay.post(f"{box}/in")
    assert len(ballots(room)) == len(SLIPS), "a second tap changes nothing"
    with app.app_context():
        assert db.session.query(Slip).count() == db.session.query(Reading).count() == 0
        turnout = choices.turnout(room.activity("approval"))
        assert (turnout.chosen, turnout.present) == (len(SLIPS), len(SLIPS))


def test_the_result_says_by_which_ways_ballots_came(app: Flask, people: People, room: build.Room, fay: Staff) -> None:
    for each in (people.bea(room), people.bea(room)):
        each.send(each.send(each.ask("approval"), go="next", **{"choice-own2": "1"}), go="send")
    box = begin(people, room)
    for who in (people.ada, fay):
        types(who, box)
    fay.post(f"{box}/in")
    room.count("approval")
    page = people.ada.get(f"{room.path}/results").text
    assert "Ballots: 6 on paper, 2 by phone." in page
    assert "1 more on paper nobody could understand." in page
    assert exported(people, room) == [
        ["1", "paper", "6", "open link", "6", "1"],
        ["1", "phone", "2", "open link", "6", "1"],
    ]
    with app.app_context():
        activity = room.activity("approval")
        lines = {each.item.words: each.counted.people for each in kind_of(activity).results(activity, 5).items}
    assert lines == {"A bench": 3, "A roof": 4, "A lift": 1}


@pytest.mark.shows("S06")
def test_where_all_is_paper_the_result_is_called_counted_by_hand(people: People, room: build.Room, fay: Staff) -> None:
    box = begin(people, room)
    for who in (people.ada, fay):
        types(who, box, void=0)
    people.ada.post(f"{box}/in")
    room.count("approval")
    page = people.ada.get(f"{room.path}/results").text
    assert "Counted by hand: two people read every ballot. Ballots: 6 on paper." in page
    assert "Anyone with the link" not in page
    assert exported(people, room) == [["1", "paper", "6", "counted by hand", "6", "0"]]


def test_where_two_read_differently_both_look_again(people: People, room: build.Room, fay: Staff) -> None:
    box = begin(people, room)
    types(people.ada, box)
    types(fay, box, (*SLIPS[:3], {"own1": "1"}, *SLIPS[4:]))
    page = fay.get(box)
    assert "Some ballots you two read differently." in page.text
    assert [link.rsplit("/", 1)[1] for link in page.links() if "/slips/" in link] == ["4"]
    assert fay.post(f"{box}/in").status == 409
    assert ballots(room) == []
    one(fay, box, 4, SLIPS[3])
    people.ada.post(f"{box}/in")
    assert len(ballots(room)) == len(SLIPS)


def test_where_two_counted_differently_nothing_goes_in(people: People, room: build.Room, fay: Staff) -> None:
    box = begin(people, room)
    types(people.ada, box)
    types(fay, box, void=2)
    assert "You two counted differently." in people.ada.get(box).text
    assert people.ada.post(f"{box}/in").status == 409
    counts(fay, box, len(SLIPS) + 1, 1)
    people.ada.post(f"{box}/in")
    assert len(ballots(room)) == len(SLIPS)


def test_one_account_alone_never_finishes_and_sees_nothing_of_the_other(
    app: Flask, people: People, room: build.Room, fay: Staff
) -> None:
    box = begin(people, room)
    types(people.ada, box)
    types(people.ada, box)
    assert people.ada.post(f"{box}/in").status == 409
    counts(fay, box, len(SLIPS) + 1, 1)
    assert 'value="1" checked' not in fay.get(f"{box}/slips/1").html
    third = Staff(app, "gus", people.organisation_id, "facilitator")
    assert "Two other people read this box." in third.get(box).text
    assert third.post(box, slips="3", void="0").status == 409
    assert third.get(f"{box}/slips/1").status == 409


@pytest.mark.parametrize(("slips", "void"), [("", "0"), ("0", "0"), ("501", "0"), ("3", "4"), ("many", "0")])
def test_numbers_that_cannot_be_are_asked_for_again(people: People, room: build.Room, slips: str, void: str) -> None:
    box = begin(people, room)
    page = people.ada.send(people.ada.get(box), slips=slips, void=void)
    assert page.status == 422
    with room.app.app_context():
        assert db.session.query(Reading).count() == 0


def test_a_choice_does_not_close_over_a_box_that_is_not_in(people: People, room: build.Room, fay: Staff) -> None:
    box = begin(people, room)
    types(people.ada, box)
    refused = close(people, room)
    assert refused.status == 409
    assert "Paper ballots are not in yet" in refused.text
    assert people.ada.post(f"{room.path}/console/activity/{room.activities['cards']}/open").status == 409
    with room.app.app_context():
        assert rooms.activity(room.activities["approval"], room.id).state == "open"
    people.ada.post(f"{box}/away")
    assert close(people, room).status == 303
    with room.app.app_context():
        assert db.session.query(Slip).count() == 0


def test_people_of_paper_are_counted_once_over_two_choices(
    app: Flask, people: People, room: build.Room, fay: Staff
) -> None:
    for key, slips in (("approval", SLIPS[:4]), ("approval3", SLIPS)):
        room.open(key)
        box = begin(people, room, key=key)
        for who in (people.ada, fay):
            types(who, box, slips, 0)
        fay.post(f"{box}/in")
        room.count(key)
    with app.app_context():
        query = sa.select(sa.func.count()).where(Participant.workshop_id == room.id, Participant.channel == "paper")
        assert db.session.execute(query).scalar() == len(SLIPS)


def test_what_has_no_paper_is_not_read_from_a_box_and_strangers_find_none(
    app: Flask, people: People, room: build.Room
) -> None:
    box = begin(people, room)
    other = build.workshop(app, people.organisation_id, "cards")
    other.open("cards")
    where = f"{other.path}/console/activity/{other.activities['cards']}"
    assert [people.ada.get(f"{where}/{page}").status for page in ("boxes", "paper", "hands")] == [404, 404, 404]
    assert people.ada.get(box.replace(room.activities["approval"], other.activities["cards"])).status == 404
    for path in (box, f"{box}/slips/1", box.rsplit("/", 1)[0]):
        assert people.dora.get(path).status == 403
        assert people.bea(room).get(path).status in (303, 403)
    assert people.dora.post(f"{box}/in").status == 403
    with app.app_context():
        (found,) = boxes.of(room.activities["approval"])
        assert found.readings == []


def test_no_order_of_the_box_is_left_in_what_was_counted(
    app: Flask, people: People, room: build.Room, fay: Staff
) -> None:
    box = begin(people, room, "service")
    for who in (people.ada, fay):
        types(who, box)
    fay.post(f"{box}/in")
    room.count("approval")
    with app.app_context():
        rows = db.session.execute(sa.select(Ballot.id, Ballot.side, Ballot.channel)).all()
    assert {(row.side, row.channel) for row in rows} == {("service", "paper")}
    assert len({row.id for row in rows}) == len(SLIPS)


@pytest.mark.shows("S06")
def test_raised_hands_are_ballots_that_two_people_noted(people: People, room: build.Room, fay: Staff) -> None:
    """Each person has a number; both type what that number showed, and the count says how they chose."""
    sheet = people.ada.get(f"{room.path}/console/activity/{room.activities['approval']}/hands?many=6")
    assert "A bench 1 2 3 4 5 6" not in sheet.text, "columns stand in the head alone"
    assert sheet.html.count('class="pen-box"') == 3 * 6
    box = begin(people, room, way="hands")
    assert "which numbers raised a hand" in people.ada.get(box).text
    for who in (people.ada, fay):
        types(who, box)
    assert "Person 2 of 6" in fay.get(f"{box}/slips/2").text
    fay.post(f"{box}/in")
    room.count("approval")
    assert "Counted by hand: two people read every ballot. Ballots: 6 shown by hand." in people.ada.get(
        f"{room.path}/results"
    ).text.replace(" , ", ", ")
    assert exported(people, room) == [["1", "hands", "6", "counted by hand", "6", "1"]]
    with room.app.app_context():
        channels = set(db.session.execute(sa.select(Participant.channel)).scalars())
    assert channels == {"hands"}


def test_statements_are_typed_all_on_one_page_and_a_gap_is_no_pass(app: Flask, people: People, fay: Staff) -> None:
    made = build.workshop(app, people.organisation_id, ("statements", ITEMS))
    made.open("statements")
    box = begin(people, made, key="statements")
    slips = ({"own1": "1", "own2": "2"}, {"own1": "3", "own3": "1"}, {})
    for who in (people.ada, fay):
        types(who, box, slips, void=0)
    fay.post(f"{box}/in")
    with app.app_context():
        cast = [sorted(row.choices.items()) for row in choices.ballots(made.activities["statements"])]
    assert sorted(cast) == [[], [("own1", 0), ("own3", 1)], [("own1", 1), ("own2", -1)]]
    made.count("statements")
    page = people.ada.get(f"{made.path}/results").text
    assert "1 agree, 0 disagree, 1 pass" in page


def test_a_jurys_sheets_are_typed_whole_and_leaving_out_is_no_nought(app: Flask, people: People, fay: Staff) -> None:
    criteria = "Help | 1 | None | A little | Much | Very much"
    made = build.workshop(app, people.organisation_id, ("jury", {**ITEMS, "criteria": criteria}))
    made.open("jury")
    box = begin(people, made, key="jury")
    slips = tuple(
        {"own1|1": "4", "own2|1": "2", **last} for last in ({"own3|1": "3"}, {"own3|-": "1"}, {}, {"own3|1": "1"})
    )
    for who in (people.ada, fay):
        types(who, box, slips, void=0)
    fay.post(f"{box}/in")
    with app.app_context():
        cast = sorted(
            row.choices["own3|1"] * 10 + row.choices["own3|-"] for row in choices.ballots(made.activities["jury"])
        )
    assert cast == [0, 1, 10, 30]
    made.count("jury")
    with app.test_request_context():
        activity = made.activity("jury")
        means = {line.item.words: line.judged.raw for line in kind_of(activity).results(activity, 5).items}
    assert (means["A bench"], means["A roof"]) == (4, 2)


def test_pairs_are_typed_from_paper_and_the_better_line_wins(app: Flask, people: People, fay: Staff) -> None:
    made = build.workshop(app, people.organisation_id, ("pairs", {**ITEMS, "each": 3}))
    made.open("pairs")
    box = begin(people, made, key="pairs")
    slips = ({"own1|own2": "1", "own1|own3": "1", "own2|own3": "2"}, {"own1|own2": "1", "own1|own3": "3"})
    for who in (people.ada, fay):
        types(who, box, slips, void=0)
    fay.post(f"{box}/in")
    with app.app_context():
        cast = sorted(sorted(row.choices.items()) for row in choices.ballots(made.activities["pairs"]))
    assert cast == [[("own1|own2", 1), ("own1|own3", 0)], [("own1|own2", 1), ("own1|own3", 1), ("own2|own3", -1)]]
    made.count("pairs")
    with app.test_request_context():
        activity = made.activity("pairs")
        first = next(line.item.words for line in kind_of(activity).results(activity, 5).items)
    assert first == "A bench"
