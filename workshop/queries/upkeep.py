"""The installation itself: its epoch, and how long the work list is."""

import sqlalchemy as sa

from workshop.extensions import db
from workshop.models import Installation, User

_epochs: dict[str, str] = {}


def epoch() -> str:
    """The installation's epoch; new after a restore, so nothing cached from before is believed."""
    url = str(db.engine.url)
    if url not in _epochs:
        _epochs[url] = db.session.execute(sa.select(Installation.epoch)).scalar_one()
    return _epochs[url]


def is_untouched() -> bool:
    """Has nobody an account here yet?"""
    return db.session.execute(sa.select(User.id).limit(1)).first() is None
