"""How big a photo may be, why one is refused, and the one type in which photos leave us."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

MEGA = 1_000_000

TYPE = "image/jpeg"
TYPES: Mapping[str, str] = MappingProxyType({"photo": TYPE, "sound": "audio/mp4", "film": "video/mp4"})

LARGEST = {"photo": 12 * 1024 * 1024, "sound": 25 * 1024 * 1024, "film": 100 * 1024 * 1024}  # bytes as sent
LARGEST_PIECE = 1024 * 1024
LONGEST = {"sound": 300, "film": 90}  # seconds
MOST_PIXELS = 10 * MEGA  # of one picture of a film: phones make up to 4K
MOST_STREAMS = 8  # phones put data beside picture and sound

# Fixed, whatever was sent: nothing that somebody uploaded may choose how a browser reads it.
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Type": TYPE,
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
)


class Reason(Enum):
    """Why a photo, sound or film was not taken."""

    EMPTY = "empty"
    NOT_A_PICTURE = "not a picture"
    TOO_LARGE = "too large"
    TOO_MANY_PIXELS = "too many pixels"
    BROKEN = "broken"
    TOO_SLOW = "too slow"
    NO_ROOM = "no room"
    NOT_A_RECORDING = "not a recording"
    TOO_LONG = "too long"
    NOT_HERE = "not here"


class Refused(Exception):
    """A photo was not taken; nothing of it was kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one photo, one person, one workshop and one decoder may use."""

    bytes: int = 12 * MEGA
    pixels: int = 40 * MEGA
    side: int = 1600
    small_side: int = 480
    quality: int = 82
    seconds: float = 10.0
    cpu_seconds: int = 8
    memory: int = 768 * MEGA
    bytes_of_person: int = 200 * MEGA
    bytes_of_workshop: int = 5000 * MEGA
    free_share: float = 0.10
