"""Conversations played again: a made-up one always, the real ones where ../shared/data is."""

import contextvars
import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import crawl, installation
from tests.support.people import Person, Staff
from workshop.play import NotAConversation, Played, Player, play, tally
from workshop.play.browser import Headers, Wire
from workshop.play.conversation import HOST, Conversation, What, read

REAL = Path(__file__).parents[2] / "shared" / "data" / "polis"
POLICING, UBI = "london.youth.policing", "scoop-hivemind.ubi"
Make = Callable[[str], Flask]


@pytest.fixture
def make(tmp_path: Path, empty_database: Path) -> Make:
    return lambda name: installation.make(tmp_path / name, empty_database)


def real(name: str) -> Path:
    if not (REAL / name).is_dir():
        pytest.skip(f"the real conversation is not there: {REAL / name}")
    return REAL / name


def inside(app: Flask) -> Wire:
    """The front door without a network; each request in a context of its own, as in a server's thread."""

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Headers, bytes]:
        client = app.test_client(use_cookies=False)
        words: dict[str, Any] = {"method": method, "headers": headers, "data": body, "base_url": installation.ADDRESS}
        answer = contextvars.Context().run(client.open, path, **words)
        return answer.status_code, list(answer.headers.items()), answer.get_data()

    return ask


def played(app: Flask, folder: Path) -> Played:
    said: list[str] = []
    with app.app_context():
        result = play(folder, "", wire=inside(app), say=said.append)
    assert any("Attribution to The Computational Democracy Project" in line for line in said)
    return result


def made_up(folder: Path) -> Path:
    """A host with two statements; ben, cleo and dan, one of whom changes their mind."""
    folder.mkdir()
    comments = [("10", "1", "0", "1", "Longer hours"), ("20", "2", "0", "-1", "Spam")]
    comments += [("60", "3", "7", "1", "Call back"), ("70", "4", "8", "0", "Nobody read this")]
    votes = [("30", "1", "7", "1"), ("35", "2", "7", "1"), ("90", "1", "7", "-1"), ("40", "1", "8", "0")]
    votes += [("80", "3", "9", "1"), ("75", "4", "8", "1")]
    _write(folder / "comments.csv", "timestamp comment-id author-id moderated comment-body", comments)
    _write(folder / "votes.csv", "timestamp comment-id voter-id vote", votes)
    return folder


def _write(path: Path, head: str, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(), *rows])


def test_who_comes_writes_and_answers_in_the_real_order(tmp_path: Path) -> None:
    conversation = read(made_up(tmp_path / "our.evening"))
    order = [(act.what.name, act.person, act.statement) for act in conversation.acts]
    assert order == [
        ("WRITE", HOST, "1"),
        ("WRITE", HOST, "2"),
        ("COME", "7", ""),
        ("CHOOSE", "7", "1"),
        ("COME", "8", ""),
        ("CHOOSE", "8", "1"),
        ("WRITE", "7", "3"),
        ("COME", "9", ""),
        ("CHOOSE", "9", "3"),
        ("CHOOSE", "7", "1"),
    ]
    assert set(conversation.sides.values()) == {"other"}
    assert conversation.left_out == {
        "statements nobody decided on": 1,
        "votes on statements nobody decided on": 1,
        "votes on statements hidden by the facilitator": 1,
    }


def test_a_conversation_comes_in_by_the_front_door_and_is_counted_right(app: Flask, tmp_path: Path) -> None:
    result = played(app, made_up(tmp_path / "our.evening"))
    assert (result.people, result.ballots, result.cards) == (3, 4, {"shown": 2, "hidden": 1})
    assert result.check.statements == 2
    assert result.check.wrong == ()
    with app.app_context():
        first = next(r for r in result.room.results(5).items if r.all.total == 2)
    assert (first.all.agree, first.all.disagree, first.all.passed) == (0, 1, 1)


def test_our_own_count_finds_a_wrong_result(app: Flask, tmp_path: Path) -> None:
    conversation = read(made_up(tmp_path / "our.evening"))
    with app.app_context():
        player = Player.of(conversation, inside(app))
        for act in conversation.acts[:-1]:  # the change of mind gets lost
            player.do(act)
        player.finish()
        assert tally.check(conversation, player.cards, player.room.results).wrong == ("1",)


def test_a_folder_without_a_conversation_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(NotAConversation, match=r"comments\.csv is missing"):
        read(tmp_path)


