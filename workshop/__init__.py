"""create_app(): settings, extensions, kinds, pages. Nobody imports from here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from workshop import activities, config, extensions, web


class App(Flask):
    """Flask without the question, a dozen times a request, whether a function of ours is a coroutine: none is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(instance: str | Path | None = None, **settings: Any) -> Flask:
    """The application for the installation in `instance`; `settings` override file and environment."""
    place = Path(instance or config.instance_folder()).resolve()
    app = App("workshop", instance_path=str(place))
    app.config.update(config.load(place, settings))
    extensions.init_app(app)
    activities.discover()
    web.init_app(app)
    return app
