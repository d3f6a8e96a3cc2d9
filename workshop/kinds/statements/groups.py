"""The opinion groups in words and as a picture: what stands for each, what all share, how the sides lie in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from workshop.activities import Item
from workshop.counting.cells import Cell
from workshop.counting.opinion_groups import Group, OpinionGroups
from workshop.drawing import Picture, right_to_left
from workshop.kinds.statements.map import draw, people_of_a_dot

Words = Mapping[str, Item]


@dataclass(frozen=True, slots=True)
class Named:
    """A group with its letter and the statements that stand for it; of each side, how large a part lies in it."""

    key: str
    people: int
    lived: Cell
    service: Cell
    agrees: Sequence[Item]
    disagrees: Sequence[Item]


@dataclass(frozen=True)
class Groups:
    """What was found; or, in one word, `because` of what there are none: few, looking, failed, or a word of
    `opinion_map`."""

    because: str
    told: OpinionGroups | None = None

    def named(self, words: Words) -> list[Named]:
        return [_named(key, group, words) for key, group in self.with_letters]

    @property
    def with_letters(self) -> list[tuple[str, Group]]:
        letters = gettext("A B C D E F G H I J").split()
        return list(zip(letters, self.told.groups if self.told else (), strict=False))

    def shared(self, words: Words) -> list[Item]:
        return [words[item] for item in self.told.shared] if self.told else []

    def refused(self, words: Words) -> list[Item]:
        return [words[item] for item in self.told.refused] if self.told else []

    def note(self) -> str:
        """How to read the picture."""
        each = people_of_a_dot(self.with_letters)
        dot = (
            gettext("Each dot is one person.") if each == 1 else gettext("Each dot is %(people)s people.", people=each)
        )
        far = gettext("Groups that lie far apart answered differently. Where a dot lies in its group says nothing.")
        return f"{dot} {far}"

    def picture(self) -> Picture | None:
        return draw(self.with_letters, right_to_left()) if self.told else None


def _named(key: str, group: Group, words: Words) -> Named:
    agrees, disagrees = ([words[item] for item in said] for said in (group.agrees, group.disagrees))
    return Named(key, group.people, group.sides.lived, group.sides.service, agrees, disagrees)
