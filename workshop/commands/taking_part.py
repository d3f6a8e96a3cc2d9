"""What people in the room do: join, give, correct, lower, raise, take back, ask for help."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop import receipts
from workshop.commands import (
    afterwards,
    anchoring,
    cards,
    command,
    erasing,
    lines,
    media,
    moderating,
    scrubbing,
    upkeep,
    worries,
)
from workshop.consent import Level
from workshop.events import announce
from workshop.extensions import db, keys
from workshop.keys import new_token
from workshop.media import pairs
from workshop.models import Contribution, Device, Edit, HelpRequest, Participant, Tombstone
from workshop.models.columns import new_id, now
from workshop.queries import rooms

CONSENT_TEXT = "1"  # the version of the words of the ladder; a new wording gets a new number


class Conflict(Exception):
    """The same id came with other words: nothing was changed."""


class TakenBack(Exception):
    """These words were taken back and stay taken back; the phone erases its copy."""


class NotYours(Exception):
    """The secret does not fit."""


@command
@lines.beside_others
def join(workshop: Any, door: str, key: str, language: str, channel: str = "phone", card: str = "") -> tuple[str, str]:
    """Let somebody in; returns the person's id and the token for their phone's cookie.

    The same key is the same person (a second tap, a lost answer); NotYours elsewhere, CardUsed by a card's second time.
    """
    if known := _holder(key):
        if known.workshop_id != workshop.id or known.removed_at:
            raise NotYours
        return known.id, _add_device(known.id)
    if card:
        cards.use(card)
    person = Participant(
        id=new_id(),
        workshop_id=workshop.id,
        receipt_hash=keys.seal("receipt", key),
        spoken_hash=keys.seal("spoken", receipts.spoken(key)),
        door=door,
        language=language,
        channel=channel,
        by_card=bool(card),
    )
    db.session.add(person)
    db.session.flush()
    token = _add_device(person.id)
    announce(workshop.id, "joined", revise=False)
    return person.id, token


def _holder(key: str) -> Any:
    """Whose receipt this key opens, if there is somebody."""
    query = sa.select(Participant.id, Participant.workshop_id, Participant.removed_at)
    return db.session.execute(query.where(Participant.receipt_hash.in_(list(keys.seals("receipt", key))))).first()


@command
@lines.beside_others
def choose_role(workshop: Any, seat: Any, role: str | None) -> None:
    """Take a role. Roles of the service count as `other` until the door or a facilitator confirms them."""
    sides = {each["name"]: each["side"] for each in workshop.roles}
    role = role if role in sides else None  # screens show roles, and nobody approves one
    if role == seat.role:
        return  # what a facilitator confirmed stays confirmed
    side = sides.get(role, "other")
    trusted = side != "service" or seat.door == "service" or workshop.settings.get("people_choose_side", False)
    values = {"role": role, "side": side if trusted else "other", "claims": None if trusted else side}
    _update(Participant, seat.id, **values)
    announce(workshop.id, "took_a_role", revise=bool(values["claims"] or seat.claims))


@command
@lines.beside_others
def give(activity: Any, seat: Any, kind: str, words: Mapping[str, Any], gift: Any) -> str:
    """Keep a story or card; the same id and words again change nothing. Returns the contribution's id.

    Raises Conflict for other words under the same id, TakenBack for words that were taken back.
    """
    lines.one_at_a_time(gift.id)
    digest = _digest(kind, words)
    if _is_resend(gift.id, seat.id, digest):
        return str(gift.id)
    upkeep.spend("posts", seat.id, timedelta(minutes=1), limit="POSTS_PER_PERSON")
    columns = {k: v for k, v in words.items() if k != "media"}
    state = "shown" if _is_trusted(activity, kind) and words["level"] >= Level.WORKSHOP else "waiting"
    row = Contribution(
        **columns,
        id=gift.id,
        workshop_id=activity.workshop_id,
        activity_id=activity.id,
        participant_id=seat.id,
        kind=kind,
        side=seat.side,
        role=seat.role,
        language=gift.language,
        consent=_proof(gift, words["level"]),
        state=state,
        late=activity.state not in ("open", "grace"),
        channel=gift.channel,
        helped=dict(gift.helped),
        digest=digest,
        secret_hash=keys.seal("take-back", gift.secret) if gift.secret else None,
    )
    db.session.add(row)
    db.session.flush()
    media.attach(pairs(words.get("media") or ""), seat, gift.id)
    if kind == "story":  # a card's level is the activity's, not this person's
        _remember(seat, level=words["level"])
    announce(activity.workshop_id, "gave", activity=activity.id, kind=kind)
    worries.heed(str(gift.id), activity.workshop_id, [words["text"], *words.get("more", {}).values()])
    return str(gift.id)


@command
def correct(contribution: Any, text: str, more: Mapping[str, Any]) -> None:
    """The teller changes their own words: back to the queue they go, and a yes to the public is asked anew."""
    anchoring.follow(contribution, text, {**contribution.more, **more})
    _update(
        Contribution,
        contribution.id,
        text=text,
        more={name: said for name, said in {**contribution.more, **more}.items() if said},
        state="waiting",
        note=None,
        public_yes_at=None,
    )
    db.session.execute(sa.delete(Edit).where(Edit.contribution_id == contribution.id))
    moderating.forget_decision(contribution.id)
    worries.heed(contribution.id, contribution.workshop_id, [text, *more.values()])
    announce(contribution.workshop_id, "corrected", activity=contribution.activity_id)
    afterwards(scrubbing.shorten_log)


@command
def set_level(contribution: Any, level: int, display_name: str | None = None) -> None:
    """The teller moves up or down the ladder; both work at once, the public waits for a second yes.

    The story of two people goes no further than the other one wanted.
    """
    level = min(level, contribution.consent.get("other", {}).get("level", level))
    consent = {**contribution.consent, "changed_at": now().isoformat(timespec="hours")}
    if level == Level.PUBLIC and contribution.level != Level.PUBLIC:
        consent["level_5_at"] = now().isoformat(timespec="seconds")
    values = {"level": level, "consent": consent, "public_yes_at": None}
    if display_name is not None:
        values["display_name"] = display_name or None
    _update(Contribution, contribution.id, **values)
    announce(contribution.workshop_id, "changed_consent", activity=contribution.activity_id)
    afterwards(scrubbing.shorten_log)  # a name from before leaves the disk


@command
def say_yes_to_public(contribution: Any) -> None:
    """The second yes, a day later, to the exact text."""
    _update(Contribution, contribution.id, public_yes_at=now())
    announce(contribution.workshop_id, "changed_consent", activity=contribution.activity_id)


@command
def take_back(contribution_id: str, *, participant_id: str | None = None, secret: str | None = None) -> None:
    """Take words back, by the receipt or by the words' own secret; also for an id that never arrived.

    Gone at once from every page; files, search and the log follow within a minute. Raises NotYours.
    """
    erasing.stand_in_line(contribution_id)
    row = db.session.execute(sa.select(Contribution).where(Contribution.id == contribution_id)).scalar()
    if row is None:
        if rooms.workshop(contribution_id) is None:  # a restore erases what is buried, and addresses name workshops
            erasing.bury(contribution_id, None)
        return
    knows = row.secret_hash is not None and row.secret_hash in list(keys.seals("take-back", secret or ""))
    theirs = participant_id is not None and row.participant_id == participant_id
    if not theirs and not knows:  # a card of the facilitator's own has nobody, and is not everybody's
        raise NotYours
    erasing.erase(row)


@command
def ask_for_help(seat: Any) -> None:
    """Ring the facilitator's bell; ringing twice rings once."""
    waiting = sa.select(HelpRequest.id).where(HelpRequest.participant_id == seat.id, HelpRequest.state == "asked")
    if db.session.execute(waiting).first() is None:
        db.session.add(HelpRequest(workshop_id=seat.workshop_id, participant_id=seat.id))
        db.session.flush()
        announce(seat.workshop_id, "asked_for_help")


