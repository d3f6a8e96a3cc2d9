"""`workshop look-over`: reads the whole database and every file once, as the server does each night."""

import click

from workshop.cli.starting import fail, opened
from workshop.commands.looking_over import look_over


@click.command("look-over")
def look() -> None:
    """Have any stored bytes turned? Ends with 1 if so."""
    with opened():
        turned = look_over()
    if turned:
        fail("Bytes have turned: " + "; ".join(turned) + ". Keep the last backup. Read docs/operating.md.")
    click.echo("The database and every file are what they were when they were kept.")
