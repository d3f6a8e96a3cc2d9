"""`workshop save`, `open` and `move`: one workshop, or everything, from one installation to another."""

from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from workshop.cli import tables
from workshop.cli.keeping import FILE, asked_for, plain_words, refusals
from workshop.cli.starting import fail, instance, opened
from workshop.commands import keeping, moving, opening, recovery, saving
from workshop.extensions import db
from workshop.models import Organisation, Workshop
from workshop.queries import rooms


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("workshop_id", required=False)
def save(file: Path, workshop_id: str | None) -> None:
    """Write one workshop into FILE. Without an id: the only one that is no example, or a list of all."""
    with opened(), plain_words():
        if file.exists():
            fail(f"{file} is there already. A saving never writes over a file: take another name.")
        found = rooms.workshop(_chosen(workshop_id))
        words = recovery.new_words()
        closes = [recovery.identity(words).to_public(), recovery.closing(instance())]
        saving.save(found, instance(), file, closes)
        title = found.title if found else ""
    click.echo(f"Saved: «{title}» in {file} ({file.stat().st_size / 1e6:.1f} MB). These words open it:\n")
    click.echo(recovery.in_rows(words))
    click.echo("\nSend the words another way than the file. The recovery words of this installation open it as well.")
    click.echo("It holds everything, also what people keep for themselves. Who opens it answers for it as you do.")
    click.echo("What is taken back here from now on must be taken back there too: send them tombstones.txt.")


def _chosen(workshop_id: str | None) -> str:
    rows = db.session.execute(sa.select(Workshop.id, Workshop.title, Workshop.example).order_by(Workshop.made_at)).all()
    ids = [row.id for row in rows if workshop_id == row.id or (workshop_id is None and not row.example)]
    if len(ids) == 1:
        return str(ids[0])
    listed = "\n".join(f"  {row.id}  {row.title}" for row in rows)
    return fail(f"Say which workshop: workshop save FILE ID\n{listed}" if rows else "There is no workshop yet.")


@click.command("open")
@click.argument("file", type=FILE)
@click.option("--words", type=FILE, help="A file with the words that open it. Without it they are asked for.")
@click.option("--tombstones", type=FILE, help="The newest tombstones.txt of the installation it comes from.")
@click.option("--organisation", help="The name of the organisation here that answers for it from now on.")
def open_(file: Path, words: Path | None, tombstones: Path | None, organisation: str | None) -> None:
    """Open the workshop that was saved into FILE, beside those that are here."""
    opens = [asked_for(words, "The words that open this file")]
    with opened() as made, refusals(file):
        _refuse_old_tables()
        answers = _organisation(organisation)
        with opening.unpacked(file, opens, instance(), tables.is_known) as (place, about):
            if about["tables"] != tables.newest():
                tables.upgrade_file(place / keeping.DATABASE)
            came = _taken_in(place, about, answers.id, tombstones)
        _tell(came, answers.name, made.config["BASE_URL"])


def _taken_in(place: Path, about: dict[str, Any], organisation_id: str, tombstones: Path | None) -> opening.Opened:
    try:
        return opening.take_in(place, about, instance(), organisation_id, tombstones)
    except opening.AlreadyThere:
        fail(f"«{about['title']}» is here already. Nothing was changed: opening never writes over anything.")
    except opening.Deleted as day:
        fail(f"«{about['title']}» was deleted here on {day}. What was deleted stays deleted.")


def _tell(came: opening.Opened, organisation: str, address: str) -> None:
    click.echo(f"Opened: «{came.title}», for {organisation}.")
    for what, number in came.counts.items():
        click.echo(f"  {what}: {number}")
    if came.erased:
        click.echo(f"Taken back since, and not brought in: {came.erased}.")
    click.echo(f"It has new codes and QR codes: {address}/w/{came.id}/console")
    click.echo("Receipts open here, by their words or by their link with the address of this installation.")


def _refuse_old_tables() -> None:
    if tables.version() != tables.newest():
        fail("The tables here are not up to date. Start the app once: workshop serve")


def _organisation(name: str | None) -> Any:
    """The one that is named; without a name the only one there is, the example aside."""
    query = sa.select(Organisation.id, Organisation.name, Organisation.example).order_by(Organisation.made_at)
    every = db.session.execute(query).all()
    real = [row for row in every if row.name == name or (name is None and not row.example)]
    if len(real) == 1:
        return real[0]
    if not every:
        fail("There is no organisation yet. Make one: workshop user add EMAIL")
    return fail("Say for which organisation: --organisation NAME\n" + "\n".join(f"  {row.name}" for row in every))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def move(folder: Path) -> None:
    """Bring everything of the installation in FOLDER, on SQLite, into the empty database of this one."""
    if not (folder / keeping.DATABASE).exists():
        fail(f"There is no {keeping.DATABASE} in {folder}. Name the folder of the old installation.")
    with opened():
        tables.upgrade()
        try:
            came = moving.move(folder, tables.newest())
        except moving.NotEmpty:
            fail("This installation is in use already. Nothing was changed: a move fills an empty one alone.")
        except moving.AnotherKey:
            fail(f"Copy {folder / keeping.KEY} into {instance()} first, or set SECRET_KEY to it: receipts need it.")
        except moving.OtherTables:
            fail(f"The tables there are not of this version. Start the app there once: --instance {folder} serve")
    click.echo(f"Moved from {folder}, and checked:")
    for what, number in came.items():
        click.echo(f"  {what}: {number}")
    click.echo("Receipts, codes and accounts work here as there. Do not start the old one again.")
