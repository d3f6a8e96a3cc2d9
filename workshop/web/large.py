"""How much one request may bring: a form with a film, from a phone without script, more than anything else."""

import re
from collections.abc import Mapping
from typing import Any

from flask import current_app, request

ANSWERS = re.compile(r"/w/[^/]+/(?:a|console/add/[^/]+)/[^/]+")
FRAME = 256 * 1024  # what a form puts around a file


def most(path: str, settings: Mapping[str, Any]) -> int:
    """Bytes that a request to this path may have."""
    usual, film = settings["MAX_UPLOAD"], settings["MAX_FILM_UPLOAD"]
    return FRAME + int(max(usual, film) if ANSWERS.fullmatch(path) else usual)


def allow_films() -> None:
    """Flask asks for the limit of each request."""
    request.max_content_length = most(request.path, current_app.config)
