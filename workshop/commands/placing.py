"""Where highlights and themes are put: the steps of which curating is made. Used inside commands only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workshop.consent import APPROVED, Viewer
from workshop.counting.pieces import quotes
from workshop.extensions import db
from workshop.models import Highlight, Move, Theme
from workshop.models.columns import new_id, now
from workshop.models.themes import LONGEST_NAME
from workshop.queries import contributions, themes

NEW, NONE, AWAY = "new", "none", "away"  # where a highlight can go, beside the themes that are there
ENOUGH = 500  # highlights that are looked at for the words of a name


class NotThere(Exception):
    """The story, highlight or theme is not there, or not this curator's to see."""


class Changed(Exception):
    """The words are not the ones that were read."""


@dataclass(frozen=True, slots=True)
class Curator:
    """Who curates: an account, or somebody with a phone, who sees no more than the room may see."""

    workshop_id: str
    user_id: str | None = None
    participant_id: str | None = None

    @property
    def viewer(self) -> Viewer:
        return Viewer.FACILITATOR if self.user_id else Viewer.ROOM


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece to be marked: characters of a text, or seconds of a sound or film. `id` is made before it is sent."""

    id: str
    place: str = "text"
    starts: int | None = None
    ends: int | None = None
    medium_id: str | None = None
    from_second: float | None = None
    to_second: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """Where highlights go: a theme's id; or NEW with a name and the id it will have; or NONE; or AWAY."""

    to: str = NONE
    name: str = ""
    new_id: str = ""


def story(by: Curator, contribution_id: str, as_read: str | None) -> Any:
    """The story as this curator may read it. Raises NotThere and Changed."""
    said = contributions.seen_through(by.viewer, contribution_id, by.workshop_id)
    if said is None or said.state != APPROVED:
        raise NotThere
    if as_read is not None and as_read != seal_of(said):
        raise Changed
    return said


def seal_of(said: Any) -> str:
    """Names the words in which pieces were marked."""
    return hashlib.sha256(f"{said.text}|{said.more.get('helped', '')}".encode()).hexdigest()[:16]


def source_of(said: Any, place: str) -> str:
    """The words of a story into which highlights of this place point."""
    return str(said.more.get("helped", "")) if place == "helped" else str(said.text)


def theme(by: Curator, theme_id: str) -> Theme:
    """The theme, for who may change it. Raises NotThere."""
    row = db.session.get(Theme, theme_id)
    if row is None or row.workshop_id != by.workshop_id or row.state == "gone" or not by.user_id:
        raise NotThere
    return row


def theme_for(by: Curator, goal: Goal) -> tuple[str | None, bool]:
    """The theme's id, and whether it was begun just now. Raises NotThere."""
    if goal.to in (NONE, AWAY):
        return None, False
    if goal.to != NEW:
        return _open_to(by, goal.to), False
    known = theme_begun(by, goal)
    return (known, False) if known else (_begin(by, goal), True)


def _open_to(by: Curator, theme_id: str) -> str:
    found = themes.one(theme_id, by.workshop_id, by.viewer)
    own = found is not None and found.participant_id is not None and found.participant_id == by.participant_id
    if found is None or not (by.user_id or found.state == "shown" or own):
        raise NotThere
    return found.id


def theme_begun(by: Curator, goal: Goal) -> str | None:
    """A theme that has this id or name already: of a second tap, or of two people who found the same words."""
    own = [] if by.user_id else themes.proposed_by(by.workshop_id, by.participant_id or "")
    same = {goal.name.casefold()} - {""}
    known = [*themes.named(by.workshop_id, by.viewer), *own]
    found = [each.id for each in known if each.id == goal.new_id or each.given.casefold() in same]
    return next(iter(found), None)


def _begin(by: Curator, goal: Goal) -> str:
    last = sa.select(sa.func.max(Theme.number)).where(Theme.workshop_id == by.workshop_id)
    taken = db.session.get(Theme, goal.new_id) is not None
    row = Theme(
        id=new_id() if taken or not goal.new_id else goal.new_id,
        workshop_id=by.workshop_id,
        number=(db.session.execute(last).scalar() or 0) + 1,
        name=goal.name[:LONGEST_NAME],
        state="shown" if by.user_id else "proposed",
        participant_id=by.participant_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def keep(by: Curator, said: Any, each: Mark, theme_id: str | None) -> tuple[str, bool]:
    """One highlight; its id, and whether it is new. Raises NotThere for a piece that is none."""
    if each.medium_id is None and not 0 <= (each.starts or 0) < (each.ends or 0) <= len(source_of(said, each.place)):
        raise NotThere
    if known := _same(by, said.id, each, theme_id):
        return known, False
    values = {name: getattr(each, name) for name in Mark.__dataclass_fields__}
    row = Highlight(**values, workshop_id=by.workshop_id, contribution_id=said.id, theme_id=theme_id)
    row.participant_id = by.participant_id
    db.session.add(row)
    db.session.flush()
    return row.id, True


def _same(by: Curator, contribution_id: str, each: Mark, theme_id: str | None) -> str | None:
    alike = [getattr(Highlight, name) == getattr(each, name) for name in Mark.__dataclass_fields__ if name != "id"]
    query = sa.select(Highlight.id).where(Highlight.contribution_id == contribution_id)
    twice = sa.and_(Highlight.gone.is_(False), Highlight.theme_id == theme_id, *alike)
    found = db.session.execute(query.where(sa.or_(Highlight.id == each.id, twice)).limit(1)).scalar()
    if found is None and db.session.get(Highlight, each.id) is not None:
        raise NotThere
    return found


def may_move(by: Curator, marked: Any) -> bool:
    """Phones move only what they marked themselves."""
    return by.user_id is not None or (marked.participant_id is not None and marked.participant_id == by.participant_id)


def put(places: Mapping[str, str | None], *, away: bool = False) -> None:
    """Put highlights into their themes; the moment is kept, by which tellers are counted in order."""
    for theme_id in set(places.values()):
        ids = [each for each, place in places.items() if place == theme_id]
        change = sa.update(Highlight).where(Highlight.id.in_(ids))
        db.session.execute(change.values(theme_id=theme_id, gone=away, placed_at=now()))


def note(by: Curator, act: str, theme_id: str | None, was: Mapping[str, str | None], **more: Any) -> None:
    """One line of the history, by which the step can be undone."""
    names = {"user_id": by.user_id, "participant_id": by.participant_id}
    db.session.add(Move(workshop_id=by.workshop_id, act=act, theme_id=theme_id, was=dict(was), **names, **more))
    db.session.flush()


def see_what_it_quotes(by: Curator, theme_id: str | None, highlight_ids: Sequence[str] | None = None) -> None:
    """A name that repeats the words of a highlight in it belongs to their teller, also when somebody typed it."""
    row = db.session.get(Theme, theme_id) if theme_id else None
    if row is None or not row.name or row.quotes_id:
        return
    if highlight_ids is None:
        inside = themes.page(by.workshop_id, Viewer.FACILITATOR, theme_id, most=ENOUGH).marked
    else:
        inside = themes.these(highlight_ids, by.workshop_id, Viewer.FACILITATOR)
    row.quotes_id = next((each.contribution_id for each in inside if quotes(row.name, each.words)), None)
    db.session.flush()


def shortened(words: str) -> str:
    """Words as a name: on one line, and no longer than a name may be."""
    line = " ".join(words.split()).strip(" .,;:!?«»\"“”„'()[]؟،。")
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip() + "…"
