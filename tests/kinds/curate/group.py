"""A group that has told stories and curates them: what the tests of curating begin with."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.people import Participant, People
from workshop.commands import curating, moderating
from workshop.commands.curating import Curator, Goal, Mark
from workshop.counting.pieces import found_in
from workshop.models.columns import new_id
from workshop.queries import contributions, themes
from workshop.queries.themes import Gathered, Marked

BUS = "I waited for the bus. It was late again. Nobody told us why."
NURSE = "The nurse was kind. She listened to me."


@dataclass
class Group:
    """A room with stories, and ada at the board."""

    app: Flask
    people: People
    room: Room
    by: Curator = field(init=False)

    def __post_init__(self) -> None:
        self.by = Curator(self.room.id, user_id=self.people.ada.id)

    def tell(self, phone: Participant, text: str, level: int = 4, helped: str = "", *, approve: bool = True) -> str:
        """A story, told and approved; its id."""
        assert phone.tell("story", text, level, helped).status == 303
        told = phone.words()[0]
        phone.post(f"{self.room.path}/words/{told}/level", level=str(level))  # the ladder is asked only once
        if approve:
            self.approve(told)
        return told

    def approve(self, told: str) -> None:
        with self.app.app_context():
            row = contributions.one(told, self.room.id)
            moderating.approve(row, self.people.ada.id, recognisable=False)

    def mark(self, told: str, words: str, to: str = "none", name: str = "", by: Curator | None = None) -> str:
        """ada marks some words of a story; the highlight's id."""
        with self.app.app_context():
            row = contributions.one(told, self.room.id)
            place = "text" if found_in(words, row.text) else "helped"
            piece = found_in(words, row.text if place == "text" else row.more["helped"])
            assert piece is not None
            mark = Mark(new_id(), place, *piece)
            curating.mark(by or self.by, told, [mark], Goal(to, name, new_id()))
            return mark.id

    def move(self, highlight: str, source: str | None, to: str, name: str = "", by: Curator | None = None) -> Any:
        with self.app.app_context():
            return curating.move(by or self.by, [highlight], source, Goal(to, name, new_id()))

    def board(self, viewer: Any = None) -> dict[str, Gathered]:
        """The themes by their names, as ada sees them, or another."""
        with self.app.test_request_context():
            found = themes.gathered(self.room.id, viewer or self.by.viewer, 5)
        return {each.theme.name: each for each in found}

    def theme(self, name: str) -> str:
        return self.board()[name].theme.id

    def inside(self, name: str | None, viewer: Any = None) -> list[str]:
        """The words in a theme, the newest first."""
        return [each.words for each in self.marked(name, viewer)]

    def marked(self, name: str | None, viewer: Any = None) -> list[Marked]:
        theme = self.theme(name) if name else None
        with self.app.app_context():
            return list(themes.page(self.room.id, viewer or self.by.viewer, theme).marked)


def group(app: Flask, people: People, **columns: Any) -> Group:
    """Stories and curating are open beside one another."""
    room = build.workshop(app, people.organisation_id, "story", "curate", **columns)
    room.open("story", "curate")
    return Group(app, people, room)
