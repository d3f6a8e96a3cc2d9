"""`workshop expire`: what is to be deleted by its date. The server does it every night by itself."""

from datetime import UTC, datetime

import click

from workshop.cli.starting import fail, opened
from workshop.commands import expiring
from workshop.queries.expiry import Due, due


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Show what will be due on this day.")
@click.option("--now", is_flag=True, help="Delete it now, without waiting for the night.")
def expire(on: datetime | None, now: bool) -> None:
    """Show what is due to be deleted, as each workshop stated it. Nothing is deleted without --now."""
    if on and now:
        fail("Only what is due today can be deleted. Leave out --on, or --now.")
    moment = on.replace(tzinfo=UTC) if on else datetime.now(UTC)
    with opened():
        found = expiring.expire(moment) if now else due(moment)
    for each in found:
        click.echo(told(each, now))
    if not found:
        click.echo("Nothing is due.")
    elif not now:
        click.echo("Nothing was deleted. It goes by itself in the night after its day, or with --now.")


def told(due: Due, gone: bool) -> str:
    words = f"{len(due.media)} recordings and photos, {len(due.words)} texts, {len(due.proofs)} proofs of consent"
    return f"{due.workshop_id}  {due.title}: {'deleted' if gone else 'due'}: {words}"
