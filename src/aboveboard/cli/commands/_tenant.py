"""`aboveboard tenant`: who answers for keys, and what all of theirs may spend together."""

import click

from aboveboard.cli._group import Group
from aboveboard.cli._office import ADMIN, open_access, open_office
from aboveboard.cli._office_output import show, tenant_row
from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=Group)
def command() -> None:
    """Make and list tenants, and limit what the keys of one may spend together.

    A limit is METER/PERIOD=AMOUNT: requests, tokens, money (in the currency of the charter's prices) or
    energy (watt-hours), in a minute, hour, day, month, or in total.
    """


@command.command()
@click.argument("name")
@_JSON
@click.pass_context
def create(ctx: click.Context, name: str, as_json: bool) -> None:
    """Make the tenant NAME, such as a team or a customer."""
    with open_office(settings_of(ctx)) as office:
        made, act = office.access.register.draft_tenant(name, ADMIN)
        office.carry_out(act)
    if as_json:
        print_json({"id": made.id, "name": made.name})
        return
    say(f"made tenant {made.id}; next: aboveboard key create {made.id} --label …")


@command.command(name="list")
@_JSON
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List the tenants, their keys in number, their limits."""
    with open_access(settings_of(ctx)) as access:
        rows = [tenant_row(access, each) for each in access.register.tenants()]
    show(rows, "there is no tenant yet: aboveboard tenant create NAME", as_json=as_json)


@command.command()
@click.argument("tenant")
@click.argument("limits", metavar="LIMIT...", nargs=-1)
@click.option("--none", "lifts", is_flag=True, help="Lift all limits.")
@click.pass_context
def limit(ctx: click.Context, tenant: str, limits: tuple[str, ...], lifts: bool) -> None:
    """Set the limits of TENANT (id or name), such as tokens/day=1000000 money/month=50.

    They take the place of all that it has, and hold for its keys together.
    """
    from aboveboard.access import parse_limit

    if bool(limits) is lifts:
        raise click.UsageError("give limits, or --none")
    with open_office(settings_of(ctx)) as office:
        found = office.access.register.tenant(tenant)
        office.carry_out(office.access.register.draft_limits(found, map(parse_limit, limits), ADMIN))
    say(f"limits of {found.name}: {' '.join(limits) or 'none'}; gateways know within two seconds")
