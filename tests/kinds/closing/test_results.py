"""What the closing says: scores side by side, the gap, the alarm, and nothing that tells of a few."""

from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import kind_of
from workshop.consent import Viewer
from workshop.counting.closing import QUESTIONS


def counted(app: Flask, people: People, lived: int, service: int, lived_says: int = 0) -> Room:
    """The service says yes to everything; people with lived experience all say the same other thing, but one."""
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    ballots = [dict.fromkeys(QUESTIONS, lived_says)] * (lived - 1)
    hall.fill(room, "closing", "lived", *ballots, dict.fromkeys(QUESTIONS, 2))
    hall.fill(room, "closing", "service", *[dict.fromkeys(QUESTIONS, 2)] * (service - 1), dict.fromkeys(QUESTIONS, 1))
    room.count("closing")
    return room


def test_a_wide_gap_is_said(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 12), "closing")
    assert "Wide gap: 88 points" in shown
    assert "Space: was it safe, and was there help?" in shown


def test_few_people_are_compared_by_yeses_in_words(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 6, 6), "closing")
    assert "The bars show how many answers were yes." in shown
    assert "points apart" not in shown


def test_too_few_of_a_side_show_only_all_together(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 3), "closing")
    assert "Too few to say by side" in shown
    assert "of 100 in all" in shown
    assert "Wide gap" not in shown


def test_when_nearly_everyone_says_yes_and_nobody_writes_the_alarm_speaks(app: Flask, people: People) -> None:
    room = counted(app, people, 12, 12, lived_says=2)
    assert "You may not be asking the right questions." in hall.results_page(room, "closing")
    assert "right questions" not in hall.results_page(counted(app, people, 12, 12), "closing")


def test_approved_words_stand_with_the_results_and_others_do_not(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing", **hall.TRUSTED)
    room.open("closing")
    bea = people.bea(room)
    bea.send(bea.ask("closing"), go="send", stop="Stop the queue.", choice_space1="2")
    room.count("closing")
    assert "Stop the queue." in hall.results_page(room, "closing")
    [card] = bea.words()
    bea.post(f"{room.path}/words/{card}/take-back")
    assert "Stop the queue." not in hall.results_page(room, "closing")


def test_the_tables_hold_scores_by_side_and_questions_of_all_together(app: Flask, people: People) -> None:
    room = counted(app, people, 12, 12)
    with app.test_request_context():
        scores, questions, words = kind_of(room.activity("closing")).tables(room.activity("closing"), Viewer.REPORT)
        assert list(words.rows) == []
    row = dict(zip([c.name for c in scores.columns], next(iter(scores.rows)), strict=True))
    assert (row["score"], row["lived_people"], row["service_people"]) == ("space", 12, 12)
    assert round(row["gap"]) == 88
    assert len(list(questions.rows)) == 8
    assert not {"lived", "service"} & {c.name for c in questions.columns}
