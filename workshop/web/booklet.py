"""The story booklet: a page to print, made from the export tables, with stories that their tellers gave for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workshop import exports
from workshop.activities import Table
from workshop.commands import exporting
from workshop.consent import Viewer, no_more_than
from workshop.permissions import Actor, May
from workshop.queries import accounts
from workshop.queries.exports import spoken_ids
from workshop.web.guards import needs

bp = Blueprint("booklet", __name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A story in the booklet: what to know before, its words, and what was answered."""

    note: str
    text: str
    side: str
    language: str
    answers: list[Mapping[str, Any]]


@bp.get("/w/<workshop_id>/results/booklet")
@needs(May.SEE_RESULTS)
def show(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """Only what may leave the house: no names, no roles; that it was read is noted."""
    with no_more_than(Viewer.REPORT):
        stories = list(_stories(workshop))
        exporting.note_read(workshop, spoken_ids(workshop.id, Viewer.REPORT), str(actor.user_id))
    house = accounts.organisation(workshop.organisation_id)
    return render_template("results/booklet.html", workshop=workshop, organisation=house, stories=stories)


def _stories(workshop: Any) -> Iterator[Told]:
    tables = {table.name: table for table in exports.tables(workshop, Viewer.REPORT)}
    notes = _warnings(tables.values())
    notes |= {row["contribution_id"]: row["note"] for row in _rows(tables["playlists"]) if row["note"]}
    answers: dict[str, list[Mapping[str, Any]]] = {}
    for row in _rows(tables["responses"]):
        answers.setdefault(row["contribution_id"], []).append(row)
    for row in _rows(tables["contributions"]):
        if row["kind"] == "story" and row["text"]:
            words = (row["text"], row["side"], row["language"])
            yield Told(notes.get(row["id"], ""), *words, answers.get(row["id"], []))


def _warnings(tables: Iterable[Table]) -> dict[str, str]:
    """What tellers themselves want people to know before they read."""
    asked = [table for table in tables if {"id", "warning"} <= {column.name for column in table.columns}]
    rows = [row for table in asked for row in _rows(table)]
    return {row["id"]: row["warning"] for row in rows if row["warning"]}


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows)
