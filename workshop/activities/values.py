"""What kinds and pages hand to one another: questions, answers, items, tables. Plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flask_babel import LazyString, gettext

Activity = Any  # a row with the columns of models.Activity, and the `revision` of its workshop
Seat = Any  # a row with the columns of models.Participant
Text: TypeAlias = str | LazyString


@dataclass(frozen=True, slots=True)
class Step:
    """One question on one page of the phone: its words, and the fields that answer it."""

    question: Text
    fields: tuple[str, ...]
    why: Text = ""
    may_skip: bool = False
    asked_once: bool = False  # a workshop asks this only the first time; the check page leads back to it


@dataclass(frozen=True, slots=True)
class Line:
    """One line of «check before you send»: the question and the answer in words; `step` leads back to it."""

    question: Text
    answer: Text
    step: int
    media: tuple[tuple[str, str], ...] = ()  # kind and id of photos, sounds and films


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose from, or to hand on to a later activity.

    `unseen`: its number among several whose words are not for these readers, so that each can still be named.
    `joined`: the id of the idea that it is one with, by the yes of both authors.
    """

    id: str
    text: str
    side: str = "other"
    contribution_id: str | None = None
    taken_back: bool = False
    unseen: int = 0
    joined: str = ""

    @property
    def asked_as(self) -> str:
        """The name under which answers about it are kept: about two that are one, everything is asked anew."""
        return f"{self.id}+{self.joined}" if self.joined else self.id

    @property
    def is_hidden(self) -> bool:
        """Its words are there, and not for these readers."""
        return not self.text and not self.taken_back

    @property
    def words(self) -> str:
        """What to call it in results: its words, or why they are not there."""
        return self.text or self._instead()

    def _instead(self) -> str:
        if self.taken_back:
            return str(gettext("Taken back"))
        if self.unseen:
            return str(gettext("Not shown here, %(number)s", number=self.unseen))
        return str(gettext("Words that are not shown here"))


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A ballot for a pen: its lines, what to do, the boxes of every line; by id, what stands beside and above a line.

    Lines with the same words above them stand together, in the order in which these words come here. On each ballot
    lines change places, or, where `parts_move`, what stands together does, and its lines stay in their order.
    """

    lines: Sequence[Item]
    asks: Sequence[Text]
    boxes: Sequence[Text] = ("",)
    beside: Mapping[str, Text] = field(default_factory=dict)
    above: Mapping[str, Text] = field(default_factory=dict)
    parts_move: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table. `type`: string, integer, number, boolean or date."""

    name: str
    type: str
    means: str


@dataclass(frozen=True, slots=True)
class Table:
    """What gets exported: typed rows, read once for each format, each column with its entry in the codebook.

    Identifiers stand in columns called `id`, `item` or `…_id`: the export gives them names of its own.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class BallotList:
    """Ballots that leave as one list: these items of them, and only those that `holds` says are in it. Everybody's are
    in the first one, which has no key. What stands in another list cannot be told to be the same person's."""

    key: str
    title: str
    items: Sequence[Item]
    holds: Callable[[Mapping[str, int]], bool]


@dataclass(frozen=True, slots=True)
class Gift:
    """What comes with every sending, whatever the kind: the id made on the phone, and how it was given."""

    id: str
    secret: str = ""
    language: str = "en"
    channel: str = "phone"
    helped: Mapping[str, Any] = field(default_factory=dict)
    consent: Mapping[str, Any] = field(default_factory=dict)
    late: bool = False
