"""`aboveboard compare`: two runs on the same items."""

from pathlib import Path

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of


@click.command(
    epilog="""
\b
Examples:
  aboveboard compare 01K9… 01KA…      what the second run does better or worse
  aboveboard compare 01K9… latest --html difference.html
\b
A run is named by its id, by the beginning of its id, by `latest`, or by its folder.
Exit codes: 0 nothing is worse, 1 something is worse, 3 the runs cannot be compared.
"""
)
@click.argument("first")
@click.argument("second")
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="How sure a verdict must be.",
)
@click.option("--common", is_flag=True, help="Leave out items that only one run has, instead of refusing.")
@click.option(
    "--items",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    help="How many of the items that changed most to show, a suite.",
)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    first: str,
    second: str,
    confidence: float,
    common: bool,
    items: int,
    html: Path | None,
    as_json: bool,
) -> int:
    """Compare two runs item by item: what the SECOND does better or worse than the FIRST, and what is open.

    Both must have asked the same: suites, versions, items, wording, way of scoring. Each measure's difference
    has an interval; that something is better or worse is said only if it holds for all measures together
    (Holm). The page holds the answers to the items that changed most.
    """
    from aboveboard.cli._comparing import comparison_as_json, print_comparison
    from aboveboard.evals.comparing import compare, open_run

    settings = settings_of(ctx)
    runs = [open_run(settings.state, name) for name in (first, second)]
    found = compare(*runs, confidence=confidence, data=settings.data_folder, common=common, changes=items)
    if html:
        from aboveboard.documents import write_comparison

        write_comparison(found, html)
        say(f"wrote {html}")
    if as_json:
        print_json(comparison_as_json(found))
    else:
        print_comparison(found)
    return int(any(each.outcome == "worse" for each in found.wholes))