def test_what_people_finally_said_of_themselves() -> None:
    policing, ubi = read(real(POLICING)), read(real(UBI))
    assert Counter(policing.sides.values()) == {"lived": 18, "service": 3, "other": 5}
    assert Counter(ubi.sides.values()) == {"lived": 64, "service": 78, "other": 92}
    assert ubi.left_out["statements nobody decided on"] == 18
    assert ubi.left_out["votes on statements nobody decided on"] == 18


def test_every_butterfly_of_the_large_room_is_shown(app: Flask) -> None:
    result = played(app, real(UBI))
    assert (result.people, result.cards) == (234, {"shown": 41, "hidden": 1})
    assert result.check.wrong == ()
    assert (result.check.statements, result.check.split) == (41, 41)


@pytest.mark.shows("P11")
def test_nobody_can_tell_who_said_what_in_a_room_with_too_few_of_a_side(make: Make) -> None:
    """18 with an encounter, 3 without, 5 who did not say: nothing that anybody can read would be different if
    others had been the three, neither while the choice is open nor after the count."""
    conversation = read(real(POLICING))
    here, there = (_everything(make(str(n)), c) for n, c in enumerate((conversation, _with_other_sides(conversation))))
    assert here.keys() == there.keys()
    different = {address: (here[address], there[address]) for address in here if here[address] != there[address]}
    assert not different, _first_difference(different)
    results = [said for address, said in here.items() if address.startswith("counted ada") and "/results" in address]
    assert any("Too few to say" in said for said in results)


def _with_other_sides(conversation: Conversation) -> Conversation:
    """The same words and answers, but two who wrote no card are of other sides: 16 lived, 4 service, 6 other."""
    sides = dict(conversation.sides)
    writers = {act.person for act in conversation.acts if act.what is What.WRITE}
    quiet = [person for person in conversation.people if person not in writers and sides[person] == "lived"]
    return replace(conversation, sides={**sides, quiet[0]: "service", quiet[1]: "other"})


def _everything(app: Flask, conversation: Conversation) -> dict[str, Any]:
    """What the organiser, the projector and one phone can read, before and after the count, and the exports."""
    with app.app_context():
        player = Player.of(conversation, inside(app))
    ada = Staff(app, "ada", player.room.organisation_id)
    for act in conversation.acts:
        with app.app_context():
            player.do(act)
    found = {f"open {key}": said for key, said in _read_all(app, player, ada).items()}
    with app.app_context():
        assert player.finish().check.split == 0
    found |= {f"counted {key}": said for key, said in _read_all(app, player, ada).items()}
    return found | _exports(ada, player.room.workshop_id)


def _read_all(app: Flask, player: Player, ada: Staff) -> dict[str, str]:
    room = player.room
    known = {
        "workshop_id": [room.workshop_id],
        "organisation_id": [room.organisation_id],
        "activity_id": [room.cards, room.statements],
        "contribution_id": list(player.cards.values())[:2],
        "kind_name": ["statements"],
    }
    writer = next(act.person for act in player.conversation.acts if act.what is What.WRITE)
    readers = {"ada": ada, "phone": _browser_of(app, player, writer)}
    where = crawl.addresses(app, known)
    return {f"{name} {at}": said for name, reader in readers.items() for at, said in crawl.read(reader, where).items()}


def _browser_of(app: Flask, player: Player, person: str) -> Person:
    """The phone of somebody in the room, in the hands of a reader."""
    reader = Person(app)
    for name, value in player.phones[person].browser.cookies.items():
        reader.client.set_cookie(name, value, domain="localhost")
    return reader


def _exports(ada: Staff, workshop_id: str) -> dict[str, Any]:
    where, packs = f"/w/{workshop_id}/exports", {}
    for audience in ("organiser", "report"):
        form = {"csrf_token": ada.token(), "audience": audience}
        answer = ada.client.post(where, data=form, base_url=ada.address, buffered=True)
        assert answer.status_code == 200
        packs |= {f"{audience} {name}": said for name, said in crawl.read_pack(answer.data).items()}
    return packs


def _first_difference(different: dict[str, tuple[Any, Any]]) -> str:
    address, (here, there) = next(iter(different.items()))
    lines = [pair for pair in zip(_lines(here), _lines(there), strict=False) if pair[0] != pair[1]]
    return f"{len(different)} differ: {sorted(different)}\n{address}\n{lines[:5]}"


def _lines(said: Any) -> list[str]:
    return said if isinstance(said, list) else said.splitlines()
