"""One statement at a time on a phone: each tap is sent, new ones come along, nothing is ever shown back."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.people import Participant, People
from workshop.queries import choices

THREE = "The letters are too long.\nThe office opens too late.\nSomebody should call back."


def lines(how_many: int) -> str:
    return "\n".join(f"Line {n}" for n in range(how_many))


def answer_all(phone: Participant, answer: str = "1") -> list[str]:
    """Tap the same answer until nothing is left; returns the statements in the order they came."""
    seen: list[str] = []
    page = phone.ask("statements")
    while "I agree" in page.text:
        seen.append(page.h1)
        page = phone.follow(phone.send(page, answer=answer).location)
    return seen


def test_bea_answers_one_after_the_other_until_none_is_left(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": THREE}))
    room.open("statements")
    bea = people.bea(room)
    first = bea.ask("statements")
    assert first.h1 in THREE.splitlines()
    second = bea.follow(bea.send(first, answer="1").location)
    assert second.h1 != first.h1
    assert "1 answered and safe, 2 to go." in second.text
    assert sorted([first.h1, *answer_all(bea)]) == sorted(THREE.splitlines())
    done = bea.ask("statements")
    assert done.h1 == "You have answered everything"
    assert "All your answers are safe." in done.text


def test_the_same_statement_waits_when_the_page_is_loaded_again(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": lines(20)}))
    room.open("statements")
    bea = people.bea(room)
    bea.send(bea.ask("statements"), answer="0")
    assert len({bea.ask("statements").h1 for _ in range(5)}) == 1


def test_every_person_has_an_order_of_their_own(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": lines(8)}))
    room.open("statements")
    assert answer_all(people.bea(room)) != answer_all(people.cem(room))


def test_a_statement_approved_a_moment_ago_comes_among_the_next_two(app: Flask, people: People) -> None:
    own = lines(30)
    room = build.workshop(
        app,
        people.organisation_id,
        "cards",
        ("statements", {"items_from": "cards", "items": own}),
        **hall.TRUSTED,
    )
    room.open("cards", "statements")
    bea, cem = people.bea(room), people.cem(room)
    for card in range(6):
        bea.write("cards", f"Card {card}")
    seen = []
    for _ in range(12):
        page = cem.ask("statements")
        seen.append(page.h1)
        cem.send(page, answer="1")
    assert sum(words.startswith("Line") for words in seen[1::2]) == 6, "own lines come after cards: they are the newest"
    assert len(set(seen)) == 12


def test_new_statements_bring_somebody_back_who_was_done(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", ("statements", {"items_from": "cards"}), **hall.TRUSTED)
    room.open("cards", "statements")
    bea, cem = people.bea(room), people.cem(room)
    assert bea.ask("statements").h1 == "There are no statements yet"
    cem.write("cards", "The lift is broken")
    assert answer_all(bea) == ["The lift is broken"]
    cem.write("cards", "The stairs are steep")
    assert answer_all(bea) == ["The stairs are steep"]


def test_who_is_done_looks_at_the_room_and_not_at_an_empty_question(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": THREE}))
    room.open("statements")
    bea = people.bea(room)
    assert bea.see("").status == 303
    answer_all(bea)
    assert bea.see("").h1 == "River day"


def test_an_answer_can_be_changed_and_counts_once(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": "One thing"}))
    room.open("statements")
    bea = people.bea(room)
    page = bea.ask("statements")
    bea.send(page, answer="1")
    again = bea.send(page, go="step-0", item="own1")
    assert again.h1 == "One thing"
    assert "checked" not in again.html
    bea.send(again, id=again.fields()["id"][::-1], answer="-1")
    room.count("statements")
    [counted] = hall.results(room, "statements").items
    assert (counted.all.agree, counted.all.disagree) == (0, 1)


@pytest.mark.shows("S05")
def test_the_same_tap_sent_twice_counts_once(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": THREE}))
    room.open("statements")
    bea = people.bea(room)
    page = bea.ask("statements")
    for _ in range(2):
        assert bea.send(page, answer="1").status == 303
    room.count("statements")
    assert sum(each.all.total for each in hall.results(room, "statements").items) == 1


def test_a_statement_taken_back_in_between_is_said_to_be_gone(app: Flask, people: People) -> None:
    room = build.workshop(
        app,
        people.organisation_id,
        "cards",
        ("statements", {"items_from": "cards", "items": "One thing"}),
        **hall.TRUSTED,
    )
    room.open("cards", "statements")
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "The lift is broken")
    [card] = bea.words()
    bea.post(f"{room.path}/words/{card}/take-back")
    page = cem.send(cem.ask("statements"), item=card, answer="1")
    assert page.status == 422
    assert "That statement is gone. Here is the next one." in page.text
    assert page.h1 == "One thing"


def test_only_agree_disagree_and_pass_are_answers(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": "One thing"}))
    room.open("statements")
    bea = people.bea(room)
    for odd in ("", "2", "yes"):
        page = bea.send(bea.ask("statements"), answer=odd)
        assert page.status == 422
        assert "Please choose one of the three." in page.text
        assert page.h1 == "One thing"


def test_after_the_close_a_tap_is_too_late_and_says_so(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": THREE}))
    room.open("statements")
    bea = people.bea(room)
    page = bea.ask("statements")
    room.count("statements")
    late = bea.send(page, answer="1")
    assert late.status == 409
    assert "Your choice came too late." in late.text


def test_a_counted_ballot_does_not_say_in_which_order_it_was_filled(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": lines(9)}))
    room.open("statements")
    answer_all(people.bea(room))
    room.count("statements")
    with app.app_context():
        [ballot] = choices.ballots(room.activities["statements"])
    assert list(ballot.choices) == sorted(ballot.choices)


def test_the_room_reads_what_both_sides_disagree_with(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "statements", items="Close the office")
    for side in ("lived", "service"):
        hall.fill(room, "statements", side, {"own1": 1}, *[{"own1": -1}] * 10)
    room.count("statements")
    page = hall.results_page(room, "statements")
    assert "What both sides disagree with" in page
    assert "20 of 22 disagree" in page
