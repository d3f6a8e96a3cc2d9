"""Did a sending arrive as it left? The phone says what its bytes must be; what was bent on the way is refused."""

import base64
import hashlib
from typing import Any

from flask import Response, abort, jsonify, request

HEADER = "Content-Digest"
PIECE = 64 * 1024


def refuse_what_was_bent() -> None:
    """A body that is not what its sender says goes no further; the phone keeps the words and sends them again."""
    said = request.headers.get(HEADER)
    if said is not None and said != _digest():
        abort(422)


def safe(sending: str, following: str) -> Response:
    """The receipt for the phone's outbox: what arrived, and where to go. Only with it the phone forgets its copy."""
    return jsonify(state="safe", id=sending, next=following, digest=request.headers.get(HEADER))


def _digest() -> str:
    """Of the whole body, which is read again afterwards by whoever needs it."""
    body: Any = request.environ["wsgi.input"]
    found = hashlib.sha256()
    if getattr(body, "seekable", bool)():
        for piece in iter(lambda: body.read(PIECE), b""):
            found.update(piece)
        body.seek(0)
    else:  # a server that hands it out once
        found.update(request.get_data())
    return f"sha-256=:{base64.b64encode(found.digest()).decode()}:"
