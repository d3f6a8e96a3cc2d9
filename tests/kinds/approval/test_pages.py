"""People tick all that they could live with: in secret, changed until the close, shown side by side after it."""

from flask import Flask

from tests.kinds import hall
from tests.support.build import Room
from tests.support.people import People


def counted(app: Flask, people: People, lived: int, service: int) -> Room:
    """Everybody could live with the lift; lived experience with the bus stop, the service with the garden."""
    room = hall.asked(app, people, "approval")
    hall.fill(room, "approval", "lived", *[{"own1": 1, "own3": 1}] * lived)
    hall.fill(room, "approval", "service", *[{"own2": 1, "own3": 1}] * service)
    room.count("approval")
    return room


def test_bea_ticks_two_checks_and_sends(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "approval")
    bea = people.bea(room)
    check = bea.send(bea.ask("approval"), go="next", **{"choice-own1": "1", "choice-own3": "1"})
    assert check.text.count("I could live with this") == 2
    assert "Garden" not in check.text
    assert bea.follow(bea.send(check, go="send").location).h1 == "Sent – safe"
    room.count("approval")
    shown = hall.results_page(room, "approval")
    assert "Shared first place:" in shown
    assert shown.count("1 tick, shared place 1") == 2


def test_ticking_everything_and_ticking_nothing_are_both_a_choice(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "approval")
    bea, cem = people.bea(room), people.cem(room)
    bea.send(bea.ask("approval"), go="send", **{f"choice-own{line}": "1" for line in (1, 2, 3)})
    check = cem.send(cem.ask("approval"), go="next")
    assert "None of these" in check.text
    cem.send(check, go="send")
    room.count("approval")
    results = hall.results(room, "approval")
    assert results.counted.ballots == 2
    assert [each.counted.people for each in results.items] == [1, 1, 1]


def test_the_last_ballot_counts(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "approval")
    bea = people.bea(room)
    bea.send(bea.ask("approval"), go="send", **{"choice-own1": "1"})
    bea.send(bea.ask("approval"), go="send", **{"choice-own2": "1"})
    assert hall.results(room, "approval") is None
    room.count("approval")
    ticked = {each.item.words: each.counted.people for each in hall.results(room, "approval").items}
    assert ticked == {"Garden": 1, "Bus stop": 0, "Lift": 0}


def test_two_ticks_on_one_line_are_refused(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "approval")
    bea = people.bea(room)
    page = bea.send(bea.ask("approval"), go="send", **{"choice-own1": "2"})
    assert page.status == 422
    assert "One tick for each line is enough." in page.text


def test_twelve_and_eleven_see_what_won_what_they_share_and_what_each_wanted_most(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 12, 11), "approval")
    assert "Most could live with: <bdi>«Lift»</bdi>" in shown
    assert "Both sides could live with: <bdi>«Lift»</bdi>" in shown
    assert "Lived experience: <bdi>«Lift»</bdi>, <bdi>«Bus stop»</bdi>" in shown
    assert "Clear gap" in shown
    assert "People who chose: 23." in shown


def test_six_and_six_are_told_in_words_and_without_a_favourite(app: Flask, people: People) -> None:
    shown = hall.results_page(counted(app, people, 6, 6), "approval")
    assert "nearly none" in shown
    assert "Most wanted by each side" not in shown


def test_the_export_shows_sides_from_ten_on(app: Flask, people: People) -> None:
    rows = hall.exported(counted(app, people, 12, 6), "approval")[0]
    assert (rows[0]["text"], rows[0]["ticks"], rows[0]["place"]) == ("Lift", 18, 1)
    assert (rows[0]["sides_shown"], rows[0]["lived_people"]) == (False, None)
