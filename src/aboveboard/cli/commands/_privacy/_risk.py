"""`aboveboard privacy risk`: how easily the rows of a table are led back to people."""

from pathlib import Path
from typing import Any

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._privacy_options import HEADER, is_header

_TERMS = (
    "class: rows that are the same in all columns of --quasi; k: how many rows the smallest has",
    "risk: the chance that a row is led back to its person, by an attacker who knows that the person is in",
    "  the table (prosecutor), who does not (journalist), or who tries it on all rows (marketer)",
    "l: how many values of a sensitive column the poorest class has; 1 gives the value away",
    "t: how far the values in a class are from those of the table, from 0 (the same) to 1",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--quasi", required=True, metavar="COLUMN,…", help="What others may know of a person.")
@click.option("--sensitive", default="", metavar="COLUMN,…", help="What nobody should learn of a person.")
@click.option("--population", type=click.IntRange(1), help="How many people the rows were drawn from.")
@click.option("--encoding", help="Of the text.  [default: as marked, else UTF-8]")
@HEADER
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def risk(
    file: Path, quasi: str, sensitive: str, population: int | None, as_json: bool, **others: Any
) -> None:
    """Measure how easily rows are led back to people.

    FILE is CSV, JSON lines or Parquet, with one row a person. k-anonymity, re-identification risk, and what
    to coarsen.
    """
    from dataclasses import asdict

    from aboveboard.privacy.files import read_columns
    from aboveboard.privacy.risk import assess_risk

    columns = read_columns(file, others["encoding"], header=is_header(others["header"]))
    if "column 1" in columns:
        say("note: the first row is read as data; if it names the columns, say --header yes")
    found = assess_risk(columns, _names(quasi), _names(sensitive), population=population)
    if as_json:
        print_json(asdict(found))
        return
    for line in (*found.lines(), "", *_TERMS):
        click.echo(line)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
