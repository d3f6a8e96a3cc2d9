"""The promise of a kind. The centre asks a kind; it never asks which kind it is."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workshop.activities.values import Activity, Gift, Item, Line, OnPaper, Seat, Step, Table, Text
from workshop.consent import Viewer
from workshop.forms import Form


class Kind:
    """What people can do together. A kind is a folder in `kinds/`; its parts lie in `templates/kinds/<name>/`.

    A kind promises `settings_form`, `form`, `steps` (where there are none, nothing is asked and the phone shows its
    part), `review`, `save`, `items`, `results`, `tables`, the words that its parts need (`phone`, `console`,
    `screen`), and the five parts themselves: settings, phone, console, screen, results. It has no routes,
    permissions, file formats or tables of its own.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    says: ClassVar[Text]
    icon: ClassVar[str]
    order: ClassVar[int]
    gives: ClassVar[str] = "nothing"  # contributions, ballot or nothing
    one_by_one: ClassVar[bool] = False  # each answer is sent at once and the next question follows
    takes_media: ClassVar[bool] = False
    alike: ClassVar[bool] = False  # the first page looks the same to all of one side, role and habits
    tells: ClassVar[bool] = False  # people's own words come with it: they are kept when late, and get a receipt
    prints: ClassVar[bool] = False  # there is a ballot for a pen: no question depends on the answers before it
    how_counted: ClassVar[Sequence[Text]] = ()  # three plain sentences; the part `how` may add a worked picture
    defaults: ClassVar[Mapping[str, Any]] = {}

    def settings_form(self) -> type[Form]:
        """The form with which a facilitator sets this activity up; its values become `activity.settings`."""
        return Form

    def how(self, activity: Activity) -> Sequence[Text]:
        """How this activity is counted; where settings decide, the sentences follow them."""
        return self.how_counted

    def setting(self, activity: Activity, name: str) -> Any:
        return activity.settings.get(name, self.defaults.get(name))

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        """The questions a person answers, one a page; `form` holds what they have answered so far."""
        return []

    def form(self, activity: Activity, seat: Seat) -> Form:
        """All fields of all steps, filled with what came with the request."""
        return Form()

    def review(self, activity: Activity, form: Form, seat: Seat) -> list[Line]:
        """What the person checks before sending."""
        return []

    def on_paper(self, activity: Activity) -> OnPaper:
        """The ballot to print, of a kind that `prints`."""
        raise NotImplementedError

    def whole(self) -> "Kind":
        """How a whole ballot of it is typed from a box: as on a phone, unless phones ask one question at a time."""
        return self

    def save(self, activity: Activity, seat: Seat, form: Form, gift: Gift) -> None:
        """Keep the answer, by one command."""

    def read_by_teller(self, activity: Activity, more: Mapping[str, Any]) -> list[Line]:
        """How a teller reads their own words, for them and the team alone: never for the room."""
        return []

    def reading_form(self, activity: Activity, more: Mapping[str, Any]) -> tuple[Form, list[Step]]:
        """The same questions once more, filled with what the teller answered; no questions where none are asked."""
        return Form(), []

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
        """What the room's screen shows under the question; `crowded` if the question must leave room for it."""
        return {}

    def more_on_the_screen(self, activity: Activity) -> Sequence[tuple[str, Text]]:
        """Further pages of a result that the room's screen can show: the name of the part, and what a button says."""
        return ()

    def part(self, name: str) -> str:
        """The template of a part: settings, phone, console, screen or results."""
        return f"kinds/{self.name}/{name}.html"
