"""Paper ballots by hand: two people type every slip of a box, each by themselves, and what is alike counts."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError
from wtforms.validators import NumberRange

from workshop.activities import kind_of
from workshop.commands import boxes
from workshop.forms import Choice, Form, WholeNumber, required
from workshop.permissions import Actor, May
from workshop.queries import boxes as queries
from workshop.web.guards import needs
from workshop.web.walk import Walk

bp = Blueprint("boxes", __name__)
MOST = 500
AS_MANY = _l("Write a number from 0 to %(most)s.", most=MOST)
WAYS = {"paper": _l("On paper, a slip each"), "hands": _l("By raised hands, a number each")}
SIDES = {"lived": _l("People with lived experience"), "service": _l("People of the service")}


class NewBox(Form):
    side = RadioField(
        _l("Whose ballots are these?"),
        [required(_l("Please say whose ballots these are."))],
        choices=[Choice(name, words) for name, words in SIDES.items()],
    )

    way = RadioField(
        _l("How do they choose?"),
        [required(_l("Please say how they choose."))],
        choices=[Choice(name, words) for name, words in WAYS.items()],
        default="paper",
    )


class HowMany(Form):
    """What one reader counts in the box before anything is typed."""

    slips = WholeNumber(_l("Ballots in the box"), [NumberRange(1, MOST, AS_MANY)])
    void = WholeNumber(_l("How many of them nobody can understand"), [NumberRange(0, MOST, AS_MANY)])

    def validate_void(self, field: WholeNumber) -> None:
        if (field.data or 0) > (self.slips.data or 0):
            raise ValidationError(_l("That is more than lie in the box."))


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/boxes")
@needs(May.FACILITATE)
def every(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    return _list(workshop, activity, actor, NewBox())


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/boxes")
@needs(May.FACILITATE)
def begin(workshop: Any, activity: Any, actor: Actor) -> ResponseReturnValue:
    form = NewBox()
    if activity.who in SIDES:
        form.side.data = activity.who
    if not form.validate():
        return _list(workshop, activity, actor, form), 422
    _read_by_hand(activity)
    return _to(activity, boxes.begin(activity, form.side.data, form.way.data, str(actor.user_id)))


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>")
@needs(May.FACILITATE)
def one(workshop: Any, activity: Any, actor: Actor, box_id: str) -> ResponseReturnValue:
    return _page(workshop, activity, actor, _box(activity, box_id))


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>")
@needs(May.FACILITATE)
def say_how_many(workshop: Any, activity: Any, actor: Actor, box_id: str) -> ResponseReturnValue:
    box, form = _box(activity, box_id), HowMany()
    if not form.validate():
        return _page(workshop, activity, actor, box, form)
    boxes.say_how_many(box, str(actor.user_id), form.slips.data or 0, form.void.data or 0)
    return _to(activity, box.id)


@bp.get("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>/slips/<int:number>")
@needs(May.FACILITATE)
def slip(workshop: Any, activity: Any, actor: Actor, box_id: str, number: int) -> ResponseReturnValue:
    box = _box(activity, box_id)
    return _slip_page(workshop, box, _mine(box, actor, number), number, _walk(activity, box))


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>/slips/<int:number>")
@needs(May.FACILITATE)
def read(workshop: Any, activity: Any, actor: Actor, box_id: str, number: int) -> ResponseReturnValue:
    """What stands on this slip; the next one follows."""
    box = _box(activity, box_id)
    mine, walk = _mine(box, actor, number), _walk(activity, box)
    if not walk.move():
        return _slip_page(workshop, box, mine, number, walk)
    boxes.read(box, mine.user_id, number, walk.kind.choices(activity, walk.form))  # type: ignore[attr-defined]
    following = _mine(_box(activity, box_id), actor, number).next
    return _to(activity, box.id, following) if following else _to(activity, box.id)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>/in")
@needs(May.FACILITATE)
def put_in(activity: Any, actor: Actor, box_id: str) -> ResponseReturnValue:
    boxes.put_in(activity, _box(activity, box_id), str(actor.user_id))
    flash(_("The box is in. Its ballots count like all others."))
    return _to(activity)


@bp.post("/w/<workshop_id>/console/activity/<activity_id>/boxes/<box_id>/away")
@needs(May.FACILITATE)
def put_away(activity: Any, actor: Actor, box_id: str) -> ResponseReturnValue:
    boxes.put_away(activity, _box(activity, box_id), str(actor.user_id))
    flash(_("The box is put away. Nothing of it counts."))
    return _to(activity)


@bp.app_errorhandler(boxes.NotAlike)
@bp.app_errorhandler(boxes.TwoReadIt)
def on_not_now(_error: Exception) -> ResponseReturnValue:
    """A page that was open for long, or a third reader: the box as it stands says what can be done."""
    return render_template("console/moved_on.html"), 409


def _read_by_hand(activity: Any) -> None:
    """Only what a whole slip can say: kinds with a paper."""
    if not kind_of(activity).prints:
        abort(404)


def _box(activity: Any, box_id: str) -> queries.Reads:
    _read_by_hand(activity)
    return queries.one(box_id, activity.id) or abort(404)


def _mine(box: queries.Reads, actor: Actor, number: int) -> queries.Read:
    """My own reading of the box; nobody sees the other's."""
    mine = box.by(str(actor.user_id))
    if box.is_in or mine is None:
        raise boxes.NotAlike
    return mine if 1 <= number <= mine.valid else abort(404)


def _walk(activity: Any, box: queries.Reads) -> Walk:
    seat = SimpleNamespace(id=None, role=None, side=box.side, habits={}, channel=box.channel)
    return Walk.of(activity, seat, kind_of(activity).whole())


def _list(workshop: Any, activity: Any, actor: Actor, form: NewBox) -> str:
    _read_by_hand(activity)
    words = {"boxes": queries.of(activity.id), "form": form, "sides": SIDES, "ways": WAYS}
    return render_template("console/boxes.html", workshop=workshop, activity=activity, **words)


def _page(
    workshop: Any, activity: Any, actor: Actor, box: queries.Reads, form: HowMany | None = None
) -> ResponseReturnValue:
    mine = box.by(str(actor.user_id))
    counted = {"slips": mine.slips, "void": mine.void} if mine else None
    words = {
        "box": box,
        "mine": mine,
        "by_hands": box.channel == "hands",
        "form": form or HowMany(formdata=None, data=counted),
        "sides": SIDES,
    }
    page = render_template("console/box.html", workshop=workshop, activity=activity, **words)
    return page, 422 if form is not None else 200


def _slip_page(workshop: Any, box: queries.Reads, mine: queries.Read, number: int, walk: Walk) -> ResponseReturnValue:
    walk.shown_errors()
    if walk.is_check:
        walk.at = len(walk.steps) - 1
    status = 422 if request.method == "POST" and walk.form.errors else 200
    words = walk.kind.phone(walk.activity, walk.seat)
    page = {"box": box, "mine": mine, "number": number, "walk": walk, "activity": walk.activity}
    return render_template("console/slip.html", workshop=workshop, **words, **page), status


def _to(activity: Any, box_id: str = "", number: int = 0) -> ResponseReturnValue:
    where = {"workshop_id": activity.workshop_id, "activity_id": activity.id}
    if number:
        return redirect(url_for("boxes.slip", **where, box_id=box_id, number=number), 303)
    return redirect(url_for("boxes.one", **where, box_id=box_id) if box_id else url_for("boxes.every", **where), 303)
