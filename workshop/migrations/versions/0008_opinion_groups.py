"""Which opinion group a sealed ballot fell into: found from the ballots alone, after the close."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot", sa.Column("opinion_group", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("ballot", "opinion_group")
