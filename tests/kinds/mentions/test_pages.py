"""People say with four faces how good each line is: in secret, changed until the close; then the word in the middle."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support.build import Room
from tests.support.people import People


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    """The bus stop is very good for lived experience and fair for the service; one of each passes over the lift."""
    room = hall.asked(app, people, "mentions")
    hall.fill(room, "mentions", "lived", *[{"own1": 3, "own2": 1, "own3": 2}] * (lived - 1), {"own1": 1, "own2": 2})
    hall.fill(room, "mentions", "service", *[{"own1": 1, "own2": 3, "own3": 2}] * (service - 1), {"own1": 2, "own2": 0})
    room.count("mentions")
    return room


def test_bea_says_two_words_checks_and_sends(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "mentions")
    bea = people.bea(room)
    check = bea.send(bea.ask("mentions"), go="next", **{"choice-own1": "4", "choice-own3": "1"})
    assert "Bus stop Very good" in check.text
    assert "Lift Poor" in check.text
    assert "Lines without an answer 1" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"
    room.count("mentions")
    said = {each.item.words: each.counts for each in hall.results(room, "mentions").items}
    assert said == {"Bus stop": (0, 0, 0, 1), "Garden": None, "Lift": (1, 0, 0, 0)}


def test_no_answer_at_all_is_a_choice_and_the_last_ballot_counts(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "mentions")
    bea = people.bea(room)
    bea.send(bea.ask("mentions"), go="send", **{"choice-own1": "4"})
    again = bea.ask("mentions")
    assert {again.fields()[f"choice-own{line}"] for line in (1, 2, 3)} == {"0"}
    bea.send(again, go="send")
    assert hall.results(room, "mentions") is None
    room.count("mentions")
    results = hall.results(room, "mentions")
    assert (results.counted.ballots, [each.counts for each in results.items]) == (1, [None] * 3)
    assert "nobody answered" in hall.results_page(room, "mentions")


def test_a_word_that_is_none_of_the_four_is_refused(app: Flask, people: People) -> None:
    bea = people.bea(hall.asked(app, people, "mentions"))
    page = bea.send(bea.ask("mentions"), go="send", **{"choice-own1": "5"})
    assert page.status == 422
    assert "Please choose one of these." in page.text


def test_twelve_and_twelve_see_all_words_of_each_side_and_what_each_judged_best(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 12), "mentions")
    assert "Judged best: <bdi>«Lift»</bdi>" in shown
    assert "Lived experience: <bdi>«Bus stop»</bdi>" in shown
    assert "The service: <bdi>«Garden»</bdi>" in shown
    assert "Very good: 0. Good: 22. Fair: 0. Poor: 0. No answer: 2." in shown
    assert shown.count('class="full-bar"') == 9
    assert "Clear gap" in shown


def test_six_and_six_are_told_in_words_without_the_words_of_a_side(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 6, 6), "mentions")
    assert "nearly all" in shown
    assert shown.count('class="full-bar"') == 3
    assert "Most wanted by each side" not in shown


@pytest.mark.parametrize(("service", "word"), [(12, "very_good"), (6, None)])
def test_the_export_has_every_word_and_those_of_sides_from_ten_on(
    app: Flask, people: People, service: int, word: str | None
) -> None:
    rows = {row["text"]: row for row in hall.exported(counted(app, people, 12, service), "mentions")[0]}
    stop = rows["Bus stop"]
    assert (stop["said_very_good"], stop["said_fair"], stop["said_good"]) == (11, service, 1)
    assert stop["lived_mention"] == word
    assert stop["ladder"]
