"""Photos: accepted by decoding, rebuilt from pixels in a child process, stored under secret names.

The way of a photo: `accept(stream)` → `keep(upload, store)` → the caller's row, in that order, so that a
crash can leave a file without a row (swept later) but never a row without its file.
The words for a refusal are in `workshop.media.words`, which alone knows gettext.
"""

from workshop.media.accept import Upload, accept, check_room
from workshop.media.bucket import BucketStore, KeepsVersions, Place
from workshop.media.keep import KeptPhoto, keep
from workshop.media.limits import HEADERS, LARGEST, LARGEST_PIECE, TYPE, TYPES, Limits, Reason, Refused
from workshop.media.named import Pairs, named, pairs
from workshop.media.rebuild import Picture
from workshop.media.store import FolderStore, Store, Stored, Unreachable, new_name

__all__ = [
    "HEADERS",
    "LARGEST",
    "LARGEST_PIECE",
    "TYPE",
    "TYPES",
    "BucketStore",
    "FolderStore",
    "KeepsVersions",
    "KeptPhoto",
    "Limits",
    "Pairs",
    "Picture",
    "Place",
    "Reason",
    "Refused",
    "Store",
    "Stored",
    "Unreachable",
    "Upload",
    "accept",
    "check_room",
    "keep",
    "named",
    "new_name",
    "pairs",
]
