"""The phone: what is open now, one question a page, check, send, «Sent – safe»."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import receipts
from workshop.activities import kind_of
from workshop.commands import taking_part
from workshop.commands.choosing import too_late
from workshop.live import parts
from workshop.permissions import May
from workshop.queries import rooms, worries
from workshop.web import cookies, first_pages, intact, language, media, rules
from workshop.web.errors import answer as error_page
from workshop.web.errors import wants_data
from workshop.web.guards import needs
from workshop.web.templates import qr
from workshop.web.walk import Damaged, Walk

bp = Blueprint("phone", __name__)


@bp.get("/w/<workshop_id>/")
@needs(May.TAKE_PART)
def now(workshop: Any, seat: Any) -> ResponseReturnValue:
    """What can be done now. One open question comes by itself; several are a list; none is «Look up»."""
    opened = [a for a in rooms.open_now(workshop.id) if is_for(a, seat)]
    if len(opened) == 1 and not kind_of(opened[0]).is_done(opened[0], seat):
        return redirect(url_for("phone.ask", workshop_id=workshop.id, activity_id=opened[0].id), 303)
    return render_template("phone/now.html", workshop=workshop, seat=seat, part=_part(workshop, "now"))


@bp.get("/w/<workshop_id>/look-up")
@needs(May.TAKE_PART)
def look_up(workshop: Any) -> ResponseReturnValue:
    """A calm page while the room talks, with the projector's content on request."""
    return render_template("phone/look_up.html", workshop=workshop, part=_part(workshop, "look-up"))


@bp.get("/w/<workshop_id>/a/<activity_id>")
@needs(May.TAKE_PART)
def ask(workshop: Any, activity: Any, seat: Any) -> ResponseReturnValue:
    if activity.state != "open" or not is_for(activity, seat):
        late = Walk.of(activity, seat) if _takes_late_words(activity, seat) else None
        return render_template("phone/not_now.html", workshop=workshop, activity=activity, seat=seat, walk=late)
    if kind_of(activity).tells and rules.owed(workshop, seat):
        return redirect(url_for("rules.read", workshop_id=workshop.id), 303)
    return Response(_question(workshop, activity, seat), headers={"Workshop-Keep": "question"})


@bp.post("/w/<workshop_id>/a/<activity_id>")
@needs(May.TAKE_PART)
def answer(workshop: Any, activity: Any, seat: Any) -> ResponseReturnValue:
    """A step of the walk, or the sending. A closed question keeps people's words and marks them late."""
    kind = kind_of(activity)
    if kind.gives == "nothing":
        return redirect(url_for("phone.ask", workshop_id=workshop.id, activity_id=activity.id), 303)
    if not kind.tells and activity.state not in ("open", "grace"):
        raise too_late(activity, seat)
    walk = Walk.of(activity, seat)
    if walk.kind.takes_media:
        media.take(walk.form, seat)
    if not walk.move():
        return _page(workshop, walk)
    if walk.kind.tells and (held := rules.hold(workshop, seat)):
        return held
    walk.kind.save(activity, seat, walk.form, walk.gift(language.code()))
    return _sent(workshop, activity, walk)


@bp.get("/w/<workshop_id>/a/<activity_id>/sent")
@needs(May.TAKE_PART)
def sent(workshop: Any, activity: Any, seat: Any) -> ResponseReturnValue:
    """«Sent – safe», the receipt, and what happens now; after words of despair, who listens."""
    words = {"kind": kind_of(activity), "part": _part(workshop, "now"), **receipt_words(workshop.id)}
    needs_care = worries.cued(activity.id, seat.id)
    words |= {"offers_help": needs_care, "stated": rooms.statements(workshop.id) if needs_care else {}}
    return render_template("phone/sent.html", workshop=workshop, activity=activity, **words)


