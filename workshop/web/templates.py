"""What every template may ask for: the language, hashed static files, a contribution's side in words."""

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
import segno
from flask import Flask, current_app, g, url_for
from flask_babel import gettext
from flask_login import current_user
from jinja2 import ChoiceLoader, PackageLoader
from jinja2.runtime import Context
from markupsafe import Markup

from workshop import days
from workshop.activities import Line, kind_of, packages
from workshop.consent import Level
from workshop.extensions import setting
from workshop.ladder import ONLY_ME, title_of
from workshop.live.parts import Rendered
from workshop.models.statements import kept_for
from workshop.queries import rooms
from workshop.web import language, passing_on, persons

STILL, MOST_STILL = "workshop-still", 512
NUMBER = re.compile(r"\+?\d[\d ()./-]*")


class Template(jinja2.Template):
    """A file of components runs once, not once a page: its macros know what is global, and nothing of a page."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


def init_app(app: Flask) -> None:
    app.jinja_env.template_class = Template
    app.jinja_env.globals["current_user"] = current_user  # looked up only where a template asks
    if app.jinja_loader and packages():
        app.jinja_loader = ChoiceLoader([app.jinja_loader, *map(PackageLoader, packages())])
    app.jinja_env.globals["static"] = static
    app.jinja_env.globals["part_html"] = part_html
    app.jinja_env.globals["still"] = still
    app.extensions[STILL] = {}
    app.jinja_env.globals["qr_code"] = qr
    app.jinja_env.globals["dialled"] = dialled
    app.jinja_env.globals["title_of"] = title_of
    app.jinja_env.globals["state_words"] = state_words
    app.jinja_env.globals["own_reading"] = own_reading
    app.jinja_env.globals["place_title"] = place_title
    app.jinja_env.filters["kept_for"] = kept_for
    app.jinja_env.filters |= {"dateformat": days.in_words, "datetimeformat": days.moment_in_words}
    app.context_processor(common_words)


def common_words() -> dict[str, Any]:
    """The names that the frames use."""
    workshop = g.get("workshop")
    seat = g.actor.seat if "actor" in g else None
    return {
        "lang": language.code(),
        "dir": language.direction(),
        "languages": language.languages(),
        "practice": current_app.config["PRACTICE"],
        "example": bool(workshop is not None and workshop.example),
        "workshop_name": workshop.title if workshop is not None else gettext("Workshop"),
        "person": persons.mark(seat) if seat else None,
        "help_href": url_for("phone.help_page", workshop_id=workshop.id) if seat else None,
        "next_person_href": passing_on.next_door(workshop.id) if workshop is not None else None,
        "leave_fast_href": _leave_fast_href(workshop),
        "home_href": url_for("phone.now", workshop_id=workshop.id) if seat else None,
    }


def _leave_fast_href(workshop: Any) -> str | None:
    """Where «Leave this page fast» leads; None where the subject is not sensitive."""
    if workshop is None or not workshop.settings.get("sensitive"):
        return None
    return str(setting("LEAVE_FAST_TO")) or url_for("leave_fast.today")


def part_html(part: Rendered) -> Markup:
    """The HTML of a shared part inside a page: our own template has rendered and escaped it already."""
    return Markup(part.html)  # noqa: S704


def still(template: str, **words: Any) -> Markup:
    """A part that is the same for everybody who reads this language, whoever and wherever they are: rendered once."""
    kept, key = current_app.extensions[STILL], (template, language.code(), *words.values())
    if key not in kept:
        if len(kept) > MOST_STILL:
            kept.clear()
        kept[key] = Markup(current_app.jinja_env.get_template(template).render(words))  # noqa: S704 - our own template
    found: Markup = kept[key]
    return found


def state_words(said: Any) -> str:
    """Where somebody's words are on their way, in the teller's words."""
    if said.level == Level.ONLY_ME and said.state in ("waiting", "shown"):
        return str(ONLY_ME.text)
    if said.late and said.state == "waiting":
        return str(gettext("It came after the question closed. It is kept."))
    words = {
        "waiting": gettext("A facilitator reads it first."),
        "shown": gettext("A facilitator has approved it."),
        "hidden": gettext("It is not shown to others."),
        "asked": gettext("The facilitator has a question for you."),
        "held": gettext("It is held back for now."),
        "ended": gettext("It was deleted on its date, as promised."),
    }
    return str(words[said.state])


def place_title(place: str) -> str:
    """The question to which a teller wrote these words, beside the text of a story."""
    titles = {
        "helped": gettext("What would have helped?"),
        "warning": gettext("Should people know something before they hear it?"),
        "hear": gettext("Who should hear it?"),
    }
    return str(titles.get(place, ""))


def own_reading(said: Any, workshop_id: str) -> list[Line]:
    """How the teller reads their own words: for them and the team, never for the room."""
    activity = rooms.activity(said.activity_id, workshop_id) if said.more else None
    return kind_of(activity).read_by_teller(activity, said.more) if activity else []


def dialled(words: str) -> str:
    """What a phone dials of a number as people write it: its digits, from the first one on; nothing where none are."""
    found = NUMBER.search(words)
    return "".join(str(int(sign)) if sign.isdecimal() else "+" * (sign == "+") for sign in found[0]) if found else ""


@cache
def static(path: str) -> str:
    """The address of a file of ours, with its hash, so that phones may keep it for ever."""
    return url_for("static", filename=path, v=_hash_of(path))


def _hash_of(path: str) -> str:
    return hashlib.sha256((Path(current_app.static_folder or "") / path).read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=64)
def qr(address: str) -> dict[str, Any]:
    """A QR code as path data for components/qr.html: `d` and `size` in modules."""
    code = segno.make(address, error="m", boost_error=False)
    runs = []
    for y, row in enumerate(code.matrix):
        runs += [f"M{x} {y}h1v1h-1z" for x, dark in enumerate(row) if dark]
    return {"d": "".join(runs), "size": len(code.matrix)}
