"""Curating: mark a piece of a story, gather pieces into themes, name, merge, split, undo. Stories are never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, placing
from workshop.commands.placing import AWAY, NEW, NONE, Changed, Curator, Goal, Mark, NotThere
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Highlight, Move, Theme
from workshop.models.themes import LONGEST_NAME
from workshop.queries import themes

__all__ = ["AWAY", "NEW", "NONE", "Changed", "Curator", "Goal", "Mark", "NotThere"]


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: how many highlights are at their goal, and how many somebody else had moved before."""

    there: int
    overtaken: int
    theme_id: str | None


@command
def mark(by: Curator, contribution_id: str, marks: Sequence[Mark], goal: Goal, as_read: str | None = None) -> Moved:
    """Keep these pieces as highlights and put them where they belong.

    The same id again changes nothing, and the same piece in the same theme is one highlight. Raises NotThere, and
    Changed when the words are not the ones that were read.
    """
    said = placing.story(by, contribution_id, as_read)
    theme_id, made = placing.theme_for(by, goal)
    kept = [placing.keep(by, said, each, theme_id) for each in marks]
    fresh = [highlight_id for highlight_id, is_new in kept if is_new]
    if fresh:
        placing.note(by, "marked", theme_id, dict.fromkeys(fresh, AWAY), made=made)
        placing.see_what_it_quotes(by, theme_id, fresh)
        announce(by.workshop_id, "curated", theme=theme_id)
    return Moved(len(kept), 0, theme_id)


@command
def move(by: Curator, highlight_ids: Sequence[str], source: str | None, goal: Goal) -> Moved:
    """Move highlights out of a theme (or out of none) to their goal; a new theme splits them off.

    What somebody else has moved on meanwhile stays where they put it. Raises NotThere.
    """
    seen = [each for each in themes.these(highlight_ids, by.workshop_id, by.viewer) if placing.may_move(by, each)]
    mine = [each for each in seen if each.theme_id == source]
    theme_id, made = placing.theme_for(by, goal) if mine else (_known(by, goal), False)
    changing = mine if goal.to == AWAY or theme_id != source else []
    if changing:
        placing.put({each.id: theme_id for each in changing}, away=goal.to == AWAY)
        placing.note(by, "moved", theme_id, {each.id: each.theme_id for each in changing}, made=made)
        placing.see_what_it_quotes(by, theme_id, [each.id for each in changing])
        announce(by.workshop_id, "curated", theme=theme_id)
    there = sum(each in mine or (goal.to != AWAY and each.theme_id == theme_id) for each in seen)
    return Moved(there, len(set(highlight_ids)) - there, theme_id)


@command
def drop(by: Curator, highlight_id: str) -> None:
    """Take a mark away whose words its teller has changed. Raises NotThere."""
    known = next(iter(themes.these([highlight_id], by.workshop_id, by.viewer)), None)
    if known is None or not known.loose or not by.user_id:
        raise NotThere
    placing.put({known.id: known.theme_id}, away=True)
    announce(by.workshop_id, "curated", theme=known.theme_id)


def _known(by: Curator, goal: Goal) -> str | None:
    """Nothing is left to be moved, so no theme is begun: the second tap finds the theme of the first."""
    return placing.theme_begun(by, goal) if goal.to == NEW else placing.theme_for(by, goal)[0]


@command
def rename(by: Curator, theme_id: str, name: str) -> None:
    """A facilitator's name for a theme; whose words it repeats is noted with it. Raises NotThere."""
    theme = placing.theme(by, theme_id)
    if name[:LONGEST_NAME] != theme.name or theme.state != "shown":
        placing.note(by, "renamed", theme.id, {}, name_before=theme.name, quotes_id=theme.quotes_id)
        _name(theme, name[:LONGEST_NAME], None)
        placing.see_what_it_quotes(by, theme.id)
        announce(by.workshop_id, "curated", theme=theme.id)


