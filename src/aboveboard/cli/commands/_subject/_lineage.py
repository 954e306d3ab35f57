"""`aboveboard subject lineage`: what was made from a person's data."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import JSON


@click.command()
@click.argument("subject")
@JSON
@click.pass_context
def lineage(ctx: click.Context, subject: str, as_json: bool) -> None:
    """Show what was made from the data of SUBJECT, however far down, and what erasing does with it."""
    from aboveboard.cli.subject import held_about, offspring, open_desk

    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        tree = offspring(desk, person, list(held_about(desk, person)))
    if as_json:
        print_json(tree)
    elif tree:
        _print(tree, 0)
    else:
        say("nothing is known to be made from this person's data")


def _print(branches: Sequence[Mapping[str, Any]], depth: int) -> None:
    for branch in branches:
        what = "(see above)" if branch.get("again") else f"— on erasure: {branch['on_erasure']}"
        click.echo(f"{'  ' * depth}{branch['name']} {what}")
        _print(branch.get("made_from_it", ()), depth + 1)
