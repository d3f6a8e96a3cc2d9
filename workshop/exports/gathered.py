"""Tables of what was made of stories: themes with their tellers, highlights, and what tellers said to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.queries import exports, themes


def tables(workshop: Any, viewer: Viewer) -> list[Table]:
    """Nothing where nothing was gathered; else all three, and only of stories that these readers may read."""
    if not themes.each(workshop.id, viewer, most=1):
        return []
    return [_themes(workshop, viewer), _highlights(workshop, viewer), _answers(workshop, viewer)]


def _themes(workshop: Any, viewer: Viewer) -> Table:
    columns = [
        Column("id", "string", gettext("The theme; made for exports, it opens nothing.")),
        Column("name", "string", gettext("Its name; its number where the name repeats words that are not yours.")),
        Column("highlights", "integer", gettext("Highlights in it that you may read.")),
        Column("stories", "integer", gettext("Stories that they come from.")),
        Column("tellers", "integer", gettext("People who told these stories, all together.")),
        Column("sides_shown", "boolean", gettext("Are there enough people of each side to tell them apart?")),
        Column("lived_at_least", "integer", gettext("People with lived experience, at least so many.")),
        Column("service_at_least", "integer", gettext("People of the service, at least so many.")),
        Column("other_at_least", "integer", gettext("Other people, at least so many.")),
    ]
    return Table("themes", gettext("Themes"), columns, Themes(workshop.id, viewer))


def _highlights(workshop: Any, viewer: Viewer) -> Table:
    columns = [
        Column("id", "string", gettext("The highlight; made for exports, it opens nothing.")),
        Column("contribution_id", "string", gettext("The story it is a piece of.")),
        Column("theme_id", "string", gettext("The theme it was put into; empty where it is in none.")),
        Column("text", "string", gettext("The words; empty where it is a stretch of a recording.")),
        Column("from_second", "number", gettext("Where the stretch of the recording begins.")),
        Column("to_second", "number", gettext("Where it ends.")),
        Column("side", "string", gettext("lived, service or other.")),
        Column("level", "integer", gettext("Who may see it, from 1 the facilitators to 5 public.")),
    ]
    return Table("highlights", gettext("Highlights"), columns, Highlights(workshop.id, viewer))


def _answers(workshop: Any, viewer: Viewer) -> Table:
    columns = [
        Column("contribution_id", "string", gettext("The story whose teller was asked.")),
        Column("understood", "string", gettext("Was it understood? yes, partly or no.")),
        Column("text", "string", gettext("What the teller says to it.")),
    ]
    return Table("understood", gettext("What tellers say to it"), columns, Answers(workshop.id, viewer))


@dataclass(frozen=True, slots=True)
class Themes:
    """The rows of themes; those without a word that these readers may read are left out."""

    workshop_id: str
    viewer: Viewer

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for each in themes.gathered(self.workshop_id, self.viewer, setting("EXPORT_CELL")):
            crowd = each.tellers
            if each.highlights and each.theme.state == "shown":
                sides = (crowd.shown, crowd.lived, crowd.service, crowd.other)
                yield (each.theme.id, each.theme.name, each.highlights, each.stories, crowd.total, *sides)


@dataclass(frozen=True, slots=True)
class Highlights:
    """The rows of highlights, in the order of their names in exports, which says nothing."""

    workshop_id: str
    viewer: Viewer

    def __iter__(self) -> Iterator[Sequence[Any]]:
        shown = {each.id for each in themes.named(self.workshop_id, self.viewer) if each.state == "shown"}
        found = themes.each(self.workshop_id, self.viewer)
        for each in sorted(found, key=lambda each: exports.export_id(self.workshop_id, each.id)):
            theme = each.theme_id if each.theme_id in shown else None
            stretch = (each.from_second, each.to_second)
            yield (each.id, each.contribution_id, theme, each.words or None, *stretch, each.side, each.level)


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of what tellers said, in the order of their stories' names in exports."""

    workshop_id: str
    viewer: Viewer

    def __iter__(self) -> Iterator[Sequence[Any]]:
        said = themes.confirmations(self.workshop_id, self.viewer)
        for given in sorted(said, key=lambda given: exports.export_id(self.workshop_id, given)):
            yield (given, said[given].answer, said[given].words or None)
