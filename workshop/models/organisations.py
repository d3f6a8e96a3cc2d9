"""Organisations, the people with an account, and how they are signed in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Json, Moment, Perhaps, Short, When, belongs_to


class Organisation(Base):
    """`statements` is what each of its workshops must state before it opens; see statements.py."""

    __tablename__ = "organisation"
    id: Mapped[Id]
    name: Mapped[Short]
    statements: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    example: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[When]


class User(Base):
    """An account: an organiser or facilitator. Participants never have one.

    `second_step` is the salt of the secret in the person's phone, None without one; `second_step_used` the last
    half minute whose digits were spent.
    """

    __tablename__ = "user"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[Short]
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    second_step: Mapped[str | None] = mapped_column(sa.String(32))
    second_step_used: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    language: Mapped[str] = mapped_column(sa.String(12), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[When]


class SpareCode(Base):
    """A code on paper for the day the phone is lost: sealed, good once."""

    __tablename__ = "spare_code"
    seal: Mapped[Hash] = mapped_column(primary_key=True)
    user_id: Mapped[str] = belongs_to("user")


class Membership(Base):
    """What an account may do in an organisation: `organiser`, `facilitator` or `responder`."""

    __tablename__ = "membership"
    user_id: Mapped[str] = belongs_to("user", primary_key=True)
    organisation_id: Mapped[str] = belongs_to("organisation", primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(20))


class SignIn(Base):
    """One browser in which somebody is signed in. The row gone, the browser is signed out.

    One that is not `whole` waits for the second step and opens nothing yet.
    """

    __tablename__ = "sign_in"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    user_id: Mapped[str] = belongs_to("user")
    whole: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[When]
    seen_at: Mapped[datetime] = mapped_column(Moment)


class SignInLink(Base):
    """A link that works once: `purpose` is sign_in, invite or reset, and it is good for nothing else."""

    __tablename__ = "sign_in_link"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(20))
    user_id: Mapped[str | None] = belongs_to("user", nullable=True)
    organisation_id: Mapped[str | None] = belongs_to("organisation", nullable=True)
    email: Mapped[str | None] = mapped_column(sa.String(200))
    role: Mapped[str | None] = mapped_column(sa.String(20))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[Perhaps]
