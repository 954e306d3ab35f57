"""What several commands about a person take, and the receipt they write."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

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


def write_receipt(desk: "Desk", record: "Record", path: Path | None) -> None:
    """Writes the proof of an act, where one is asked for."""
    if path is not None:
        path.write_text(json.dumps(desk.reader.receipt(record.id)), encoding="utf-8")
