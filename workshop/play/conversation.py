"""A published conversation, read from its files: who came, wrote and answered, in the real order."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

HOST = "0"  # the author of the facilitator's own statements
FATES = {"1": "shown", "-1": "hidden", "0": "undecided"}
SIDES = {1: "lived", -1: "service"}
Row = Mapping[str, str]


class NotAConversation(Exception):
    """The folder does not hold what is needed; the message says which file."""


class What(StrEnum):
    """What somebody does. At the same moment people come before they write, and write before they choose."""

    COME = "1 come"
    WRITE = "2 write"
    CHOOSE = "3 choose"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody wrote, and whether the real facilitator showed or hid it."""

    id: str
    author: str
    text: str
    fate: str


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """Somebody does something at a moment, in milliseconds."""

    at: int
    what: What
    row: int
    person: str = field(compare=False)
    statement: str = field(default="", compare=False)
    choice: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is played, and how much is not: `left_out` counts it by reason."""

    title: str
    question: str
    source: str
    roles: Mapping[str, str]
    sides: Mapping[str, str]
    statements: Mapping[str, Statement]
    acts: tuple[Act, ...]
    left_out: Mapping[str, int]

    @property
    def people(self) -> list[str]:
        return [act.person for act in self.acts if act.what is What.COME]


def read(folder: Path) -> Conversation:
    """The conversation in this folder. Raises NotAConversation."""
    comments, votes = _rows(folder / "comments.csv"), _rows(folder / "votes.csv")
    votes.sort(key=lambda row: int(row["timestamp"]))
    known = knowledge().get(folder.name, knowledge()["unknown"])
    statements = {row["comment-id"]: _statement(row) for row in comments}
    played = {key: each for key, each in statements.items() if _is_played(each, known)}
    summary = _summary(folder / "summary.csv")
    return Conversation(
        title=known.get("title", summary.get("topic", folder.name))[:200],
        question=summary.get("topic", folder.name),
        source=known.get("source", summary.get("url", "")),
        roles={side: known[word] for side, word in _ROLES if word in known},
        sides=_sides(votes, known),
        statements=played,
        acts=tuple(sorted(_acts(comments, votes, played))),
        left_out=_left_out(statements, votes, known),
    )


_ROLES = (("lived", "lived"), ("service", "service"), ("other", "no_answer"))


def knowledge() -> dict[str, Any]:
    """What is known of the conversations that are known; see conversations.toml."""
    return tomllib.loads(Path(__file__).with_name("conversations.toml").read_text("utf-8"))


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        raise NotAConversation(f"{path.name} is missing in {path.parent}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _summary(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}


def _statement(row: Row) -> Statement:
    return Statement(row["comment-id"], row["author-id"], row["comment-body"].strip(), FATES[row["moderated"]])


def _is_played(statement: Statement, known: Mapping[str, Any]) -> bool:
    return statement.fate != "undecided" and not _is_about_the_person(statement.id, known)


def _is_about_the_person(statement_id: str, known: Mapping[str, Any]) -> bool:
    return int(statement_id) in known.get("about_the_person", ())


def _sides(votes: list[Row], known: Mapping[str, Any]) -> dict[str, str]:
    """Everybody's side: what they finally said of themselves; who passed or said nothing is of the others."""
    question = str(known.get("role_statement", ""))
    said = {row["voter-id"]: int(row["vote"]) for row in votes if row["comment-id"] == question}
    return {row["voter-id"]: SIDES.get(said.get(row["voter-id"], 0), "other") for row in votes}


def _acts(comments: list[Row], votes: list[Row], played: Mapping[str, Statement]) -> Iterator[Act]:
    writes = [_write(row) for row in comments if row["comment-id"] in played]
    chooses = [_choose(number, row) for number, row in enumerate(votes)]
    of_people = [act for act in [*writes, *chooses] if act.what is What.CHOOSE or act.person != HOST]
    first = {act.person: act.at for act in sorted(of_people, reverse=True)}
    yield from (Act(at, What.COME, row, person) for row, (person, at) in enumerate(sorted(first.items())))
    yield from writes
    yield from (act for act in chooses if act.statement in played and played[act.statement].fate == "shown")


def _write(row: Row) -> Act:
    return Act(int(row["timestamp"]), What.WRITE, int(row["comment-id"]), row["author-id"], row["comment-id"])


def _choose(number: int, row: Row) -> Act:
    return Act(int(row["timestamp"]), What.CHOOSE, number, row["voter-id"], row["comment-id"], int(row["vote"]))


def _left_out(statements: Mapping[str, Statement], votes: list[Row], known: Mapping[str, Any]) -> dict[str, int]:
    """Statements and votes that are not played, by reason; words that were hidden are played, votes on them not."""
    reasons = {key: _reason(each, known) for key, each in statements.items()}
    texts = Counter(f"statements {why}" for why in reasons.values() if why and why != "hidden by the facilitator")
    chosen = Counter(f"votes on statements {reasons[row['comment-id']]}" for row in votes if reasons[row["comment-id"]])
    return dict(texts + chosen)


def _reason(statement: Statement, known: Mapping[str, Any]) -> str:
    if _is_about_the_person(statement.id, known):
        return "about the person"
    return {"undecided": "nobody decided on", "hidden": "hidden by the facilitator"}.get(statement.fate, "")
