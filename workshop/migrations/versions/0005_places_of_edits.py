"""Places of edits: a facilitator's change may be of a further answer, not of the text alone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edit") as edit:
        edit.add_column(sa.Column("place", sa.String(length=12), nullable=False, server_default="text"))


def downgrade() -> None:
    with op.batch_alter_table("edit") as edit:
        edit.drop_column("place")
