"""Elections that nobody here made, where ../shared/data is: read by our own readers."""

from collections.abc import Mapping
from functools import cache

from tests.counting.rooms import SHARED
from workshop.ballot_files import pabulib, preflib

BUDGET_FILES = (
    "Netherlands_Assen_2024.pb",
    "Poland_Gdynia_2020_Kamienna_Gora__large.pb",
    "Poland_Lodz_2024_Nad_Nerem.pb",
    "Poland_Swiecie_2023.pb",
    "Poland_Warszawa_2019_Anin.pb",
)
DOTS = tuple(f"00024-0000000{number}.soc" for number in range(1, 5))
RANKED_FILES = ("00008-00000001.soi", *DOTS, "leader2020_tally.txt")


def text_of(name: str) -> str:
    (path,) = SHARED.rglob(name)
    return path.read_text("utf-8", errors="replace")


@cache
def budget_of(name: str) -> pabulib.Election:
    return pabulib.read(text_of(name))


@cache
def ranked_of(name: str) -> tuple[Mapping[str, int], ...]:
    """The Debian tally has a line of places for each ballot, «-» for none."""
    if not name.endswith(".txt"):
        return preflib.read(text_of(name)).ballots
    lines = [line.split()[1] for line in text_of(name).splitlines() if line.startswith("V: ")]
    return tuple({str(at): int(place) for at, place in enumerate(line, 1) if place != "-"} for line in lines)