@command
def open_receipt(key_or_digits: str) -> tuple[str, str, str] | None:
    """Open a receipt on this phone: the workshop's id, the person's id and a token for a cookie; None if unknown."""
    sealed = Participant.receipt_hash.in_(list(keys.seals("receipt", key_or_digits)))
    aloud = Participant.spoken_hash.in_(list(keys.seals("spoken", key_or_digits)))
    row = db.session.execute(sa.select(Participant).where(sa.or_(sealed, aloud))).scalar()
    if row is None or row.removed_at is not None:
        return None
    return row.workshop_id, row.id, _add_device(row.id)


@command
def replace_receipt(seat: Any, key: str) -> str:
    """A lost receipt is replaced: the old one opens nothing more, other phones are out. Returns a new token."""
    _update(
        Participant,
        seat.id,
        receipt_hash=keys.seal("receipt", key),
        spoken_hash=keys.seal("spoken", receipts.spoken(key)),
    )
    db.session.execute(sa.delete(Device).where(Device.participant_id == seat.id))
    return _add_device(seat.id)


@command
def leave_device(token: str, *, may_still_send: bool = False) -> None:
    """Next person, please: this tablet forgets who used it; what they gave stays theirs.

    On a shared tablet the token becomes a pass, under another seal: it sends what waits there, and opens no page.
    """
    theirs = Device.token_hash.in_(list(keys.seals("device", token)))
    person = db.session.execute(sa.select(Device.participant_id, Device.unsent).where(theirs)).first()
    db.session.execute(sa.delete(Device).where(theirs))
    if person and may_still_send:
        left = keys.seal("left", token)
        db.session.add(Device(token_hash=left, participant_id=person.participant_id, unsent=person.unsent))
        db.session.flush()


@command
def set_language(seat: Any, language: str) -> None:
    _update(Participant, seat.id, language=language)


def _add_device(participant_id: str) -> str:
    token = new_token()
    db.session.add(Device(token_hash=keys.seal("device", token), participant_id=participant_id))
    db.session.flush()
    return token


def _digest(kind: str, words: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([kind, words], sort_keys=True, default=str).encode()).hexdigest()


def _is_resend(contribution_id: str, participant_id: str, digest: str) -> bool:
    if db.session.get(Tombstone, contribution_id):
        raise TakenBack
    query = sa.select(Contribution.digest, Contribution.participant_id).where(Contribution.id == contribution_id)
    row = db.session.execute(query).first()
    if row is not None and (row.digest, row.participant_id) != (digest, participant_id):
        raise Conflict
    return row is not None


def _is_trusted(activity: Any, kind: str) -> bool:
    """In a trusted room cards need no approval; stories always do."""
    workshop = rooms.workshop(activity.workshop_id)
    return kind == "card" and workshop is not None and bool(workshop.settings.get("trusted_room"))


def _proof(gift: Any, level: int) -> dict[str, Any]:
    proof = {"text": CONSENT_TEXT, "language": gift.language, "how": "read", **gift.consent}
    if level == Level.PUBLIC:
        proof["level_5_at"] = now().isoformat(timespec="seconds")
    return proof


def _remember(seat: Any, **habits: Any) -> None:
    """What need not be asked twice in one workshop."""
    _update(Participant, seat.id, habits={**seat.habits, **habits})


def _update(table: Any, row_id: str, **values: Any) -> None:
    db.session.execute(sa.update(table).where(table.id == row_id).values(**values))
