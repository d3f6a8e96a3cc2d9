"""How a change of tables is run: on the connection it is given, inside that connection's transaction."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from workshop.extensions import db


def written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types by what the database makes of them: a change must not move when the models do."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def compared(name: str | None, _kind: str, _parents: Any) -> bool:
    """The index for searching is made by statements of its own."""
    return not (name or "").startswith("search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.metadata,
    render_as_batch=True,
    render_item=written,
    include_name=compared,
)
with context.begin_transaction():
    context.run_migrations()
