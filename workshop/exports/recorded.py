"""Photos, sounds and films that these readers may have: a table, and the files beside it; never an original."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from workshop.activities import Column, Table
from workshop.commands import files
from workshop.consent import Viewer, eyes, may_perceive
from workshop.queries import exports
from workshop.queries import media as queries

ENDINGS = {"photo": "jpg", "sound": "m4a", "film": "mp4"}
RULE = ("level", "state", "consent", "public_yes_at")
PIECE = 64 * 1024


def table(workshop: Any, viewer: Viewer) -> Table:
    columns = [
        Column("id", "string", gettext("The photo, sound or film; made for exports.")),
        Column("contribution_id", "string", gettext("The contribution; made for exports, it opens nothing.")),
        Column("kind", "string", gettext("photo, sound or film.")),
        Column("seconds", "integer", gettext("How long it is; 0 for a photo.")),
        Column("transcript", "string", gettext("What is said in it, accepted by the teller; else empty.")),
        Column("voice", "boolean", gettext("A separate yes: others may hear the voice.")),
        Column("face", "boolean", gettext("A separate yes: others may see the face.")),
        Column("file", "string", gettext("Where it lies in this pack.")),
    ]
    return Table("media", gettext("Photos, sounds and films"), columns, Rows(workshop.id, viewer))


@dataclass(frozen=True, slots=True)
class Rows:
    workshop_id: str
    viewer: Viewer

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for name, said, medium in _each(self.workshop_id, self.viewer):
            accepted = medium.transcript if medium.transcript_accepted_at else ""
            own, yes = exports.export_id(self.workshop_id, medium.id), said.consent.get
            told = (medium.kind, medium.seconds, accepted, bool(yes("voice")), bool(yes("face")))
            yield (own, name, *told, _path(self.workshop_id, medium))


def paths(workshop_id: str, viewer: Viewer) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of the pack, in the order of their names, with its bytes."""
    found = [(_path(workshop_id, medium), medium) for _, _, medium in _each(workshop_id, viewer)]
    for path, medium in sorted(found, key=lambda pair: pair[0]):
        yield path, _bytes(medium.file)


def _each(workshop_id: str, viewer: Viewer) -> Iterator[tuple[str, Any, Any]]:
    reader = eyes(viewer)
    for some in exports.Spoken(workshop_id, viewer, RULE).few_at_a_time():
        media = queries.of([said.id for _, said in some])
        for name, said in some:
            yield from ((name, said, each) for each in media.get(said.id, ()) if may_perceive(each, said, reader))


def _path(workshop_id: str, medium: Any) -> str:
    return f"media/{exports.export_id(workshop_id, medium.id)}.{ENDINGS[medium.kind]}"


def _bytes(name: str) -> Iterator[bytes]:
    with files.store().open(name) as file:
        yield from iter(lambda: file.read(PIECE), b"")
