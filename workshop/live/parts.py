"""Shared parts: pure functions of (epoch, build, revision, audience, language). They hold no form, no token and no
personal order, so one rendering serves every phone of the room."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from flask import render_template
from flask_babel import force_locale

from workshop.live import console, phone, screen, themes
from workshop.queries import rooms, upkeep


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page: who sees it, its template, and the words it needs, from the workshop alone."""

    audience: str  # phone, console or screen
    template: str
    words: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The state of a part: its HTML and the tag under which it may be cached."""

    name: str
    html: str
    etag: str
    revision: int


PARTS = {
    "now": Part("phone", "phone/now_part.html", phone.now),
    "look-up": Part("phone", "phone/look_up_part.html", phone.look_up),
    "wall": Part("phone", "phone/wall_part.html", phone.wall),
    "gathered": Part("phone", "themes/gathered_part.html", themes.gathered),
    "screen": Part("screen", "screen/part.html", screen.poster),
    "status": Part("console", "console/status_part.html", console.status),
    "run-sheet": Part("console", "console/run_sheet_part.html", console.run_sheet),
    "stage": Part("console", "console/stage_part.html", console.stage),
    "queue": Part("console", "console/queue_part.html", console.queue),
    "calls": Part("console", "console/calls_part.html", console.calls),
    "claims": Part("console", "console/claims_part.html", console.claims),
    "themes": Part("console", "themes/themes_part.html", themes.board),
}

_kept: dict[tuple[str, str, str], tuple[int, Rendered]] = {}
_lock = Lock()


def of(audience: str) -> list[str]:
    """The names of the parts that an audience sees. The console sees the small true copy of the screen too."""
    return [name for name, part in PARTS.items() if part.audience == audience]


def render(workshop_id: str, name: str, language: str) -> Rendered:
    """The part as it is now; rendered once a revision and language, then handed out. Needs a request context."""
    workshop = rooms.workshop(workshop_id)
    if workshop is None:
        raise LookupError(workshop_id)
    key = (workshop_id, name, language)
    revision, kept = _kept.get(key, (0, None))
    if kept is not None and revision == workshop.revision and kept.etag == etag(workshop, name, language):
        return kept
    rendered = _fresh(workshop, name, language)
    with _lock:
        _kept[key] = (workshop.revision, rendered)
    return rendered


def _fresh(workshop: Any, name: str, language: str) -> Rendered:
    part = PARTS[name]
    with force_locale(language):
        html = render_template(part.template, workshop=workshop, **part.words(workshop))
    return Rendered(name, html, etag(workshop, name, language), workshop.revision)


def etag(workshop: Any, name: str, language: str) -> str:
    """Names this state of a part, and no other."""
    facts = f"{upkeep.epoch()}|{build()}|{workshop.id}|{workshop.revision}|{name}|{language}"
    return hashlib.sha256(facts.encode()).hexdigest()[:20]


@cache
def build() -> str:
    """A new build of the app renders anew: what its templates and code are, by the times of their files."""
    package = Path(__file__).parent.parent
    files = sorted(path for kind in ("*.py", "*.html", "*.toml", "*.mo") for path in package.rglob(kind))
    times = "".join(f"{path.relative_to(package)}{path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(times.encode()).hexdigest()[:12]
