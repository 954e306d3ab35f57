"""`aboveboard serve`: the gateway, the console and the ledger on one port."""

from typing import Any

import click

from aboveboard.cli._operation import Operation, running_options
from aboveboard.cli._settings import settings_of

HOST, PORT = "127.0.0.1", 8440


@click.command()
@click.option(
    "--host",
    default=HOST,
    show_default=True,
    help="Address to bind. Anything but loopback is open to others.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port to listen on."
)
@click.option(
    "--allow-host", multiple=True, help="A host name to answer to, beside loopback's (repeat for more)."
)
@click.option("--without-keys", is_flag=True, help="Let others in although the charter asks for no keys.")
@click.option("--json", "as_json", is_flag=True, help="Print the addresses as one line of JSON when ready.")
@running_options
@click.pass_context
def command(ctx: click.Context, /, host: str, port: int, allow_host: tuple[str, ...], **given: Any) -> int:
    """Serve the guarded gateway, the console and the ledger.

    Point any OpenAI client at http://127.0.0.1:8440/v1. Every answer carries a receipt.
    """
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._listening import Address, bind, check_keys
    from aboveboard.cli._one_arena import use_one_arena
    from aboveboard.cli._serving import Plan, serve
    from aboveboard.cli._workspace import open_evidence

    use_one_arena()
    settings = settings_of(ctx)
    charter = open_charter(settings.charter)
    address = Address(host, port, allow_host, given["as_json"], given["without_keys"])
    with bind(address) as listener:
        check_keys(charter, address, listener)
        with open_evidence(settings) as evidence:
            return serve(Plan(charter, settings, address, Operation.of(given)), evidence, listener)
