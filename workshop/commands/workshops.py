"""Workshops as a whole: make one from a recipe, rename, set up, duplicate without people, delete."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from workshop import recipes
from workshop.commands import afterwards, agenda, command, files, running, scrubbing, upkeep
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Medium, Workshop
from workshop.models.columns import new_id, now
from workshop.queries import media, rooms, rules

COPIED = ("kind", "gives", "title", "prompt", "minutes", "who")


def usual_roles() -> list[dict[str, str]]:
    """The roles a workshop begins with, in the present language."""
    return [
        {"name": _("Service user"), "side": "lived"},
        {"name": _("Family or supporter"), "side": "lived"},
        {"name": _("Professional"), "side": "service"},
        {"name": _("Decision maker"), "side": "service"},
        {"name": _("Somebody else"), "side": "other"},
    ]


@command
def make_workshop(
    organisation_id: str,
    title: str,
    recipe: recipes.Recipe | None,
    gives: Mapping[str, str],
    *,
    user_id: str | None,
    example: bool = False,
) -> str:
    """A new workshop with the agenda of a recipe, and doors; returns its id. `gives` says what each kind collects."""
    workshop_id = _add(organisation_id, title, recipe.name if recipe else "", usual_roles(), {}, example)
    ids: dict[str, str] = {}
    for step in recipe.steps if recipe else ():
        ids[step.key] = agenda.add(
            workshop_id,
            step.kind,
            gives[step.kind],
            title=step.title,
            prompt=step.prompt,
            minutes=step.minutes,
            who=step.who,
            settings=recipes.settled(step.settings, ids),
        )
    audit("make workshop", user_id=user_id, organisation_id=organisation_id, thing=workshop_id)
    return workshop_id


@command
def duplicate(workshop: Any, title: str, user_id: str) -> str:
    """The same agenda, roles, statements and settings once more: no people, no words, no ballots, new doors."""
    own = db.session.execute(sa.select(Workshop.recipe, Workshop.statements).where(Workshop.id == workshop.id)).one()
    settings = {name: value for name, value in workshop.settings.items() if name != rules.NOW}  # a group writes its own
    copy_id = _add(workshop.organisation_id, title, own.recipe, workshop.roles, settings, workshop.example)
    db.session.execute(sa.update(Workshop).where(Workshop.id == copy_id).values(statements=own.statements))
    _copy_agenda(rooms.agenda(workshop.id), copy_id)
    audit("duplicate workshop", user_id=user_id, organisation_id=workshop.organisation_id, thing=copy_id)
    return copy_id


def _copy_agenda(activities: Iterable[Any], workshop_id: str) -> None:
    ids: dict[str, str] = {}
    for old in activities:
        left = media.pictures_of(old.id)  # a photo stays where somebody put it
        settings = {name: ids.get(str(value), value) for name, value in old.settings.items() if value not in left}
        words = {name: getattr(old, name) for name in COPIED}
        ids[old.id] = agenda.add(workshop_id, **words, settings=settings)


def _add(
    organisation_id: str, title: str, recipe: str, roles: Sequence[Any], settings: Mapping[str, Any], example: bool
) -> str:
    workshop = Workshop(id=new_id(), organisation_id=organisation_id, title=title, recipe=recipe, example=example)
    workshop.roles, workshop.settings = list(roles), dict(settings)
    db.session.add(workshop)
    db.session.flush()
    running.new_doors(workshop.id)
    return workshop.id


@command
def set_roles(workshop: Any, roles: Sequence[Mapping[str, str]]) -> None:
    """The roles people choose from, each with its side. Who has chosen one keeps its name and side."""
    _change(workshop, "changed_roles", roles=[dict(role) for role in roles])


@command
def set_up(workshop: Any, title: str, settings: Mapping[str, Any], user_id: str) -> None:
    """Name and settings; each setting that changes, such as the trusted room, leaves a line in the audit log."""
    changed = {name: value for name, value in settings.items() if bool(workshop.settings.get(name)) != value}
    _change(workshop, "changed_settings", title=title, settings={**workshop.settings, **changed})
    for name, value in sorted(changed.items()):
        audit("change setting", user_id=user_id, organisation_id=workshop.organisation_id, thing=f"{name} {value}")


@command
def state(workshop: Any, statements: Mapping[str, str], user_id: str) -> None:
    """What this workshop states itself; what is empty it inherits from its organisation."""
    own = {name: text for name, text in statements.items() if text}
    _change(workshop, "changed_statements", statements=own)
    audit("change statements", user_id=user_id, organisation_id=workshop.organisation_id, thing=workshop.id)


@command
def delete(workshop: Any, user_id: str) -> None:
    """A workshop and everything given in it is gone from the disk too; the audit log keeps that it was."""
    names = files.names(Medium.workshop_id == workshop.id)
    db.session.execute(sa.delete(Workshop).where(Workshop.id == workshop.id))
    upkeep.note_tombstone(workshop.id, now().date().isoformat())
    audit("delete workshop", user_id=user_id, organisation_id=workshop.organisation_id, thing=workshop.id)
    files.forget(names)
    afterwards(scrubbing.shorten_log)


def _change(workshop: Any, event: str, **values: Any) -> None:
    db.session.execute(sa.update(Workshop).where(Workshop.id == workshop.id).values(**values))
    announce(workshop.id, event)
