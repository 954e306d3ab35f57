"""What several commands about a person take, and the receipt they write."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.errors import AboveboardError
from aboveboard.files import write_text

if TYPE_CHECKING:
    from aboveboard.cli.subject import Desk
    from aboveboard.evidence.records import Record

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
REASON = click.option("--reason", required=True, help="Why, for the record.")
RECEIPT = click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the receipt here; `aboveboard verify` checks it.",
)
FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_MOST = 16 << 20


def read_file(file: Path) -> bytes:
    """What a file holds, or stdin for `-`; a byte more than a record takes is enough to refuse it."""
    if str(file) == "-":
        return sys.stdin.buffer.read(_MOST + 1)
    if not file.is_file():
        raise AboveboardError("no such file", where=str(file), cure="name a file with the words, or -")
    with file.open("rb") as opened:
        return opened.read(_MOST + 1)


def write_receipt(desk: "Desk", record: "Record", path: Path | None) -> None:
    """Writes the proof of an act, where one is asked for."""

    if path is not None:
        write_text(path, json.dumps(desk.reader.receipt(record.id)))