@bp.get("/w/<workshop_id>/help")
@needs(May.TAKE_PART)
def help_page(workshop: Any) -> ResponseReturnValue:
    asked = request.args.get("asked") == "1"
    return render_template("phone/help.html", workshop=workshop, stated=rooms.statements(workshop.id), asked=asked)


@bp.post("/w/<workshop_id>/help")
@needs(May.TAKE_PART)
def ask_for_help(workshop: Any, seat: Any) -> ResponseReturnValue:
    taking_part.ask_for_help(seat)
    return redirect(url_for("phone.help_page", workshop_id=workshop.id, asked=1), 303)


@bp.app_errorhandler(Damaged)
def on_damaged(_error: Damaged) -> ResponseReturnValue:
    return error_page(422, "422")


def is_for(activity: Any, seat: Any) -> bool:
    """Some questions are for one side alone."""
    return bool(activity.who in ("all", seat.side))


def _takes_late_words(activity: Any, seat: Any) -> bool:
    """Who had begun to write when the question closed can still send it; it is marked late."""
    return activity.state in ("grace", "closed") and activity.gives == "contributions" and is_for(activity, seat)


def receipt_words(workshop_id: str) -> dict[str, Any]:
    """The receipt as this phone can show it."""
    return {"receipt": receipt_card(cookies.receipt_key(workshop_id))}


def receipt_card(key: str | None) -> dict[str, Any] | None:
    """A receipt to keep: link, QR, six words in English, twenty digits elsewhere."""
    if not key or not receipts.is_key(key):
        return None
    link = url_for("words.receipt", key=key, _external=True)
    aloud = receipts.words(key) if language.code() == "en" else None
    return {"link": link, "qr": qr(link), "words": aloud, "digits": receipts.digits(key)}


def _question(workshop: Any, activity: Any, seat: Any) -> bytes | str:
    if kind_of(activity).alike:
        return first_pages.alike(workshop, activity, seat, lambda: _first(workshop, activity, seat))
    return _first(workshop, activity, seat)


def _first(workshop: Any, activity: Any, seat: Any) -> str:
    walk = Walk.of(activity, seat)
    return _html(workshop, walk) if walk.steps else _to_read(workshop, walk)


def _page(workshop: Any, walk: Walk) -> ResponseReturnValue:
    walk.shown_errors()
    status = 422 if request.method == "POST" and walk.form.errors else 200
    if wants_data() and status == 422:
        return jsonify(error="422", fields={f.name: [str(e) for e in f.errors] for f in walk.form if f.errors}), 422
    return _html(workshop, walk), status


def _html(workshop: Any, walk: Walk) -> str:
    template = "phone/check.html" if walk.is_check else "phone/step.html"
    words = walk.kind.phone(walk.activity, walk.seat)
    wall = _part(workshop, "wall") if _follows_the_wall(walk) else None
    if walk.is_check and walk.kind.tells:
        words |= rules.shown(workshop, walk.seat)
    return render_template(template, workshop=workshop, walk=walk, activity=walk.activity, wall=wall, **words)


def _follows_the_wall(walk: Walk) -> bool:
    """Who writes sees what others wrote; who has nothing left to answer waits for more of it."""
    return walk.step is not None and (walk.activity.gives == "contributions" or not walk.step.fields)


def _to_read(workshop: Any, walk: Walk) -> str:
    """Nothing to answer: what the kind says, until the room goes on."""
    words = walk.kind.phone(walk.activity, walk.seat)
    part = _part(workshop, "now")
    return render_template("phone/read.html", workshop=workshop, activity=walk.activity, walk=walk, part=part, **words)


def _sent(workshop: Any, activity: Any, walk: Walk) -> ResponseReturnValue:
    where = {"workshop_id": workshop.id, "activity_id": activity.id}
    following = url_for("phone.ask" if walk.kind.one_by_one else "phone.sent", **where)
    if wants_data():
        return intact.safe(request.form["id"], following)
    return redirect(following, 303)


def _part(workshop: Any, name: str) -> parts.Rendered:
    return parts.render(workshop.id, name, language.code())
