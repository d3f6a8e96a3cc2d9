"""A backup is closed: only the words on paper open it. A restore is whole, and nobody finds taken-back words in it."""

import io
import json
import os
import re
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from flask import Flask
from PIL import Image

from tests.support import build, installation
from tests.support.build import Room
from tests.support.keyboard import Type
from tests.support.people import Participant, People, Person
from workshop import create_app
from workshop.cli import readying, tables
from workshop.commands import choosing, copies, keeping, packing, recovery, upkeep, workshops
from workshop.extensions import db, keys, open_beside
from workshop.models import BallotLink
from workshop.queries import rooms

SENTINEL = "zebrafinch-7141"
OTHER = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, "story", "dots", "cards")
    made.open("story", "cards")
    return made


@pytest.fixture
def words(tmp_path: Path) -> str:
    """Where the recovery words of the installation lie."""
    return str(tmp_path / "instance" / recovery.WORDS)


def saved(app: Flask, tmp_path: Path) -> Path:
    with app.app_context():
        return keeping.backup(tmp_path / "instance", tmp_path / "old.age")


def list_of(tmp_path: Path) -> str:
    """The list of what was taken back, as it is from the first start on."""
    upkeep.add_lines(tmp_path / "instance" / "tombstones.txt", "")
    return str(tmp_path / "instance" / "tombstones.txt")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def stories_of(instance: Path) -> list[str]:
    with closing(open_beside(str(instance / "workshop.sqlite"))) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM contribution ORDER BY number")]


def with_photo(bea: Participant, text: str) -> None:
    """A story with a photo in it."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(picture, "JPEG")
    picture.seek(0)
    page = bea.send(bea.ask("story"), text=text, photo_file=(picture, "hall.jpg"), go="next")
    while page.h1 != "Is this right?":
        assert page.status == 200, page.text
        page = bea.send(page, go="next", **({"level": "2"} if 'id="level-' in page.html else {}))
    assert bea.send(page, go="send").status == 303


@pytest.mark.shows("R11")
def test_a_backup_comes_back_whole(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    """The drill: an empty folder, the file, the paper, the list; then the app starts and bea's receipt opens."""
    bea = people.bea(room)
    with_photo(bea, "The stairs are steep.")
    made = type_in("backup", str(tmp_path / "safe"))
    assert made.code == 0, made.text
    assert "Only the recovery words open it." in made.text
    (pack,) = (tmp_path / "safe").iterdir()
    back = type_in("restore", str(pack), "--words", words, "--tombstones", list_of(tmp_path), instance="new")
    assert back.code == 0, back.text
    assert "contribution: 1" in back.text
    assert "medium: 1" in back.text
    assert stories_of(tmp_path / "new") == ["The stairs are steep."]
    assert type_in("check", instance="new").code == 0
    with installation.closing(create_app(tmp_path / "new", **installation.SETTINGS)) as again:
        elsewhere = Person(again)
        opened = elsewhere.send(elsewhere.get(f"/r/{bea.receipt}"))
        assert "The stairs are steep." in elsewhere.follow(opened.location).text


