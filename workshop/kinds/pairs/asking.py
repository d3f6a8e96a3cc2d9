"""Which pair a phone is asked about next, and how we know an answer to a pair that we asked about.

What the room was asked is counted every few seconds in each process, so that a tap costs the same in a room and in a
hall. How it answered is not even read.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from time import monotonic

from workshop.activities import Activity, Seat
from workshop.counting.next_pair import following
from workshop.counting.pair_answers import Pair, name_of, pairs_of, two_of
from workshop.extensions import keys
from workshop.queries import choices
from workshop.queries.choices import Progress

FRESH = 3.0  # seconds
MOST_KEPT = 200  # choices of which this process keeps what was asked
_own = secrets.token_hex(16)  # dies with this process: afterwards nobody can tell what somebody was asked first
_known: dict[str, tuple[float, Mapping[Pair, int]]] = {}


def next_pair(activity: Activity, seat: Seat, items: Iterable[str], progress: Progress) -> Pair | None:
    """Of the pairs that this person has not answered, the one that is expected to tell most."""
    left = [pair for pair in pairs_of(items) if name_of(*pair) not in progress.answered]
    asked = Counter(asked_so_far(activity.id))
    asked.update(map(two_of, progress.answered))
    return following(left, asked, f"{_seed(activity, seat, progress)} {len(progress.answered)}")


def asked_so_far(activity_id: str) -> Mapping[Pair, int]:
    """How often each pair was answered, as it was a few seconds ago."""
    read, known = _known.get(activity_id, (-FRESH, {}))
    if monotonic() - read >= FRESH:
        if len(_known) > MOST_KEPT:
            _known.clear()
        _known[activity_id] = monotonic(), known  # whoever comes meanwhile does not read as well
        known = {two_of(pair): times for pair, times in choices.how_often(activity_id).items()}
        _known[activity_id] = monotonic(), known
    return known


def on_top(activity: Activity, seat: Seat, pair: Pair, progress: Progress) -> Pair:
    """The two in the order in which this person sees them: by chance, so that neither gains by standing first."""
    drawn = blake2b(f"{_seed(activity, seat, progress)} {name_of(*pair)}".encode(), digest_size=1).digest()
    return pair if drawn[0] % 2 else (pair[1], pair[0])


def offer(activity: Activity, seat: Seat, pair: str) -> str:
    """Comes back with the answer. Nobody can answer pairs of their own choice, in which their idea stands."""
    return keys.derive("pair", f"{activity.id} {seat.id} {pair}")


def _seed(activity: Activity, seat: Seat, progress: Progress) -> str:
    return progress.seed or f"{_own} {activity.id} {seat.id}"
