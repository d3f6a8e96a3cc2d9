"""The statements of an export pack as files that programs of Polis read: only where whole ballots are published.

`votes.csv` has a row an answer, `comments.csv` one a statement. People get numbers in the order of what they said, so
neither their number nor their place tells of the list in the pack; no side is told, and every time is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.ballot_files import packs
from workshop.counting.statements import AGREE, DISAGREE
from workshop.protecting.formulas import harmless

KIND = "statements"
NO_TIME = ("0", "Thu Jan 01 00:00:00 UTC 1970")
NOBODY, SHOWN = 0, 1  # no answer is of the person 0
VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
COMMENTS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
Row = Sequence[str | int]
Ballot = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """The statements as on the ballot, and every ballot with an answer, or None, for each of them."""

    statements: Sequence[str]
    ballots: Sequence[Ballot]


def of_pack(tables: Sequence[packs.Table]) -> Iterator[tuple[str, Conversation]]:
    """Each choice about statements, with the name of its list."""
    sealed = packs.sealed(tables)
    for kind, ballots, _printed in packs.counted(tables):
        if kind == KIND and ballots.name in sealed:
            yield ballots.name, _conversation(ballots)


def _conversation(table: packs.Table) -> Conversation:
    items = [name for name in table.columns if name != packs.SIDE]
    said = (tuple(row[item] for item in items) for row in table.rows)
    return Conversation([table.columns[item] for item in items], sorted(said, key=_by_what_was_said))


def _by_what_was_said(ballot: Ballot) -> list[tuple[bool, int]]:
    return [(answer is None, answer or 0) for answer in ballot]


def files(held: Conversation) -> Mapping[str, Iterator[Row]]:
    """The rows of each file, its head first."""
    return {"votes.csv": _votes(held), "comments.csv": _comments(held)}


def _votes(held: Conversation) -> Iterator[Row]:
    yield VOTES
    for person, ballot in enumerate(held.ballots, 1):
        for statement, answer in enumerate(ballot, 1):
            if answer is not None:
                yield (*NO_TIME, statement, person, answer)


def _comments(held: Conversation) -> Iterator[Row]:
    yield COMMENTS
    for statement, words in enumerate(held.statements, 1):
        given = [ballot[statement - 1] for ballot in held.ballots]
        counted = (given.count(AGREE), given.count(DISAGREE))
        yield (*NO_TIME, statement, NOBODY, *counted, SHOWN, harmless(words))
