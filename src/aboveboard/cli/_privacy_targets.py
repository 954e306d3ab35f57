"""Where copies of files go, as options say it."""

from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.cli._privacy_options import Reading, refuse_together
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.privacy.files import Targets


def refuse_two_outputs(reading: Reading, out: Path | None, *, as_json: bool) -> None:
    """Raises AboveboardError when stdin's copy and the sums would mix on stdout."""
    if as_json and not out and any(str(path) == "-" for path in reading.paths):
        cure = "name a folder for the copy with --out, or leave out --json"
        raise AboveboardError("--json: stdout holds the copy of stdin", cure=cure)


def targets_of(
    reading: Reading, out: Path | None, table: Path | None, *, in_place: bool, keep_names: bool
) -> "Targets":
    """The places of copies; the folder for them is made. Raises AboveboardError when there is none."""
    from aboveboard.privacy.files import Targets, refuse_inside

    refuse_together(out=out, in_place=in_place)
    if not out and not in_place and any(str(path) != "-" for path in reading.paths):
        raise AboveboardError("where to?", cure="name a folder with --out, or say --in-place")
    if out:
        refuse_inside(out, reading.paths, reading.selection())
        out.mkdir(parents=True, exist_ok=True)
    return Targets(out, in_place=in_place, table=table, keep_names=keep_names)
