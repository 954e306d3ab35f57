"""`aboveboard subject lineage`: what was made from a person's data."""

from collections import Counter
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
    """Show what is held of SUBJECT, and what was made from it.

    However far down, and what erasing does.
    """
    from aboveboard.cli.subject import offspring, open_desk, records_about

    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        records = records_about(desk, person)
        tree = offspring(desk, person, records)
    kinds = dict(sorted(Counter(each.kind for each in records).items()))
    if as_json:
        print_json({"records": kinds, "made_from_it": tree})
        return
    if kinds:
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        click.echo(f"records with their texts ({counts}) — on erasure: destroyed")
    _print(tree, 0)
    if not tree:
        say("nothing is known to be made from this person's data")


def _print(branches: Sequence[Mapping[str, Any]], depth: int) -> None:
    for branch in branches:
        what = "(see above)" if branch.get("again") else f"— on erasure: {branch['on_erasure']}"
        click.echo(f"{'  ' * depth}{branch['name']} {what}")
        _print(branch.get("made_from_it", ()), depth + 1)
