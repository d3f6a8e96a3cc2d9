"""A jury's sheet for a pen: every criterion of every item and a line for leaving it out; and how it is typed."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from workshop.activities import Item, OnPaper, Text
from workshop.counting.judges import LEFT_OUT, LEVELS, name_of
from workshop.forms import Form, NumbersByItem
from workshop.kinds.jury.criteria import Criterion

LEAVES_OUT = _l("I know these people: I leave this one out")


class Sheet(Form):
    """All levels of all items, as somebody wrote them: 0 is no answer."""

    items: Mapping[str, Item]
    criteria: Sequence[Criterion]
    choice = NumbersByItem(_l("Your answers"))

    @property
    def given(self) -> dict[str, int]:
        return {name: level for item in self.items for name, level in self._of(item)}

    def _of(self, item: str) -> list[tuple[str, int]]:
        out = name_of(item, LEFT_OUT)
        is_out = int(self.choice.data.get(out, 0) > 0)
        names = [name_of(item, each.number) for each in self.criteria]
        return [*((name, 0 if is_out else self.choice.data.get(name, 0)) for name in names), (out, is_out)]

    def validate_choice(self, field: NumbersByItem) -> None:
        if any(level > LEVELS[-1] for level in field.data.values()):
            raise ValidationError(_l("Please choose one of these."))


def on_paper(items: Sequence[Item], criteria: Sequence[Criterion]) -> OnPaper:
    """Above the lines what each level means; items change places, their criteria do not."""
    lines, above = list[Item](), dict[str, Text]()
    for item in items:
        mine = [Item(name_of(item.id, each.number), each.name) for each in criteria]
        mine.append(Item(name_of(item.id, LEFT_OUT), str(LEAVES_OUT)))
        lines += mine
        above |= {line.id: item.words for line in mine}
    asks = [_l("Make one cross in every line. If you leave one out, cross its last line and nothing else of it.")]
    means = [
        f"{each.name}: {' / '.join(f'{at} {said}' for at, said in enumerate(each.sentences, 1))}" for each in criteria
    ]
    return OnPaper(lines, [*asks, *means], [*map(str, LEVELS), _l("No answer")], above=above, parts_move=True)
