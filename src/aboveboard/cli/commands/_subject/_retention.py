"""`aboveboard subject retention`: what goes by date, whoever asks."""

from datetime import UTC, datetime

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import JSON


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@JSON
@click.pass_context
def retention(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Destroy what the charter keeps no longer; a server does the same every hour.

    People on legal hold are left out. Each sweep that destroys something is on record.
    """
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._retention import expired_folders, foreseen, sweep, sweep_files, waiting_answers
    from aboveboard.cli._workspace import open_evidence, require_state

    settings, now = settings_of(ctx), datetime.now(UTC)
    charter = open_charter(settings.charter)
    require_state(settings)
    with open_evidence(settings) as evidence:
        waiting = waiting_answers(settings, now)
        due = foreseen(charter, evidence, now, waiting)
        held = evidence.subjects_on_hold()
        due["files"] = len(expired_folders(charter, settings.state, now, held))
        erasures = [] if dry_run else sweep(charter, evidence, now, waiting)
    if not dry_run:
        due["files"] = sweep_files(charter, settings, now, held)
    if as_json:
        print_json({"due": due, "swept": not dry_run, "records": [each.id for each in erasures]})
        return
    print_table(["rule", "would go" if dry_run else "went"], [[rule, str(n)] for rule, n in due.items()])
    for each in erasures:
        for item in each.remaining:
            say(f"  still to do: {item}")
