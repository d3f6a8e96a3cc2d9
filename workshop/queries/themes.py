"""Themes and highlights as one viewer may see them. Every word comes out of its story, through consent, each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext

from workshop.consent import APPROVED, Viewer, eyes, visible_to
from workshop.counting.sides import Crowd, People
from workshop.counting.tellers import behind
from workshop.extensions import db
from workshop.models import Confirmation, Contribution, Highlight, Medium, Move, Theme

PAGE = 50


@dataclass(frozen=True, slots=True)
class Marked:
    """A highlight for a template: its words as the story has them now, or its stretch of a sound or film.

    `loose`: the teller changed the words that were marked.
    """

    id: str
    contribution_id: str
    theme_id: str | None
    place: str
    starts: int | None
    ends: int | None
    medium_id: str | None
    from_second: float | None
    to_second: float | None
    participant_id: str | None
    words: str
    side: str
    role: str | None
    language: str
    level: int

    @property
    def loose(self) -> bool:
        return self.starts is None and self.medium_id is None


@dataclass(frozen=True, slots=True)
class Named:
    """A theme by its name, or by its number where the name is not there or not this viewer's to read."""

    id: str
    number: int
    given: str
    state: str
    participant_id: str | None

    @property
    def name(self) -> str:
        return self.given or gettext("Theme %(number)s", number=self.number)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A theme, with how much it gathers and how many people stand behind it."""

    theme: Named
    highlights: int
    stories: int
    tellers: Crowd


@dataclass(frozen=True, slots=True)
class Page:
    """Some highlights, and how many there are in all."""

    marked: Sequence[Marked]
    total: int


_HELPED = sa.func.coalesce(Contribution.more["helped"].as_string(), "")
_SOURCE = sa.case((Highlight.place == "helped", _HELPED), else_=Contribution.text)
_WORDS = sa.func.coalesce(sa.func.substr(_SOURCE, Highlight.starts + 1, Highlight.ends - Highlight.starts), "")
_COLUMNS = (
    Highlight.id,
    Highlight.contribution_id,
    Highlight.theme_id,
    Highlight.place,
    Highlight.starts,
    Highlight.ends,
    Highlight.medium_id,
    Highlight.from_second,
    Highlight.to_second,
    Highlight.participant_id,
    _WORDS.label("words"),
    Contribution.side,
    Contribution.role,
    Contribution.language,
    Contribution.level,
)
_READY = sa.select(Medium.id).where(Medium.id == Highlight.medium_id, Medium.state == "ready").correlate(Highlight)
_HOLDS = sa.or_(Highlight.starts.is_not(None), _READY.exists())
_PERSON = sa.func.coalesce(Contribution.participant_id, Contribution.id)


def readable(query: sa.Select[*tuple[Any, ...]], viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    """Whoever curates reads what is approved; what waits is read in the queue."""
    return visible_to(query, viewer).where(Contribution.state == APPROVED)


def _pieces(workshop_id: str, viewer: Viewer, *columns: Any) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(*columns).select_from(Highlight).join(Contribution, Contribution.id == Highlight.contribution_id)
    return readable(query.where(Highlight.workshop_id == workshop_id, Highlight.gone.is_(False)), eyes(viewer))


def _named(workshop_id: str, viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    quoted = readable(sa.select(Contribution.id).where(Contribution.id == Theme.quotes_id), eyes(viewer))
    name = sa.case((sa.or_(Theme.quotes_id.is_(None), quoted.correlate(Theme).exists()), Theme.name), else_="")
    columns = (Theme.id, Theme.number, name.label("given"), Theme.state, Theme.participant_id)
    return sa.select(*columns).where(Theme.workshop_id == workshop_id, Theme.state != "gone").order_by(Theme.number)


def _all(query: sa.Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return db.session.connection().execute(query).all()


def named(workshop_id: str, viewer: Viewer) -> list[Named]:
    """All themes by their numbers; beyond the facilitators, those whose names a facilitator has approved."""
    query = _named(workshop_id, viewer)
    if eyes(viewer) is not Viewer.FACILITATOR:
        query = query.where(Theme.state == "shown")
    return [Named(*row) for row in _all(query)]


def proposed_by(workshop_id: str, participant_id: str) -> list[Named]:
    """The names that this person has made and that no facilitator has read yet."""
    query = _named(workshop_id, Viewer.ROOM).where(Theme.state == "proposed", Theme.participant_id == participant_id)
    return [Named(*row) for row in _all(query)]


def one(theme_id: str, workshop_id: str, viewer: Viewer) -> Named | None:
    """One theme of this workshop, unless it is gone."""
    return next((Named(*row) for row in _all(_named(workshop_id, viewer).where(Theme.id == theme_id))), None)


def gathered(workshop_id: str, viewer: Viewer, cell: int) -> list[Gathered]:
    """All themes with their numbers: three queries, however many there are, and each highlight is read once."""
    inside, everybody = _inside(workshop_id, viewer), all_tellers(workshop_id, viewer)
    nothing = _Inside(0, set(), {})
    found = []
    for theme in named(workshop_id, viewer):
        held = inside.get(theme.id, nothing)
        crowd = behind(list(held.people.values()), everybody, cell)
        found.append(Gathered(theme, held.highlights, len(held.stories), crowd))
    return found


@dataclass(slots=True)
class _Inside:
    """What a theme holds: how many highlights, of which stories, and the side of each teller in order of coming."""

    highlights: int
    stories: set[str]
    people: dict[str, Any]


def _inside(workshop_id: str, viewer: Viewer) -> dict[str, _Inside]:
    columns = (Highlight.theme_id, Highlight.contribution_id, _PERSON, Contribution.side)
    query = _pieces(workshop_id, viewer, *columns).where(_HOLDS, Highlight.theme_id.is_not(None))
    found: dict[str, _Inside] = {}
    for theme, story, person, side in _all(query.order_by(Highlight.placed_at, Highlight.id)):
        held = found.get(theme) or found.setdefault(theme, _Inside(0, set(), {}))
        held.highlights += 1
        held.stories.add(story)
        held.people.setdefault(person, side)
    return found


def all_tellers(workshop_id: str, viewer: Viewer) -> People:
    """How many people of each side told something that this viewer may read: exact; ask counting before it shows."""
    each = sa.select(sa.func.min(Contribution.side).label("side")).where(Contribution.workshop_id == workshop_id)
    each_one = readable(each, eyes(viewer)).group_by(_PERSON).subquery()
    rows = _all(sa.select(each_one.c.side, sa.func.count()).group_by(each_one.c.side))
    return People(**{side: number for side, number in rows})  # noqa: C416 - rows are no pairs


def page(workshop_id: str, viewer: Viewer, theme_id: str | None, number: int = 1, most: int = PAGE) -> Page:
    """Some highlights of a theme, or of those that are in none; the newest first."""
    query = _pieces(workshop_id, viewer, *_COLUMNS).where(_HOLDS, Highlight.theme_id == theme_id)
    order = query.order_by(Highlight.placed_at.desc(), Highlight.id).limit(most).offset((number - 1) * most)
    marked = [Marked(*row) for row in _all(order)]
    if number == 1 and len(marked) < most:
        return Page(marked, len(marked))
    count = _pieces(workshop_id, viewer, sa.func.count()).where(_HOLDS, Highlight.theme_id == theme_id)
    return Page(marked, db.session.connection().execute(count).scalar_one())


def loose(workshop_id: str) -> list[Marked]:
    """What was marked before its teller changed the words: for those who curate alone."""
    query = _pieces(workshop_id, Viewer.FACILITATOR, *_COLUMNS).where(sa.not_(_HOLDS))
    return [Marked(*row) for row in _all(query.order_by(Highlight.placed_at, Highlight.id).limit(PAGE))]


def of_story(contribution_id: str, workshop_id: str, viewer: Viewer) -> list[Marked]:
    """The highlights of one story, in the order of its words."""
    query = _pieces(workshop_id, viewer, *_COLUMNS).where(Highlight.contribution_id == contribution_id)
    order = query.order_by(Highlight.place.desc(), Highlight.starts, Highlight.from_second, Highlight.id)
    return [Marked(*row) for row in _all(order)]


def these(highlight_ids: Sequence[str], workshop_id: str, viewer: Viewer) -> list[Marked]:
    """Those of these highlights that this viewer may see."""
    query = _pieces(workshop_id, viewer, *_COLUMNS).where(Highlight.id.in_(highlight_ids))
    return [Marked(*row) for row in _all(query)]


def each(workshop_id: str, viewer: Viewer, most: int | None = None) -> list[Marked]:
    """Every highlight that this viewer may see, for an export."""
    return [Marked(*row) for row in _all(_pieces(workshop_id, viewer, *_COLUMNS).where(_HOLDS).limit(most))]


def firsts(workshop_id: str, viewer: Viewer, most: int) -> dict[str, list[Marked]]:
    """The first few highlights of each theme, by its id: one query."""
    place = sa.func.row_number().over(partition_by=Highlight.theme_id, order_by=(Highlight.placed_at, Highlight.id))
    query = _pieces(workshop_id, viewer, *_COLUMNS, place.label("nth")).where(_HOLDS, Highlight.theme_id.is_not(None))
    ranked = query.subquery()
    found: dict[str, list[Marked]] = {}
    for *row, _nth in _all(sa.select(ranked).where(ranked.c.nth <= most).order_by(ranked.c.theme_id, ranked.c.nth)):
        marked = Marked(*row)
        found.setdefault(str(marked.theme_id), []).append(marked)
    return found


def confirmations(workshop_id: str, viewer: Viewer) -> Mapping[str, Any]:
    """What tellers said to how their stories were understood, by contribution."""
    columns = (Confirmation.contribution_id, Confirmation.answer, Confirmation.words, Confirmation.about)
    query = sa.select(*columns).join(Contribution, Contribution.id == Confirmation.contribution_id)
    query = readable(query.where(Contribution.workshop_id == workshop_id), eyes(viewer))
    return {row.contribution_id: row for row in _all(query)}


def said_to_it(contribution_id: str) -> Any:
    """What the teller of this story answered, for themselves."""
    query = sa.select(*Confirmation.__table__.columns).where(Confirmation.contribution_id == contribution_id)
    return db.session.connection().execute(query).first()


def how_many_in(contribution_ids: Sequence[str], workshop_id: str, viewer: Viewer) -> dict[str, int]:
    """How many highlights each of these stories has."""
    query = _pieces(workshop_id, viewer, Highlight.contribution_id, sa.func.count())
    query = query.where(Highlight.contribution_id.in_(contribution_ids)).group_by(Highlight.contribution_id)
    return {contribution_id: number for contribution_id, number in _all(query)}  # noqa: C416 - rows are no pairs


def last_step(workshop_id: str) -> int:
    """The number of the newest step of curating: it tells one state of the board from another."""
    query = sa.select(sa.func.max(Move.number)).where(Move.workshop_id == workshop_id)
    return int(db.session.connection().execute(query).scalar() or 0)
