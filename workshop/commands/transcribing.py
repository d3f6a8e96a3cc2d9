"""Words beside sound: typed by the teller, a helper or a facilitator, and accepted by a person before they count."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, command, files, scrubbing, worries
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Medium, Piece
from workshop.models.columns import now
from workshop.queries import media as queries

BY = ("teller", "helper", "facilitator")


@command
def write(medium: Any, text: str, by: str) -> None:
    """Keep a transcript. The teller's own counts at once; anybody else's waits until the teller has accepted it.

    What somebody else than a facilitator wrote waits for one of them before others read it; words of despair are held.
    """
    changed = text != medium.transcript
    accepted = now() if by == "teller" and text else None
    _update(medium.id, transcript=text, transcript_by=by if text else None, transcript_accepted_at=accepted)
    if changed:  # a yes to the public is to the exact words
        of = sa.update(Contribution).where(Contribution.id == medium.contribution_id)
        db.session.execute(of.values(public_yes_at=None))
        if text and by != "facilitator":
            _update(medium.id, approved_at=None)
        worries.heed(medium.contribution_id, medium.workshop_id, [text])
    _tell(medium, "transcribed")
    if accepted:
        _words_only(medium)


@command
def accept(medium: Any, as_read: str) -> bool:
    """The teller says: this is what I said. False when it is not the text any more that they read."""
    return _accept(medium, as_read)


@command
def accept_for_them(medium: Any, as_read: str, organisation_id: str, user_id: str) -> bool:
    """A facilitator has read these words to somebody without a phone, who says that they are right."""
    is_right = _accept(medium, as_read)
    if is_right:
        audit("accept words for somebody", user_id=user_id, organisation_id=organisation_id, thing=medium.id)
    return is_right


def _accept(medium: Any, as_read: str) -> bool:
    row = db.session.get(Medium, medium.id)
    if row is None or not row.transcript or row.transcript != as_read:
        return False
    row.transcript_accepted_at = now()
    db.session.flush()
    _tell(medium, "transcript_accepted")
    _words_only(medium)
    return True


@command
def keep_words_only(contribution: Any) -> None:
    """From now on, words only: each recording goes as soon as its words are accepted, and those that are, now."""
    consent = {**contribution.consent, "words_only": True, "voice": False, "face": False}
    of = sa.update(Contribution).where(Contribution.id == contribution.id)
    db.session.execute(of.values(consent=consent))
    for medium in queries.of([contribution.id]).get(contribution.id, []):
        _words_only(medium)
    announce(contribution.workshop_id, "changed_consent", activity=contribution.activity_id)


@command
def say_yes(contribution: Any, *, voice: bool, face: bool) -> None:
    """The teller lets others hear their voice or see their face, or no longer; both work at once."""
    consent = {**contribution.consent, "voice": voice, "face": face}
    db.session.execute(sa.update(Contribution).where(Contribution.id == contribution.id).values(consent=consent))
    announce(contribution.workshop_id, "changed_consent", activity=contribution.activity_id)


@command
def remove(medium: Any) -> None:
    """The teller takes a photo or recording out of their words; the words stay."""
    gone = files.names(Medium.id == medium.id)
    db.session.execute(sa.delete(Medium).where(Medium.id == medium.id))
    _tell(medium, "medium_removed")
    files.forget(gone)
    afterwards(scrubbing.shorten_log)


def _words_only(medium: Any) -> None:
    """The recording is deleted when its words are accepted and the teller wants words only."""
    row = db.session.get(Medium, medium.id)
    contribution = db.session.execute(sa.select(Contribution.consent).where(Contribution.id == medium.contribution_id))
    if row is None or row.kind == "photo" or not row.transcript_accepted_at:
        return
    if (contribution.scalar() or {}).get("words_only"):
        gone = files.names(Medium.id == medium.id)
        db.session.execute(sa.delete(Piece).where(Piece.medium_id == medium.id))
        row.state, row.file, row.small_file, row.bytes = "words", None, None, 0
        db.session.flush()
        files.forget(gone)


def _update(medium_id: str, **values: Any) -> None:
    db.session.execute(sa.update(Medium).where(Medium.id == medium_id).values(**values))


def _tell(medium: Any, what: str) -> None:
    of = sa.select(Contribution.activity_id).where(Contribution.id == medium.contribution_id)
    announce(medium.workshop_id, what, activity=db.session.execute(of).scalar(), kind=medium.kind)
