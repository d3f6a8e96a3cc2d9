"""What the installation itself needs: its epoch, work for later, and counters of failures."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Json, Perhaps, When, new_id


class Installation(Base):
    """One row. `epoch` is new after a restore, so that no cache believes an older history."""

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(sa.String(32), default=new_id)
    made_at: Mapped[When]


class Job(Base):
    """Work that outlives a request. `state`: ready, running, done, failed."""

    __tablename__ = "job"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(sa.String(60))
    facts: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    state: Mapped[str] = mapped_column(sa.String(12), default="ready", index=True)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[When]
    locked_at: Mapped[Perhaps]


class Failure(Base):
    """How often something failed in a stretch of time: wrong codes, passwords, receipts. Keys are sealed."""

    __tablename__ = "failure"
    key: Mapped[str] = mapped_column(sa.String(90), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
