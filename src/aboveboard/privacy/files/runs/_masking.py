"""Masked copies of files: structure, encoding and line ends as they were, values gone."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files.runs._collecting import InputError
from aboveboard.privacy.files.runs._copying import Copies
from aboveboard.privacy.files.runs._naming import masked_path
from aboveboard.privacy.files.runs._scanning import Event, FileEnd, Scan, open_journal, steps
from aboveboard.privacy.files.runs._table import TableFile
from aboveboard.privacy.files.runs._targets import Target, Targets
from aboveboard.privacy.masking import Masking

JOURNAL = ".aboveboard-privacy.journal"
"""The name of a run's journal in its output folder."""


def mask_file(
    source: Path | str, target: Path | str, masking: Masking, scan: Scan | None = None
) -> list[FileFinding]:
    """Writes a masked copy of one file, whole or not at all; returns what was found.

    Raises FileError for what cannot be read or written. A PDF's copy is text.
    """
    given = Input(Path(source), str(source), Path(Path(source).name))
    found: list[FileFinding] = []
    for event in mask_files([given], Targets(exact=Path(target)), masking, scan or Scan()):
        if isinstance(event, FileFinding):
            found.append(event)
        elif isinstance(event, FileEnd) and event.error is not None:
            raise event.error
    return found


def mask_files(
    sources: Iterable[Input | InputError],
    targets: Targets,
    masking: Masking,
    scan: Scan,
    table: TableFile | None = None,
) -> Iterator[Event]:
    """Masks each file to its target. A file that fails leaves nothing behind, and the others go on.

    With `table`, the stand-ins of a file and which copy holds them are kept before the copy takes its place.
    """
    with ExitStack() as stack:
        journal = open_journal(scan, stack, masking.policy.name, repr(masking.policy))
        keep = partial(_keep, masking=masking, table=table)
        rename = partial(masked_path, masking=masking)
        copies = Copies(targets, lambda unit: unit.masked(masking), keep, rename, is_final=targets.in_place)
        yield from copies.run(steps(sources, scan, journal))
        if journal is not None:
            journal.remove()


def _keep(target: Target, masking: Masking, table: TableFile | None) -> None:
    """Has the table's file lead back from a copy that is complete."""
    if table is not None:
        table.written.add(target.new.digest(), target.name)
        table.save(masking.growing_table)
