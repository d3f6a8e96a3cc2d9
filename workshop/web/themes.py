"""The board of themes, for those with an account: read, mark, gather, name, merge, split, undo. No drag is needed."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.commands import curating, moderating
from workshop.commands.curating import Curator
from workshop.commands.placing import shortened
from workshop.consent import Viewer
from workshop.extensions import setting
from workshop.live import parts
from workshop.models.columns import new_id
from workshop.permissions import Actor, May
from workshop.queries import contributions, likely, themes
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.marks import goal, named, whole_number
from workshop.web.office import of_workshop

bp = Blueprint("themes", __name__)


@bp.get("/w/<workshop_id>/themes")
@needs(May.FACILITATE)
def board(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """All themes, and what is in none of them yet."""
    return _board(workshop, actor, None)


@bp.get("/w/<workshop_id>/themes/<theme_id>")
@needs(May.FACILITATE)
def one(workshop: Any, actor: Actor, theme_id: str) -> ResponseReturnValue:
    """One theme: its highlights, its tellers, and what might belong to it as well."""
    return _board(workshop, actor, themes.one(theme_id, workshop.id, Viewer.FACILITATOR) or abort(404))


@bp.post("/w/<workshop_id>/themes/move")
@needs(May.FACILITATE)
def move(workshop: Any, actor: Actor) -> ResponseReturnValue:
    """The ticked highlights go to another theme, into a new one, out of all, or away."""
    source = named(request.form.get("source", ""))
    if loose := named(request.form.get("loose", "")):
        curating.drop(curator(workshop, actor), loose)
        return _back_to(workshop, None)
    ticked = request.form.getlist("highlight")[:200]
    if not ticked:
        flash(_("Nothing was ticked, so nothing was moved."))
        return _back_to(workshop, source)
    moved = curating.move(curator(workshop, actor), ticked, source, goal(request.form))
    _say_moved(moved)
    return _back_to(workshop, source or moved.theme_id)


@bp.post("/w/<workshop_id>/themes/<theme_id>/rename")
@needs(May.FACILITATE)
def rename(workshop: Any, actor: Actor, theme_id: str) -> ResponseReturnValue:
    """A name of one's own, or the words of one of its tellers with one tap."""
    by, name = curator(workshop, actor), shortened(request.form.get("name", ""))
    quoted = named(request.form.get("quote", ""))
    if quoted:
        curating.name_after(by, theme_id, quoted)
    elif name:
        curating.rename(by, theme_id, name)
    else:
        flash(_("A theme needs a name. The one before stays."))
    return _back_to(workshop, theme_id)


@bp.post("/w/<workshop_id>/themes/<theme_id>/merge")
@needs(May.FACILITATE)
def merge(workshop: Any, actor: Actor, theme_id: str) -> ResponseReturnValue:
    into = named(request.form.get("into", "")) or theme_id
    curating.merge(curator(workshop, actor), theme_id, into)
    return _back_to(workshop, into)


@bp.post("/w/<workshop_id>/themes/<theme_id>/apart")
@needs(May.FACILITATE)
def take_apart(workshop: Any, actor: Actor, theme_id: str) -> ResponseReturnValue:
    curating.take_apart(curator(workshop, actor), theme_id)
    flash(_("The theme is gone. Its highlights are here."))
    return _back_to(workshop, None)


@bp.post("/w/<workshop_id>/themes/<theme_id>/approve")
@needs(May.FACILITATE)
def approve(workshop: Any, actor: Actor, theme_id: str) -> ResponseReturnValue:
    """A name from a phone may be seen."""
    curating.approve(curator(workshop, actor), theme_id)
    return _back_to(workshop, theme_id)


@bp.post("/w/<workshop_id>/themes/undo")
@needs(May.FACILITATE)
def undo(workshop: Any, actor: Actor) -> ResponseReturnValue:
    done = curating.undo(curator(workshop, actor))
    flash(_("Your last step is undone.") if done else _("There is nothing of yours to undo."))
    return _back_to(workshop, named(request.form.get("here", "")))


@bp.app_errorhandler(curating.NotThere)
def on_not_there(_error: curating.NotThere) -> ResponseReturnValue:
    """Taken back, put together or taken apart in the meantime: the page before shows what is there now."""
    return render_template("themes/not_there.html"), 404


@bp.app_errorhandler(curating.Changed)
def on_changed(_error: curating.Changed) -> ResponseReturnValue:
    """The teller changed their words in the very moment."""
    return render_template("themes/not_there.html"), 409


def curator(workshop: Any, actor: Actor) -> Curator:
    return Curator(workshop.id, user_id=str(actor.user_id))


def note_look(workshop: Any, actor: Actor, contribution_ids: list[str]) -> None:
    """Every account that reads raw words is counted on the teller's receipt."""
    unseen = contributions.unseen_by(str(actor.user_id), sorted(set(contribution_ids)))
    if unseen:
        moderating.note_seen(workshop, unseen, str(actor.user_id))


def _board(workshop: Any, actor: Actor, opened: Any) -> str:
    number = whole_number(request.args.get("page"))
    theme_id = opened.id if opened else None
    page = themes.page(workshop.id, Viewer.FACILITATOR, theme_id, number)
    close = likely.for_theme(workshop.id, page.marked, Viewer.FACILITATOR) if opened else []
    loose = [] if opened else themes.loose(workshop.id)
    note_look(workshop, actor, [each.contribution_id for each in (*page.marked, *(each.marked for each in close))])
    return of_workshop(
        "themes/board.html",
        workshop,
        actor,
        part=parts.render(workshop.id, "themes", language.code()),
        opened=opened,
        behind=_behind(workshop, opened),
        page=page,
        number=number,
        last=max(-(-page.total // themes.PAGE), 1),
        close=close,
        loose=loose,
        objections=themes.confirmations(workshop.id, Viewer.FACILITATOR) if page.marked else {},
        every=themes.named(workshop.id, Viewer.FACILITATOR),
        new_theme=new_id(),
    )


def _behind(workshop: Any, opened: Any) -> Any:
    found = themes.gathered(workshop.id, Viewer.FACILITATOR, setting("ROOM_CELL")) if opened else []
    return next((each for each in found if opened and each.theme.id == opened.id), None)


def _say_moved(moved: curating.Moved) -> None:
    if moved.there:
        flash(ngettext("%(num)s highlight is there now.", "%(num)s highlights are there now.", moved.there))
    if moved.overtaken:
        left = moved.overtaken
        stay = ngettext("%(num)s highlight stays where it is.", "%(num)s highlights stay where they are.", left)
        flash(_("Somebody else was first: %(stay)s", stay=stay))


def _back_to(workshop: Any, theme_id: str | None) -> ResponseReturnValue:
    if theme_id and themes.one(theme_id, workshop.id, Viewer.FACILITATOR):
        return redirect(url_for("themes.one", workshop_id=workshop.id, theme_id=theme_id), 303)
    return redirect(url_for("themes.board", workshop_id=workshop.id), 303)
