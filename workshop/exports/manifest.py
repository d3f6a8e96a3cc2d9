"""Whose words an export holds, at which step of consent, for whom and until when; and the letter that goes with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from workshop.activities import Column, Table
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.ladder import title_of
from workshop.models.statements import kept_for, months
from workshop.queries import exports, rooms
from workshop.queries.expiry import months_after


def audience(viewer: Viewer) -> str:
    """For whom an export is, in words."""
    words: dict[Viewer, str] = {
        Viewer.ORGANISER_EXPORT: gettext("the organiser's own use"),
        Viewer.REPORT: gettext("reports and events, without names"),
        Viewer.PUBLIC: gettext("everybody"),
    }
    return words[viewer]


def expires_on(workshop: Any) -> date | None:
    """The day by which the file is to be deleted: when the words go, as the workshop stated."""
    end = workshop.closed_at or workshop.opened_at
    return months_after(end, _months_kept(workshop)).date() if end else None


def _months_kept(workshop: Any) -> int:
    return months(rooms.statements(workshop.id), "keep_words")


def table(workshop: Any, viewer: Viewer) -> Table:
    """The consent manifest: one line for each contribution whose words are inside."""
    columns = [
        Column("id", "string", gettext("The contribution; made for exports, it opens nothing.")),
        Column("level", "integer", gettext("Who may see it: 3 service, 4 reports, 5 public.")),
        Column("level_means", "string", gettext("The same in words.")),
        Column("may_quote", "boolean", gettext("A separate yes: these words may be quoted.")),
        Column("for_whom", "string", gettext("For whom this export is.")),
        Column("expires_on", "date", gettext("Delete the words by this day.")),
    ]
    return Table("consent_manifest", gettext("Whose words are inside"), columns, Manifest(workshop, viewer))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of the manifest, made while they are read."""

    workshop: Any
    viewer: Viewer

    def __iter__(self) -> Iterator[Sequence[Any]]:
        until = expires_on(self.workshop)
        whom, day = audience(self.viewer), until.isoformat() if until else None
        for name, row in exports.Spoken(self.workshop.id, self.viewer, ("level", "consent")):
            quote = bool(row.consent.get("quote"))
            yield (name, row.level, str(title_of(row.level)), quote, whom, day)


def letter(workshop: Any, viewer: Viewer, tables: Sequence[Table]) -> bytes:
    """README.txt: what this is, for whom, what to do with it and what not."""
    lines = [workshop.title, "", *_terms(workshop, viewer), "", *_files(), "", *_how_to_read(), "", *_tables(tables)]
    return ("\r\n".join(lines) + "\r\n").encode()


def _terms(workshop: Any, viewer: Viewer) -> list[str]:
    kept = kept_for(rooms.statements(workshop.id))
    return [
        gettext("This is what came of a workshop. It is for %(whom)s.", whom=audience(viewer)),
        _passing_on(viewer),
        _until(workshop),
        gettext("What the workshop stated about keeping: %(kept)s", kept=kept),
        gettext("People may take their words back at any time. Delete what is on the list you then get."),
        gettext("Do not try to find out who said something."),
    ]


def _until(workshop: Any) -> str:
    if day := expires_on(workshop):
        return str(gettext("Delete it by %(day)s.", day=day.isoformat()))
    kept = _months_kept(workshop)
    return str(
        ngettext("Delete it %(num)s month after the workshop.", "Delete it %(num)s months after the workshop.", kept)
    )


def _passing_on(viewer: Viewer) -> str:
    if viewer is Viewer.ORGANISER_EXPORT:
        return str(gettext("Do not pass it on to anybody else."))
    return str(gettext("Pass it on only together with this note."))


def _files() -> list[str]:
    files = {
        "workshop.xlsx": gettext("All tables as a workbook: for reading."),
        "workshop.json": gettext("All tables, every text as it was written: for programs."),
        "data/*.csv": gettext("One file a table: for statistics."),
        "datapackage.json": gettext("Describes the CSV files (Frictionless Data)."),
        "codebook.csv, .txt": gettext("What every column means."),
        "consent_manifest.csv": gettext("Whose words are inside, and who may see them."),
    }
    return [f"{name:22}{purpose}" for name, purpose in files.items()]


def _how_to_read() -> list[str]:
    few = setting("EXPORT_CELL")
    return [
        gettext("Side by side: lived is people with lived experience, service is people of the service."),
        gettext("Sides are shown from %(few)s people of each; otherwise only the total.", few=few),
        gettext("Where one side alone was asked, its numbers are shown from %(few)s people.", few=few),
        gettext("Where whole ballots could tell of few people, each column of ballots is sorted by itself."),
        gettext("In CSV files a ' stands before text that a spreadsheet could take for a formula."),
        gettext("In a spreadsheet program, open workshop.xlsx rather than the CSV files."),
        gettext("Characters that cannot be printed are left out of workshop.xlsx."),
    ]


def _tables(tables: Sequence[Table]) -> list[str]:
    return [f"{table.name}: {table.title}" for table in tables]
