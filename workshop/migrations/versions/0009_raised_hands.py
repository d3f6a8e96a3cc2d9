"""How the people of a box choose: on paper, as all did so far, or by raised hands."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("box", sa.Column("channel", sa.String(length=12), nullable=False, server_default="paper"))


def downgrade() -> None:
    op.drop_column("box", "channel")
