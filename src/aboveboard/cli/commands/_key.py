"""`aboveboard key`: who may ask the gateway, what for, and how much."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._group import Group
from aboveboard.cli._office import ADMIN, Office, open_access, open_office
from aboveboard.cli._office_output import key_row, show
from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import Settings, settings_of

if TYPE_CHECKING:
    from aboveboard.access import Access, Issued, Key

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SCOPES = ("answer", "read", "metrics", "admin")


@click.group(cls=Group)
def command() -> None:
    """Make, list, limit, replace and revoke keys, and see what they have spent.

    The charter says whether the gateway asks for one: `access: {keys: required}`. A key is shown once; only a
    digest of it is kept. KEY below is its public id, the ten characters after `ab-`.
    """


@command.command()
@click.argument("tenant")
@click.option("--label", required=True, help="What the key is for, for those who administer it.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(_SCOPES),
    help="What it opens (repeat for more): models, receipts, figures, administration.  [default: answer]",
)
@click.option("--model", "models", multiple=True, help="A model it is for (repeat).  [default: all]")
@click.option("--limit", "limits", multiple=True, help="A limit, such as tokens/day=100000 (repeat).")
@click.option("--expires", default="", help="When it ends by itself, such as 2027-01-31T12:00:00Z.")
@_JSON
@click.pass_context
def create(ctx: click.Context, /, tenant: str, as_json: bool, **order: Any) -> None:
    """Make a key for TENANT (id or name), and print it: this once."""
    from aboveboard.access import KeyOrder, parse_limit

    order["scopes"] = order["scopes"] or ("answer",)
    order["limits"] = [parse_limit(each) for each in order["limits"]]
    settings = settings_of(ctx)
    with open_office(settings) as office:
        register = office.access.register
        issued = register.draft_key(register.tenant(tenant), KeyOrder(**order), ADMIN)
        office.carry_out(issued.act)
    _tell(issued, as_json=as_json)
    _warn(settings, issued.key.models)


def _tell(issued: "Issued", *, as_json: bool) -> None:
    if as_json:
        print_json({"id": issued.key.id, "tenant": issued.key.tenant, "key": issued.text})
        return
    click.echo(issued.text)
    say(f"key {issued.key.id}: keep it, it is not shown again")


def _warn(settings: Settings, models: Sequence[str]) -> None:
    """Says what of the charter makes the key of no use, where there is a charter."""
    from aboveboard.cli._charters import open_charter

    if not settings.charter.exists():
        return
    charter = open_charter(settings.charter)
    if charter.access.keys == "none":
        say("note: the charter asks for no keys yet; write `access: {keys: required}` there")
    known = {entry.id for entry in charter.models} | (
        {charter.routing.auto.id} if charter.routing.auto else set()
    )
    for model in models:
        if model not in known:
            say(f"note: the charter has no model {model}")


@command.command(name="list")
@click.option("--tenant", default="", help="Those of one tenant (id or name).")
@_JSON
@click.pass_context
def list_(ctx: click.Context, tenant: str, as_json: bool) -> None:
    """List the keys, the oldest first."""
    from aboveboard.values import format_time

    with open_access(settings_of(ctx)) as access:
        limits, now = access.register.all_limits(), format_time(datetime.now(UTC))
        rows = [key_row(each, limits.get(each.holder, ()), now) for each in _keys(access, tenant)]
    show(rows, "there is no key yet: aboveboard key create TENANT --label …", as_json=as_json)


def _keys(access: "Access", tenant: str) -> "Sequence[Key]":
    return access.register.keys(access.register.tenant(tenant).id if tenant else "")


def _row(access: "Access", key: "Key") -> dict[str, Any]:
    from aboveboard.values import format_time

    return key_row(key, access.register.limits(key), format_time(datetime.now(UTC)))


@command.command(name="show")
@click.argument("key")
@_JSON
@click.pass_context
def show_(ctx: click.Context, key: str, as_json: bool) -> None:
    """Show what KEY is for."""
    with open_access(settings_of(ctx)) as access:
        row = _row(access, access.register.key(key))
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        click.echo(f"{name:<9}{' '.join(value) if isinstance(value, list) else value}".rstrip())


@command.command()
@click.argument("key")
@click.argument("limits", metavar="LIMIT...", nargs=-1)
@click.option("--none", "lifts", is_flag=True, help="Lift all limits.")
@click.pass_context
def limit(ctx: click.Context, key: str, limits: tuple[str, ...], lifts: bool) -> None:
    """Set the limits of KEY, such as requests/minute=60 tokens/day=100000.

    They take the place of all that it has. Those of its tenant hold beside them.
    """
    from aboveboard.access import parse_limit

    if bool(limits) is lifts:
        raise click.UsageError("give limits, or --none")
    with open_office(settings_of(ctx)) as office:
        found = office.access.register.key(key)
        office.carry_out(office.access.register.draft_limits(found, map(parse_limit, limits), ADMIN))
    say(f"limits of key {key}: {' '.join(limits) or 'none'}; gateways know within two seconds")


@command.command()
@click.argument("key")
@click.option("--overlap", default="1h", show_default=True, help="For how long the old secret still opens.")
@_JSON
@click.pass_context
def rotate(ctx: click.Context, key: str, overlap: str, as_json: bool) -> None:
    """Give KEY a new secret, and print it: this once. The old one opens for a while yet."""
    from aboveboard.values import parse_duration

    length = parse_duration(overlap)
    with open_office(settings_of(ctx)) as office:
        register = office.access.register
        issued = register.draft_rotation(register.key(key), length, ADMIN)
        office.carry_out(issued.act)
    _tell(issued, as_json=as_json)


@command.command()
@click.argument("key")
@click.pass_context
def revoke(ctx: click.Context, key: str) -> None:
    """End KEY for good. Gateways know within two seconds."""
    with open_office(settings_of(ctx)) as office:
        _revoke(office, key)
    say(f"key {key} is revoked; gateways know within two seconds")


def _revoke(office: Office, key: str) -> None:
    office.carry_out(office.access.register.draft_revocation(office.access.register.key(key), ADMIN))


@command.command()
@click.argument("key", required=False)
@click.option("--tenant", default="", help="Those of one tenant (id or name).")
@_JSON
@click.pass_context
def usage(ctx: click.Context, key: str | None, tenant: str, as_json: bool) -> None:
    """Show what KEY, or each key, has spent today, this month and in all (UTC).

    Money is in the currency of the charter's prices, energy in watt-hours.
    """
    from aboveboard.access import shown

    with open_access(settings_of(ctx)) as access:
        keys = [access.register.key(key)] if key else _keys(access, tenant)
        found = access.spending.of([each.id for each in keys])
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for each in found:
        row = rows.setdefault((each.key, each.period), {"key": each.key, "period": each.period})
        row[each.meter] = shown(each.amount, each.meter)
    show(list(rows.values()), "there is no key yet", as_json=as_json)
