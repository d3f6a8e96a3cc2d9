"""`workshop user add` and `workshop sign-in-link`."""

import click

from workshop.cli.starting import app, fail
from workshop.commands import accounts as account_commands
from workshop.commands import links, organising
from workshop.commands.demo import EMAIL as EXAMPLE
from workshop.queries import accounts


@click.group()
def user() -> None:
    """Accounts of organisers and facilitators."""


@user.command()
@click.argument("email")
@click.option("--name", prompt="Name", help="The person's name.")
@click.option("--organisation", prompt="Organisation", help="The name of the organisation; a new one is made.")
def add(email: str, name: str, organisation: str) -> None:
    """Make an account with a new organisation, and print the link to sign in."""
    made = app()
    with made.app_context():
        try:
            user_id = account_commands.add_user(email, name, None)
        except account_commands.AlreadyThere:
            fail(f"There is an account with {email} already. For a link: workshop sign-in-link {email}")
        organising.make_organisation(organisation, user_id)
        click.echo(f"{name} organises {organisation}.")
        _print_link(user_id, made.config)


@click.command()
@click.argument("email", required=False)
def sign_in_link(email: str | None) -> None:
    """A link that signs the account EMAIL in, once. Without EMAIL: the organiser of the example."""
    made = app()
    with made.app_context():
        found = accounts.user_by_email(email or EXAMPLE)
        if found is None:
            fail(f"There is no account with {email or EXAMPLE}. To make one: workshop user add EMAIL")
        _print_link(found.id, made.config)


def _print_link(user_id: str, config: dict[str, object]) -> None:
    token = links.make_link(user_id, "sign_in")
    click.echo(f"This link works once, for {config['SIGN_IN_LINK_MINUTES']} minutes:")
    click.echo(f"{config['BASE_URL']}/sign-in/link/{token}")
