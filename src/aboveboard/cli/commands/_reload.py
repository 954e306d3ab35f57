"""`aboveboard reload`: has the servers on this state directory read their charter again."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cli.running import Present

_LOOK_SECONDS = 0.05
_REFUSED = 3


@click.command()
@click.option("--timeout", type=click.FloatRange(0.1, 600), default=60.0, show_default=True, help="Seconds.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, timeout: float, as_json: bool) -> int:
    """Have the gateways that serve from this state directory read their charter again.

    Waits until each has it in force, or has refused it and kept the one before: exit code 3 then.
    """
    told = list(_told(settings_of(ctx).state, timeout))
    if as_json:
        print_json([asdict(each) for each in told])
    for each in [] if as_json else told:
        click.echo(in_words(each))
    return _REFUSED if any(each.result == "refused" for each in told) else 0


def _told(state: Path, timeout: float) -> "Iterator[Present]":
    """The servers once they have done as told; raises AboveboardError when there is none, or one does not."""
    from aboveboard.cli.running import find_present

    before = list(find_present(state))
    if not before:
        raise AboveboardError("nobody serves from here", where=str(state), cure="name the state with --state")
    for each in before:
        os.kill(each.pid, signal.SIGUSR1)
    for each in before:
        yield _waited_for(state, each, time.monotonic() + timeout)


def _waited_for(state: Path, before: "Present", end: float) -> "Present":
    from aboveboard.cli.running import find_present

    while time.monotonic() < end:
        now = [each for each in find_present(state) if each.pid == before.pid]
        if now and now[0].attempts > before.attempts:
            return now[0]
        if not now:
            raise AboveboardError("the server ended meanwhile", where=before.address)
        time.sleep(_LOOK_SECONDS)
    raise AboveboardError(
        "the server has not read its charter yet", where=before.address, cure="see its log, or wait longer"
    )


def in_words(each: "Present") -> str:
    """What a server said of the charter that it was told to read."""
    match each.result:
        case "refused":
            wrong = indent("\n".join(each.problems) or each.reason, "  ")
            return f"{each.address}: refused, {each.charter} stays in force\n{wrong}"
        case "unchanged":
            return f"{each.address}: says the same as {each.charter}, which is in force"
        case _:
            weaker = "".join(f"\n  weaker: {change}" for change in each.weaker)
            return f"{each.address}: {each.charter} is in force{weaker}"
