"""Tables of what was stated, planned and promised."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table, kind_of
from workshop.consent import Viewer
from workshop.models.statements import STATEMENTS
from workshop.queries import accounts, exports, rooms
from workshop.queries import rules as own_rules

ROOM_ONLY = {"safety"}  # numbers to ring are for the people in the room


def workshop(workshop: Any, viewer: Viewer) -> Table:
    """Title, dates and everything that was stated before the doors opened."""
    columns = [
        Column("name", "string", gettext("What is stated, by a short name.")),
        Column("question", "string", gettext("The same in words.")),
        Column("answer", "string", gettext("What the workshop states.")),
    ]
    rows = [*_facts(workshop), *_statements(workshop, viewer)]
    return Table("workshop", gettext("What this workshop states"), columns, rows)


def _facts(workshop: Any) -> Iterator[tuple[str, str, str | None]]:
    house = accounts.organisation(workshop.organisation_id)
    yield "title", gettext("Title"), workshop.title
    yield "organisation", gettext("Organisation"), house.name if house else None
    yield "state", gettext("draft, open or closed"), workshop.state
    yield "opened_on", gettext("The day it opened"), day(workshop.opened_at)
    yield "closed_on", gettext("The day it closed"), day(workshop.closed_at)
    yield "answer_by", gettext("People get an answer by"), workshop.answer_by
    if workshop.example:
        yield "example", gettext("Example"), gettext("All of this is made up.")


def _statements(workshop: Any, viewer: Viewer) -> Iterator[tuple[str, str, str | None]]:
    said = rooms.statements(workshop.id)
    for statement in STATEMENTS:
        if viewer is Viewer.ORGANISER_EXPORT or statement.group not in ROOM_ONLY:
            yield statement.name, str(statement.label), said.get(statement.name)


def agenda(activities: Sequence[Any]) -> Table:
    """What was done, in its order."""
    columns = [
        Column("activity", "integer", gettext("The place on the agenda; other tables point to it.")),
        Column("kind", "string", gettext("What people do together.")),
        Column("title", "string", gettext("The activity's title.")),
        Column("question", "string", gettext("The question as it was asked.")),
        Column("minutes", "integer", gettext("Minutes planned.")),
        Column("who", "string", gettext("Who answers: all, or one side.")),
        Column("state", "string", gettext("waiting, open, grace or closed.")),
        Column("way_in", "string", gettext("Of choices: card, one for each person; or link, for anyone, maybe twice.")),
    ]
    rows = [
        (
            each.position,
            str(kind_of(each).title),
            each.title,
            each.prompt,
            each.minutes,
            each.who,
            each.state,
            _way_in(each),
        )
        for each in activities
    ]
    return Table("agenda", gettext("The agenda"), columns, rows)


def _way_in(activity: Any) -> str:
    if activity.gives != "ballot" or activity.counted is None:
        return ""
    return "card" if "cards" in activity.counted else "link"


def rules(workshop: Any) -> Table:
    """What the group agreed on, each version with its day."""
    columns = [
        Column("version", "integer", gettext("The version of our rules.")),
        Column("rule", "string", gettext("One rule of it.")),
        Column("from_day", "date", gettext("The day from which it held.")),
    ]
    versions = own_rules.versions(workshop.id)
    rows = [(each.version, rule, day(each.made_at)) for each in versions for rule in own_rules.lines(each.text)]
    return Table("rules", gettext("Our rules"), columns, rows)


def commitments(workshop: Any) -> Table:
    """Promises, each with a name and a date."""
    columns = [
        Column("id", "string", gettext("The promise; made for exports, it opens nothing.")),
        Column("what", "string", gettext("What is promised.")),
        Column("who", "string", gettext("Who promises it.")),
        Column("by_date", "date", gettext("By when.")),
        Column("state", "string", gettext("open, kept, late or cannot.")),
        Column("word", "string", gettext("What was last said about it.")),
        Column("word_on", "date", gettext("The day on which it was said.")),
        Column("contribution_id", "string", gettext("The idea it belongs to.")),
    ]
    rows = [
        (c.id, c.what, c.who, c.by_date or None, c.state, c.word, c.word_on, c.contribution_id)
        for c in exports.commitments(workshop.id)
    ]
    return Table("commitments", gettext("What is promised"), columns, rows)


def day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None
