"""Answering stories: who may answer reads one story and writes to its teller; the team checks, and sees the figures."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField, TextAreaField, ValidationError

from workshop.activities import Item, kind_of
from workshop.commands import moderating, responding
from workshop.consent import Viewer, may_see
from workshop.forms import Choice, Form, no_longer_than, required
from workshop.models.columns import new_id
from workshop.permissions import Actor, May, may
from workshop.queries import accounts, answered, contributions, media, responses, rooms, threads
from workshop.web.guards import needs
from workshop.web.office import of_workshop, page
from workshop.web.walk import sending_id

bp = Blueprint("answering", __name__)

SERVICE_KINDS = [
    Choice("reply", _l("A reply")),
    Choice("planned", _l("A change is planned")),
    Choice("made", _l("A change is made")),
    Choice("cannot", _l("We cannot, because")),
]
TEAM_KINDS = [Choice("used", _l("The story was used, because")), Choice("not_used", _l("It was not used, because"))]


class PerhapsDay(DateField):
    """A day that may be left out."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([value for value in valuelist if value])


class AnswerForm(Form):
    kind = RadioField(_l("What kind of answer is it?"), choices=SERVICE_KINDS, default="reply")
    text = TextAreaField(_l("Your answer"), [required(_l("Please write your answer.")), no_longer_than(4000)])
    what = TextAreaField(_l("What changes?"), [no_longer_than(1000)], description=_l("For a change planned or made."))
    by_date = PerhapsDay(_l("From which day?"), description=_l("For a change that is planned."))
    contact = StringField(
        _l("How can the person reach you?"), [no_longer_than(200)], description=_l("A name, a phone number, a place.")
    )
    signed = StringField(
        _l("Who answers?"),
        [required(_l("Please say who answers.")), no_longer_than(200)],
        description=_l("A first name and what you do. The person reads it."),
    )

    def validate_what(self, field: TextAreaField) -> None:
        if self.kind.data in responding.CLAIMS and not field.data:
            raise ValidationError(_l("Please say what changes."))

    def validate_by_date(self, field: PerhapsDay) -> None:
        if self.kind.data == "planned" and not field.data:
            raise ValidationError(_l("Please choose the day from which it changes."))

    def words(self) -> dict[str, Any]:
        """The columns of the answer; what belongs to another kind of answer is left out."""
        claims, given = self.kind.data in responding.CLAIMS, self.values()
        by = self.by_date.data.isoformat() if self.kind.data == "planned" and self.by_date.data else None
        return {**given, "what": given["what"] if claims else "", "by_date": by}


class BackForm(Form):
    note = TextAreaField(
        _l("What should be different? Who wrote it reads this."),
        [required(_l("Please say it in a sentence.")), no_longer_than(1000)],
    )


@bp.get("/o/<organisation_id>/answers")
@needs(May.ANSWER)
def home(organisation: Any, actor: Actor) -> ResponseReturnValue:
    """Every story of the organisation that the service may read: those without an answer first."""
    stories = responses.to_answer(organisation.id)
    return page("answers/home.html", organisation, actor, stories=sorted(stories, key=lambda each: each.is_answered))


