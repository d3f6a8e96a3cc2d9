"""Is the app there, and can it keep words? For whoever watches over the machine."""

from flask import Blueprint, Response

from workshop.commands import CannotSave, upkeep
from workshop.permissions import May
from workshop.web.guards import needs

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@needs(May.VISIT)
def alive() -> Response:
    return _plain("alive", 200)


@bp.get("/readyz")
@needs(May.VISIT)
def ready() -> Response:
    """A write that must reach the disk: the only proof."""
    try:
        upkeep.probe()
    except CannotSave:
        return _plain("words cannot be saved now", 503)
    return _plain("ready: a word was saved", 200)


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain", headers={"Cache-Control": "no-store"})
