"""`workshop change`: for developers, the next change of the tables."""

import click

from workshop.cli import tables
from workshop.cli.starting import opened


@click.command()
@click.argument("message")
def change(message: str) -> None:
    """Write the next change by comparing the database's tables with the models. Read it before you keep it."""
    with opened():
        tables.upgrade()
        tables.write_change(message)
