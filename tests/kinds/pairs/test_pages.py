"""Two lines at a time on a phone: each tap is sent, the next pair follows, and nobody picks their own pairs."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from tests.web.test_adding import begin
from workshop.extensions import db
from workshop.kinds.pairs.asking import offer
from workshop.models import Participant as Participants
from workshop.queries import choices

FOUR = "Bus stop\nGarden\nLift\nRoof"


def shown(page: Page) -> dict[str, str]:
    """The two lines as they stand on the page, each with the answer that chooses it."""
    found = re.findall(
        r'<button class="tile" [^>]*value="(-?1)">.*?<span class="label" dir="auto">([^<]+)</span>', page.html
    )
    return {words: answer for answer, words in found}


def answer_all(phone: Participant, best: str = "") -> list[frozenset[str]]:
    """Choose `best` wherever it stands, else the line that comes first in the alphabet; returns the pairs."""
    seen, page = [], phone.ask("pairs")
    while two := shown(page):
        seen.append(frozenset(two))
        page = phone.follow(phone.send(page, answer=two.get(best, two[min(two)])).location)
    return seen


def cast_of(room: Room) -> list[dict[str, int]]:
    with room.app.app_context():
        return [row.choices for row in choices.ballots(room.activities["pairs"])]


def test_bea_answers_every_pair_once_and_is_done(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items=FOUR)
    bea = people.bea(room)
    first = bea.ask("pairs")
    assert len(shown(first)) == 2
    assert "I cannot decide" in first.text
    assert "To win against a strong line lifts more than against a weak one" in first.text
    second = bea.follow(bea.send(first, answer="1").location)
    assert "1 answered and safe, 5 to go." in second.text
    rest = answer_all(bea)
    assert len({frozenset(shown(first)), *rest}) == 6
    done = bea.ask("pairs")
    assert done.h1 == "You have answered enough pairs"
    assert bea.see("").h1 == "River day"


def test_so_many_pairs_as_the_facilitator_says_are_enough(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="\n".join(f"Line {n}" for n in range(12)), each=4)
    assert len(answer_all(people.bea(room))) == 4
    assert [len(ballot) for ballot in cast_of(room)] == [4]


def test_the_answer_is_about_the_line_on_the_button(app: Flask, people: People) -> None:
    """Whichever of the two stands first."""
    room = hall.asked(app, people, "pairs", items=FOUR)
    for phone in (people.bea(room), people.cem(room)):
        answer_all(phone, best="Lift")
    room.count("pairs")
    lift = hall.results(room, "pairs").items[0]
    assert (lift.item.words, lift.paired.all.chosen, lift.paired.all.decided) == ("Lift", 6, 6)


def test_who_stands_first_is_chance(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="Bus stop\nGarden")
    on_top = {next(iter(shown(Participant(app, room).ask("pairs")))) for _ in range(20)}
    assert on_top == {"Bus stop", "Garden"}


def test_the_same_pair_waits_when_the_page_is_loaded_again(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="\n".join(f"Line {n}" for n in range(20)))
    bea = people.bea(room)
    bea.send(bea.ask("pairs"), answer="0")
    assert len({frozenset(shown(bea.ask("pairs"))) for _ in range(5)}) == 1


def test_the_last_answer_can_be_changed_and_counts_once(app: Flask, people: People) -> None:
    """What a phone sends when its person goes back: the pair, and no offer for it."""
    room = hall.asked(app, people, "pairs", items=FOUR, each=1)
    bea = people.bea(room)
    page = bea.ask("pairs")
    pair, two = page.fields()["item"], shown(page)
    done = bea.follow(bea.send(page, answer="1").location)
    again = bea.send(done, go="step-0", item=pair)
    assert set(shown(again)) == set(two)
    assert bea.send(again, id=page.fields()["id"][::-1], answer="-1").status == 303
    assert cast_of(room) == [{pair: -1}]


@pytest.mark.shows("S05")
def test_nobody_answers_a_pair_of_their_own_choice(app: Flask, people: People) -> None:
    """Else one person could give their own idea a win against every other line."""
    room = hall.asked(app, people, "pairs", items="\n".join(f"Line {n}" for n in range(9)))
    bea, cem = people.bea(room), people.cem(room)
    page = bea.ask("pairs")
    others = {"own1|own2", "own3|own4"} - {page.fields()["item"]}
    for pair in (*others, "own2|own1", "own1|own1", "own1|own77", "own1", "|", ""):
        refused = bea.send(page, item=pair, answer="1")
        assert refused.status == 422
        assert "That pair is gone. Here is the next one." in refused.text
    borrowed = cem.ask("pairs").fields()
    assert bea.send(page, item=borrowed["item"], offer=borrowed["offer"][::-1], answer="1").status == 422
    assert cast_of(room) == []


@pytest.mark.shows("S05")
def test_nobody_answers_more_pairs_than_the_others(app: Flask, people: People) -> None:
    """Not even with pairs that they were really offered."""
    room = hall.asked(app, people, "pairs", items=FOUR, each=2)
    bea = people.bea(room)
    page = bea.ask("pairs")
    answer_all(bea)
    with app.app_context():
        [left, *_] = {"own1|own2", "own2|own3", "own3|own4"} - cast_of(room)[0].keys()
        offered = offer(room.activity("pairs"), db.session.scalars(sa.select(Participants)).one(), left)
    assert bea.send(page, item=left, offer=offered, answer="1").h1 == "You have answered enough pairs"
    assert [len(ballot) for ballot in cast_of(room)] == [2]


def test_only_one_of_the_two_or_neither_is_an_answer(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs")
    bea = people.bea(room)
    for odd in ("", "2", "yes"):
        page = bea.send(bea.ask("pairs"), answer=odd)
        assert page.status == 422
        assert "Please choose one of the three." in page.text
        assert len(shown(page)) == 2


def test_one_line_makes_no_pair(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="Bus stop")
    page = people.bea(room).ask("pairs")
    assert page.h1 == "There are no pairs yet"
    assert "Pairs come here as soon as there are two lines." in page.text


def from_cards(app: Flask, people: People) -> Room:
    pairs = ("pairs", {"items_from": "cards", "items": "Bus stop\nGarden"})
    room = build.workshop(app, people.organisation_id, "cards", pairs, **hall.TRUSTED)
    room.open("cards", "pairs")
    return room


def test_an_idea_can_be_added_while_the_cards_are_open_and_comes_in_pairs(app: Flask, people: People) -> None:
    room = from_cards(app, people)
    bea, cem = people.bea(room), people.cem(room)
    assert answer_all(cem) == [{"Bus stop", "Garden"}]
    page = bea.ask("pairs")
    assert "Add an idea" in page.text
    assert f"{room.path}/a/{room.activities['cards']}" in page.links()
    bea.write("cards", "A table outside")
    assert len(answer_all(cem)) == 2
    room.close("cards")
    assert "Add an idea" not in bea.ask("pairs").text


def test_a_card_that_is_taken_back_takes_its_pairs_along(app: Flask, people: People) -> None:
    room = from_cards(app, people)
    bea, cem = people.bea(room), people.cem(room)
    bea.write("cards", "A table outside")
    assert len(answer_all(cem, best="A table outside")) == 3
    [card] = bea.words()
    bea.post(f"{room.path}/words/{card}/take-back")
    assert cem.ask("pairs").h1 == "You have answered enough pairs"
    room.count("pairs")
    counted = hall.results(room, "pairs")
    assert [line.paired.all.decided for line in counted.items] == [1, 1]
    assert counted.answers == 1


def test_after_the_close_a_tap_is_too_late_and_says_so(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs")
    bea = people.bea(room)
    page = bea.ask("pairs")
    room.count("pairs")
    late = bea.send(page, answer="1")
    assert late.status == 409
    assert "Your choice came too late." in late.text


def test_the_console_and_the_screen_say_nothing_of_what_is_chosen(app: Flask, people: People) -> None:
    room = hall.asked(app, people, "pairs", items="\n".join(f"Line {n}" for n in range(60)))
    before = [people.ada.follow(f"{room.path}/{path}").text for path in ("console", "screen")]
    assert "50 to choose from, two at a time. Everybody answers up to 15 pairs." in before[0]
    assert "Only the first 50 lines come in pairs. 10 more are left out." in before[0]
    people.bea(room).send(people.bea(room).ask("pairs"), answer="1")
    after = people.ada.follow(f"{room.path}/screen").text
    assert "%" not in after
    assert "Strongest" not in after


def test_a_facilitator_asks_somebody_without_a_phone_pair_by_pair(app: Flask, people: People) -> None:
    """Told aloud or from paper: the same pairs, and the channel says how they came."""
    room = hall.asked(app, people, "pairs")
    page = people.ada.get(begin(people, room, "pairs", channel="paper").location)
    for _ in range(3):
        assert len(shown(page)) == 2
        page = people.ada.follow(people.ada.send(page, answer="1").location)
    assert page.h1 == "Sent – safe"
    with app.app_context():
        [row] = choices.ballots(room.activities["pairs"])
    assert (row.channel, sorted(row.choices)) == ("paper", ["own1|own2", "own1|own3", "own2|own3"])


def test_more_lines_than_a_room_can_compare_are_refused_in_the_settings(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    page = people.ada.get(f"{room.path}/agenda/add/pairs")
    refused = people.ada.send(page, action="/agenda/add/pairs", items="\n".join(f"Line {n}" for n in range(51)))
    assert refused.status == 422
    assert "At most 50 lines, please." in refused.text
    assert people.ada.send(page, action="/agenda/add/pairs", items="A bench\nA roof", each="101").status == 422
