"""Where a discussion stands: which question the group is at, and what its facilitator said about themselves."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Perhaps, belongs_to


class Discussion(Base):
    """`at` counts the questions from 1. `declared` is neutral or service, and None before anybody said so."""

    __tablename__ = "discussion"
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)
    at: Mapped[int] = mapped_column(default=1)
    declared: Mapped[str | None] = mapped_column(sa.String(12))
    ends_at: Mapped[Perhaps]
