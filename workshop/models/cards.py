"""One-time cards: printed, given out by hand, each good for one person."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, belongs_to


class OneTimeCard(Base):
    """A card of a workshop. Its code is kept as a seal only, and nothing says who came in with it, or when.

    `refused`: how often somebody tried to come in with it after it had been used.
    """

    __tablename__ = "one_time_card"
    seal: Mapped[Hash] = mapped_column(primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop")
    side: Mapped[str] = mapped_column(sa.String(12))
    used: Mapped[bool] = mapped_column(default=False)
    refused: Mapped[int] = mapped_column(default=0)
