"""The way back: stand-ins in files replaced by their values, from a table, a key, or both."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._copying import Copies
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._inputs import Input, InputError
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files._scanning import Event, FileEnd, Scan, Step, file_steps
from aboveboard.privacy.files._targets import Targets
from aboveboard.privacy.files._writing import write_private
from aboveboard.privacy.masking._reading import checked_table


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
    return Copies(targets, lambda unit: unit.restored(restoring)).run(_unlooked(sources, scan))


def _unlooked(
    sources: Iterable[Input | InputError], scan: Scan
) -> Iterator[tuple[Step, Sequence[PersonalData]]]:
    for source in sources:
        if isinstance(source, InputError):
            yield Step(source.name, error=source.error), ()
        else:
            for step in file_steps(source, scan):
                yield step, ()


def write_table(path: Path, table: Mapping[str, str]) -> None:
    """The table of stand-ins as JSON that its owner alone can read: it holds every value."""
    text = json.dumps(dict(table), indent=0, ensure_ascii=False)
    write_private(path, text.encode("utf-8", "surrogatepass"))


def read_table(path: Path) -> dict[str, str]:
    """A table that `write_table` wrote; raises FileError, and never shows what it holds."""
    cure = "name the file that `mask --table` wrote"
    try:
        table = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except OSError as error:
        raise FileError(error.strerror or "cannot be read", where=str(path), cure=cure) from error
    except ValueError as error:
        raise FileError("not a table of stand-ins", where=str(path), cure=cure) from error
    return dict(checked_table(table))
