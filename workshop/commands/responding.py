"""Answering stories: the service answers, the team checks and shows, the teller says whether it helped."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from workshop.commands import command
from workshop.consent import Viewer, may_see
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Concern, Link, Response
from workshop.models.columns import now
from workshop.queries import contributions, responses, rooms

OF_THE_TEAM = ("used", "not_used")  # what became of a story when nobody of the service answers
CLAIMS = ("planned", "made")  # what is said about a change is checked, whoever of the service says it


class Gone(Exception):
    """The story was taken back, or its teller does not want the service to read it any more: nothing was kept."""


class NotYours(Exception):
    """This answer is somebody else's, or it is shown already: nothing was changed."""


@command
def respond(contribution: Any, response_id: str, words: Mapping[str, Any], user_id: str, *, is_team: bool) -> str:
    """Keep an answer; the same id again changes it while it is not shown. Returns its state.

    `is_team`: a facilitator writes it, who may also say what became of a story that the service may not read.
    Raises Gone, NotYours.
    """
    fresh = _still_answerable(contribution, words["kind"])
    known = db.session.get(Response, response_id)
    if known is None:
        known = Response(id=response_id, workshop_id=fresh.workshop_id, contribution_id=fresh.id, user_id=user_id)
        known.kind, known.text = words["kind"], words["text"]
        db.session.add(known)
    elif known.contribution_id != fresh.id or known.user_id != user_id or known.state == "shown":
        if _is_the_same(known, words):
            return known.state
        raise NotYours
    for name, value in words.items():
        setattr(known, name, value)
    known.state, known.note = "waiting", ""
    db.session.flush()
    if is_team or not _must_be_checked(fresh.workshop_id, known):
        _show(known)
    _tell(known, "answer", user_id)
    return known.state


def _is_the_same(known: Response, words: Mapping[str, Any]) -> bool:
    return all(getattr(known, name) == value for name, value in words.items())


@command
def show(workshop: Any, response_id: str, user_id: str) -> None:
    """A facilitator has read the answer: its teller sees it. Raises Gone."""
    known = _of(workshop, response_id)
    if known.state == "shown":
        return
    _show(known)
    _tell(known, "show answer", user_id)


@command
def send_back(workshop: Any, response_id: str, note: str, user_id: str) -> None:
    """The facilitator asks for another wording; who wrote it reads why. Raises Gone, NotYours."""
    known = _of(workshop, response_id)
    if known.state == "shown":
        raise NotYours
    known.state, known.note = "back", note
    db.session.flush()
    _tell(known, "send answer back", user_id)


@command
def say_whether_it_helped(contribution: Any, response_id: str, helped: str, words: str) -> None:
    """The teller's word on an answer. Raises Gone."""
    known = db.session.get(Response, response_id)
    if known is None or known.contribution_id != contribution.id or known.state != "shown":
        raise Gone
    known.helped, known.helped_words = helped, words
    db.session.flush()
    announce(contribution.workshop_id, "rated_answer", revise=False)


@command
def mark_concern(contribution: Any, user_id: str, *, tells: bool) -> None:
    """Somebody of the team says whether this story tells of a concern. Raises Gone."""
    _fresh(contribution, Viewer.FACILITATOR)
    db.session.merge(Concern(contribution_id=contribution.id, tells=tells))
    db.session.flush()
    announce(contribution.workshop_id, "marked_concern", revise=False)
    audit("mark concern", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


@command
def tie(contribution: Any, activity: Any, item: str, other_id: str | None, user_id: str) -> None:
    """This story led to that idea. Twice is once. Raises Gone."""
    _fresh(contribution, Viewer.FACILITATOR)
    if other_id is not None and not contributions.still_there([other_id]):
        raise Gone
    if db.session.get(Link, (contribution.id, activity.id, item)) is None:
        ends = {"contribution_id": contribution.id, "activity_id": activity.id, "item": item, "other_id": other_id}
        db.session.add(Link(workshop_id=contribution.workshop_id, **ends))
        db.session.flush()
        announce(contribution.workshop_id, "tied", revise=False)
        audit("tie", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


@command
def untie(contribution: Any, activity: Any, item: str, user_id: str) -> None:
    ends = (Link.contribution_id == contribution.id, Link.activity_id == activity.id, Link.item == item)
    db.session.execute(sa.delete(Link).where(*ends))
    announce(contribution.workshop_id, "untied", revise=False)
    audit("untie", user_id=user_id, organisation_id=_organisation_of(contribution), thing=contribution.id)


def _still_answerable(contribution: Any, kind: str) -> Any:
    return _fresh(contribution, Viewer.FACILITATOR if kind in OF_THE_TEAM else Viewer.SERVICE)


def _fresh(contribution: Any, viewer: Viewer) -> Any:
    """The story as it is now that it is our turn: it may have been taken back while somebody wrote."""
    fresh = contributions.one(contribution.id, contribution.workshop_id)
    if fresh is None or not may_see(fresh, viewer):
        raise Gone
    return fresh


def _must_be_checked(workshop_id: str, answer: Response) -> bool:
    """A first answer of somebody, and every word about a change, is read by a facilitator before it shows."""
    return answer.kind in CLAIMS or not responses.has_answered_before(str(answer.user_id), workshop_id)


def _of(workshop: Any, response_id: str) -> Response:
    known = db.session.get(Response, response_id)
    if known is None or known.workshop_id != workshop.id:
        raise Gone
    return known


def _show(answer: Response) -> None:
    answer.state, answer.note, answer.shown_at = "shown", "", now()
    db.session.flush()


def _tell(answer: Response, act: str, user_id: str) -> None:
    announce(answer.workshop_id, "answered", revise=False, kind=answer.kind, state=answer.state)
    audit(act, user_id=user_id, organisation_id=_organisation_of(answer), thing=answer.contribution_id)


def _organisation_of(thing: Any) -> str | None:
    workshop = rooms.workshop(thing.workshop_id)
    return workshop.organisation_id if workshop else None
