"""Which language a page speaks: asked for, chosen before, or what the browser prefers."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import get_locale, get_translations
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from workshop.extensions import babel

COOKIE = "language"
CATALOGUES = "workshop-catalogues"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name in its own script, and where this page is in it."""

    code: str
    name: str
    dir: str
    href: str


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=chosen)
    app.extensions[CATALOGUES] = {}
    install: Any = app.jinja_env  # an extension gave it this
    install.install_gettext_callables(say, say_number, newstyle=True, pgettext=say_of)
    app.after_request(remember)


def chosen() -> Locale:
    """The language of this request; the first one offered for jobs and the command line."""
    offered = current_app.config["LANGUAGES"]
    if not has_request_context():
        return _locale(offered[0])
    for code in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if code in offered:
            return _locale(str(code))
    return _locale(_preferred(request.headers.get("Accept-Language", ""), tuple(offered)))


def remember(response: Response) -> Response:
    """A language that was asked for stays."""
    if request.args.get("lang") in current_app.config["LANGUAGES"]:
        secure = not current_app.config["PRACTICE"]
        response.set_cookie(COOKIE, request.args["lang"], max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def code() -> str:
    return _code_of(get_locale()) or str(current_app.config["LANGUAGES"][0])


def say(sentence: str) -> str:
    """A template's sentence in the language of the page."""
    return str(_catalogue().gettext(sentence))


def say_number(one: str, many: str, number: int) -> str:
    return str(_catalogue().ngettext(one, many, number))


def say_of(what: str, sentence: str) -> str:
    """A sentence that means something else elsewhere."""
    return str(_catalogue().pgettext(what, sentence))


def _catalogue() -> Any:
    """Looked up once a language: Flask-Babel does it for each of the sixty sentences of a page."""
    known, locale = current_app.extensions[CATALOGUES], get_locale()
    if locale not in known:
        known[locale] = get_translations()
    return known[locale]


def direction() -> str:
    return _named(code())[1]


def languages() -> list[Language]:
    """What the language menu offers, on the page we are on."""
    if "languages" not in g:
        g.languages = [_language(each) for each in current_app.config["LANGUAGES"]]
    return list(g.languages)


def _language(code: str) -> Language:
    return Language(code, *_named(code), f"{request.path}?lang={code}")


@lru_cache(maxsize=256)
def _preferred(said: str, offered: tuple[str, ...]) -> str:
    """What a browser prefers of what is offered; a hall's phones say one of a few things."""
    return parse_accept_header(said, LanguageAccept).best_match(offered) or offered[0]


@cache
def _locale(code: str) -> Locale:
    """Parsed once: it looks for a file each time."""
    return Locale.parse(code)


@cache
def _code_of(locale: Locale | None) -> str:
    return str(locale or "")


@cache
def _named(code: str) -> tuple[str, str]:
    """A language's own name, and its direction."""
    locale = _locale(code)
    return str(locale.get_display_name(code)), str(locale.text_direction)
