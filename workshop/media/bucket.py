"""Photos in a bucket that speaks S3, for several machines that share no folder. The bucket is this app's alone."""

import functools
import hashlib
import io
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from workshop.media.store import NAME, Stored, Unreachable, new_name

WHOLE, CONNECT = "8s", "3s"  # how long one try may take
LONGEST = timedelta(seconds=12)  # with the second try; a photo's thread waits no longer


@dataclass(frozen=True, slots=True)
class Place:
    """Which bucket, and how to get in."""

    bucket: str
    endpoint: str
    region: str
    key: str
    secret: str


class KeepsVersions(Exception):
    """The bucket keeps what was deleted: what somebody takes back would stay in it."""


class BucketStore:
    """Keeps the promise of a store: an answer to a PUT means that the bytes are safe, and what is deleted is gone.

    Nobody gets an address of the bucket: photos go through the app, which asks who may see them.
    """

    def __init__(self, place: Place) -> None:
        self.place = place

    def put(self, data: bytes, name: str = "") -> Stored:
        import obstore  # noqa: PLC0415 - 11 MB that only a process with photos in a bucket needs

        name = name or new_name()
        with answering():
            obstore.put(_client(self.place), name, data, use_multipart=False)
        return Stored(name, hashlib.sha256(data).hexdigest(), len(data))

    def open(self, name: str) -> BinaryIO:
        import obstore  # noqa: PLC0415

        with answering():
            return io.BytesIO(obstore.get(_client(self.place), _ours(name)).bytes())

    def delete(self, name: str) -> None:
        import obstore  # noqa: PLC0415

        if NAME.fullmatch(name):
            with answering():
                obstore.delete(_client(self.place), name)

    def exists(self, name: str) -> bool:
        import obstore  # noqa: PLC0415

        try:
            with answering():
                obstore.head(_client(self.place), _ours(name))
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[str]:
        yield from (str(about["path"]) for about in self._all())

    def free_share(self) -> float:
        """A bucket has no end that we could see; when it takes nothing more, it says so."""
        return 1.0

    def sweep(self, known_names: Container[str], older_than: timedelta = timedelta(days=1)) -> list[str]:
        latest = datetime.now(UTC) - older_than
        old = [str(about["path"]) for about in self._all() if about["last_modified"] <= latest]
        swept = [name for name in old if name not in known_names]
        for name in swept:
            self.delete(name)
        return swept

    def probe(self) -> None:
        """Put something in and take it out again. Raises Unreachable or KeepsVersions."""
        import obstore  # noqa: PLC0415

        name = new_name()
        with answering():
            put = obstore.put(_client(self.place), name, b"probe", use_multipart=False)
        self.delete(name)
        if put["version"] not in (None, "null") or self.exists(name):
            raise KeepsVersions

    def _all(self) -> Iterator[Any]:
        import obstore  # noqa: PLC0415

        with answering():
            for several in obstore.list(_client(self.place)):
                yield from (about for about in several if NAME.fullmatch(about["path"]))


def _ours(name: str) -> str:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return name


@contextmanager
def answering() -> Iterator[None]:
    """Whatever is wrong with a bucket: nothing was kept that we could rely on, and nothing that was kept is lost."""
    from obstore.exceptions import BaseError  # noqa: PLC0415

    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        raise Unreachable(str(error).splitlines()[0][:300]) from error


@functools.cache
def _client(place: Place) -> Any:
    """One for each process: it keeps its connections."""
    from obstore.store import S3Store  # noqa: PLC0415

    return S3Store(
        place.bucket,
        endpoint=place.endpoint or None,
        region=place.region,
        access_key_id=place.key,
        secret_access_key=place.secret,
        client_options={"allow_http": True, "timeout": WHOLE, "connect_timeout": CONNECT},
        retry_config={"max_retries": 1, "retry_timeout": LONGEST},
    )