@bp.get("/w/<workshop_id>/answers")
@needs(May.FACILITATE)
def of_one_workshop(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """What must be checked, the stories of this workshop, and how they are answered."""
    closed = {row.id for row in responses.unanswered(workshop.id)}
    words = {
        "waiting": responses.waiting(workshop.id),
        "stories": responses.to_answer(workshop.organisation_id, workshop.id),
        "others": [row for row in responses.unanswered(workshop.id, Viewer.FACILITATOR) if row.id not in closed],
        "figures": answered.figures(workshop.id),
        "lately": answered.figures(workshop.id, answered.lately()),
        "sides": answered.by_side(workshop.id),
    }
    return of_workshop("answers/workshop.html", workshop, actor, **words)


@bp.get("/w/<workshop_id>/answers/<contribution_id>")
@needs(May.ANSWER_THIS)
def story(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """One story and the answer to it; that it was read is noted."""
    mine = responses.written_by(str(actor.user_id), contribution.id)
    open_one = next((each for each in mine if each.state != "shown"), None)
    kept = {name: getattr(open_one, name) for name in ("kind", "text", "what", "contact", "signed")} if open_one else {}
    form = _form(contribution, actor, data={**kept, "by_date": open_one.day if open_one else None})
    return _story_page(workshop, contribution, actor, form, open_one.id if open_one else new_id())


@bp.post("/w/<workshop_id>/answers/<contribution_id>")
@needs(May.ANSWER_THIS)
def answer(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    form, response_id = _form(contribution, actor), sending_id(request.form.get("id", ""))
    if response_id is None or not form.validate():
        return _story_page(workshop, contribution, actor, form, response_id or new_id()), 422
    is_team = may(actor, May.FACILITATE, workshop)
    state = responding.respond(contribution, response_id, form.words(), str(actor.user_id), is_team=is_team)
    flash(_("The person can read it now.") if state == "shown" else _("Thank you. A facilitator reads it first."))
    return _back_to(contribution)


@bp.post("/w/<workshop_id>/answers/<contribution_id>/concern")
@needs(May.FACILITATE)
def mark_concern(contribution: Any, actor: Actor) -> ResponseReturnValue:
    responding.mark_concern(contribution, str(actor.user_id), tells=request.form.get("tells") == "yes")
    return _back_to(contribution)


@bp.post("/w/<workshop_id>/answers/<contribution_id>/tie")
@needs(May.FACILITATE)
def tie(workshop: Any, contribution: Any, actor: Actor) -> ResponseReturnValue:
    """This story led to that idea, or no: only to what stands on this workshop's walls and ballots."""
    activity_id, _colon, item_id = request.form.get("idea", "").partition(":")
    activity = rooms.activity(activity_id, workshop.id) or abort(404)
    item = next((each for each in kind_of(activity).items(activity) if each.id == item_id), None) or abort(404)
    if request.form.get("act") == "untie":
        responding.untie(contribution, activity, item.id, str(actor.user_id))
    else:
        responding.tie(contribution, activity, item.id, item.contribution_id, str(actor.user_id))
    return _back_to(contribution)


@bp.get("/w/<workshop_id>/answers/checks/<response_id>")
@needs(May.FACILITATE)
def check(workshop: Any, response_id: str, actor: Actor) -> ResponseReturnValue:
    """One answer beside its story: may the teller see it like this?"""
    return _check_page(workshop, response_id, actor, BackForm())


@bp.post("/w/<workshop_id>/answers/checks/<response_id>/show")
@needs(May.FACILITATE)
def show(workshop: Any, response_id: str, actor: Actor) -> ResponseReturnValue:
    responding.show(workshop, response_id, str(actor.user_id))
    flash(_("The person can read it now."))
    return redirect(url_for("answering.of_one_workshop", workshop_id=workshop.id), 303)


@bp.post("/w/<workshop_id>/answers/checks/<response_id>/back")
@needs(May.FACILITATE)
def send_back(workshop: Any, response_id: str, actor: Actor) -> ResponseReturnValue:
    form = BackForm()
    if not form.validate():
        return _check_page(workshop, response_id, actor, form), 422
    responding.send_back(workshop, response_id, str(form.note.data), str(actor.user_id))
    return redirect(url_for("answering.of_one_workshop", workshop_id=workshop.id), 303)


@bp.app_errorhandler(responding.Gone)
def on_gone(_error: responding.Gone) -> ResponseReturnValue:
    """Between opening the page and pressing the button the teller took the story back, or closed its door."""
    return render_template("answers/gone.html"), 410


@bp.app_errorhandler(responding.NotYours)
def on_not_yours(_error: responding.NotYours) -> ResponseReturnValue:
    return render_template("answers/gone.html", shown=True), 409


def _form(contribution: Any, actor: Actor, **given: Any) -> AnswerForm:
    """The service's four kinds of answer where it may read the story; the team's two for those who facilitate."""
    form = AnswerForm(**given)
    service = SERVICE_KINDS if may_see(contribution, Viewer.SERVICE) else []
    workshop = rooms.workshop(contribution.workshop_id)
    form.kind.choices = [*service, *(TEAM_KINDS if may(actor, May.FACILITATE, workshop) else [])]
    if not service and form.kind.data not in responding.OF_THE_TEAM:
        form.kind.data = TEAM_KINDS[0].value if request.method == "GET" else form.kind.data
    return form


def _story_page(workshop: Any, contribution: Any, actor: Actor, form: AnswerForm, response_id: str) -> str:
    facilitates = may(actor, May.FACILITATE, workshop)
    viewer = Viewer.FACILITATOR if facilitates else Viewer.SERVICE
    said = contributions.seen_through(viewer, contribution.id, workshop.id) or abort(404)
    _note_look(workshop, actor, [said.id])
    mine = responses.written_by(str(actor.user_id), said.id)
    others = [each for each in responses.answers_to(said.id) if each.id not in {own.id for own in mine}]
    heard = media.perceived([said.id], Viewer.SERVICE, media.ALL_KINDS).get(said.id, [])
    words = {"said": said, "form": form, "response_id": response_id, "mine": mine, "shown": others, "heard": heard}
    return page("answers/story.html", _house(workshop), actor, room=workshop, **words, **_team(workshop, said, actor))


def _team(workshop: Any, said: Any, actor: Actor) -> dict[str, Any]:
    """What the team alone sees beside a story: whether it tells of a concern, and the ideas it led to."""
    if not may(actor, May.FACILITATE, workshop):
        return {}
    told = responses.to_answer(workshop.organisation_id, workshop.id)
    known = next((each for each in told if each.id == said.id), None)
    tied = {(row.activity_id, row.item) for row in threads.tied_to(said.id)}
    ideas = [(a, item, (a.id, item.id) in tied) for a, item in _ideas(workshop)]
    _note_look(workshop, actor, [item.contribution_id for _a, item, _tied in ideas if item.contribution_id])
    return {"concern": known.tells_of_concern if known else None, "ideas": ideas}


def _ideas(workshop: Any) -> Iterator[tuple[Any, Item]]:
    """The cards that the room may read: what a story can lead to."""
    for activity in rooms.agenda(workshop.id):
        if getattr(kind_of(activity), "contribution_kind", "") == "card":
            yield from ((activity, item) for item in kind_of(activity).items(activity))


def _note_look(workshop: Any, actor: Actor, contribution_ids: list[str]) -> None:
    unseen = contributions.unseen_by(str(actor.user_id), contribution_ids)
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))


def _check_page(workshop: Any, response_id: str, actor: Actor, form: BackForm) -> str:
    given = responses.one(response_id, workshop.id) or abort(404)
    said = contributions.seen_through(Viewer.FACILITATOR, given.contribution_id, workshop.id) or abort(404)
    _note_look(workshop, actor, [said.id])
    return of_workshop("answers/check.html", workshop, actor, given=given, said=said, form=form)


def _house(workshop: Any) -> Any:
    return accounts.organisation(workshop.organisation_id)


def _back_to(contribution: Any) -> ResponseReturnValue:
    where = {"workshop_id": contribution.workshop_id, "contribution_id": contribution.id}
    return redirect(url_for("answering.story", **where), 303)
