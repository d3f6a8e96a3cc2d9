"""Two ideas that may be one, and what their authors say to it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("activity_id", sa.String(32), nullable=False),
        sa.Column("one_id", sa.String(32), nullable=False),
        sa.Column("other_id", sa.String(32), nullable=False),
        sa.Column("one_says", sa.String(4), nullable=False),
        sa.Column("other_says", sa.String(4), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], "fk_merge_activity_id_activity", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["one_id"], ["contribution.id"], "fk_merge_one_id_contribution", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["contribution.id"], "fk_merge_other_id_contribution", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
    )
    for column in ("activity_id", "one_id", "other_id"):
        op.create_index(f"ix_merge_{column}", "merge", [column])


def downgrade() -> None:
    op.drop_table("merge")
