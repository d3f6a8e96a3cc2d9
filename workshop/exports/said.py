"""Tables of what was said: words with their consent, and the marks of what was taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.consent import Viewer, may_see
from workshop.ladder import title_of
from workshop.queries import exports, withdrawals

WORDS = (
    *exports.BARE, "state", "public_yes_at", "activity_id",
    "text", "language", "display_name", "photo", "edited", "helped", "said_at",
)  # fmt: skip


def contributions(workshop: Any, agenda: Sequence[Any], viewer: Viewer) -> Table:
    """Everything said, with its consent. Whose words these readers may not have is listed without them."""
    places = {activity.id: activity.position for activity in agenda}
    if viewer is Viewer.ORGANISER_EXPORT:
        spoken: Any = exports.Listed(workshop.id, viewer, WORDS)
    else:
        spoken = Alone(exports.Spoken(workshop.id, viewer, WORDS))
    return Table("contributions", gettext("Everything said"), _columns(), Rows(spoken, places))


def _columns() -> list[Column]:
    return [
        Column("id", "string", gettext("The contribution; made for exports, it opens nothing.")),
        Column("kind", "string", gettext("story or card.")),
        Column("side", "string", gettext("The side of who said it: lived, service or other.")),
        Column("level", "integer", gettext("Who may see it: 1 facilitators, 2 room, 3 service, 4 reports, 5 public.")),
        Column("level_means", "string", gettext("The same in words.")),
        Column("consent_text", "string", gettext("Which wording of the consent was shown.")),
        Column("consent_language", "string", gettext("In which language.")),
        Column("consent_how", "string", gettext("How it was given: read, listened, helper or paper.")),
        Column("may_quote", "boolean", gettext("A separate yes: these words may be quoted.")),
        Column("may_contact", "boolean", gettext("A separate yes: the person may be asked about it again.")),
        Column("activity", "integer", gettext("The activity on the agenda; empty where the words are not yours.")),
        Column("text", "string", gettext("The words, as approved; empty where they are not yours to read.")),
        Column("edited", "boolean", gettext("Did a facilitator change words of it? Its teller reads each change.")),
        Column("language", "string", gettext("The language of the words.")),
        Column("name", "string", gettext("The name the person chose; only for words that are public.")),
        Column("has_photo", "boolean", gettext("There is a photo, which stays in Workshop.")),
        Column("with_helper", "boolean", gettext("Somebody helped to write it down.")),
        Column("helper", "string", gettext("Who helped: team, family, worker or other.")),
        Column("helped_by", "string", gettext("How: typed, read aloud or interpreted.")),
        Column("whose_words", "string", gettext("theirs, or mine: the helper's words for them.")),
        Column("hour", "string", gettext("The hour in which it was said, in UTC.")),
    ]


@dataclass(frozen=True, slots=True)
class Alone:
    """Only contributions whose words may be read."""

    spoken: exports.Spoken

    def __iter__(self) -> Iterator[tuple[str, Any, Any]]:
        return ((name, row, row) for name, row in self.spoken)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of «everything said», made while they are read."""

    spoken: Any
    places: Mapping[str, int]

    def __iter__(self) -> Iterator[Sequence[Any]]:
        titles = {level: str(title_of(level)) for level in range(6)}
        for name, bare, words in self.spoken:
            yield (name, *_bare(bare, titles), *(self._words(words) if words else NOTHING))

    def _words(self, row: Any) -> Sequence[Any]:
        return (
            self.places.get(row.activity_id),
            row.text,
            bool(row.edited),
            row.language,
            row.display_name if may_see(row, Viewer.PUBLIC) else None,
            row.photo is not None,
            bool(row.helped),
            *((row.helped or {}).get(name) for name in ("relation", "way", "whose")),
            f"{row.said_at.date()} {row.said_at.hour:02}:00",
        )


NOTHING = (None,) * 11


def _bare(row: Any, titles: Mapping[int, str]) -> Sequence[Any]:
    consent = row.consent
    return (
        row.kind,
        row.side,
        row.level,
        titles[row.level],
        consent.get("text"),
        consent.get("language"),
        consent.get("how"),
        bool(consent.get("quote")),
        bool(consent.get("contact")),
    )


def taken_back(workshop: Any) -> Table:
    """What people took back: do not use it any more, wherever you have it from."""
    columns = [
        Column("id", "string", gettext("The contribution as earlier exports call it.")),
        Column("taken_back_on", "date", gettext("The day it was taken back.")),
    ]
    return Table("taken_back", gettext("Taken back"), columns, withdrawals.taken_back(workshop.id))
