"""Nothing is behind a link: it is wrong or old, or the doors are locked. Nobody is told which."""

from werkzeug.exceptions import Forbidden, NotFound


class NoDoor(NotFound):
    """The one answer for all of them."""


class CardNeeded(Forbidden):
    """People come in with a one-time card here, and with nothing else."""
