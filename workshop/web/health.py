"""Is the app there, can it keep words, and whom to tell of a hole? For whoever watches over the machine."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response

from workshop.commands import CannotSave, upkeep
from workshop.extensions import setting
from workshop.permissions import May
from workshop.web.guards import needs

VALID = timedelta(days=180)
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


@bp.get("/.well-known/security.txt")
@needs(May.VISIT)
def security() -> Response:
    """RFC 9116: whom to tell. Without a contact of its own, the installation points to whoever runs it."""
    until = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + VALID
    lines = [
        *_contact(str(setting("SECURITY_CONTACT")).strip()),
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(setting('LANGUAGES'))}",
        f"Canonical: {setting('BASE_URL')}/.well-known/security.txt",
    ]
    return _plain("\n".join(lines), 200)


def _contact(contact: str) -> list[str]:
    if not contact:
        return [
            "# Please tell the operator at the organisation that runs this address.",
            f"Contact: {setting('BASE_URL')}/",
        ]
    return [f"Contact: {contact if ':' in contact else f'mailto:{contact}'}"]


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain", headers={"Cache-Control": "no-store"})
