"""Our rules: what a group wrote for itself, each version with its day."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from workshop.extensions import Base
from workshop.models.columns import Id, When, Words, belongs_to


class Rules(Base):
    """One version of the rules of a workshop, a rule on each line. Nothing changes it: a change is a new version."""

    __tablename__ = "rules"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    version: Mapped[int]
    text: Mapped[Words]
    made_at: Mapped[When]

    __table_args__ = (sa.Index("ix_rules_version", "workshop_id", "version", unique=True),)
