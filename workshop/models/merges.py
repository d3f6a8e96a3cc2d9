"""Two ideas that may be one: only if both of their authors say yes."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, When, belongs_to


class Merge(Base):
    """A question to two authors. `one_says` and `other_says`: nothing yet, yes or no.

    `about` names the words that both were asked about: other words are another question. It holds no word itself, and
    goes with either of the two.
    """

    __tablename__ = "merge"
    id: Mapped[Id]
    activity_id: Mapped[str] = belongs_to("activity")
    one_id: Mapped[str] = belongs_to("contribution")
    other_id: Mapped[str] = belongs_to("contribution")
    one_says: Mapped[str] = mapped_column(sa.String(4), default="")
    other_says: Mapped[str] = mapped_column(sa.String(4), default="")
    about: Mapped[str] = mapped_column(sa.String(64))
    asked_at: Mapped[When]
