"""The promise of a kind, and where kinds are found. The centre asks a kind; it never asks which kind it is."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from typing import Any, ClassVar

from flask_babel import LazyString

from workshop.commands import choosing, running, taking_part
from workshop.consent import Viewer
from workshop.forms import Form
from workshop.queries import choices, contributions, rooms

Activity = Any  # a row with the columns of models.Activity
Seat = Any  # a row with the columns of models.Participant
Text = str | LazyString


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
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose from, or to hand on to a later activity."""

    id: str
    text: str
    side: str = "other"
    contribution_id: str | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table. `type`: string, integer, number, boolean or date."""

    name: str
    type: str
    means: str


@dataclass(frozen=True, slots=True)
class Table:
    """What gets exported: typed rows under a name, each column with its entry in the codebook."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


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


class Kind:
    """What people can do together. A kind is a folder in `kinds/`; its parts lie in `templates/kinds/<name>/`.

    A kind promises `settings_form`, `form`, `steps`, `review`, `save`, `items`, `results`, `tables`, the words that
    its parts need (`phone`, `console`, `screen`), and the five parts themselves: settings, phone, console, screen,
    results. It has no routes, permissions, file formats or tables of its own.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    says: ClassVar[Text]
    icon: ClassVar[str]
    order: ClassVar[int]
    gives: ClassVar[str] = "nothing"  # contributions, ballot or nothing
    one_by_one: ClassVar[bool] = False  # each answer is sent at once and the next question follows
    takes_photo: ClassVar[bool] = False
    defaults: ClassVar[Mapping[str, Any]] = {}

    def settings_form(self) -> type[Form]:
        """The form with which a facilitator sets this activity up; its values become `activity.settings`."""
        return Form

    def setting(self, activity: Activity, name: str) -> Any:
        return activity.settings.get(name, self.defaults.get(name))

    def steps(self, activity: Activity, seat: Seat) -> list[Step]:
        """The questions a person answers, one a page."""
        return []

    def form(self, activity: Activity, seat: Seat) -> Form:
        """All fields of all steps, filled with what came with the request."""
        return Form()

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        """What the person checks before sending."""
        return []

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        """Keep the answer, by one command."""

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        """Has this person nothing more to do here?"""
        return False

    def items(self, activity: Activity) -> list[Item]:
        """What a later activity can take up by `items_from`."""
        return []

    def results(self, activity: Activity, cell: int) -> Any:
        """Plain values for the part `results`; `cell` is the fewest people a side needs before a split shows."""
        return None

    def tables(self, activity: Activity, viewer: Viewer) -> list[Table]:
        """What the export holds of this activity, for whom."""
        return []

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        return {}

    def console(self, activity: Activity) -> dict[str, Any]:
        return {}

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {}

    def part(self, name: str) -> str:
        """The template of a part: settings, phone, console, screen or results."""
        return f"kinds/{self.name}/{name}.html"


class Telling(Kind):
    """A kind whose answers are contributions: stories and cards."""

    gives = "contributions"
    contribution_kind: ClassVar[str] = "card"

    def words(self, activity: Activity, form: Form, seat: Seat) -> dict[str, Any]:
        """The columns of the contribution that this form fills: text, more, topic, level, display_name, photo."""
        raise NotImplementedError

    def consent(self, form: Form) -> dict[str, Any]:
        """The separate yeses of the consent: quote, contact, voice, face."""
        return {}

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        given = replace(gift, consent={**gift.consent, **self.consent(form)})
        taking_part.give(activity, seat, self.contribution_kind, self.words(activity, form, seat), given)

    def items(self, activity: Activity) -> list[Item]:
        return [
            Item(c.id, c.text, c.side, c.id) for c in contributions.said(activity.workshop_id, Viewer.ROOM, activity.id)
        ]

    def screen(self, activity: Activity) -> dict[str, Any]:
        return {"wall": contributions.wall(activity.workshop_id, activity.id)}

    def results(self, activity: Activity, cell: int) -> dict[str, Any]:
        return self.screen(activity)

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"said": contributions.how_many(activity.workshop_id, activity.id)}


class Choosing(Kind):
    """A kind whose answers are secret ballots: results exist only after the close."""

    gives = "ballot"

    def choices(self, activity: Activity, form: Form) -> dict[str, int]:
        """What the form says, as item → number."""
        raise NotImplementedError

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        choosing.cast(activity, seat, gift.id, self.choices(activity, form), channel=gift.channel)

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        return choices.has_chosen(activity.id, seat.id)

    def choosable(self, activity: Activity) -> list[Item]:
        """The items on the ballot: from the setting `items_from`, plus the facilitator's own lines in `items`."""
        return [*items_of(activity.settings.get("items_from"), activity.workshop_id), *own_items(activity)]

    def count(self, activity: Activity, ballots: Sequence[Any], items: Sequence[Item], cell: int) -> Any:
        """Pure counting: ballots in, results out."""
        raise NotImplementedError

    def results(self, activity: Activity, cell: int) -> Any:
        if activity.state != "closed":
            return None
        return self.count(activity, choices.ballots(activity.id), self.on_the_ballot(activity), cell)

    def on_the_ballot(self, activity: Activity) -> list[Item]:
        """The items that were counted; one that was taken back since keeps its count and loses its words."""
        known = {item.id: item for item in self.choosable(activity)}
        return [known.get(item_id, Item(item_id, "", taken_back=True)) for item_id in activity.counted["items"]]

    def console(self, activity: Activity) -> dict[str, Any]:
        return {"turnout": choices.turnout(activity)}

    screen = console


