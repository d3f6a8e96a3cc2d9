"""Nothing appears above its level, in no file of no pack, whatever was said and wherever it went."""

import secrets

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports import house
from tests.exports.house import Words
from workshop.activities import kind_of
from workshop.commands import command
from workshop.consent import Viewer
from workshop.extensions import db
from workshop.models import Flag, Participant

LEAST = {Viewer.ORGANISER_EXPORT: 3, Viewer.REPORT: 4, Viewer.PUBLIC: 6}  # nobody here has given the second yes
EVERY = st.sampled_from(sorted(LEAST))


@st.composite
def something_said(draw: st.DrawFn) -> Words:
    """A story or card; every piece of it carries a mark that nothing else has."""
    at = draw(st.sampled_from(["story", "cards", "closing"]))
    more = {"helped": f"helped-{secrets.token_hex(8)}"} if at == "story" else {}
    return Words(
        text=f"words-{secrets.token_hex(8)} {draw(st.text(max_size=20))}",
        level=draw(st.integers(0, 5)),
        state=draw(st.sampled_from(["waiting", "shown", "hidden", "asked", "held"])),
        side=draw(st.sampled_from(["lived", "service", "other"])),
        at=at,
        more=more,
    )


@pytest.mark.shows("P03", "P14")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(something_said(), max_size=8), viewer=EVERY)
def test_words_are_where_their_consent_reaches_and_nowhere_else(
    house_app: Flask, riverside: str, words: list[Words], viewer: Viewer
) -> None:
    room = house.room(house_app, riverside, words)
    _choose_among_the_cards(room)
    inside = house.files(house.pack(room, viewer))
    for each in words:
        may = each.state == "shown" and each.level >= LEAST[viewer]
        for mark in _marks(each):
            found = {name for name, data in inside.items() if mark.encode() in data}
            assert bool(found) == may, f"{mark} of level {each.level}, {each.state}, for {viewer}: {found}"
            if may:
                assert {"data/contributions.csv", "workshop.json"} <= found or mark.startswith("helped")


@settings(max_examples=5, deadline=None)
@given(words=st.lists(something_said(), min_size=3, max_size=6), viewer=EVERY)
def test_no_identifier_of_ours_leaves_the_house(
    house_app: Flask, riverside: str, words: list[Words], viewer: Viewer
) -> None:
    """What a phone knows its words by, who the person is, how activities are called inside: none of it."""
    room = house.room(house_app, riverside, words)
    _choose_among_the_cards(room)
    with house_app.app_context():
        people = db.session.execute(db.select(Participant.id).where(Participant.workshop_id == room.id)).scalars().all()
    ours = [room.id, riverside, *room.activities.values(), *people, *(each.id for each in words)]
    everything = b"".join(house.files(house.pack(room, viewer)).values())
    assert [each for each in ours if each.encode() in everything] == []


@pytest.mark.parametrize("viewer", [Viewer.REPORT, Viewer.PUBLIC])
def test_exports_for_others_do_not_even_count_what_they_may_not_read(
    house_app: Flask, riverside: str, viewer: Viewer
) -> None:
    room = house.room(house_app, riverside, [Words("for the service", level=3), Words("for the room", level=2)])
    table = house.files(house.pack(room, viewer))["data/contributions.csv"]
    assert table.count(b"\r\n") == 1  # the names of the columns


def test_the_organiser_sees_of_closer_words_only_that_they_exist(house_app: Flask, riverside: str) -> None:
    said = [Words("for facilitators", level=1), Words("for nobody", level=0), Words("open", level=4)]
    rows = house.rows(house.pack(house.room(house_app, riverside, said)), "contributions")
    assert [(row["level"], row["text"]) for row in sorted(rows, key=lambda row: row["level"])] == [
        ("1", ""),
        ("4", "open"),
    ]
    kept_back = next(row for row in rows if row["level"] == "1")
    assert {name for name, value in kept_back.items() if value} == {
        "id", "kind", "side", "level", "level_means", "consent_text", "consent_language", "consent_how",
        "may_quote", "may_contact",
    }  # fmt: skip


def test_a_worry_is_not_exported(house_app: Flask, riverside: str) -> None:
    words = Words("said in the room", level=4)
    room = house.room(house_app, riverside, [words])
    with house_app.app_context():
        _worry(room.id, words.id, "she may be in danger")
    everything = b"".join(house.files(house.pack(room)).values())
    assert b"danger" not in everything
    assert b"said in the room" in everything


@command
def _worry(workshop_id: str, contribution_id: str, note: str) -> None:
    db.session.add(Flag(workshop_id=workshop_id, contribution_id=contribution_id, note=note))


def _choose_among_the_cards(room: house.Room) -> None:
    """Twelve of each side choose, so that the cards stand on counted ballots with their words."""
    with room.app.app_context():
        items = kind_of(room.activity("cards")).items(room.activity("cards"))
        chosen = {items[0].id: 1} if items else {}
        for key in ("dots", "statements", "closing"):
            here = chosen if key != "closing" else {"space1": 2}
            house.vote(room, [(side, here) for side in ("lived", "service") for _ in range(12)], key)
    for key in ("dots", "statements", "closing"):
        house.close(room, key)


def _marks(words: Words) -> list[str]:
    return [words.text.split()[0], *words.more.values()]
