"""One photo becomes two files: both are safe on the disk before the caller writes its row."""

from dataclasses import dataclass

from workshop.media.accept import Upload
from workshop.media.store import Store, Stored


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """What the caller's row remembers of a photo."""

    photo: Stored
    small: Stored


def keep(upload: Upload, store: Store) -> KeptPhoto:
    """Both or none: half a photo is taken away again."""
    photo = store.put(upload.photo.data)
    try:
        return KeptPhoto(photo, store.put(upload.small.data))
    except BaseException:
        store.delete(photo.name)
        raise