def contribution_table(activity: Activity, viewer: Viewer, more: Sequence[Column] = ()) -> Table:
    """The table of a telling activity for an export; `more` are the kind's own answers, by their names."""
    columns = [
        Column("id", "string", "The contribution; made for exports, it opens nothing."),
        Column("text", "string", "The words, as approved."),
        *more,
        Column("side", "string", "lived, service or other."),
        Column("role", "string", "The role the person chose."),
        Column("level", "integer", "Who may see it, from 1 the facilitators to 5 public."),
    ]
    said = contributions.said(activity.workshop_id, viewer, activity.id)
    rows = [(c.id, c.text, *_answers(c, more), c.side, c.role, c.level) for c in said]
    return Table(f"activity_{activity.position}_{activity.kind}", activity.title, columns, rows)


def _answers(said: Any, columns: Sequence[Column]) -> list[Any]:
    return [getattr(said, c.name, None) if c.name == "topic" else said.more.get(c.name) for c in columns]


def own_items(activity: Activity) -> list[Item]:
    """The lines a facilitator wrote into the setting `items`, numbered in their order."""
    lines = [line.strip() for line in str(activity.settings.get("items", "")).splitlines()]
    return [Item(f"own{number}", line) for number, line in enumerate(lines, 1) if line]


def items_of(activity_id: str | None, workshop_id: str) -> list[Item]:
    """What an earlier activity of the same workshop hands on."""
    activity = rooms.activity(activity_id, workshop_id) if activity_id else None
    return kind_of(activity).items(activity) if activity else []


_shelf: dict[str, Kind] = {}


def discover() -> dict[str, Kind]:
    """Find every kind: each folder in `workshop.kinds`, and each installed package that offers one."""
    if not _shelf:
        found = [k.load() for k in entry_points(group="workshop.kinds")]
        found += [module.KIND for module in _folders()]
        _shelf.update({kind.name: kind for kind in sorted(found, key=lambda kind: kind.order)})
    return _shelf


def _folders() -> list[Any]:
    package = importlib.import_module("workshop.kinds")
    names = [found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg]
    return [importlib.import_module(f"workshop.kinds.{name}") for name in names]


def kind_of(activity: Activity) -> Kind:
    """The kind of an activity."""
    return discover()[activity.kind]


def count(activity: Activity) -> None:
    """Close a choice for good and count it, with the items that are on the ballot now."""
    kind = kind_of(activity)
    if isinstance(kind, Choosing):
        running.count_now(activity, [item.id for item in kind.choosable(activity)])
