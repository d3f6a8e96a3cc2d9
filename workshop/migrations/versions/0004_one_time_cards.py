"""One-time cards, and who came in with one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    workshop = sa.ForeignKeyConstraint(
        ["workshop_id"], ["workshop.id"], "fk_one_time_card_workshop_id_workshop", ondelete="CASCADE"
    )
    op.create_table(
        "one_time_card",
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("side", sa.String(12), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        workshop,
        sa.PrimaryKeyConstraint("seal", name="pk_one_time_card"),
    )
    op.create_index("ix_one_time_card_workshop_id", "one_time_card", ["workshop_id"])
    op.add_column("participant", sa.Column("by_card", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("participant", "by_card")
    op.drop_table("one_time_card")
