"""Kinds whose answers are people's own words: stories and cards."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask_babel import gettext

from workshop.activities.kind import Kind
from workshop.activities.shelf import kind_of
from workshop.activities.tabled import table_of
from workshop.activities.values import Activity, Column, Gift, Item, Seat, Table
from workshop.commands import taking_part
from workshop.consent import Viewer
from workshop.forms import Form
from workshop.queries import contributions, exports, merges

ANSWERS = ("text", "topic", "more", "side", "role", "level")


class Telling(Kind, ABC):
    """A kind whose answers are contributions: stories and cards."""

    gives = "contributions"
    tells = True
    contribution_kind: ClassVar[str] = "card"
    private_first: ClassVar[bool] = False  # nobody sees what others wrote before the close, whatever the settings

    @abstractmethod
    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        """The columns of the contribution that this form fills: text, more, topic, level, display_name, media."""

    def consent(self, form: Form) -> dict[str, Any]:
        """The separate yeses of the consent: quote, contact, voice, face."""
        return {}

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        given = replace(gift, consent={**gift.consent, **self.consent(form)})
        taking_part.give(activity, seat, self.contribution_kind, self.words(activity, form, seat), given)

    def items(self, activity: Activity) -> list[Item]:
        """What is to be seen, where two that are one by their authors' yes are one item."""
        seen = {said.id: said for said in contributions.said(activity.workshop_id, Viewer.ROOM, activity.id)}
        together = merges.together(activity.id, seen)
        alone = (said for said in seen.values() if said.id not in together.values())
        return [_item(said, seen.get(together.get(said.id, ""))) for said in alone]

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"wall": wall_of(activity)}

    def results(self, activity: Activity, cell: int) -> dict[str, Any]:
        return self.screen(activity)

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"said": contributions.how_many(activity.workshop_id, activity.id)}


def wall_of(activity: Activity) -> contributions.Wall:
    """What the room sees of it now. Where things show only after the close, nothing before."""
    first_alone = activity.settings.get("shows") == "closed" or getattr(kind_of(activity), "private_first", False)
    if first_alone and activity.state in ("waiting", "open"):
        return contributions.Wall([], 0)
    return contributions.wall(activity.workshop_id, activity.id)


def contribution_table(activity: Activity, viewer: Viewer, more: Sequence[Column] = ()) -> Table:
    """The table of a telling activity for an export; `more` are the kind's own answers, by their names."""
    columns = [
        Column("id", "string", gettext("The contribution; made for exports, it opens nothing.")),
        Column("text", "string", gettext("The words, as approved.")),
        *more,
        Column("side", "string", gettext("lived, service or other.")),
        Column("role", "string", gettext("The role the person chose.")),
        Column("level", "integer", gettext("Who may see it, from 1 the facilitators to 5 public.")),
    ]
    rows = Told(exports.Spoken(activity.workshop_id, viewer, ANSWERS, activity.id), more)
    return table_of(activity, columns, rows)


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of a telling activity, made while they are read."""

    spoken: exports.Spoken
    more: Sequence[Column]

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for name, row in self.spoken:
            yield (name, row.text, *_answers(row, self.more), row.side, row.role, row.level)


def _answers(said: Any, columns: Sequence[Column]) -> list[Any]:
    return [getattr(said, c.name, None) if c.name == "topic" else said.more.get(c.name) for c in columns]


def _item(said: Any, other: Any) -> Item:
    if other is None:
        return Item(said.id, _with_column(said), said.side, said.id)
    side = said.side if said.side == other.side else "other"
    return Item(said.id, f"{_with_column(said)} + {_with_column(other)}", side, said.id, joined=other.id)


def _with_column(said: Any) -> str:
    """A card of «Stop» says «Stop» wherever it goes: alone it would say the opposite."""
    words: str = said.text
    return f"{said.topic}: {words}" if said.topic and words else words