@command
def name_after(by: Curator, theme_id: str, highlight_id: str) -> None:
    """Name a theme in a teller's words: the name goes when they take those words back. Raises NotThere."""
    theme = placing.theme(by, theme_id)
    quoted = next(iter(themes.these([highlight_id], by.workshop_id, by.viewer)), None)
    if quoted is None or not quoted.words:
        raise NotThere
    placing.note(by, "renamed", theme.id, {}, name_before=theme.name, quotes_id=theme.quotes_id)
    _name(theme, placing.shortened(quoted.words), quoted.contribution_id)
    announce(by.workshop_id, "curated", theme=theme.id)


def _name(theme: Theme, name: str, quotes_id: str | None) -> None:
    theme.name, theme.quotes_id, theme.state = name, quotes_id, "shown"
    db.session.flush()


@command
def merge(by: Curator, theme_id: str, into_id: str) -> None:
    """Everything in one theme goes into another, and the first is gone. Raises NotThere."""
    theme, into = placing.theme(by, theme_id), placing.theme(by, into_id)
    if theme.id != into.id:
        inside = _empty(by, theme, "merged", into.id)
        placing.see_what_it_quotes(by, into.id, inside)
        announce(by.workshop_id, "curated", theme=into.id)


@command
def take_apart(by: Curator, theme_id: str) -> None:
    """The theme goes; its highlights stay, in no theme. Raises NotThere."""
    _empty(by, placing.theme(by, theme_id), "apart", None)
    announce(by.workshop_id, "curated", theme=theme_id)


def _empty(by: Curator, theme: Theme, act: str, into_id: str | None) -> list[str]:
    query = sa.select(Highlight.id).where(Highlight.theme_id == theme.id, Highlight.gone.is_(False))
    inside = list(db.session.execute(query).scalars())
    placing.put(dict.fromkeys(inside, into_id))
    theme.state = "gone"
    db.session.flush()
    placing.note(by, act, into_id, dict.fromkeys(inside, theme.id), from_id=theme.id)
    return inside


@command
def approve(by: Curator, theme_id: str) -> None:
    """Let a name that came from a phone be seen. Raises NotThere."""
    theme = placing.theme(by, theme_id)
    if theme.state == "proposed":
        theme.state = "shown"
        db.session.flush()
        placing.note(by, "approved", theme.id, {})
        announce(by.workshop_id, "curated", theme=theme.id)


@command
def undo(by: Curator) -> bool:
    """Take back this curator's last step, as far as nobody has gone on from there. False when there is none."""
    own = (Move.user_id == by.user_id) if by.user_id else (Move.participant_id == by.participant_id)
    steps = sa.select(Move).where(Move.workshop_id == by.workshop_id, Move.undone.is_(False), own)
    step = db.session.execute(steps.order_by(Move.number.desc()).limit(1)).scalar()
    if step is None:
        return False
    _restore_theme(step)
    _restore_places(step)
    _end_what_it_began(step)
    step.undone = True
    db.session.flush()
    announce(by.workshop_id, "curated", theme=step.theme_id)
    return True


def _restore_theme(step: Move) -> None:
    theme: Any = db.session.get(Theme, step.theme_id) if step.theme_id else None
    if theme is not None and step.act == "renamed":
        theme.name, theme.quotes_id = step.name_before, step.quotes_id
    if theme is not None and step.act == "approved":
        theme.state = "proposed"
    if step.from_id:
        db.session.execute(sa.update(Theme).where(Theme.id == step.from_id).values(state="shown"))


def _restore_places(step: Move) -> None:
    """What somebody has moved on since stays where they put it."""
    for highlight_id, place in step.was.items():
        still = sa.update(Highlight).where(Highlight.id == highlight_id, Highlight.theme_id == step.theme_id)
        gone = place == AWAY
        db.session.execute(still.values(theme_id=None if gone else place, gone=gone))


def _end_what_it_began(step: Move) -> None:
    """A theme that this step began goes with it, unless somebody uses it."""
    inside = sa.select(Highlight.id).where(Highlight.theme_id == step.theme_id, Highlight.gone.is_(False)).limit(1)
    if step.made and db.session.execute(inside).first() is None:
        db.session.execute(sa.update(Theme).where(Theme.id == step.theme_id).values(state="gone"))
