"""People give each line a number or no answer: in secret, changed until the close; then averages, side by side."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support.build import Room
from tests.support.people import People


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    """Lived experience is for the bus stop, the service for the garden; one of each gives the lift no number."""
    room = hall.asked(app, people, "score")
    hall.fill(room, "score", "lived", *[{"own1": 5, "own2": 2, "own3": 3}] * (lived - 1), {"own1": 4, "own2": 4})
    hall.fill(room, "score", "service", *[{"own1": 2, "own2": 5, "own3": 3}] * (service - 1), {"own1": 4, "own2": 4})
    room.count("score")
    return room


def test_bea_scores_two_lines_checks_and_sends(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "score")
    bea = people.bea(room)
    page = bea.ask("score")
    assert "1 is the lowest, 5 the highest." in page.text
    check = bea.send(page, go="next", **{"choice-own1": "5", "choice-own3": "1"})
    assert "Bus stop 5 of 5" in check.text
    assert "Lines without an answer 1" in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"
    room.count("score")
    given = {each.item.words: each.scored.marked.counts for each in hall.results(room, "score").items}
    assert given == {"Bus stop": (0, 0, 0, 0, 1), "Garden": (0,) * 5, "Lift": (1, 0, 0, 0, 0)}


def test_a_nought_of_ten_is_kept_as_a_nought(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "score", scale="10")
    bea = people.bea(room)
    check = bea.send(bea.ask("score"), go="next", **{"choice-own1": "1", "choice-own2": "11", "choice-own3": "0"})
    assert "Bus stop 0 of 10" in check.text
    assert "Garden 10 of 10" in check.text
    assert "Lift" not in check.text
    bea.send(check, go="send")
    room.count("score")
    given = {each.item.words: each.scored.marked for each in hall.results(room, "score").items}
    assert given["Bus stop"].counts == (1, *[0] * 10)
    assert given["Lift"].no_answer == 1


def test_no_answer_at_all_is_a_choice(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "score")
    bea = people.bea(room)
    check = bea.send(bea.ask("score"), go="next")
    assert "No answer" in check.text
    bea.send(check, go="send")
    room.count("score")
    results = hall.results(room, "score")
    assert (results.counted.ballots, results.items[0].scored.marked.no_answer) == (1, 1)


def test_a_number_beyond_the_row_is_refused(app: Flask, people: People) -> None:
    bea = people.bea(hall.asked(app, people, "score"))
    page = bea.send(bea.ask("score"), go="send", **{"choice-own1": "6"})
    assert page.status == 422
    assert "Please choose one of these." in page.text


def test_the_page_shows_no_choice_of_before(app: Flask, people: People) -> None:
    bea = people.bea(hall.asked(app, people, "score"))
    bea.send(bea.ask("score"), go="send", **{"choice-own2": "4"})
    fields = bea.ask("score").fields()
    assert {fields[f"choice-own{line}"] for line in (1, 2, 3)} == {"0"}


def test_twelve_and_eleven_see_averages_of_each_side(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 12), "score")
    assert "Shared first place: <bdi>«Bus stop»</bdi>, <bdi>«Garden»</bdi>" in shown
    assert "Average 3.54, shared place 1. Answers: 24. No answer: 0." in shown
    assert "Average 3.00. Answers: 22. No answer: 2." in shown
    assert "Lived experience: <bdi>«Bus stop»</bdi>" in shown
    assert "4.92" in shown
    assert "Clear gap" in shown


def test_six_and_six_are_told_in_words_and_without_averages_of_a_side(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 6, 6), "score")
    assert "nearly all" in shown
    assert "Most wanted by each side" not in shown
    assert "4.83" not in shown


def test_two_answers_are_too_few_for_a_place(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "score")
    hall.fill(room, "score", "lived", {"own1": 5, "own2": 3}, {"own1": 5, "own2": 3}, {"own2": 3})
    room.count("score")
    shown = hall.results_page(room, "score")
    assert "2 answers, too few for a place" in shown
    assert "Highest average: <bdi>«Garden»</bdi>" in shown


@pytest.mark.parametrize(("service", "average"), [(12, 4.917), (6, None)])
def test_the_export_has_every_number_and_averages_of_sides_from_ten_on(
    app: Flask, people: People, service: int, average: float | None
) -> None:
    rows = {row["text"]: row for row in hall.exported(counted(app, people, 12, service), "score")[0]}
    stop = rows["Bus stop"]
    assert stop["sum"] == sum(number * stop[f"gave_{number}"] for number in range(1, 6))
    assert stop["average"] == pytest.approx(stop["sum"] / (12 + service))
    assert stop["lived_average"] == (average and pytest.approx(average, abs=0.001))
