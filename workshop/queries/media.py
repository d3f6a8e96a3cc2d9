"""Photos, sounds and films as plain values; who may see or hear one is asked of consent.may_perceive."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from workshop.consent import Viewer, eyes, may_perceive, visible_to
from workshop.extensions import db
from workshop.models import Contribution, Medium, Piece

RECORDINGS = ("sound", "film")
ALL_KINDS = ("photo", *RECORDINGS)


def one(medium_id: str) -> Any:
    """A medium for the guard of its file, or None."""
    query = sa.select(*Medium.__table__.columns).where(Medium.id == medium_id)
    return db.session.connection().execute(query).first()


def is_here(medium_id: str, participant_id: str) -> bool:
    """Has this person's medium with this id come before, as a whole?"""
    query = sa.select(Medium.id).where(Medium.id == medium_id, Medium.participant_id == participant_id)
    return db.session.execute(query.where(Medium.state != "arriving")).first() is not None


def bytes_of(*, participant_id: str | None = None, workshop_id: str | None = None) -> int:
    """How much room the media of a person or a workshop take."""
    of = Medium.participant_id == participant_id if participant_id else Medium.workshop_id == workshop_id
    made = sa.select(sa.func.coalesce(sa.func.sum(Medium.bytes), 0)).where(of)
    sent = sa.select(sa.func.coalesce(sa.func.sum(Piece.size), 0)).join(Medium, Medium.id == Piece.medium_id).where(of)
    return int(db.session.execute(made).scalar_one()) + int(db.session.execute(sent).scalar_one())


def ready_of(contribution_id: str) -> list[tuple[str, str]]:
    """What can be seen or heard of these words by now: its id, and the words of a recording."""
    query = sa.select(Medium.id, Medium.transcript)
    query = query.where(Medium.contribution_id == contribution_id, Medium.state == "ready")
    return [(row.id, row.transcript) for row in db.session.connection().execute(query.order_by(Medium.id))]


def spoken(contribution_id: str) -> list[str]:
    """The words of its recordings, where somebody has written them down."""
    query = sa.select(Medium.transcript).where(Medium.contribution_id == contribution_id, Medium.transcript != "")
    return list(db.session.connection().execute(query.order_by(Medium.made_at, Medium.id)).scalars())


def has(medium_id: str) -> int:
    """How many bytes of it are safe here, from the first on."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Piece.size), 0)).where(Piece.medium_id == medium_id)
    return int(db.session.execute(query).scalar_one())


def pieces(medium_id: str) -> list[str]:
    """The files of its pieces, in order."""
    query = sa.select(Piece.file).where(Piece.medium_id == medium_id).order_by(Piece.at)
    return list(db.session.execute(query).scalars())


def of(contribution_ids: Sequence[str]) -> dict[str, list[Any]]:
    """All media of these contributions, by contribution, in the order in which they were named."""
    found: dict[str, list[Any]] = {}
    query = sa.select(*Medium.__table__.columns).where(Medium.contribution_id.in_(contribution_ids))
    for row in db.session.connection().execute(query.order_by(Medium.made_at, Medium.id)):
        found.setdefault(str(row.contribution_id), []).append(row)
    return found


def perceived(
    contribution_ids: Sequence[str], viewer: Viewer, kinds: Collection[str] = RECORDINGS
) -> dict[str, list[Any]]:
    """What of these contributions this viewer may hear and see, by contribution: sounds and films, or these kinds."""
    columns = ("id", "level", "state", "consent", "public_yes_at")
    query = sa.select(*(Contribution.__table__.columns[name] for name in columns))
    query = visible_to(query.where(Contribution.id.in_(contribution_ids)), eyes(viewer))
    said = {row.id: row for row in db.session.connection().execute(query)}
    return {
        name: [each for each in media if each.kind in kinds and may_perceive(each, said[name], eyes(viewer))]
        for name, media in of(list(said)).items()
    }


def pictures_of(activity_id: str) -> list[str]:
    """The ids of a facilitator's own pictures in the settings of an activity."""
    query = sa.select(Medium.id).where(Medium.activity_id == activity_id)
    return list(db.session.connection().execute(query).scalars())


def picture_of(activity: Any, medium_id: Any) -> Any:
    """The picture that the settings of an activity name, if it is here: the copy of an activity has none."""
    query = sa.select(Medium.id, Medium.width, Medium.height).where(Medium.activity_id == activity.id)
    return db.session.connection().execute(query.where(Medium.id == medium_id)).first() if medium_id else None


def yeses(contribution_id: str) -> dict[str, bool]:
    """The teller's own yes to being heard and seen, and whether only words are to stay."""
    query = sa.select(Contribution.consent).where(Contribution.id == contribution_id)
    said = db.session.connection().execute(query).scalar() or {}
    return {name: bool(said.get(name)) for name in ("voice", "face", "words_only")}
