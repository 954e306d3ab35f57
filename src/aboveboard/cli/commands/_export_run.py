"""`aboveboard export-run`: a run in the format of another tool."""

from pathlib import Path

import click

from aboveboard.cli._output import say
from aboveboard.cli._settings import settings_of

FORMATS = ("inspect", "lm-eval", "csv", "parquet", "junit")


@click.command(
    epilog="""
\b
Examples:
  aboveboard export-run latest --format inspect --out logs      then: inspect view --log-dir logs
  aboveboard export-run latest --format junit --out promises.xml
\b
inspect and lm-eval write a folder of files; csv, parquet and junit one file.
"""
)
@click.argument("run")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="Whose format.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")
@click.option(
    "--undecided",
    type=click.Choice(["skipped", "failure"]),
    default="skipped",
    show_default=True,
    help="What an undecided promise is in JUnit XML.",
)
@click.pass_context
def command(ctx: click.Context, run: str, form: str, out: Path, undecided: str) -> None:
    """Write a RUN for another tool: Inspect's log, lm-evaluation-harness's files, a table, or JUnit XML.

    A run is named by its id, by the beginning of its id, by `latest`, or by its folder. What is written holds
    every prompt and every answer, as the run's own log does: whatever personal data is in them goes along. It
    holds no key and no setting. JUnit XML has the promises as they were registered before the run, each as
    the run's own measurements decide it, whatever the charter or a later run says.
    """
    from aboveboard.cli._exporting import export_run

    for path in export_run(settings_of(ctx), run, form, out, undecided_fails=undecided == "failure"):
        say(f"wrote {path}")
