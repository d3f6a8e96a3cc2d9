"""The app on a phone: what it needs to open without network, and to be put on the first screen."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.extensions import setting
from workshop.permissions import May
from workshop.web import language
from workshop.web.guards import needs
from workshop.web.templates import static

bp = Blueprint("installable", __name__)

IMPORTED = re.compile(r"""^import\s[^;]*?["']\./([\w.]+)["']|import\(["']\./([\w.]+)["']\)""", re.MULTILINE)
ENTRIES = ("js/phone.js", "js/live.js")
FILES = ("css/base.css", "css/phone.css", "icons.svg", "mark.svg")
PAGES = ("templates/frames/*.html", "templates/components/*.html", "templates/phone/*.html", "translations/*/*/*.mo")
PAPER = "#FBF9F4"


def init_app(app: Flask) -> None:
    app.after_request(say_build)
    app.context_processor(lambda: {"worker": is_offered()})


@bp.get("/sw.js")
@needs(May.VISIT)
def worker() -> Response:
    """The service worker, with the names of what it keeps. Switched off, it clears away what it had kept."""
    on = bool(setting("SERVICE_WORKER"))
    known = {"BUILD": build(), "SHELL": shell(), "LANGUAGES": setting("LANGUAGES")}
    words = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items()) if on else ""
    script = words + _read("js/worker.js" if on else "js/worker_off.js").decode()
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/offline/<code>")
@needs(May.VISIT)
def offline(code: str) -> ResponseReturnValue:
    """What a phone shows where there is neither network nor the page: nobody's, until script fills it in."""
    _must_be_offered(code)
    with force_locale(code):
        page = render_template("phone/offline.html", lang=code, languages=[])
    return Response(page, headers={"Cache-Control": "no-cache"})


@bp.get("/app/<code>.webmanifest")
@needs(May.VISIT)
def manifest(code: str) -> Response:
    _must_be_offered(code)
    with force_locale(code):
        said = {"name": _("Workshop"), "short_name": _("Workshop"), "lang": code, "dir": language.direction()}
    place = {"id": "/", "start_url": "/", "scope": "/", "display": "standalone"}
    response = jsonify(**said, **place, background_color=PAPER, theme_color=PAPER, icons=_icons())
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.mimetype = "application/manifest+json"
    return response


def say_build(response: Response) -> Response:
    """A phone that has kept the files of this build need not ask for them again."""
    if "actor" in g and g.actor.seat is not None and response.mimetype == "text/html" and is_offered():
        response.headers["Workshop-Shell"] = build()
    return response


def is_offered() -> bool:
    """Browsers run it over https alone; in practice mode the outbox does without."""
    return bool(setting("SERVICE_WORKER")) and not setting("PRACTICE")


@cache
def build() -> str:
    """The same on every node that serves the same files: what changes it is what phones keep."""
    package = Path(current_app.root_path)
    pages = [path for folder in PAGES for path in sorted(package.glob(folder))]
    kept = [*(_read(name) for name in (*FILES, *_modules(), "js/worker.js")), *(path.read_bytes() for path in pages)]
    return hashlib.sha256(b"".join(kept)).hexdigest()[:12]


def shell() -> list[str]:
    """Addresses as pages ask for them: with a hash in a page, without one in a script."""
    asked = [static(name) for name in (*FILES, *ENTRIES)]
    plain = [url_for("static", filename=name) for name in _modules() if name not in ENTRIES]
    return [*asked, *plain, *(url_for("installable.offline", code=code) for code in setting("LANGUAGES"))]


@cache
def _modules() -> tuple[str, ...]:
    """Every script that a phone's page may load, wherever it is imported from."""
    found = list(ENTRIES)
    for name in found:
        names = ["js/" + (one or two) for one, two in IMPORTED.findall(_read(name).decode())]
        found += dict.fromkeys(each for each in names if each not in found)
    return tuple(found)


def _read(name: str) -> bytes:
    return (Path(current_app.static_folder or "") / name).read_bytes()


def _icons() -> list[dict[str, str]]:
    def drawn(name: str, size: int, **more: str) -> dict[str, str]:
        return {"src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", **more}

    mark = {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    return [mark, drawn("app-192", 192), drawn("app-512", 512), drawn("app-512-round", 512, purpose="maskable")]


def _must_be_offered(code: str) -> None:
    if code not in setting("LANGUAGES"):
        abort(404)
