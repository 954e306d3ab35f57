"""`aboveboard subject lineage|retention`: what was made from a person's data, and what goes by date."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("subject")
@_JSON
@click.pass_context
def lineage(ctx: click.Context, subject: str, as_json: bool) -> None:
    """Show what was made from the data of SUBJECT, however far down, and what erasing does with it."""
    from aboveboard.cli._holdings import held_about, offspring
    from aboveboard.cli._subjects import open_desk

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


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@_JSON
@click.pass_context
def retention(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Destroy what the charter keeps no longer; a server does the same every hour.

    People on legal hold are left out. Each sweep that destroys something is on record.
    """
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._retention import expired_folders, foreseen, held_cases, sweep, sweep_files
    from aboveboard.cli._workspace import open_evidence, require_state

    settings, now = settings_of(ctx), datetime.now(UTC)
    charter = open_charter(settings.charter)
    require_state(settings)
    with open_evidence(settings) as evidence:
        due = foreseen(charter, evidence, now)
        held = held_cases(evidence)
        due["files"] = len(expired_folders(charter, settings.state, now, held))
        erasures = [] if dry_run else sweep(charter, evidence, now)
    if not dry_run:
        due["files"] = sweep_files(charter, settings, now, held)
    if as_json:
        print_json({"due": due, "swept": not dry_run, "records": [each.id for each in erasures]})
        return
    print_table(["rule", "would go" if dry_run else "went"], [[rule, str(n)] for rule, n in due.items()])
    for each in erasures:
        for item in each.remaining:
            say(f"  still to do: {item}")


COMMANDS = (lineage, retention)
