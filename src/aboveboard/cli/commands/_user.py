"""`aboveboard user`: who works in the console, and as what."""

import sys
from collections.abc import Iterable

import click

from aboveboard.cli._group import Group
from aboveboard.cli._office import ADMIN, open_access, open_office
from aboveboard.cli._office_output import show, user_row
from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import Settings, settings_of
from aboveboard.errors import UnknownNameError

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_STDIN = click.option("--password-stdin", "from_stdin", is_flag=True, help="Read the password from stdin.")
_LONGEST = 4096


@click.group(cls=Group)
def command() -> None:
    """Add, list and remove people who work in the console, their roles and passwords.

    Roles are reviewer, auditor, admin, and those of the charter. A password has 15 characters at least; it is
    asked for, or read from stdin, and never an argument.
    """


@command.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="What they are (repeat for more).")
@_STDIN
@_JSON
@click.pass_context
def add(ctx: click.Context, name: str, roles: tuple[str, ...], from_stdin: bool, as_json: bool) -> None:
    """Add the person NAME, who may then log in to the console."""
    settings = settings_of(ctx)
    _check_roles(settings, roles)
    password = _password(from_stdin)
    with open_office(settings) as office:
        user, act = office.access.people.draft_user(name, roles, password, ADMIN)
        office.carry_out(act)
    if as_json:
        print_json(user_row(user))
        return
    say(f"added {user.name} as {', '.join(user.roles)}; on record as {user.id}")


@command.command(name="list")
@_JSON
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List the people and their roles."""
    with open_access(settings_of(ctx)) as access:
        rows = [user_row(each) for each in access.people.all()]
    show(rows, "there is nobody yet: aboveboard user add NAME --role …", as_json=as_json)


@command.command(name="roles")
@click.argument("name")
@click.argument("roles", metavar="ROLE...", nargs=-1, required=True)
@click.pass_context
def roles_(ctx: click.Context, name: str, roles: tuple[str, ...]) -> None:
    """Give NAME these roles in the place of all they have. They have to log in again."""
    settings = settings_of(ctx)
    _check_roles(settings, roles)
    with open_office(settings) as office:
        people = office.access.people
        office.carry_out(people.draft_roles(people.named(name), roles, ADMIN))
    say(f"{name} is {', '.join(roles)} now")


@command.command(name="password")
@click.argument("name")
@_STDIN
@click.pass_context
def password_(ctx: click.Context, name: str, from_stdin: bool) -> None:
    """Give NAME a new password. Wherever they are logged in, they are out."""
    with open_office(settings_of(ctx)) as office:
        user = office.access.people.named(name)
        office.carry_out(office.access.people.draft_password(user, _password(from_stdin), ADMIN))
    say(f"the password of {name} is another now")


@command.command()
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Remove NAME: name, password and sessions are deleted. Records keep the random id alone."""
    with open_office(settings_of(ctx)) as office:
        people = office.access.people
        office.carry_out(people.draft_removal(people.named(name), ADMIN))
    say(f"{name} is removed")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline(_LONGEST).rstrip("\r\n")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given


def _check_roles(settings: Settings, roles: Iterable[str]) -> None:
    """Raises UnknownNameError for a role that neither the console nor the charter has."""
    from aboveboard.access import ROLES
    from aboveboard.cli._charters import open_charter

    charters = open_charter(settings.charter).roles if settings.charter.exists() else {}
    known = {*ROLES, *charters}
    for role in roles:
        if role not in known:
            raise UnknownNameError("role", role, known)
