"""One photo becomes two files: both are safe on the disk before the caller writes its row."""

import contextlib
from dataclasses import dataclass

from workshop.media.accept import Upload
from workshop.media.store import Store, Stored, Unreachable


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """What the caller's row remembers of a photo."""

    photo: Stored
    small: Stored


def keep(upload: Upload, store: Store, names: tuple[str, str] = ("", "")) -> KeptPhoto:
    """Both or none: half a photo is taken away again."""
    photo = store.put(upload.photo.data, names[0])
    try:
        return KeptPhoto(photo, store.put(upload.small.data, names[1]))
    except BaseException:
        with contextlib.suppress(Unreachable):  # then it is deleted later, by its name
            store.delete(photo.name)
        raise
