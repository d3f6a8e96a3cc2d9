"""Files of a workshop: under secret names, for nobody else's eyes, safe before anybody is told so."""

import errno
import hashlib
import io
import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from workshop.media import (
    FolderStore,
    Limits,
    Picture,
    Reason,
    Refused,
    Store,
    Upload,
    accept,
    check_room,
    keep,
)

from .pictures import SECRETS, plain, telling_photo

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights and no folder to sync")
STRANGE_NAMES = [
    "",
    ".",
    "..",
    "../outside",
    "a" * 31,
    "A" * 32,
    "a" * 32 + "\n",
    "/etc/passwd",
    "a/" + "b" * 30,
]


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "media")


def on_disk(store: FolderStore) -> set[str]:
    return {path.name for path in store.path.iterdir()}


def aged(store: FolderStore, name: str, hours: float) -> None:
    then = (store.path / name).stat().st_mtime - hours * 3600
    os.utime(store.path / name, (then, then))


def test_what_is_put_can_be_opened_again(store: Store) -> None:
    stored = store.put(b"pixels")
    assert stored.sha256 == hashlib.sha256(b"pixels").hexdigest()
    assert stored.size == 6
    assert store.exists(stored.name)
    with store.open(stored.name) as file:
        assert file.read() == b"pixels"


@pytest.mark.shows("A28")
def test_two_people_with_the_same_photo_have_two_files(store: FolderStore) -> None:
    uploads = [accept(io.BytesIO(plain()), "image.jpg") for _ in range(2)]
    beas, cems = [keep(upload, store) for upload in uploads]
    assert beas.photo.sha256 == cems.photo.sha256
    store.delete(beas.photo.name)
    store.delete(beas.small.name)
    assert sorted(store.names()) == sorted([cems.photo.name, cems.small.name])
    with store.open(cems.photo.name) as file:
        assert hashlib.sha256(file.read()).hexdigest() == cems.photo.sha256


@pytest.mark.shows("S17")
def test_names_are_secrets(store: Store) -> None:
    names = {store.put(b"x").name for _ in range(50)}
    assert len(names) == 50
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)


@pytest.mark.shows("S33")
@POSIX
def test_only_the_apps_own_user_may_look(store: FolderStore) -> None:
    store.path.chmod(0o755)
    again = FolderStore(store.path)
    place = again.path / again.put(b"x").name
    assert stat.S_IMODE(again.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_no_name_climbs_out_of_the_folder(store: FolderStore, name: str) -> None:
    outside = store.path.parent / "outside"
    outside.write_text("somebody else's")
    with pytest.raises(FileNotFoundError):
        store.open(name)
    assert not store.exists(name)
    store.delete(name)
    assert outside.read_text() == "somebody else's"


def test_what_was_deleted_is_gone_and_deleting_again_is_no_error(store: FolderStore) -> None:
    stored = store.put(b"pixels")
    store.delete(stored.name)
    store.delete(stored.name)
    assert not store.exists(stored.name)
    assert on_disk(store) == set()
    with pytest.raises(FileNotFoundError):
        store.open(stored.name)


@pytest.mark.shows("P08")
def test_after_a_take_back_no_byte_of_the_photo_is_in_the_folder(store: FolderStore) -> None:
    kept = keep(accept(io.BytesIO(telling_photo())), store)
    with store.open(kept.photo.name) as file:
        pixels = file.read()[-400:]
    others = store.put(b"another person's photo")
    store.delete(kept.photo.name)
    store.delete(kept.small.name)
    everything = b"".join(path.read_bytes() for path in store.path.rglob("*"))
    assert everything == b"another person's photo"
    assert store.exists(others.name)
    assert not [secret for secret in (pixels, *SECRETS.values()) if secret in everything]


def test_a_reader_is_not_in_the_way_of_a_take_back(store: FolderStore) -> None:
    stored = store.put(b"pixels")
    with store.open(stored.name):
        store.delete(stored.name)
        left = [path.read_bytes() for path in store.path.iterdir()]
    assert b"pixels" not in left


@pytest.mark.shows("R03")
def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_we_say_so(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("the order of calls is watched through fsync, which only Linux uses for all of it")
    calls: list[tuple[str, set[str]]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        size = os.fstat(descriptor).st_size if kind == "file" else 6
        fsync(descriptor)
        calls.append((f"{kind} {size}", on_disk(store)))

    monkeypatch.setattr(os, "fsync", watched)
    name = store.put(b"pixels").name
    store.delete(name)
    assert calls == [("file 6", {f"{name}.part"}), ("folder 6", {name}), ("folder 6", set())]


@pytest.mark.shows("R07")
@pytest.mark.parametrize("number", [errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)])
def test_a_full_disk_is_said_so_and_leaves_nothing_behind(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(number, "the disk is full")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Refused) as refused:
        store.put(b"pixels")
    assert refused.value.reason is Reason.NO_ROOM
    assert on_disk(store) == set()


def test_half_a_photo_is_not_kept(store: FolderStore) -> None:
    class FullAfterOne(FolderStore):
        def put(self, data: bytes, name: str = ""):  # type: ignore[no-untyped-def]
            if on_disk(self):
                raise Refused(Reason.NO_ROOM)
            return super().put(data, name)

    nearly_full = FullAfterOne(store.path)
    with pytest.raises(Refused):
        keep(Upload(Picture(b"large", 1, 1), Picture(b"small", 1, 1)), nearly_full)
    assert on_disk(store) == set()


def test_when_the_disk_is_nearly_full_photos_wait(store: FolderStore) -> None:
    assert 0 < store.free_share() < 1
    everything_must_be_free = Limits(free_share=1.0)
    with pytest.raises(Refused) as refused:
        accept(io.BytesIO(plain()), store=store, limits=everything_must_be_free)
    assert refused.value.reason is Reason.NO_ROOM
    assert accept(io.BytesIO(plain()), store=store, limits=Limits(free_share=0.0)).photo.width == 320


@pytest.mark.shows("S19")
@pytest.mark.parametrize(
    ("used", "fits"),
    [
        ({"from_person": 199_999_990}, True),
        ({"from_person": 199_999_991}, False),
        ({"in_workshop": 4_999_999_990}, True),
        ({"in_workshop": 4_999_999_991}, False),
    ],
)
def test_one_person_and_one_workshop_have_their_share(store: FolderStore, used: dict[str, int], fits: bool) -> None:
    roomy = Limits(free_share=0.0)
    if fits:
        check_room(store, incoming=10, limits=roomy, **used)
        return
    with pytest.raises(Refused) as refused:
        check_room(store, incoming=10, limits=roomy, **used)
    assert refused.value.reason is Reason.NO_ROOM


def test_sweeping_takes_old_orphans_and_old_halves_and_nothing_else(store: FolderStore) -> None:
    known, orphan, fresh = (store.put(b"x").name for _ in range(3))
    half, young_half, foreign = "a" * 32 + ".part", "b" * 32 + ".part", "README.txt"
    for name in (half, young_half, foreign):
        (store.path / name).write_bytes(b"x")
    for name in (known, orphan, half, foreign):
        aged(store, name, 25)
    assert sorted(store.sweep({known})) == sorted([orphan, half])
    assert on_disk(store) == {known, fresh, young_half, foreign}
    assert store.sweep({known}) == []


def test_sweeping_can_be_asked_to_hurry(store: FolderStore) -> None:
    name = store.put(b"x").name
    aged(store, name, 0.1)
    assert store.sweep(set(), timedelta(minutes=10)) == []
    assert store.sweep(set(), timedelta(minutes=1)) == [name]
