"""`workshop backup` and `workshop restore`."""

from datetime import datetime
from pathlib import Path

import click

from workshop.cli.starting import fail, instance, opened
from workshop.commands import keeping, restoring
from workshop.extensions import db

KEY = "secret.key"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def backup(folder: Path | None) -> None:
    """Copy everything into one file in FOLDER, also while people use the app."""
    with opened():
        if db.engine.dialect.name != "sqlite":
            fail("This installation keeps its data in PostgreSQL. Use pg_dump, and copy the media folder.")
        folder = folder or instance() / "backups"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = keeping.backup(instance(), folder / f"workshop-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip")
    click.echo(f"Saved: {path} ({path.stat().st_size / 1e6:.1f} MB).")
    click.echo("Open choices are in it without the link to the people who made them.")
    click.echo(f"The key is not in it. Keep a copy of {instance() / KEY} somewhere else: without it,")
    click.echo("receipts, codes and sign-ins of a restored installation do not work.")
    click.echo(f"Keep {instance() / keeping.TOMBSTONES} safe as well: it says what people took back since.")


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The old secret.key.")
@click.option(
    "--tombstones", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The old tombstones.txt."
)
@click.option("--tombstones-are-lost", is_flag=True, help="Nobody can say any more what was taken back since.")
def restore(pack: Path, key: Path | None, tombstones: Path | None, tombstones_are_lost: bool) -> None:
    """Make a new installation from the backup PACK, in an empty folder: workshop --instance FOLDER restore PACK."""
    if tombstones is None and not tombstones_are_lost:
        fail(
            "People may have taken words back after this backup was made. Give the newest list of them:\n"
            "  --tombstones OLD/INSTANCE/tombstones.txt\nOnly if it is lost: --tombstones-are-lost"
        )
    counts = _restored(pack, tombstones)
    click.echo(f"Restored into {instance()}, and checked:")
    for what, number in counts.items():
        click.echo(f"  {what}: {number}")
    if key:
        place = instance() / KEY
        place.write_bytes(key.read_bytes())
        place.chmod(0o600)
    else:
        click.echo("Without the old secret.key no receipt, code or sign-in works. Copy it there before you start.")


def _restored(pack: Path, tombstones: Path | None) -> dict[str, int]:
    try:
        return restoring.restore(pack, instance(), tombstones)
    except restoring.NotEmpty:
        fail(f"{instance()} is not empty. A restore never writes over an installation: name another folder.")
    except restoring.Damaged as damage:
        fail(str(damage))
