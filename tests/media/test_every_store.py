"""What every store promises, a folder and a bucket that speaks S3: whole, private, never shared, gone when deleted."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.media.pictures import SECRETS, plain, telling_photo
from tests.support import bucket
from workshop.media import (
    BucketStore,
    FolderStore,
    KeepsVersions,
    Picture,
    Place,
    Reason,
    Refused,
    Store,
    Unreachable,
    Upload,
    accept,
    check_room,
    keep,
    new_name,
)
from workshop.media import store as store_module

STRANGE = ("", "x", "../outside", "/etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "/x", "a" * 32 + ".part")


@pytest.fixture(scope="module")
def served() -> Iterator[bucket.Bucket]:
    with bucket.serving() as served:
        yield served


@pytest.fixture
def s3(served: bucket.Bucket) -> Iterator[bucket.Bucket]:
    """An empty bucket that behaves."""
    yield served
    served.files.clear()
    served.versions.clear()
    served.versioned = served.loses_answers = False
    served.status, served.delay = 0, 0.0


def behind(s3: bucket.Bucket) -> BucketStore:
    return BucketStore(
        Place(*(s3.settings[f"S3_{name}"] for name in ("BUCKET", "ENDPOINT", "REGION", "KEY", "SECRET")))
    )


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FolderStore(tmp_path / "media") if request.param == "folder" else behind(request.getfixturevalue("s3"))


def test_what_was_put_in_comes_out_whole(store: Store) -> None:
    data = bytes(range(256)) * 4000
    stored = store.put(data)
    assert (stored.sha256, stored.size) == (hashlib.sha256(data).hexdigest(), len(data))
    with store.open(stored.name) as file:
        assert file.read() == data
    assert store.exists(stored.name)


def test_the_same_photo_twice_is_two_files_under_names_that_nobody_guesses(store: Store) -> None:
    one, other = store.put(b"pixels"), store.put(b"pixels")
    store.delete(one.name)
    assert (store.exists(one.name), store.exists(other.name)) == (False, True)
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in (one.name, other.name))


def test_what_was_deleted_is_gone_and_deleting_again_is_no_error(store: Store) -> None:
    stored = store.put(b"pixels")
    store.delete(stored.name)
    store.delete(stored.name)
    assert not store.exists(stored.name)
    assert list(store.names()) == []
    with pytest.raises(FileNotFoundError):
        store.open(stored.name)


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_that_is_not_ours_opens_nothing(store: Store, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(name)
    assert not store.exists(name)
    store.delete(name)


def test_every_name_is_listed(store: Store) -> None:
    put = {store.put(b"x").name for _ in range(5)}
    assert set(store.names()) == put


def test_sweeping_takes_old_ones_that_nobody_knows(store: Store) -> None:
    known, orphan = store.put(b"x").name, store.put(b"y").name
    assert store.sweep({known}) == []
    assert store.sweep({known}, timedelta(seconds=-2)) == [orphan]
    assert list(store.names()) == [known]


def test_a_photo_is_kept_whole_and_without_what_it_told(store: Store) -> None:
    kept = keep(accept(io.BytesIO(telling_photo()), store=store), store)
    with store.open(kept.photo.name) as photo, store.open(kept.small.name) as small:
        found = photo.read() + small.read()
    assert len(found) == kept.photo.size + kept.small.size
    assert not [secret for secret in SECRETS.values() if secret in found]


def test_there_is_room(store: Store) -> None:
    assert 0 < store.free_share() <= 1
    with pytest.raises(Refused) as refused:
        check_room(store, from_person=200_000_001)
    assert refused.value.reason is Reason.NO_ROOM


def test_a_disk_that_cannot_write_is_said_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_any: object) -> None:
        raise OSError(5, "Input/output error")

    store = FolderStore(tmp_path / "media")
    monkeypatch.setattr(store_module, "sync", broken)
    with pytest.raises(Unreachable):
        store.put(b"pixels")
    assert list(store.path.iterdir()) == []


def test_a_take_back_leaves_no_byte_in_the_bucket(s3: bucket.Bucket) -> None:
    store = behind(s3)
    kept = keep(Upload(Picture(b"the large one", 1, 1), Picture(b"the small one", 1, 1)), store)
    other = store.put(b"another person's photo")
    for name in (kept.photo.name, kept.small.name):
        store.delete(name)
    assert s3.bytes == b"another person's photo"
    assert store.exists(other.name)


def test_only_who_has_the_secret_gets_in(s3: bucket.Bucket) -> None:
    wrong = {**s3.settings, "S3_SECRET": "another secret"}
    thief = BucketStore(Place(*(wrong[f"S3_{name}"] for name in ("BUCKET", "ENDPOINT", "REGION", "KEY", "SECRET"))))
    name = behind(s3).put(b"pixels").name
    for act in (lambda: thief.put(b"x"), lambda: thief.open(name), lambda: thief.delete(name)):
        with pytest.raises(Unreachable):
            act()
    assert s3.bytes == b"pixels"


@pytest.mark.parametrize("fault", ["status", "answer", "gone"])
def test_a_bucket_that_does_not_answer_is_no_promise(s3: bucket.Bucket, fault: str) -> None:
    """Neither an error nor a lost answer counts as kept; half a photo is taken away again as far as possible."""
    store = behind(s3)
    s3.status, s3.loses_answers = (503 if fault == "status" else 0), fault == "answer"
    if fault == "gone":
        store = BucketStore(Place("room-photos", "http://127.0.0.1:9", "eu-north-1", "key", "secret"))
    with pytest.raises(Unreachable):
        keep(Upload(Picture(b"large", 1, 1), Picture(b"small", 1, 1)), store)
    with pytest.raises((Unreachable, FileNotFoundError)):
        store.open(new_name())


def test_a_second_try_mends_a_short_fault(s3: bucket.Bucket) -> None:
    store, before = behind(s3), len(s3.requests)
    s3.status = 503

    class Mended(list[str]):
        def append(self, each: str) -> None:
            super().append(each)
            if len(self) > before + 1:
                s3.status = 0

    s3.requests = Mended(s3.requests)
    stored = store.put(b"pixels")
    assert s3.bytes == b"pixels"
    assert store.exists(stored.name)


def test_a_bucket_that_keeps_old_versions_is_found_out(s3: bucket.Bucket) -> None:
    behind(s3).probe()
    assert s3.bytes == b""
    s3.versioned = True
    with pytest.raises(KeepsVersions):
        behind(s3).probe()


def test_who_has_no_bucket_loads_no_library() -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    asked = "import sys, workshop, workshop.asgi, workshop.commands.upkeep; print('obstore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_plain_photo_goes_in(store: Store) -> None:
    assert accept(io.BytesIO(plain()), store=store).photo.width == 320
