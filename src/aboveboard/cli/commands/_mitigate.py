"""`aboveboard mitigate`: try what can be tried without training, so that a promise is kept."""

from pathlib import Path
from typing import Any

import click

from aboveboard.cli._output import print_json
from aboveboard.cli._settings import settings_of


@click.command(
    epilog="""
\b
Examples:
  aboveboard mitigate hiring-impact-ratio                    our own candidates
  aboveboard mitigate hiring-impact-ratio --candidates mine.yaml --limit 480
\b
Exit codes: 0 something helps and harms nothing, 1 nothing helps, 2 something helps
and whether it harms another promise is open, 3 a usage or run-time error.
"""
)
@click.argument("promise")
@click.option(
    "--candidates",
    "own",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A YAML list of your own candidates, tried besides ours.",
)
@click.option("--only-own", is_flag=True, help="Try your own candidates alone.")
@click.option("--limit", type=click.IntRange(min=1), help="At most about this many requests a suite.")
@click.option(
    "--profile",
    type=click.Choice(["quick", "full"]),
    default="quick",
    show_default=True,
    help="How many items.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Makes the items and divides them.")
@click.option(
    "--margin",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.1,
    show_default=True,
    help="How much worse another promise may fare.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="How sure one must be that it helps, and that it harms nothing.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write report and patch.  [default: <state>/mitigation/<promise>]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, /, promise: str, out: Path | None, as_json: bool, **given: Any) -> int:
    """Try what needs no training so that PROMISE is kept; write a report, and a patch for what helps.

    Instructions, worked examples, blinding, votes, words around the answer, and the charter's other models
    are each measured on one half of the items; the best must help on the other half too, and make no other
    promise worse. A second try keeps back items that no candidate has answered. What is tried is recorded
    before, what came of it after. One that was stopped goes on.
    """
    from aboveboard.cli._mitigating import mitigate, print_report
    from aboveboard.cli._mitigation_asked import Asked
    from aboveboard.cli._mitigation_json import report_as_json
    from aboveboard.cli._workspace import open_evidence

    settings = settings_of(ctx)
    asked = Asked(promise, folder=out or settings.state / "mitigation" / promise, quiet=as_json, **given)
    with open_evidence(settings) as evidence:
        done = mitigate(asked, settings, evidence)
    if as_json:
        print_json(report_as_json(done))
    else:
        print_report(done)
    return {"repaired": 0, "nothing helped": 1, "open": 2}[done.report.verdict]
