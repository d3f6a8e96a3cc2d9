"""What the rankings say once they are counted: the winner in words, a picture with its numbers, sides, the export."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from tests.exports import house
from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import Table, kind_of
from workshop.ballot_files import packs, recount
from workshop.commands import agenda
from workshop.consent import Viewer

LINES = "Bench\nRoof\nLamp"
BENCH, ROOF, LAMP = "own1", "own2", "own3"
NINE = [[BENCH, ROOF, LAMP]] * 4 + [[LAMP, ROOF, BENCH]] * 3 + [[ROOF, LAMP, BENCH]] * 2


def ranked(*order: str) -> dict[str, int]:
    return {item: place for place, item in enumerate(order, 1)}


def counted(
    app: Flask, people: People, method: str, lived: Sequence[Sequence[str]], service: Sequence[Sequence[str]] = ()
) -> Room:
    room = build.workshop(app, people.organisation_id, ("ranking", {"items": LINES, "method": method}))
    room.open("ranking")
    hall.fill(room, "ranking", "lived", *(ranked(*order) for order in lived))
    hall.fill(room, "ranking", "service", *(ranked(*order) for order in service))
    room.count("ranking")
    return room


def exported(room: Room) -> list[Table]:
    with room.app.test_request_context():
        return kind_of(room.activity("ranking")).tables(room.activity("ranking"), Viewer.ORGANISER_EXPORT)


def rows(table: Table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"[\u2066\u2068\u2069]", "", html)).split())


@pytest.mark.parametrize("method", ["schulze", "ranked_pairs", "borda"])
def test_the_roof_wins_and_the_page_says_that_it_beats_everybody(app: Flask, people: People, method: str) -> None:
    shown = plain(hall.results_page(counted(app, people, method, NINE), "ranking"))
    assert "First place: «Roof»" in shown
    assert "It wins against every other line, one against one." in shown


def test_the_run_off_takes_the_lamp_and_says_who_would_have_won_one_against_one(app: Flask, people: People) -> None:
    shown = plain(hall.results_page(counted(app, people, "run_off", NINE), "ranking"))
    assert "First place: «Lamp»" in shown
    assert "One against one, this line wins against every other: «Roof»" in shown
    assert "Fewer than 30 people: one ballot more could change who leaves." in shown


def test_a_tie_at_the_top_is_shared(app: Flask, people: People) -> None:
    shown = plain(hall.results_page(counted(app, people, "schulze", [[BENCH], [ROOF]]), "ranking"))
    assert "Shared first place: «Bench» , «Roof»" in shown
    assert shown.count("shared place") == 2


def test_a_circle_is_said(app: Flask, people: People) -> None:
    circle = [[BENCH, ROOF, LAMP]] * 4 + [[ROOF, LAMP, BENCH]] * 3 + [[LAMP, BENCH, ROOF]] * 2
    shown = plain(hall.results_page(counted(app, people, "schulze", circle), "ranking"))
    assert "No line wins against every other. So the stronger wins decide." in shown


@pytest.mark.parametrize("method", ["schulze", "run_off", "borda"])
def test_every_picture_has_its_table(app: Flask, people: People, method: str) -> None:
    shown = hall.results_page(counted(app, people, method, NINE), "ranking")
    figure = re.search("<figure.*?</figure>", shown, re.DOTALL)
    assert figure
    assert figure[0].index("<svg") < figure[0].index("<table")
    assert "data-picture" in figure[0]


def test_ten_of_each_side_have_an_order_of_their_own(app: Flask, people: People) -> None:
    room = counted(app, people, "schulze", [[BENCH, ROOF]] * 12, [[LAMP, ROOF]] * 10)
    shown = plain(hall.results_page(room, "ranking"))
    assert "Lived experience puts first: «Bench»" in shown
    assert "The service puts first: «Lamp»" in shown
    assert "A Bench 1 1 3" in shown
    first = rows(exported(room)[0])[0]
    assert (first["place"], first["lived_place"], first["service_place"], first["sides_shown"]) == (1, 1, 3, True)


def test_nine_of_a_side_are_too_few_and_the_order_of_all_is_told(app: Flask, people: People) -> None:
    room = counted(app, people, "schulze", [[BENCH, ROOF]] * 12, [[LAMP, ROOF]] * 9)
    shown = plain(hall.results_page(room, "ranking"))
    assert "Too few to say by side. All together:" in shown
    assert "First place: «Bench»" in shown
    assert "puts first" not in shown
    assert {row["lived_place"] for row in rows(exported(room)[0])} == {None}


@pytest.mark.parametrize(("chose", "tells"), [(9, False), (10, True)])
def test_one_side_asked_alone_is_told_from_ten_on(app: Flask, people: People, chose: int, tells: bool) -> None:
    room = build.workshop(app, people.organisation_id, ("ranking", {"items": LINES}))
    with app.app_context():
        agenda.change(room.activity("ranking"), who="service")
    room.open("ranking")
    hall.fill(room, "ranking", "service", *[ranked(ROOF)] * chose)
    room.count("ranking")
    shown = plain(hall.results_page(room, "ranking"))
    assert ("First place: «Roof»" in shown) == tells
    assert ("Too few to say what they chose." in shown) == (not tells)
    places = {row["place"] for row in rows(exported(room)[0])}
    assert places == ({1, 2} if tells else {None})
    assert len(exported(room)) == (2 if tells else 1)


def test_a_later_activity_takes_the_lines_in_the_order_that_came_out(app: Flask, people: People) -> None:
    room = counted(app, people, "schulze", NINE)
    with app.test_request_context():
        items = kind_of(room.activity("ranking")).items(room.activity("ranking"))
    assert [item.text for item in items] == ["Roof", "Lamp", "Bench"]


def test_the_export_has_every_duel_and_its_chains(app: Flask, people: People) -> None:
    _order, duels = exported(counted(app, people, "schulze", NINE))
    two = {(row["item"], row["other_id"]): row for row in rows(duels)}
    assert len(two) == 3
    assert [two[BENCH, ROOF][name] for name in ("item_first", "other_first", "neither_first")] == [4, 5, 0]
    assert [two[ROOF, LAMP][name] for name in ("item_first", "chain", "chain_back")] == [6, 6, 0]


def test_the_export_has_every_round(app: Flask, people: People) -> None:
    _order, rounds = exported(counted(app, people, "run_off", NINE))
    told = [(row["round"], row["item"], row["ballots"], row["leaves"]) for row in rows(rounds)]
    first = [(1, BENCH, 4, False), (1, ROOF, 2, True), (1, LAMP, 3, False)]
    assert told == [*first, (2, BENCH, 4, False), (2, LAMP, 5, False)]


def test_a_lot_is_said_and_can_be_checked(app: Flask, people: People) -> None:
    room = counted(app, people, "run_off", [[BENCH], [ROOF], [LAMP]])
    assert "Once a lot had to decide." in plain(hall.results_page(room, "ranking"))
    order, rounds = (rows(table) for table in exported(room))
    lot = {row["item"]: row["lot"] for row in order}
    assert sorted(lot.values(), key=str) == [1, 2, 3]
    assert [lot[row["item"]] for row in rounds if row["tie"] == "the lot" and row["leaves"]] == [3]


def test_the_points_are_halves_where_lines_stand_beside(app: Flask, people: People) -> None:
    room = counted(app, people, "borda", [[BENCH], [BENCH], [ROOF]])
    assert "4½ points" in plain(hall.results_page(room, "ranking"))
    assert [row["points"] for row in rows(exported(room)[0])] == [4.5, 3.0, 1.5]


@pytest.mark.shows("S07")
@pytest.mark.parametrize("method", ["schulze", "ranked_pairs", "run_off", "borda"])
def test_whoever_has_the_pack_counts_again_and_finds_the_same_order(
    app: Flask, people: People, tmp_path: Path, method: str
) -> None:
    room = counted(app, people, method, [*NINE, *NINE], [[LAMP]] * 10)
    path = tmp_path / "pack.zip"
    path.write_bytes(house.pack(room))
    (choice,) = recount.pack(packs.read(path))["choices"]
    assert (choice["method"], choice["ballots"], choice["same"]) == (method, 28, True)
    won = [item.words for item in hall.results(room, "ranking").winners]
    assert [choice["names"][item] for item in choice["selected"]] == won
    tables = [packs.Table(each.name, each.title, each.columns, _turned(each)) for each in packs.read(path)]
    (other,) = recount.pack(tables)["choices"]
    assert other["same"] is False, "an order that was changed is found"


def _turned(table: packs.Table) -> list[dict[str, object]]:
    """The printed order upside down."""
    last = {"place": 4} if table.name.endswith("_ranking") and table.name.startswith("activity") else {}
    return [{**row, **{name: most - row[name] for name, most in last.items()}} for row in table.rows]
