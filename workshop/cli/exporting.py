"""`workshop export`: a workshop's pack into a file, with the record that it left the house."""

from pathlib import Path

import click
import sqlalchemy as sa
from flask_babel import force_locale

from workshop.cli.starting import fail, opened
from workshop.exports import bundle
from workshop.extensions import db, setting
from workshop.models import Workshop
from workshop.queries import rooms


@click.command()
@click.argument("workshop_id", required=False)
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False), required=False)
def export(workshop_id: str | None, to: Path | None) -> None:
    """Write the pack of a workshop for its organiser: CSV, JSON, XLSX, consent. Without an id: list the workshops."""
    with opened():
        if workshop_id is None:
            _list()
            return
        if rooms.workshop(workshop_id) is None:
            fail(f"There is no workshop {workshop_id}. For the list: workshop export")
        path = to or Path(f"workshop-{workshop_id[:8]}.zip")
        with force_locale(setting("LANGUAGES")[0]):
            pack = bundle.write(workshop_id, path)
    click.echo(f"Written: {path}")
    click.echo(f"SHA-256: {pack.sha256}")
    click.echo("It holds words of people for the organiser alone. It is on the record that it left the house.")


def _list() -> None:
    found = db.session.execute(sa.select(Workshop.id, Workshop.title, Workshop.state).order_by(Workshop.made_at)).all()
    for workshop_id, title, state in found:
        click.echo(f"{workshop_id}  {state:6}  {title}")
    if not found:
        click.echo("There is no workshop yet.")
