"""One workshop in one file: ada saves it on the laptop, dora's installation opens it, and bea's receipt opens there."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.commands.test_backup import everything_in, with_photo
from tests.support import build, installation
from tests.support.build import Room
from tests.support.keyboard import Type, Typed
from tests.support.people import Participant, People, Person, organisation
from workshop.commands import (
    choosing,
    keeping,
    opening,
    packing,
    recovery,
    running,
    saving,
    scrubbing,
    taking_part,
    workshops,
)
from workshop.extensions import Base, db, keys
from workshop.models import BallotLink, Contribution, HasChosen, Job, Medium, Organisation, Seen, User
from workshop.queries import contributions, exports, rooms, withdrawals

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    """A workshop in full swing, beside another one that is nobody else's business."""
    other = build.workshop(app, people.other_organisation_id, "story", title="Another day")
    other.open("story")
    people.bea(other).tell("story", "Said in another workshop.")
    return build.workshop(app, people.organisation_id, "story", "cards", "dots")


@pytest.fixture
def elsewhere(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """Another installation, with a key of its own, that dora runs."""
    with installation.closing(installation.make(tmp_path / "there", empty_database)) as made:
        found(made, "Hillside")
        yield made


def found(app: Flask, name: str) -> str:
    with app.app_context():
        return organisation(app, name)


def full_of_life(room: Room, people: People) -> Participant:
    """Stories, a photo, cards, dots; ada has read and exported; something was taken back."""
    room.open("story", "cards", "dots")
    bea, cem = people.bea(room), people.cem(room)
    with_photo(bea, "The stairs are steep.")
    bea.tell("story", "Taken back before the saving.")
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    cem.write("cards", "A lift")
    people.ada.get(f"{room.path}/console/words/{bea.words()[0]}")
    return bea


def save(type_in: Type, path: Path, *more: str) -> Typed:
    return type_in("save", str(path), *more)


def words_in(saved: Typed) -> str:
    """The twelve words as they were printed."""
    return recovery.heard("\n".join(line for line in saved.text.splitlines() if re.match(r" ?\d+ [a-z]+ ", line)))


def open_there(type_in: Type, path: Path, said: str, *more: str) -> Typed:
    return type_in("open", str(path), *more, instance="there", said=f"{said}\n")


def rows(app: Flask, room: Room) -> dict[str, list[dict[str, Any]]]:
    """Everything that an installation holds of a workshop, but for what must differ."""
    differs = {"number", "organisation_id", "generation", "revision", "file", "small_file", "by_user_id"}
    held = {}
    with app.app_context():
        for table in saving.carried():
            mine = db.session.execute(saving.rows_of(table, room.id)).mappings().all()
            kept = [{name: value for name, value in row.items() if name not in differs} for row in mine]
            held[table.name] = sorted(kept, key=str)
    del held["event"]  # numbered anew, and two more: it was opened, and it has new doors
    return held


@pytest.mark.shows("R12")
def test_it_comes_up_equal_elsewhere(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """R12: the round trip."""
    full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    assert saved.code == 0, saved.text
    came = open_there(type_in, tmp_path / "day.age", words_in(saved))
    assert came.code == 0, came.text
    assert "Opened: «River day», for Hillside." in came.text
    assert "contribution: 2" in came.text
    here, there = rows(app, room), rows(elsewhere, room)
    assert there == here
    assert len(here["medium"]) == 1
    assert len(here["tombstone"]) == 1
    assert b"Said in another workshop." not in everything_in(tmp_path / "there")
    assert not list((tmp_path / "there").glob("opening-*")) + list((tmp_path / "instance").glob("copy-*"))


@pytest.mark.shows("R12")
def test_beas_receipt_opens_there_and_takes_back(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """By the link, by the words said aloud, and by the secret of an unsent take-back; no restart is needed."""
    bea = full_of_life(room, people)
    (story,) = bea.words()
    before = Person(elsewhere)
    assert before.send(before.get(f"/r/{bea.receipt}")).status == 404
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    phone = Person(elsewhere)
    mine = phone.follow(phone.send(phone.get(f"/r/{bea.receipt}")).location)
    assert "The stairs are steep." in mine.text
    photo = re.search(r'src="(/w/[^"]+/media/[^"]+)"', phone.get(f"{room.path}/words/{story}").html)
    assert photo
    assert phone.get(photo[1].replace("&amp;", "&")).status == 200
    assert phone.post(f"{room.path}/words/{story}/take-back").status in (200, 303)
    with elsewhere.app_context():
        assert contributions.one(story, room.id) is None
        assert scrubbing.shorten_log_now()
    assert b"The stairs are steep." not in everything_in(tmp_path / "there")


def test_old_doors_stay_shut_and_new_ones_open(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    assert Person(elsewhere).get(f"/j/{room.doors['lived']}").status == 404
    with elsewhere.app_context():
        found = rooms.workshop(room.id)
        assert found is not None
        new = running.door_token(room.id, found.generation, "lived")
        assert rooms.doors(room.id)["lived"].code != room.code
    assert Person(elsewhere).get(f"/j/{new}").status == 200


def test_no_account_and_no_choice_with_a_name_goes_along(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """Who read bea's story stays a number on her receipt; a secret choice stays secret."""
    bea = full_of_life(room, people)
    (story,) = bea.words()
    with app.app_context():
        seen = contributions.seen_by(story)
        seat = rooms.seat(keys.seal("device", bea.cookie(f"seat-{room.id[:10]}") or ""), room.id)
        choosing.cast(room.activity("dots"), seat, "1" * 32, {"own1": 1})
        assert db.session.query(BallotLink).count() == 1
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    with elsewhere.app_context():
        assert seen == contributions.seen_by(story) == db.session.query(Seen).count() == 1
        assert [user.active for user in db.session.query(User)] == [False]
        assert db.session.query(BallotLink).count() == 0
        assert db.session.query(HasChosen).count() == 1
    assert b"ada@example.org" not in everything_in(tmp_path / "there")


def test_things_keep_the_names_they_had_in_packs(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """A pack left the house before; the list of what was withdrawn since speaks of the same names elsewhere."""
    bea = full_of_life(room, people)
    (story,) = bea.words()
    with app.app_context():
        named = exports.export_id(room.id, story)
    type_in("export", room.id, str(tmp_path / "pack.zip"))
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    with elsewhere.app_context():
        assert exports.export_id(room.id, story) == named
        assert len(withdrawals.made(room.id)) == 1
    again = type_in("save", str(tmp_path / "further.age"), room.id, instance="there")
    assert again.code == 0, again.text


def test_a_sending_that_arrived_before_is_the_same_there(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """A phone sends once more what the first installation had already: once, and never what was taken back."""
    bea = full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    with app.app_context():
        first = db.session.query(Contribution.id, Contribution.digest).all()
        gone = [row.id for row in contributions.taken_back(room.id)]
    with elsewhere.app_context():
        assert set(first) & set(db.session.query(Contribution.id, Contribution.digest).all())
        with pytest.raises(taking_part.TakenBack):
            taking_part._is_resend(gone[0], "somebody", "")
    assert gone[0] in (tmp_path / "there" / "tombstones.txt").read_text()
    assert bea.words()


def test_what_was_taken_back_since_is_not_brought_in(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    bea = full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    newest = str(tmp_path / "instance" / "tombstones.txt")
    came = open_there(type_in, tmp_path / "day.age", words_in(saved), "--tombstones", newest)
    assert "Taken back since, and not brought in: 1." in came.text
    with elsewhere.app_context():
        assert db.session.query(Medium).count() == 0
        assert scrubbing.shorten_log_now()
    assert b"The stairs are steep." not in everything_in(tmp_path / "there")
    assert not list((tmp_path / "there" / "media").iterdir())


def test_opening_twice_changes_nothing(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    before, media = rows(elsewhere, room), sorted((tmp_path / "there" / "media").iterdir())
    again = open_there(type_in, tmp_path / "day.age", words_in(saved))
    assert again.code == 1
    assert "«River day» is here already. Nothing was changed" in again.text
    assert rows(elsewhere, room) == before
    assert sorted((tmp_path / "there" / "media").iterdir()) == media


def test_one_row_that_is_there_already_stops_all_of_it(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """Half a workshop is none: rows, photos and all."""
    full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    with app.app_context():
        sealed = db.session.execute(
            sa.text("SELECT receipt_hash FROM participant WHERE workshop_id = :id"), {"id": room.id}
        )
        taken = sealed.scalars().first()
    squatter = build.workshop(elsewhere, hillside(elsewhere), "story")
    there = Participant(elsewhere, squatter)
    with elsewhere.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE participant SET receipt_hash = :taken"), {"taken": taken})
    refused = open_there(type_in, tmp_path / "day.age", words_in(saved))
    assert refused.code == 1
    assert "is here already. Nothing was changed" in refused.text
    assert all(not held for held in rows(elsewhere, room).values())
    assert not list((tmp_path / "there" / "media").iterdir())
    assert there.see("").status == 200


def hillside(app: Flask) -> str:
    with app.app_context():
        return str(db.session.execute(sa.select(Organisation.id)).scalar_one())


def test_what_was_deleted_here_stays_deleted(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    """In the same installation, with its own recovery words."""
    ada = people.ada.id
    save(type_in, tmp_path / "day.age", room.id)
    with app.app_context():
        workshops.delete(rooms.workshop(room.id), ada)
    own = str(tmp_path / "instance" / recovery.WORDS)
    refused = type_in("open", str(tmp_path / "day.age"), "--words", own, "--organisation", "Riverside")
    assert refused.code == 1
    assert "What was deleted stays deleted." in refused.text


def test_a_choice_in_its_last_two_minutes_is_counted_there(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    room.open("dots")
    people.bea(room)
    room.close("dots")
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    with elsewhere.app_context():
        assert [job.facts["activity"] for job in db.session.query(Job)] == [room.activities["dots"]]


Damage = Callable[[Path], None]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def newer(path: Path) -> None:
    packing.close(path, {"holds": "workshop", "tables": "9999"}, iter([]), [recovery.identity(WORDS).to_public()])


def of_another_kind(path: Path) -> None:
    with_tables = {"holds": "installation", "tables": "0001"}
    packing.close(path, with_tables, iter([]), [recovery.identity(WORDS).to_public()])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "or it is cut or damaged"),
        (newer, "A newer Workshop wrote day.age. Update this one first."),
        (of_another_kind, "This is a backup of a whole installation"),
        (None, "These words do not open day.age."),
    ],
)
def test_clear_refusals(
    app: Flask,
    people: People,
    room: Room,
    elsewhere: Flask,
    type_in: Type,
    tmp_path: Path,
    damage: Damage | None,
    said: str,
) -> None:
    saved = save(type_in, tmp_path / "day.age", room.id)
    if damage:
        damage(tmp_path / "day.age")
    refused = open_there(type_in, tmp_path / "day.age", words_in(saved) if damage is cut else WORDS)
    assert refused.code == 1
    assert said in refused.text
    assert "Traceback" not in refused.text
    assert all(not held for held in rows(elsewhere, room).values())
    assert not list((tmp_path / "there").glob("opening-*"))


def test_words_that_are_none(app: Flask, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path) -> None:
    save(type_in, tmp_path / "day.age", room.id)
    assert "These are not twelve recovery words." in open_there(type_in, tmp_path / "day.age", "one two").text


def test_a_backup_is_not_opened_and_a_saved_workshop_not_restored(
    app: Flask, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    saved = save(type_in, tmp_path / "day.age", room.id)
    paper = tmp_path / "paper.txt"
    paper.write_text(words_in(saved))
    refused = type_in(
        "restore", str(tmp_path / "day.age"), "--words", str(paper), "--tombstones-are-lost", instance="new"
    )
    assert "This is one saved workshop: workshop open FILE" in refused.text
    with app.app_context():
        keeping.backup(tmp_path / "instance", tmp_path / "all.age")
    own = (tmp_path / "instance" / recovery.WORDS).read_text()
    assert (
        "This is a backup of a whole installation"
        in open_there(type_in, tmp_path / "all.age", recovery.heard(own)).text
    )


@pytest.mark.shows("S33")
def test_a_stolen_file_gives_nothing(app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path) -> None:
    full_of_life(room, people)
    save(type_in, tmp_path / "day.age", room.id)
    stolen = (tmp_path / "day.age").read_bytes()
    assert not [planted for planted in (b"stairs", b"River", b"SQLite format", b"lift") if planted in stolen]
    assert (tmp_path / "day.age").stat().st_mode & 0o077 == 0


def test_which_workshop_and_for_whom(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """There are two; each question is answered by a list."""
    listed = save(type_in, tmp_path / "day.age")
    assert listed.code == 1
    assert f"  {room.id}  River day" in listed.text
    assert save(type_in, tmp_path / "day.age", "nowhere").code == 1
    saved = save(type_in, tmp_path / "day.age", room.id)
    assert "never writes over a file" in save(type_in, tmp_path / "day.age", room.id).text
    found(elsewhere, "Seaside")
    asked = open_there(type_in, tmp_path / "day.age", words_in(saved))
    assert asked.code == 1
    assert "--organisation NAME\n  Hillside\n  Seaside" in asked.text
    assert (
        "for Seaside." in open_there(type_in, tmp_path / "day.age", words_in(saved), "--organisation", "Seaside").text
    )


def test_what_was_lent_opens_no_account_and_no_door(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    lent = (tmp_path / "there" / "lent-keys.json").read_text()
    assert (tmp_path / "there" / "lent-keys.json").stat().st_mode & 0o077 == 0
    with app.app_context():
        for purpose in ("sign-in", "door", "device", "limit", "screen"):
            assert keys.lend(room.id, (purpose,))[purpose][0] not in lent
    secret = (tmp_path / "instance" / "secret.key").read_text()
    assert secret not in lent


def test_a_restore_brings_back_what_was_lent(
    app: Flask, people: People, room: Room, elsewhere: Flask, type_in: Type, tmp_path: Path
) -> None:
    """The second installation burns down: its backup knows the receipts of the workshop that came to it."""
    bea = full_of_life(room, people)
    saved = save(type_in, tmp_path / "day.age", room.id)
    open_there(type_in, tmp_path / "day.age", words_in(saved))
    with elsewhere.app_context():
        pack = keeping.backup(tmp_path / "there", tmp_path / "all.age")
    words, gone = str(tmp_path / "there" / recovery.WORDS), str(tmp_path / "there" / "tombstones.txt")
    assert type_in("restore", str(pack), "--words", words, "--tombstones", gone, instance="third").code == 0
    with installation.closing(installation.create_app(tmp_path / "third", **installation.SETTINGS)) as third:
        phone = Person(third)
        assert "The stairs are steep." in phone.follow(phone.send(phone.get(f"/r/{bea.receipt}")).location).text


def test_every_table_is_carried_or_left_out_for_a_reason() -> None:
    """Who adds a table decides: it hangs on a workshop, or it is named in LEFT_OUT with the reason."""
    carried = {table.name for table in saving.carried()}
    assert set(Base.metadata.tables) - carried <= set(saving.LEFT_OUT)
    assert not carried & set(saving.LEFT_OUT)
    assert all(saving.LEFT_OUT.values())


@contextmanager
def saved_from(app: Flask, room: Room, folder: Path, tmp_path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file of this workshop, unpacked for whoever opens it."""
    key = recovery.identity(WORDS)
    with app.app_context():
        saving.save(rooms.workshop(room.id), Path(app.config["INSTANCE"]), tmp_path / "day.age", [key.to_public()])
    with opening.unpacked(tmp_path / "day.age", [key], folder, lambda tables: True) as found:
        yield found


@pytest.mark.postgres
@pytest.mark.parametrize("way", ["from PostgreSQL", "to PostgreSQL"])
def test_from_one_database_to_the_other(postgres: str, tmp_path: Path, empty_database: Path, way: str) -> None:
    """A hall's laptop has SQLite, the organisation's server PostgreSQL: both ways, the same rows."""
    lite = installation.make(tmp_path / "instance", empty_database)
    big = installation.on_postgres(tmp_path / "big", postgres)
    with installation.closing(lite), installation.closing(big):
        source, target = (big, lite) if way == "from PostgreSQL" else (lite, big)
        people = People(source)
        room = build.workshop(source, people.organisation_id, "story", "cards", "dots")
        bea = full_of_life(room, people)
        home = found(target, "Hillside")
        folder = Path(target.config["INSTANCE"])
        with saved_from(source, room, folder, tmp_path) as (place, about), target.app_context():
            came = opening.take_in(place, about, folder, home, None)
        assert came.counts["contribution"] == 2
        assert rows(target, room) == rows(source, room)
        phone = Person(target)
        mine = phone.follow(phone.send(phone.get(f"/r/{bea.receipt}")).location)
        assert "The stairs are steep." in mine.text
