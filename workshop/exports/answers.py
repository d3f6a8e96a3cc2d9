"""Tables of what came of stories: the answers, the lists on which they were heard, and how they were answered."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.consent import Viewer
from workshop.queries import answered, playlists, responses


def given(workshop: Any, viewer: Viewer) -> Table:
    """Answers that are shown, to stories that these readers may have. Who signed them is for the organiser alone."""
    columns = [
        Column("id", "string", gettext("The answer; made for exports, it opens nothing.")),
        Column("contribution_id", "string", gettext("The story that it answers.")),
        Column("kind", "string", gettext("reply, planned, made, cannot, used or not_used.")),
        Column("text", "string", gettext("The words of the answer.")),
        Column("what", "string", gettext("What changes.")),
        Column("by_date", "date", gettext("From which day it changes.")),
        Column("answered_on", "date", gettext("The day on which its teller could read it.")),
        Column("signed", "string", gettext("Who signed it; only for the organiser.")),
    ]
    ours = viewer is Viewer.ORGANISER_EXPORT
    rows = [
        (
            each.id,
            each.contribution_id,
            each.kind,
            each.text,
            each.what,
            each.by_date,
            each.shown_at.date().isoformat() if each.shown_at else None,
            each.signed if ours else None,
        )
        for each in responses.told(workshop.id, viewer)
    ]
    return Table("responses", gettext("Answers to stories"), columns, rows)


def heard(workshop: Any, viewer: Viewer) -> Table:
    """Which stories were on which list, with what was said before; only stories that these readers may have."""
    columns = [
        Column("playlist", "string", gettext("The list.")),
        Column("audience", "string", gettext("Who hears it: room, service, report or public.")),
        Column("position", "integer", gettext("The place on the list.")),
        Column("contribution_id", "string", gettext("The story.")),
        Column("note", "string", gettext("What people should know before.")),
    ]
    return Table("playlists", gettext("Stories to hear"), columns, list(_heard(workshop, viewer)))


def _heard(workshop: Any, viewer: Viewer) -> Iterator[Sequence[Any]]:
    for listed in playlists.all_of(workshop.id):
        for entry in playlists.entries(listed, viewer):
            yield listed.title, listed.audience, entry.position, entry.said.id, entry.before


def in_numbers(workshop: Any) -> Table:
    """How stories were answered, side by side. They count stories, which carry their own consent."""
    columns = [
        Column("side", "string", gettext("all, lived or service: whose stories.")),
        Column("stories", "integer", gettext("Stories that ask for an answer: the service may read them.")),
        Column("answered", "integer", gettext("Those of them that have an answer of the service.")),
        Column("concerns", "integer", gettext("Answered stories that tell of a concern.")),
        Column("changes", "integer", gettext("Concerns for which a change is planned or made.")),
        Column("days", "number", gettext("Days until the first answer, in the middle.")),
    ]
    found = {"all": answered.figures(workshop.id), **answered.by_side(workshop.id)}
    rows = [(side, f.stories, f.answered, f.concerns, f.changes, f.days) for side, f in found.items()]
    return Table("answering", gettext("How stories were answered"), columns, rows)
