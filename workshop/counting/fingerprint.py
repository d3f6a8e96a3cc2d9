"""The fingerprint of a list of whole ballots: whoever has the list makes it again by hand, and knows it is the same.

Each ballot is a line of its numbers with commas between, empty where nothing was said; the lines are put in order, so
that the order in which a list happens to lie says nothing and changes nothing; SHA-256 of all lines.

What it may be printed of. A fingerprint of a short list is the list: whoever has it tries all lists until one fits.
So it is printed only of lists that everybody may have anyway (see exports/chosen.py), and it holds nothing else: no
side, no channel, no key. Then it tells nothing: it can be reckoned from what is told already.
"""

import hashlib
from collections.abc import Iterable, Sequence


def fingerprint(ballots: Iterable[Sequence[int | None]]) -> str:
    """64 hexadecimal digits; the same for the same ballots in any order."""
    lines = sorted(",".join("" if number is None else str(number) for number in ballot) for ballot in ballots)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode("ascii")).hexdigest()
