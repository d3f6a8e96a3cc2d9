"""`workshop user add`, `workshop user second-step-off` and `workshop sign-in-link`."""

import click
from flask import Flask

from workshop.cli.starting import address, fail, opened
from workshop.commands import accounts as account_commands
from workshop.commands import links, organising, second_step
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
    with opened() as made:
        try:
            user_id = account_commands.add_user(email, name, None)
        except account_commands.AlreadyThere:
            fail(f"There is an account with {email} already. For a link: workshop sign-in-link {email}")
        organising.make_organisation(organisation, user_id)
        click.echo(f"{name} organises {organisation}.")
        _print_link(made, user_id)


@user.command()
@click.argument("email")
def second_step_off(email: str) -> None:
    """For somebody whose phone and spare codes are lost: EMAIL signs in without them. Make sure who asks."""
    with opened():
        found = accounts.user_by_email(email)
        if found is None:
            fail(f"There is no account with {email}.")
        second_step.turn_off(found.id)
        click.echo(f"{found.name} signs in without a second step now, and is asked to turn it on again.")


@click.command()
@click.argument("email", required=False)
def sign_in_link(email: str | None) -> None:
    """A link that signs the account EMAIL in, once. Without EMAIL: the organiser of the example."""
    with opened() as made:
        found = accounts.user_by_email(email or EXAMPLE)
        if found is None:
            fail(f"There is no account with {email or EXAMPLE}. To make one: workshop user add EMAIL")
        _print_link(made, found.id)


def _print_link(made: Flask, user_id: str) -> None:
    click.echo(f"This link works once, for {made.config['SIGN_IN_LINK_MINUTES']} minutes:")
    click.echo(address(made, "accounts.open_link", token=links.make_link(user_id, "sign_in")))