def test_words_can_be_typed_as_they_stand_on_paper(
    app: Flask, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    """With numbers, capitals and only four letters of each."""
    pack = saved(app, tmp_path)
    known = recovery.heard(Path(words).read_text())
    typed = " ".join(f"{place}. {word[:4].upper()}" for place, word in enumerate(known.split(), 1))
    back = type_in("restore", str(pack), "--tombstones", list_of(tmp_path), instance="new", said=f"{typed}\n")
    assert back.code == 0, back.text


@pytest.mark.parametrize("said", ["one two three", "apple " * 12, OTHER.replace("year", "yeat"), ""])
def test_a_slip_of_the_pen_is_found(app: Flask, room: Room, type_in: Type, tmp_path: Path, said: str) -> None:
    pack = saved(app, tmp_path)
    slip = tmp_path / "paper.txt"
    slip.write_text(said)
    refused = type_in("restore", str(pack), "--words", str(slip), "--tombstones-are-lost", instance="new")
    assert refused.code == 1
    assert "These are not twelve recovery words." in refused.text
    assert not (tmp_path / "new").exists()


@pytest.mark.shows("S33")
def test_other_words_open_nothing(app: Flask, room: Room, type_in: Type, tmp_path: Path) -> None:
    pack = saved(app, tmp_path)
    paper = tmp_path / "paper.txt"
    paper.write_text(OTHER)
    refused = type_in("restore", str(pack), "--words", str(paper), "--tombstones-are-lost", instance="new")
    assert refused.code == 1
    assert "These words do not open old.age." in refused.text
    assert not (tmp_path / "new").exists()


@pytest.mark.shows("S33")
def test_a_stolen_backup_gives_nothing(app: Flask, people: People, tmp_path: Path) -> None:
    """S33: no word, no name, no photo, no key of the installation can be read in it, packed or not."""
    room = build.workshop(app, people.organisation_id, "story", title=f"Day of {SENTINEL}")
    room.open("story")
    bea = people.bea(room)
    with_photo(bea, f"My {SENTINEL} story")
    (tmp_path / "instance" / "settings.toml").write_text(f'SECURITY_CONTACT = "{SENTINEL}@example.org"\n')
    photos = [path.read_bytes() for path in (tmp_path / "instance" / "media").iterdir()]
    assert SENTINEL.encode() in everything_in(tmp_path / "instance")
    stolen = saved(app, tmp_path).read_bytes()
    secret = (tmp_path / "instance" / "secret.key").read_bytes()
    for planted in (SENTINEL.encode(), b"SQLite format", b"River", b"ada@example.org", secret, *photos):
        assert planted not in stolen
    assert stolen.startswith(b"age-encryption.org/v1")


def test_any_program_for_age_opens_it_too(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    """No backup depends on this program: the words make a key of age, and inside is a plain tar."""
    people.bea(room).tell("story", "The stairs are steep.")
    pack = saved(app, tmp_path)
    known = recovery.heard(Path(words).read_text())
    printed = re.search(r"AGE-SECRET-KEY-1\S+", type_in("recovery-words", "--age-key", said=f"{known}\n").text)
    assert printed
    key = pyrage.x25519.Identity.from_str(printed[0])
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(pack.read_bytes(), [key]))) as archive:
        about = json.load(archive.extractfile("about.json") or io.BytesIO())
        assert archive.getnames()[:2] == ["about.json", "secret.key"]
    assert about["holds"] == "installation"
    assert about["counts"]["contribution"] == 1


