"""What the statements say together: what all sides share, where they differ, and every statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from workshop.activities import Item, Outcome
from workshop.counting.cells import Cell, Split
from workshop.counting.statements import BySide, StatementResult, StatementsResult, Voices
from workshop.kinds.statements.groups import Groups
from workshop.side_by_side import Row, gap_in_words, row

MOST_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """A statement with what was counted for it."""

    counted: StatementResult
    row: Row


@dataclass(frozen=True)
class Results(Outcome):
    """The counted result, and rows to look at; `everything` has what most agree with first."""

    orders_by_shares = True
    counted: StatementsResult
    words: Mapping[str, Item]
    common: tuple[Row, ...]
    differences: tuple[Row, ...]
    everything: tuple[Answered, ...]
    refused: tuple[Row, ...]
    groups: Groups

    @property
    def by_side(self) -> Iterable[Split]:
        return (item.sides for item in self.counted.items)

    @property
    def rows(self) -> list[Row]:
        return [each.row for each in self.everything]

    @property
    def items(self) -> tuple[StatementResult, ...]:
        return self.counted.items


def summary(counted: StatementsResult, items: Sequence[Item], groups: Groups) -> Results:
    words = {item.id: item for item in items}
    rows = {each.item: _row(each, words[each.item]) for each in counted.items}
    most = sorted(counted.items, key=lambda each: each.sides.about, reverse=True)
    return Results(
        counted,
        words,
        tuple(rows[item] for item in counted.common_ground[:MOST_AT_ONCE]),
        tuple(rows[item] for item in counted.differences[:MOST_AT_ONCE]),
        tuple(Answered(each, rows[each.item]) for each in most),
        tuple(_against(counted, item, words[item]) for item in counted.refused[:MOST_AT_ONCE]),
        groups,
    )


def _against(counted: StatementsResult, item: str, words: Item) -> Row:
    """The shares that disagree: of what both sides refuse, every number may be told."""
    [found] = [each for each in counted.items if each.item == item]
    lived, service = (_refusing(found.voices, side) for side in ("lived", "service"))
    total = found.all and gettext("%(disagree)s of %(all)s disagree", disagree=found.all.disagree, all=found.all.total)
    return Row(words.words, lived, service, str(total or ""))


def _refusing(voices: BySide | None, side: str) -> Cell:
    said: Voices | None = getattr(voices, side, None)
    return Cell(True, said.total, said.disagree / said.total) if said and said.total else Cell(False)


def _row(each: StatementResult, item: Item) -> Row:
    return row(item.words, each.sides, _total(each.all), gap_in_words(each.gap))


def _total(voices: Voices | None) -> str:
    return str(gettext("%(agree)s of %(all)s agree", agree=voices.agree, all=voices.total)) if voices else ""
