"""`aboveboard privacy`: personal data in files, found, masked, restored; the risk in a table."""

import click

from aboveboard.cli._group import Group
from aboveboard.cli.commands._privacy._lists import key, types
from aboveboard.cli.commands._privacy._mask import mask
from aboveboard.cli.commands._privacy._restore import restore
from aboveboard.cli.commands._privacy._risk import risk
from aboveboard.cli.commands._privacy._scan import scan

__all__ = ["command"]


@click.group(cls=Group)
def command() -> None:
    """Find, mask and restore personal data and secrets in files; measure the risk in a table.

    Text, CSV, JSON, JSON lines, Parquet, PDF and DOCX, text kinds also gzipped, folders, and - for stdin.
    What a finder does not find is there still: see what was measured of it before you rely on it.
    """


for _each in (scan, mask, restore, risk, types, key):
    command.add_command(_each)
