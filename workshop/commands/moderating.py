"""What a facilitator does with words: approve, edit, ask, hide; every look at raw words leaves a trace."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import anchoring, command, media
from workshop.commands.upkeep import insert_unless_there
from workshop.consent import Viewer, may_see
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Contribution, Decision, Edit, Objection, Seen
from workshop.models.columns import now
from workshop.queries import contributions, rooms, worries

HOST = "Facilitator"


class Held(Exception):
    """A worry is open about these words: they stay where they are until somebody has dealt with it."""


class Changed(Exception):
    """The words are not the ones that were read: somebody must read them again first."""


class Unanswered(Exception):
    """Nobody has said yet whether the service could recognise the person who told this story."""


@command
def approve(contribution: Any, user_id: str, *, as_read: str | None = None, recognisable: bool | None = None) -> None:
    """Let the words out as far as their consent reaches. Raises Held while a worry is open.

    `as_read` is the fingerprint of the words that were on the facilitator's page: raises Changed for others.
    A story needs an answer to «could the service recognise this person?»: raises Unanswered. Its teller reads it.
    """
    fresh = _as_read(contribution, as_read)
    if worries.is_held(worries.open_about(contribution.id)):
        raise Held
    if fresh.kind == "story" and recognisable is None:
        raise Unanswered
    if recognisable is not None:
        _update(fresh.id, consent={**fresh.consent, "recognisable": recognisable})
    media.approve(fresh.id)
    _move(fresh, "shown", user_id, "approve")


@command
def hide(contribution: Any, reason: str, user_id: str) -> None:
    """Keep the words from everybody but the teller, who reads the reason."""
    _move(contribution, "hidden", user_id, "hide", note=reason)


@command
def ask(contribution: Any, question: str, user_id: str) -> None:
    """Ask the teller something; they read it with their words."""
    _move(contribution, "asked", user_id, "ask", note=question)


@command
def edit(contribution: Any, text: str, reason: str, user_id: str, *, as_read: str | None = None) -> None:
    """Change words, as little as possible. The words before are kept for the teller, who may refuse the change.

    Raises Changed when they are not the ones that were read any more.
    """
    _reword(_as_read(contribution, as_read), {"text": text}, reason, user_id, goes_on=False)


@command
def take_out(
    contribution: Any, words: Mapping[str, str], reason: str, user_id: str, *, as_read: str | None = None
) -> None:
    """Names, dates and places go, one tap each, from everything that was written: `words` by their places. The taps of
    one person are one change of each, of which the teller reads all.

    Raises Changed as `edit` does.
    """
    _reword(_as_read(contribution, as_read), words, reason, user_id, goes_on=True)


def _reword(fresh: Any, words: Mapping[str, str], reason: str, user_id: str, *, goes_on: bool) -> None:
    """New words in their places. `goes_on`: as part of the change that this person has just begun there."""
    before = contributions.written(fresh)
    changed = {place: after for place, after in words.items() if after != before[place]}
    by = {"reason": reason, "by_user_id": user_id}
    new = [each for each in changed if not (goes_on and _went_on(fresh, each, before[each], changed[each], by))]
    for place in new:
        db.session.add(Edit(contribution_id=fresh.id, place=place, before=before[place], after=changed[place], **by))
    if changed:
        put_words(fresh, changed)
        announce(fresh.workshop_id, "edited", activity=fresh.activity_id)
    if new:
        _decide(fresh.id, "edit", user_id)
        audit("edit", user_id=user_id, organisation_id=_organisation_of(fresh), thing=fresh.id)


def put_words(contribution: Any, words: Mapping[str, str], **values: Any) -> None:
    """Inside a command: these words stand in these places from now on, and highlights follow; a yes to the public was
    to other words."""
    text = words.get("text", contribution.text)
    answers = {**contribution.more, **{place: said for place, said in words.items() if place != "text"}}
    more = {name: said for name, said in answers.items() if said}
    anchoring.follow(contribution, text, more)
    _update(contribution.id, **{"text": text, "more": more, "public_yes_at": None, **values})


def forget_decision(contribution_id: str) -> None:
    """Inside a command: the teller has new words, and nobody has decided about them."""
    db.session.execute(sa.delete(Decision).where(Decision.contribution_id == contribution_id))


@command
def note_seen(workshop: Any, contribution_ids: Iterable[str], user_id: str) -> None:
    """An account read these raw words: the teller's receipt counts it, and the audit log keeps it."""
    for contribution_id in contributions.still_there(list(contribution_ids)):
        insert_unless_there(Seen, contribution_id=contribution_id, user_id=user_id)
        audit("read words", user_id=user_id, organisation_id=workshop.organisation_id, thing=contribution_id)


@command
def write_card(activity: Any, card_id: str, words: Mapping[str, Any], user_id: str) -> None:
    """A card of the facilitator's own: of no side, and on the wall at once. The same id again changes nothing."""
    if contributions.one(card_id, activity.workshop_id) is not None:
        return
    card = Contribution(
        **words,
        id=card_id,
        workshop_id=activity.workshop_id,
        activity_id=activity.id,
        kind="card",
        side="other",
        role=HOST,
        state="shown",
        channel="host",
        consent={"how": "host"},
        digest="",
    )
    db.session.add(card)
    db.session.flush()
    announce(activity.workshop_id, "gave", activity=activity.id, kind="card")
    audit("write card", user_id=user_id, organisation_id=_organisation_of(activity), thing=card_id)


def _as_read(contribution: Any, as_read: str | None) -> Any:
    fresh = contributions.one(contribution.id, contribution.workshop_id)
    if fresh is None or not may_see(fresh, Viewer.FACILITATOR):
        raise Changed
    if as_read is not None and as_read != contributions.fingerprint(fresh):
        raise Changed
    return fresh


def _went_on(contribution: Any, place: str, before: str, after: str, by: Mapping[str, str]) -> bool:
    """Is this part of the change that the same person has just begun there, and that nobody has answered or built
    upon? Then it says now what became of the words."""
    here = (Edit.contribution_id == contribution.id, Edit.place == place)
    last = db.session.execute(sa.select(Edit).where(*here).order_by(Edit.made_at.desc(), Edit.id).limit(1)).scalar()
    if last is None or (last.reason, last.by_user_id, last.answer, last.after) != (*by.values(), None, before):
        return False
    last.after = after
    return True


def _move(contribution: Any, state: str, user_id: str, act: str, note: str | None = None) -> None:
    _update(contribution.id, state=state, note=note)
    _decide(contribution.id, act, user_id)
    announce(contribution.workshop_id, "moderated", activity=contribution.activity_id, state=state)
    audit(act, user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


def _decide(contribution_id: str, act: str, user_id: str) -> None:
    """Remember who decided, for a teller who asks for a second person; approved words have nothing to object to."""
    if act != "approve":
        db.session.merge(Decision(contribution_id=contribution_id, user_id=user_id, act=act, decided_at=now()))
        return
    hidden = (Decision.contribution_id == contribution_id, Decision.act != "edit")
    db.session.execute(sa.delete(Decision).where(*hidden))
    waiting = sa.update(Objection).where(Objection.contribution_id == contribution_id, Objection.state == "open")
    db.session.execute(waiting.values(state="let_out", answered_at=now()))


def _organisation_of(thing: Any) -> str | None:
    workshop = rooms.workshop(thing.workshop_id)
    return workshop.organisation_id if workshop else None


def _update(contribution_id: str, **values: Any) -> None:
    db.session.execute(sa.update(Contribution).where(Contribution.id == contribution_id).values(**values))
