"""Search: which stories hold some words, as far as a viewer may read them; and which may be near one another."""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from workshop.consent import APPROVED, Viewer, eyes, visible_to
from workshop.counting.likeness import Near, near, telling_words
from workshop.extensions import db
from workshop.models import Contribution
from workshop.models.search import WORDS
from workshop.queries.contributions import PAGE

CANDIDATES, BEGINNING = 150, 1500
_WORD = re.compile(r"\w+")
# Scripts that write no blanks between words: a word of them is looked for as it stands in the text.
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_MATCH = sa.text("SELECT rowid AS number, rank FROM search WHERE search MATCH :match")
_FOUND = _MATCH.columns(sa.column("number", sa.Integer), sa.column("rank", sa.Float)).subquery("found")
# In SQLite a plus before a column keeps it from being the way in: begin with the words, not with the room.
_ROOM: Any = sa.literal_column("+contribution.workshop_id")


def _best(viewer: Viewer, *which: Any) -> Any:
    query = sa.select(Contribution.id).join(_FOUND, _FOUND.c.number == Contribution.number)
    query = query.where(sa.bindparam("workshop") == _ROOM, Contribution.state == APPROVED, *which)
    return visible_to(query, viewer).order_by(_FOUND.c.rank).limit(sa.bindparam("most")).offset(sa.bindparam("after"))


_IS_STORY = Contribution.kind == "story"
# Made once: making a statement takes longer than finding the words
_BEST = {viewer: _best(viewer) for viewer in Viewer}
_BEST_STORIES = {viewer: _best(viewer, _IS_STORY) for viewer in Viewer}


def stories(workshop_id: str, viewer: Viewer, words: str, number: int = 1) -> list[str]:
    """The ids of contributions that hold all of these words, or words that begin so; the best first, page by page."""
    said = _WORD.findall(words.casefold())[:10]
    unspaced = [word for word in said if _WITHOUT_BLANKS.search(word)]
    if said and not unspaced:
        return _matching(workshop_id, viewer, said, "AND", PAGE, (number - 1) * PAGE)
    return _holding(workshop_id, viewer, said, number) if said else []


def _holding(workshop_id: str, viewer: Viewer, words: Sequence[str], number: int) -> list[str]:
    """Words of scripts without blanks: they are looked for letter by letter, the newest first."""
    query = _readable(workshop_id, viewer).limit(PAGE).offset((number - 1) * PAGE)
    for word in words:
        query = query.where(Contribution.text.contains(word, autoescape=True))
    return _ids(query.order_by(Contribution.number.desc()))


def like(contribution_id: str, workshop_id: str, viewer: Viewer, most: int = 5) -> list[Near]:
    """Stories near this one, each with the words that both use; a suggestion, and never a finding."""
    texts = _texts([contribution_id], workshop_id, viewer)
    words = telling_words(texts.get(contribution_id, ""))
    if not words:
        return []
    found = _matching(workshop_id, viewer, words, "OR", CANDIDATES, only_stories=True)
    others = _texts([each for each in found if each != contribution_id], workshop_id, viewer)
    return near(texts[contribution_id], others, most, among=_usual(workshop_id, viewer))


def _usual(workshop_id: str, viewer: Viewer) -> list[str]:
    """How the stories of this collection usually begin: what many of them say tells none apart."""
    query = sa.select(sa.func.substr(Contribution.text, 1, BEGINNING))
    query = query.where(Contribution.workshop_id == workshop_id, Contribution.state == APPROVED, _IS_STORY)
    newest = visible_to(query, eyes(viewer)).order_by(Contribution.number.desc()).limit(CANDIDATES)
    return list(db.session.connection().execute(newest).scalars())


def _readable(workshop_id: str, viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(Contribution.id).where(Contribution.workshop_id == workshop_id, Contribution.state == APPROVED)
    return visible_to(query, eyes(viewer))


def _matching(
    workshop_id: str,
    viewer: Viewer,
    words: Sequence[str],
    how: str,
    most: int,
    after: int = 0,
    *,
    only_stories: bool = False,
) -> list[str]:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        match = f" {how} ".join(f'"{word}"*' for word in words)
        values = {"workshop": workshop_id, "match": match, "most": most, "after": after}
        best = (_BEST_STORIES if only_stories else _BEST)[eyes(viewer)]
        return list(connection.execute(best, values).scalars())
    wanted = (" & " if how == "AND" else " | ").join(f"{word}:*" for word in words)
    holds = sa.literal_column(WORDS).op("@@")(sa.func.to_tsquery("simple", wanted))
    query = _readable(workshop_id, viewer).where(holds, *([_IS_STORY] if only_stories else []))
    return _ids(query.order_by(Contribution.number.desc()).limit(most).offset(after))


def _ids(query: sa.Select[*tuple[Any, ...]]) -> list[str]:
    return list(db.session.connection().execute(query).scalars())


def _texts(ids: Sequence[str], workshop_id: str, viewer: Viewer) -> dict[str, str]:
    query = sa.select(Contribution.id, Contribution.text).where(Contribution.workshop_id == workshop_id)
    query = query.where(Contribution.id.in_(ids), Contribution.state == APPROVED)
    rows = db.session.connection().execute(visible_to(query, eyes(viewer)))
    return {row.id: row.text for row in rows}
