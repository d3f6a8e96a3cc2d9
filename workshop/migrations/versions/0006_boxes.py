"""Boxes of paper ballots, and how two people read them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "box",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("activity_id", sa.String(32), nullable=False),
        sa.Column("side", sa.String(12), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=True),
        sa.Column("void", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], "fk_box_activity_id_activity", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_box"),
    )
    op.create_index("ix_box_activity_id", "box", ["activity_id"])
    op.create_table(
        "reading",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("box_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], "fk_reading_box_id_box", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.UniqueConstraint("box_id", "user_id", name="uq_reading_box_id"),
    )
    op.create_index("ix_reading_box_id", "reading", ["box_id"])
    op.create_table(
        "slip",
        sa.Column("reading_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], "fk_slip_reading_id_reading", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading_id", "number", name="pk_slip"),
    )


def downgrade() -> None:
    op.drop_table("slip")
    op.drop_table("reading")
    op.drop_table("box")
