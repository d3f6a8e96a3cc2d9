"""The door for photos: what comes in is judged by decoding it, never by its name or claimed type."""

import importlib.util
from dataclasses import dataclass
from typing import Protocol

from workshop.media.limits import Limits, Reason, Refused
from workshop.media.rebuild import Picture, rebuild
from workshop.media.store import Store

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
CHUNK = 64 * 1024


class Readable(Protocol):
    """Anything that gives bytes when asked: a form's file, a request's body, an open file."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo as we made it anew: one for reading, one for lists and the room's screen."""

    photo: Picture
    small: Picture

    @property
    def size(self) -> int:
        return len(self.photo.data) + len(self.small.data)


def accept(
    stream: Readable,
    filename: str | None = None,
    *,
    store: Store | None = None,
    limits: Limits | None = None,
) -> Upload:
    """Take a photo from a stream, or raise Refused. With a store, ask first whether it has room."""
    limits = limits or Limits()
    if store is not None:
        check_room(store, limits=limits)
    data = read_up_to(stream, limits.bytes)
    photo, small = rebuild(data, format_of(data), limits)
    return Upload(photo, small)


def check_room(
    store: Store,
    *,
    incoming: int = 0,
    from_person: int = 0,
    in_workshop: int = 0,
    limits: Limits | None = None,
) -> None:
    """Refuse when the disk is nearly full, or a person or a workshop has used its share."""
    limits = limits or Limits()
    if (
        store.free_share() < limits.free_share
        or from_person + incoming > limits.bytes_of_person
        or in_workshop + incoming > limits.bytes_of_workshop
    ):
        raise Refused(Reason.NO_ROOM)


def read_up_to(stream: Readable, limit: int) -> bytes:
    """Stop at the limit, so that an endless body costs no more than a large one."""
    data = bytearray()
    while chunk := stream.read(CHUNK):
        data += chunk
        if len(data) > limit:
            raise Refused(Reason.TOO_LARGE)
    if not data:
        raise Refused(Reason.EMPTY)
    return bytes(data)


def format_of(data: bytes) -> str:
    """The decoder to try. It only spares a child process for text and films; the decoder decides."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS and reads_heic():
        return "HEIF"
    raise Refused(Reason.NOT_A_PICTURE)


def reads_heic() -> bool:
    """Look for the optional decoder without loading it into the web worker."""
    return importlib.util.find_spec("pillow_heif") is not None
