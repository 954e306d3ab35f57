"""The way back: stand-ins in files replaced by their values, from a table, a key, or both."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._looking import Found
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files.runs._collecting import InputError
from aboveboard.privacy.files.runs._copying import Copies
from aboveboard.privacy.files.runs._naming import restored_path
from aboveboard.privacy.files.runs._scanning import Event, FileEnd, Scan, Step, file_steps
from aboveboard.privacy.files.runs._targets import Targets


def restore_file(
    source: Path | str, target: Path | str, restoring: Restoring, scan: Scan | None = None
) -> None:
    """Writes a file with the values back, whole or not at all; raises FileError for what cannot be read."""
    given = Input(Path(source), str(source), Path(Path(source).name))
    for event in restore_files([given], Targets(exact=Path(target)), restoring, scan or Scan()):
        if isinstance(event, FileEnd) and event.error is not None:
            raise event.error


def restore_files(
    sources: Iterable[Input | InputError], targets: Targets, restoring: Restoring, scan: Scan
) -> Iterator[Event]:
    """Restores each file to its target; nothing is looked for."""
    rename = partial(restored_path, restoring=restoring)
    copies = Copies(targets, lambda unit: unit.restored(restoring), rename=rename)
    return copies.run(_unlooked(sources, scan))


def _unlooked(sources: Iterable[Input | InputError], scan: Scan) -> Iterator[tuple[Step, Found]]:
    for source in sources:
        if isinstance(source, InputError):
            yield Step(source.name, error=source.error), []
        else:
            for step in file_steps(source, replace(scan, header=False)):  # names of columns tell nothing here
                yield step, [[] for _ in step.excerpts]
