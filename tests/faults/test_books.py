"""The books of the faults find what is planted in them: a loss, a double, a leak, half a record, an unsafe page."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import __main__ as command
from tests.faults import verdict
from tests.faults.lab import Hall, Lab, run
from tests.faults.ledger import Ledger
from tests.faults.phones import Given, new_id
from tests.faults.verdict import CannotInject, Tally
from workshop.extensions import open_beside


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Two people, each with three cards that are safe, the last of them taken back; and a ballot."""
    with Lab(tmp_path_factory.mktemp("books")).hall("books") as hall:
        run(_afternoon(hall))
        yield hall


async def _afternoon(hall: Hall) -> None:
    for phone in await hall.crowd.come(2):
        for _ in range(3):
            await phone.until_safe(await phone.prepare())
        await phone.until_safe(phone.take_back(phone.given[2]))
        await phone.walk("dots", **{"choice-own1": "1"})
        await phone.until_safe(phone.choose("dots", {"own2": 2}))
    hall.crowd.hang_up()


def change(hall: Hall, query: str, *values: str) -> None:
    with closing(open_beside(str(hall.served.database))) as database:
        database.execute(query, values)


def count(hall: Hall, *, look: bool = False) -> Tally:
    async def counted() -> Tally:
        tally = await Ledger(hall.served, hall.people, hall.crowd).tally(look=look)
        hall.crowd.hang_up()
        return tally

    return run(counted())


def test_a_quiet_afternoon_balances(hall: Hall) -> None:
    tally = count(hall, look=True)
    assert (tally.lost, tally.duplicated, tally.leaked, tally.broken) == (0, 0, 0, [])
    assert tally.acknowledged == 10


def test_a_lost_card_and_a_changed_one_are_found(hall: Hall) -> None:
    phone = hall.crowd.phones[0]
    ghost = Given(phone.question("cards"), {"id": new_id()}, "Lost: zq000000000000", acknowledged=True)
    phone.given.append(ghost)
    assert count(hall).lost == 1
    phone.given.remove(ghost)
    kept = phone.given[0]
    change(hall, "UPDATE contribution SET text = 'half of ' || text WHERE id = ?", kept.id)
    tally = count(hall)
    assert tally.lost == 1
    assert tally.broken == ["1 records that nobody gave like this"]
    change(hall, "UPDATE contribution SET text = ? WHERE id = ?", kept.words, kept.id)


def test_a_doubled_card_is_found(hall: Hall) -> None:
    twin = new_id()
    columns = "workshop_id, activity_id, participant_id, kind, side, text, more, language, level, consent, state, late"
    columns += ", channel, helped, digest, said_at"
    query = f"INSERT INTO contribution (id, {columns}) SELECT ?, {columns} FROM contribution WHERE id = ?"  # noqa: S608
    change(hall, query, twin, hall.crowd.phones[0].given[0].id)
    assert count(hall).duplicated == 1
    change(hall, "DELETE FROM contribution WHERE id = ?", twin)


def test_an_older_ballot_is_a_loss_and_a_second_one_a_double(hall: Hall) -> None:
    change(hall, "UPDATE ballot SET choices = ?", json.dumps({"own1": 1}))
    assert count(hall).lost == 2
    change(hall, "UPDATE ballot SET choices = ?", json.dumps({"own2": 2}))
    other = new_id()
    query = "INSERT INTO ballot (id, activity_id, side, channel, choices) SELECT ?, activity_id, side, channel, choices"
    change(hall, f"{query} FROM ballot LIMIT 1", other)
    assert count(hall).duplicated == 1
    change(hall, "DELETE FROM ballot WHERE id = ?", other)


def test_words_that_stay_after_their_take_back_are_a_leak(hall: Hall) -> None:
    phone = hall.crowd.phones[0]
    claim = Given(phone.given[0].path, {"id": phone.given[0].id}, what="take back", acknowledged=True)
    phone.given.append(claim)
    assert count(hall).leaked == 1
    phone.given.remove(claim)


def test_words_in_a_log_are_a_leak(hall: Hall) -> None:
    before = hall.served.log.read_bytes()
    hall.served.log.write_bytes(before + f"somebody said {hall.crowd.phones[0].given[0].words}\n".encode())
    assert count(hall, look=True).leaked == 1
    hall.served.log.write_bytes(before)


def test_a_line_says_what_came_of_it_and_the_file_has_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verdict, "RESULTS", tmp_path / "faults.json")
    monkeypatch.setattr(command, "FAULTS", {"F1": "test_books.well", "F2": "test_books.cannot", "F3": "test_books.bad"})
    monkeypatch.setenv("CI", "true")
    assert command.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:3]] == ["ok", "not", "FAILED"]
    assert lines[3] == "12 acknowledged, 1 lost, 0 duplicated, 0 leaked; 2 of 3 faults were brought about."
    found = json.loads((tmp_path / "faults.json").read_text("utf-8"))
    assert [(each["fault"], each["done"], each["lost"]) for each in found] == [
        ("F1", True, 0),
        ("F2", False, 0),
        ("F3", True, 1),
    ]
    assert command.main(["--only", "F1"]) == 0
    assert command.main(["--only", "F2"]) == 1
    monkeypatch.delenv("CI")
    assert command.main(["--only", "F2"]) == 0


def well(_lab: Lab) -> Tally:
    return Tally(acknowledged=7, says="all is well")


def cannot(_lab: Lab) -> Tally:
    raise CannotInject("Not on this machine.")


def bad(_lab: Lab) -> Tally:
    return Tally(acknowledged=5, lost=1)
