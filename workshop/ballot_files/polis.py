"""Statements as Polis exports them: `participants-votes.csv`, a row a person, or `votes.csv`, a row an answer.

The columns are described at compdemocracy.org/export. In both, 1 agrees, -1 disagrees and 0 passes. In `votes.csv`
a later row of the same person and statement stands in place of the earlier one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

PERSON, GROUP = "participant", "group-id"
ONE_EACH = ("voter-id", "comment-id", "vote")
ANSWERS = {"1": 1, "1.0": 1, "-1": -1, "-1.0": -1, "0": 0, "0.0": 0}


class NotPolis(ValueError):
    """The file cannot be read; the message says which line."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The statements by their numbers, every person's answers, and the groups that the file puts people in, if any."""

    items: tuple[str, ...]
    votes: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, str]

    def by_group(self) -> list[tuple[str, list[Mapping[str, int]]]]:
        """Without groups, all together are one."""
        if not self.groups:
            return [("all", list(self.votes.values()))]
        return [(name, [self.votes[who] for who in self._of(name)]) for name in sorted(set(self.groups.values()))]

    def _of(self, name: str) -> list[str]:
        return [who for who, group in self.groups.items() if group == name]


def read(lines: Iterable[str]) -> Conversation:
    """Line by line: nothing is kept but the answers. Raises NotPolis."""
    rows = csv.reader(lines)
    head = [cell.strip().lstrip("\ufeff") for cell in next(rows, [])]
    if head[:1] == [PERSON]:
        return _people(head, rows)
    if set(ONE_EACH) <= set(head):
        return _answers(head, rows)
    raise NotPolis(f"the first line has neither {PERSON} nor {', '.join(ONE_EACH)}")


def _people(head: Sequence[str], rows: Iterator[list[str]]) -> Conversation:
    items = {at: name for at, name in enumerate(head) if name.isdigit()}
    votes: dict[str, Mapping[str, int]] = {}
    groups: dict[str, str] = {}
    for number, row in _full(head, rows):
        votes[row[0]] = {name: _answer(row[at], number) for at, name in items.items() if row[at]}
        if group := row[head.index(GROUP)] if GROUP in head else "":
            groups[row[0]] = group
    return Conversation(tuple(items.values()), votes, groups)


def _answers(head: Sequence[str], rows: Iterator[list[str]]) -> Conversation:
    who, what, how = (head.index(name) for name in ONE_EACH)
    votes: dict[str, dict[str, int]] = {}
    for number, row in _full(head, rows):
        votes.setdefault(row[who], {})[row[what]] = _answer(row[how], number)
    items = dict.fromkeys(item for each in votes.values() for item in each)
    return Conversation(tuple(items), votes, {})


def _full(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, 2):
        if row and len(row) != len(head):
            raise NotPolis(f"line {number} has {len(row)} cells, the first line has {len(head)}")
        if row:
            yield number, row


def _answer(text: str, number: int) -> int:
    if text.strip() not in ANSWERS:
        raise NotPolis(f"line {number}: «{text[:20]}» is not 1, -1 or 0")
    return ANSWERS[text.strip()]
