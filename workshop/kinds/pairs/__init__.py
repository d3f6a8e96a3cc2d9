"""Pairs: which of these two? One pair after the other, of the lines that the room knows least about."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError
from wtforms.validators import NumberRange

from workshop.activities import (
    Activity,
    Item,
    OnASlip,
    OneAnswer,
    OneByOne,
    OnPaper,
    Seat,
    Step,
    Table,
    Text,
    ToChooseFrom,
)
from workshop.counting import pairs as counting
from workshop.counting.ballots import Ballot
from workshop.counting.next_pair import evenly
from workshop.counting.pair_answers import Pair, name_of, pairs_of, two_of
from workshop.forms import Form, WholeNumber
from workshop.kinds.pairs.asking import next_pair, offer, on_top
from workshop.kinds.pairs.results import Results, summary
from workshop.kinds.pairs.tables import tables
from workshop.queries import choices, rooms
from workshop.queries.choices import Progress

MOST_ITEMS = 50  # 1,225 pairs: more lines would need more answers than a room gives
MOST_EACH = 100


class Settings(ToChooseFrom):
    most_items = MOST_ITEMS
    each = WholeNumber(
        _l("Pairs for each person"),
        [NumberRange(1, MOST_EACH, _l("Write a number from 1 to 100."))],
        description=_l("Fifteen take about two minutes."),
    )


class Answer(OneAnswer):
    """One answer to one pair. `two` are the items on this page, each with the answer that chooses it."""

    enough: int
    may_answer: bool = False
    two: tuple[tuple[Item, str], ...] = ()
    pair: str = ""
    offered: str = ""
    offer = HiddenField()

    def validate_item(self, field: HiddenField) -> None:
        if not self.may_answer:
            raise ValidationError(_l("That pair is gone. Here is the next one."))


class Pairs(OneByOne):
    name = "pairs"
    title = _l("Which of these two?")
    says = _l("People see two lines at a time and choose one, in secret. The answers make one order.")
    icon = "pairs"
    order = 48
    how_counted: ClassVar[Sequence[Text]] = (
        _l("You answer some of the pairs. Next come lines that were asked about least."),
        _l("To win against a strong line lifts more than against a weak one (Bradley–Terry)."),
        _l("Nearly equal strength is the same place. «I cannot decide» changes nothing."),
    )
    prints = True
    defaults: ClassVar[Mapping[str, Any]] = {**OneByOne.defaults, "each": 15}

    def settings_form(self) -> type[Form]:
        return Settings

    def choosable(self, activity: Activity) -> list[Item]:
        return super().choosable(activity)[:MOST_ITEMS]

    def lines(self, items: Sequence[Item]) -> list[Item]:
        """A ballot has a number for every pair that somebody answered."""
        words = {item.id: item.words for item in items}
        both = [(pair, words[pair[0]], words[pair[1]]) for pair in pairs_of(words)]
        return [Item(name_of(*pair), gettext("%(one)s, or %(other)s", one=a, other=b)) for pair, a, b in both]

    def form(self, activity: Activity, seat: Seat) -> Answer:
        """The pair that was asked about, or the next one for this person."""
        form, progress = Answer(), self._progress(activity, seat)
        form.items, form.answered, form.enough = self.at_hand(activity), len(progress.answered), self._enough(activity)
        form.left = max(form.enough - form.answered, 0)
        form.pair = form.item.data or ""
        form.may_answer = self._may_answer(activity, seat, form, progress)
        if not form.may_answer:
            found = None if form.left == 0 else next_pair(activity, seat, form.items, progress)
            form.pair = name_of(*found) if found else ""
        if form.pair:
            form.two = _both(form.items, on_top(activity, seat, two_of(form.pair), progress))
            form.offered = offer(activity, seat, form.pair)
        return form

    def _may_answer(self, activity: Activity, seat: Seat, form: Answer, progress: Progress) -> bool:
        """A pair that was answered may be answered otherwise; a new one has to be one that we asked about."""
        one, other = two_of(form.pair)
        if one not in form.items or other not in form.items or one >= other:
            return False
        offered = form.offer.data == offer(activity, seat, form.pair)
        return form.pair in progress.answered or (offered and form.left > 0)

    def _progress(self, activity: Activity, seat: Seat) -> Progress:
        """Without pairs of which a line has gone: they leave the ballot, and others come in their place."""
        there, found = self.at_hand(activity), choices.progress(activity.id, seat.id)
        return Progress(found.seed, frozenset(pair for pair in found.answered if there.keys() >= {*two_of(pair)}))

    def _enough(self, activity: Activity) -> int:
        many = len(self.at_hand(activity))
        return min(int(self.setting(activity, "each")), many * (many - 1) // 2)

    def steps(self, activity: Activity, seat: Seat, form: Form) -> list[Step]:
        answer = cast(Answer, form)
        if answer.two:
            return [Step(activity.prompt or activity.title, ("item", "offer", "answer"))]
        return [Step(_l("You have answered enough pairs") if answer.enough else _l("There are no pairs yet"), ())]

    def on_paper(self, activity: Activity) -> OnPaper:
        """As many pairs as everybody answers, the same on each paper: no line stands in many more than another."""
        items = self.at_hand(activity).values()
        words = {line.id: line for line in self.lines([*items])}
        asked = [words[name_of(*pair)] for pair in evenly([item.id for item in items], self._enough(activity))]
        means = [_l("Make one cross in every line. Which of the two? Or cross that you cannot decide.")]
        return OnPaper(asked, means, [_l("The first"), _l("The second"), _l("I cannot decide")])

    def whole(self) -> "Pairs":
        return WHOLE

    def is_done(self, activity: Activity, seat: Seat) -> bool:
        return len(self._progress(activity, seat).answered) >= self._enough(activity)

    def phone(self, activity: Activity, seat: Seat) -> dict[str, Any]:
        """Where to write an idea of one's own, as long as the cards are open to this person."""
        source = rooms.activity(activity.settings.get("items_from") or None, activity.workshop_id)
        if source is None or (source.gives, source.state) != ("contributions", "open"):
            return {"adds_to": None}
        return {"adds_to": source.id if source.who in ("all", seat.side) else None}

    def console(self, activity: Activity) -> dict[str, Any]:
        waiting = len(super().choosable(activity)) - MOST_ITEMS
        return super().console(activity) | {"waiting": max(waiting, 0), "each": self._enough(activity)}

    def count(self, activity: Activity, ballots: Sequence[Ballot], items: Sequence[Item], cell: int) -> Results:
        return summary(counting.count(ballots, [item.id for item in items], cell, self.asked(activity)), items)

    def working(self, activity: Activity, results: Results) -> list[Table]:
        return tables(activity, results)


def _both(items: Mapping[str, Item], shown: Pair) -> tuple[tuple[Item, str], ...]:
    """The two as they stand on the page; the first by name is chosen by 1."""
    return tuple((items[item], "1" if item == min(shown) else "-1") for item in shown)


class Whole(OnASlip, Pairs):
    """All pairs of the paper on one page."""


KIND = Pairs()
WHOLE = Whole()
