"""The shared parts by polling, for browsers and servers without a live stream."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from workshop.live import parts
from workshop.permissions import May
from workshop.web import language
from workshop.web.guards import needs

bp = Blueprint("parts", __name__)


@bp.get("/w/<workshop_id>/parts/phone/<name>")
@needs(May.FOLLOW)
def phone(workshop: Any, name: str) -> Response:
    return _part(workshop, "phone", name)


@bp.get("/w/<workshop_id>/parts/screen/<name>")
@needs(May.WATCH)
def screen(workshop: Any, name: str) -> Response:
    return _part(workshop, "screen", name)


@bp.get("/w/<workshop_id>/parts/console/<name>")
@needs(May.FACILITATE)
def console(workshop: Any, name: str) -> Response:
    return _part(workshop, "console", name)


def _part(workshop: Any, audience: str, name: str) -> Response:
    if name not in parts.of(audience):
        abort(404)
    tag = parts.etag(workshop, name, language.code())
    if tag in request.if_none_match:
        return Response(status=304, headers={"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"})
    rendered = parts.render(workshop.id, name, language.code())
    response = jsonify(part=rendered.name, html=rendered.html, revision=workshop.revision)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(rendered.etag)
    return response
