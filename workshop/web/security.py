"""Headers on every answer, the same-origin rule for every write, and which addresses are answered at all."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop import config
from workshop.extensions import csrf
from workshop.web import intact, large

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # «no-referrer» would make browsers send «Origin: null» with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(self), microphone=(self)",
    "X-Frame-Options": "DENY",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    app.before_request(large.allow_films)  # before anybody reads the body
    app.before_request(refuse_strange_places)
    app.before_request(refuse_other_sites)
    app.before_request(intact.refuse_what_was_bent)
    app.before_request(csrf.protect)  # after the sites: a strange page never gets our words to show
    app.after_request(add_headers)
    if app.config["PROXIES"]:
        count = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]


def refuse_strange_places() -> None:
    """Plain http is answered at private addresses only, where practice mode says so on every page."""
    if request.scheme == "http" and not config.is_private(f"http://{request.host}"):
        abort(421)


def refuse_other_sites() -> None:
    """A write must come from our own pages: the browser says so itself, or the Origin header does."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def add_headers(response: Response) -> Response:
    """The same protection on pages, files and errors; personal pages are never stored."""
    said = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in said:
            response.headers.add(name, value)
    if not current_app.config["PRACTICE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "cache-control" not in said:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response
