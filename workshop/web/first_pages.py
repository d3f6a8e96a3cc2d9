"""The first page of a question: rendered once a revision for all who see it alike, with tokens for each phone."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import session
from flask_wtf.csrf import generate_csrf

from workshop.live import parts
from workshop.models.columns import new_id
from workshop.web import cookies, language, persons

MOST = 100  # pages kept of a room and language; each is a few dozen kilobytes
SENDING = r'(?<=name="id" value=")[0-9a-f]{32}|(?<=name="secret" value=")[0-9a-f]{32}'
PERSON = r'(?<=name="person" content=")[0-9a-f]{16}'


@dataclass(frozen=True, slots=True)
class Page:
    """A page with holes: between two pieces stands the form's token, whose page it is, or an id made anew."""

    pieces: tuple[bytes, ...]
    holes: tuple[str, ...]

    @classmethod
    def of(cls, html: str, token: str) -> "Page":
        holes = list(re.finditer(f"(?P<sending>{SENDING})|(?P<person>{PERSON})|(?P<token>{re.escape(token)})", html))
        starts, ends = [0, *(hole.end() for hole in holes)], [*(hole.start() for hole in holes), len(html)]
        pieces = tuple(html[start:end].encode() for start, end in zip(starts, ends, strict=True))
        return cls(pieces, tuple(str(hole.lastgroup) for hole in holes))

    def filled(self, person: str) -> bytes:
        """The page for one phone."""
        known, page = {"token": generate_csrf(), "person": person}, [self.pieces[0]]
        for hole, piece in zip(self.holes, self.pieces[1:], strict=True):
            page += (known.get(hole) or new_id()).encode(), piece
        return b"".join(page)


_kept: dict[tuple[str, str], tuple[str, dict[tuple[str, ...], Page]]] = {}


def alike(workshop: Any, activity: Any, seat: Any, render: Callable[[], str]) -> bytes | str:
    """The page as `render` makes it, from memory when somebody of the same side, role and habits has just seen it."""
    if "_flashes" in session:  # a word for this person alone
        return render()
    pages = _of_this_revision(workshop)
    key = (activity.id, seat.side, seat.role or "", _device(workshop, seat), json.dumps(seat.habits, sort_keys=True))
    page = pages.get(key)
    if page is None:
        if len(pages) >= MOST:
            pages.clear()
        page = pages[key] = Page.of(render(), generate_csrf())
    return page.filled(persons.mark(seat))


def _device(workshop: Any, seat: Any) -> str:
    """The pages of a shared tablet know that they are on one."""
    return f"{seat.channel} {cookies.tablet(workshop.id) or ''}"


def _of_this_revision(workshop: Any) -> dict[tuple[str, ...], Page]:
    """Older pages are forgotten at once: what was taken back must not wait in memory."""
    room, tag = (workshop.id, language.code()), parts.etag(workshop, "wall", language.code())
    if _kept.get(room, ("",))[0] != tag:
        _kept[room] = (tag, {})
    return _kept[room][1]