def test_the_words_leave_the_machine_and_backups_go_on(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    type_in("backup", str(tmp_path / "safe"))
    shown = type_in("recovery-words")
    known = recovery.heard(shown.text)
    assert recovery.heard(Path(words).read_text()) == known
    wrong = type_in("recovery-words", "--put-away", said="zoo\n")
    assert wrong.code == 1
    assert Path(words).exists()
    third, eighth = known.split()[2], known.split()[7]
    put = type_in("recovery-words", "--put-away", said=f"{third}\n{eighth}\n")
    assert put.code == 0, put.text
    assert recovery.in_rows(known).splitlines()[0].encode() not in everything_in(tmp_path / "instance")
    assert not Path(words).exists()
    assert type_in("recovery-words").code == 1
    people.bea(room).tell("story", "The stairs are steep.")
    pack = saved(app, tmp_path)
    back = type_in("restore", str(pack), "--tombstones", list_of(tmp_path), instance="new", said=f"{known}\n")
    assert "contribution: 1" in back.text


def test_new_words_for_new_backups(app: Flask, room: Room, type_in: Type, tmp_path: Path, words: str) -> None:
    old = saved(app, tmp_path)
    paper = tmp_path / "old-paper.txt"
    paper.write_text(Path(words).read_text())
    assert type_in("recovery-words", "--new").code == 0
    with app.app_context():
        new = keeping.backup(tmp_path / "instance", tmp_path / "new.age")
    given = {"--words": str(paper), "--tombstones": list_of(tmp_path)}
    options = [each for pair in given.items() for each in pair]
    assert type_in("restore", str(new), *options, instance="a").code == 1
    assert type_in("restore", str(old), *options, instance="b").code == 0


@pytest.mark.shows("P08")
def test_what_was_taken_back_since_stays_taken_back(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    bea = people.bea(room)
    with_photo(bea, "Nobody may read this again.")
    (story,) = bea.words()
    photos = [path.read_bytes() for path in (tmp_path / "instance" / "media").iterdir()]
    pack = saved(app, tmp_path)
    bea.post(f"{room.path}/words/{story}/take-back")
    refused = type_in("restore", str(pack), "--words", words, instance="new")
    assert refused.code == 1
    assert "Give the newest list of them" in refused.text
    assert not (tmp_path / "new").exists()
    back = type_in("restore", str(pack), "--words", words, "--tombstones", list_of(tmp_path), instance="new")
    assert "contribution: 0" in back.text
    assert "Taken back since, and erased again: 1." in back.text
    everything = everything_in(tmp_path / "new")
    assert b"Nobody may read this again." not in everything
    assert not [photo for photo in photos if photo in everything]
    assert story in (tmp_path / "new" / "tombstones.txt").read_text()


@pytest.mark.shows("R11")
def test_nothing_taken_back_is_a_list_like_any_other(
    app: Flask, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    """The list is there from the first start, so that nobody has to say that it is lost."""
    readying.make_ready(tmp_path / "first", {"HOST": "127.0.0.1", "PORT": 8123})
    assert (tmp_path / "first" / "tombstones.txt").read_text() == ""
    pack = saved(app, tmp_path)
    back = type_in("restore", str(pack), "--words", words, "--tombstones", list_of(tmp_path), instance="new")
    assert back.code == 0, back.text


def test_a_list_that_is_older_than_the_backup_is_refused(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    bea = people.bea(room)
    bea.tell("story", "Nobody may read this again.")
    old = tmp_path / "old-list.txt"
    old.write_text("")
    bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    pack = saved(app, tmp_path)
    refused = type_in("restore", str(pack), "--words", words, "--tombstones", str(old), instance="new")
    assert refused.code == 1
    assert "is older than the backup, or of another installation." in refused.text
    assert not (tmp_path / "new").exists()


def test_a_deleted_workshop_stays_deleted_whatever_backup_comes_back(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    people.bea(room).tell("story", "Nobody may read this again.")
    ada = people.ada.id
    pack = saved(app, tmp_path)
    with app.app_context():
        workshops.delete(rooms.workshop(room.id), ada)
    back = type_in("restore", str(pack), "--words", words, "--tombstones", list_of(tmp_path), instance="new")
    assert back.code == 0, back.text
    everything = everything_in(tmp_path / "new")
    assert b"Nobody may read this again." not in everything
    assert b"River day" not in everything


def test_no_page_from_before_a_restore_is_believed_and_nobody_is_still_signed_in(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    assert people.ada.follow("/office").h1 != people.stranger().follow("/office").h1
    pack = saved(app, tmp_path)
    type_in("restore", str(pack), "--words", words, "--tombstones", list_of(tmp_path), instance="new")
    assert one(tmp_path / "new", "SELECT epoch FROM installation") != one(
        tmp_path / "instance", "SELECT epoch FROM installation"
    )
    assert one(tmp_path / "new", "SELECT count(*) FROM sign_in") == 0
    assert one(tmp_path / "new", "SELECT count(*) FROM user") == 1


def one(instance: Path, question: str) -> object:
    with closing(open_beside(str(instance / "workshop.sqlite"))) as connection:
        return connection.execute(question).fetchone()[0]


@pytest.mark.shows("S07")
def test_a_backup_does_not_know_who_chose_what(app: Flask, people: People, room: Room, tmp_path: Path) -> None:
    """Twelve people choose; in the copy nothing leads from a person to a ballot, not even the order."""
    room.open("dots")
    everybody = [people.bea(room) for _ in range(12)]
    with app.app_context():
        activity = room.activity("dots")
        for number, person in enumerate(everybody):
            seat = rooms.seat(keys.seal("device", person.cookie(f"seat-{room.id[:10]}") or ""), room.id)
            choosing.cast(activity, seat, f"{number:032x}", {f"own{number}": 1})
        assert db.session.query(BallotLink).count() == 12
        copies.copy_database(tmp_path / "copy.sqlite")
    with closing(open_beside(str(tmp_path / "copy.sqlite"))) as copy:
        assert copy.execute("SELECT count(*) FROM ballot").fetchone() == (12,)
        assert copy.execute("SELECT count(*) FROM ballot_link").fetchone() == (0,)
        by_arrival = [row for (row,) in copy.execute("SELECT id FROM ballot NOT INDEXED")]
    assert by_arrival == sorted(by_arrival)


def test_nothing_of_a_backup_lies_open_afterwards(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path
) -> None:
    """Nor what a process left that was killed in the middle: the next one takes it away."""
    people.bea(room).tell("story", "The stairs are steep.")
    (tmp_path / "instance" / "copy-0123.sqlite").write_text("The stairs are steep.")
    folder = tmp_path / "safe"
    assert type_in("backup", str(folder)).code == 0
    assert not list((tmp_path / "instance").glob("copy-*"))
    assert [path.suffix for path in folder.iterdir()] == [".age"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))


def test_a_restore_writes_over_nothing(app: Flask, room: Room, type_in: Type, tmp_path: Path, words: str) -> None:
    pack = saved(app, tmp_path)
    refused = type_in("restore", str(pack), "--words", words, "--tombstones-are-lost")
    assert refused.code == 1
    assert "is not empty. A restore never writes over an installation" in refused.text


def test_a_disk_without_room_keeps_what_was_there(
    app: Flask, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may not grow beyond 64 KiB: as on a full disk. The older backup is untouched, and nothing half is left."""
    resource = pytest.importorskip("resource")
    safe = tmp_path / "safe.age"
    safe.write_text("older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    big = tmp_path / "big"
    big.write_bytes(os.urandom(400_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, hard))
    try:
        with pytest.raises((packing.NoRoom, OSError)):
            packing.close(safe, {}, iter([("media/x", big)]), [recovery.identity(OTHER).to_public()])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert safe.read_text() == "older"
    assert sorted(path.name for path in tmp_path.glob("safe*")) == ["safe.age"]


Damage = Callable[[Path], None]


def cut(pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-20_000])


def cut_at_its_end(pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-1])


def changed(pack: Path) -> None:
    data = bytearray(pack.read_bytes())
    data[30_000] ^= 1
    pack.write_bytes(data)


def empty(pack: Path) -> None:
    pack.write_bytes(b"")


def another_file(pack: Path) -> None:
    pack.write_bytes(b"%PDF-1.7\n" + bytes(100_000))


def stranger_inside(pack: Path) -> None:
    """Somebody knows the public half, and closes a file of their own."""
    closes = recovery.closing(pack.parent / "instance")
    about = {"holds": "installation", "tables": tables_of(pack), "counts": {}, "photos": "inside"}
    packing.close(pack, about, iter([("media/../../outside.txt", b"out")]), [closes])


def a_photo_missing(pack: Path) -> None:
    """Every byte as it was made, but the database knows a photo that is not there."""
    repacked(pack, lambda name: not name.startswith("media/"))


def less_than_there_was(pack: Path) -> None:
    repacked(pack, lambda _name: True, counts={"contribution": 7})


def tables_of(pack: Path) -> str:
    return str(one(pack.parent / "instance", "SELECT version_num FROM alembic_version"))


def repacked(pack: Path, keep: Callable[[str], bool], **changes: object) -> None:
    key = recovery.identity((pack.parent / "instance" / recovery.WORDS).read_text())
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(pack.read_bytes(), [key]))) as archive:
        files = {name: (archive.extractfile(name) or io.BytesIO()).read() for name in archive.getnames()}
    about = json.loads(files.pop("about.json"))
    del files["sums.json"]
    for name, change in changes.items():
        about[name] = {**about[name], **change} if isinstance(change, dict) else change
    kept = [(name, data) for name, data in files.items() if keep(name)]
    packing.close(pack, about, iter(kept), [key.to_public()])


@pytest.mark.shows("R11")
@pytest.mark.parametrize(
    "damage",
    [cut, cut_at_its_end, changed, empty, another_file, stranger_inside, a_photo_missing, less_than_there_was],
)
def test_a_damaged_backup_is_refused(
    app: Flask, people: People, room: Room, type_in: Type, tmp_path: Path, words: str, damage: Damage
) -> None:
    with_photo(people.bea(room), "The stairs are steep.")
    pack = saved(app, tmp_path)
    damage(pack)
    refused = type_in("restore", str(pack), "--words", words, "--tombstones-are-lost", instance="new")
    assert refused.code == 1
    assert re.search(r"damaged|does not belong|not hold", refused.text), refused.text
    assert "Traceback" not in refused.text
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob("new.restoring"))
    assert not (tmp_path / "outside.txt").exists()


def test_a_backup_of_a_newer_program_is_refused(
    app: Flask, room: Room, type_in: Type, tmp_path: Path, words: str
) -> None:
    pack = saved(app, tmp_path)
    repacked(pack, lambda _name: True, tables="9999")
    refused = type_in("restore", str(pack), "--words", words, "--tombstones-are-lost", instance="new")
    assert refused.code == 1
    assert "A newer Workshop wrote old.age. Update this one first." in refused.text


def test_an_update_puts_a_closed_backup_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables stand at an older change: before they move, a backup is made that outlives the hourly ones."""
    instance = tmp_path / "instance"
    with installation.closing(create_app(instance, **installation.SETTINGS)) as app, app.app_context():
        tables.upgrade()
        newest = tables.newest()
        monkeypatch.setattr(tables, "newest", lambda: "later than this")
        readying.bring_tables_up_to_date(instance)
        assert tables.version() == newest
    (made,) = (instance / "backups").glob("before-update-*.age")
    assert made.read_bytes().startswith(b"age-encryption.org/v1")


def test_taking_part_is_not_asked_to_wait_for_a_backup(app: Flask, people: People, room: Room, tmp_path: Path) -> None:
    """While one is being made, somebody else's words are kept; the backup is of the moment in which it began."""
    bea = people.bea(room)
    bea.tell("story", "Before")
    with app.app_context(), copies.copied(tmp_path / "instance") as copy:
        bea.tell("story", "Meanwhile")
        with closing(open_beside(str(copy))) as connection:
            assert connection.execute("SELECT text FROM contribution").fetchall() == [("Before",)]
    assert len(bea.words()) == 2


@pytest.mark.postgres
def test_a_backup_of_postgresql_comes_back_as_an_installation_on_sqlite(
    postgres: str, tmp_path: Path, type_in: Type
) -> None:
    """The drill for the large database: the same file, the same words, and an app that starts anywhere."""
    big = installation.on_postgres(tmp_path / "instance", postgres)
    with installation.closing(big):
        people = People(big)
        room = build.workshop(big, people.organisation_id, "story", "dots")
        room.open("story", "dots")
        bea = people.bea(room)
        with_photo(bea, "The stairs are steep.")
        bea.tell("story", "Nobody may read this again.")
        with big.app_context():
            seat = rooms.seat(keys.seal("device", bea.cookie(f"seat-{room.id[:10]}") or ""), room.id)
            choosing.cast(room.activity("dots"), seat, "1" * 32, {"own1": 1})
        pack = saved(big, tmp_path)
        bea.post(f"{room.path}/words/{bea.words()[0]}/take-back")
    words, gone = str(tmp_path / "instance" / recovery.WORDS), str(tmp_path / "instance" / "tombstones.txt")
    back = type_in("restore", str(pack), "--words", words, "--tombstones", gone, instance="new")
    assert back.code == 0, back.text
    assert stories_of(tmp_path / "new") == ["The stairs are steep."]
    assert one(tmp_path / "new", "SELECT count(*) FROM ballot") == 1
    assert one(tmp_path / "new", "SELECT count(*) FROM ballot_link") == 0
    assert b"Nobody may read this again." not in everything_in(tmp_path / "new")
    checked = type_in("check", instance="new")
    assert checked.code == 0, checked.text
    with installation.closing(create_app(tmp_path / "new", **installation.SETTINGS)) as again:
        elsewhere = Person(again)
        opened = elsewhere.send(elsewhere.get(f"/r/{bea.receipt}"))
        assert "The stairs are steep." in elsewhere.follow(opened.location).text
