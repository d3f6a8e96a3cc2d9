"""Pictures of activities: a medium may belong to an activity instead of somebody's words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("medium") as medium:
        medium.add_column(sa.Column("activity_id", sa.String(length=32), nullable=True))
        medium.create_index("ix_medium_activity_id", ["activity_id"])
        medium.create_foreign_key(
            "fk_medium_activity_id_activity", "activity", ["activity_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    with op.batch_alter_table("medium") as medium:
        medium.drop_constraint("fk_medium_activity_id_activity", type_="foreignkey")
        medium.drop_index("ix_medium_activity_id")
        medium.drop_column("activity_id")
