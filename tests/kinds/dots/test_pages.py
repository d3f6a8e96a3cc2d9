"""People give their dots on a phone: all of it in secret, none of it lost, changed until the close."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.people import People
from workshop.queries import choices

LINES = "Bus stop\nGarden\nLift"


def test_bea_gives_two_of_three_dots_checks_and_sends(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    asked = bea.ask("dots")
    assert "Dots for you: 3. At most 1 on one line." in asked.text
    check = bea.send(asked, go="next", **{"choice-own1": "1", "choice-own3": "1"})
    assert "Bus stop Dots: 1" in check.text
    assert "Lift Dots: 1" in check.text
    assert "Garden" not in check.text
    assert "Dots you keep 1" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"


def test_what_is_only_checked_is_not_cast(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    bea.send(bea.ask("dots"), go="next", **{"choice-own1": "1"})
    room.count("dots")
    assert hall.results(room, "dots").counted.ballots == 0


def test_too_many_dots_are_told_and_every_dot_stays_where_it_is(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": LINES, "per_person": 2}))
    room.open("dots")
    bea = people.bea(room)
    page = bea.send(bea.ask("dots"), go="next", **{f"choice-own{n}": "1" for n in (1, 2, 3)})
    assert page.status == 422
    assert "You gave 1 too many. Please take some away." in page.text
    assert page.fields().keys() >= {"choice-own1", "choice-own2", "choice-own3"}


def test_more_on_one_line_than_it_takes_is_refused_even_without_the_page(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": LINES, "per_person": 5, "per_item": 2}))
    room.open("dots")
    bea = people.bea(room)
    page = bea.send(bea.ask("dots"), go="send", **{"choice-own1": "3"})
    assert page.status == 422
    assert "One line takes at most 2 of your dots." in page.text
    assert page.fields()["choice-own1"] == "3"


def test_letters_and_signs_are_no_numbers(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": LINES, "per_person": 5, "per_item": 2}))
    room.open("dots")
    bea = people.bea(room)
    for typed in ("many", "-1", "1.5", "٣", "9" * 40):
        page = bea.send(bea.ask("dots"), go="next", **{"choice-own1": typed, "choice-own2": "1"})
        assert page.status == 422
        assert "Please write whole numbers only." in page.text
        assert page.fields()["choice-own2"] == "1"


def test_giving_none_is_a_choice(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    check = bea.send(bea.ask("dots"), go="next")
    assert "None of these" in check.text
    bea.send(check, go="send")
    room.count("dots")
    results = hall.results(room, "dots")
    assert (results.counted.ballots, results.counted.unused) == (1, 3)


def test_the_page_never_shows_what_was_chosen_before(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    bea.send(bea.ask("dots"), go="send", **{"choice-own2": "1"})
    for page in (bea.ask("dots"), bea.see(""), bea.see("my-words")):
        assert "checked" not in page.html
    assert "choice-own2" not in bea.ask("dots").fields()


def test_the_last_ballot_counts_and_each_person_once(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    bea.send(bea.ask("dots"), go="send", **{"choice-own1": "1"})
    bea.send(bea.ask("dots"), go="send", **{"choice-own2": "1"})
    room.count("dots")
    dotted = {each.item.words: each.counted.dots for each in hall.results(room, "dots").items}
    assert dotted == {"Garden": 1, "Bus stop": 0, "Lift": 0}


@pytest.mark.shows("P12")
def test_nobody_knows_anything_before_the_count(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    hall.fill(room, "dots", "lived", {"own1": 1})
    assert hall.results(room, "dots") is None
    room.close("dots")
    assert hall.results(room, "dots") is None


@pytest.mark.shows("A15")
def test_a_ballot_in_the_two_minutes_after_the_close_still_counts_and_one_after_them_does_not(
    app: Flask, people: People
) -> None:
    room = hall.asked(app, people, "dots")
    bea, cem = people.bea(room), people.cem(room)
    for_bea, for_cem = bea.ask("dots"), cem.ask("dots")
    room.close("dots")
    assert bea.send(for_bea, go="send", **{"choice-own1": "1"}).status == 303
    room.count("dots")
    late = cem.send(for_cem, go="send", **{"choice-own1": "1"})
    assert late.status == 409
    assert "Your choice came too late. It was not kept or counted." in late.text
    assert hall.results(room, "dots").counted.ballots == 1


def test_a_card_taken_back_while_open_gives_its_dots_back(app: Flask, people: People) -> None:
    dots = ("dots", {"items_from": "cards", "items": LINES})
    room = build.workshop(app, people.organisation_id, "cards", dots, **hall.TRUSTED)
    room.open("cards", "dots")
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "A bench")
    [card] = bea.words()
    cem.send(cem.ask("dots"), go="send", **{f"choice-{card}": "1", "choice-own1": "1"})
    bea.post(f"{room.path}/words/{card}/take-back")
    assert "A bench" not in cem.ask("dots").text
    room.count("dots")
    results = hall.results(room, "dots")
    assert {each.item.words for each in results.items} == {"Bus stop", "Garden", "Lift"}
    assert (results.counted.dots, results.counted.unused) == (1, 2)


def test_a_card_taken_back_after_the_count_keeps_its_dots_and_loses_its_words(app: Flask, people: People) -> None:
    dots = ("dots", {"items_from": "cards"})
    room = build.workshop(app, people.organisation_id, "cards", dots, **hall.TRUSTED)
    room.open("cards", "dots")
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "A bench")
    [card] = bea.words()
    cem.send(cem.ask("dots"), go="send", **{f"choice-{card}": "1"})
    room.count("dots")
    assert "A bench" in hall.results_page(room, "dots")
    bea.post(f"{room.path}/words/{card}/take-back")
    shown = hall.results_page(room, "dots")
    assert "A bench" not in shown
    assert "Taken back" in shown
    assert "1 dot<" in shown


def test_turnout_is_all_that_is_known_of_an_open_choice(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "dots")
    bea = people.bea(room)
    people.cem(room)
    bea.send(bea.ask("dots"), go="send", **{"choice-own1": "1"})
    with app.app_context():
        assert choices.turnout(room.activity("dots")) == choices.Turnout(1, 2)
