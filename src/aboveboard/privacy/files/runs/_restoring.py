"""The way back: stand-ins in files replaced by their values, from a table, a key, or both."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._excerpt import Found
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files._unit import Unit
from aboveboard.privacy.files.formats import open_regular
from aboveboard.privacy.files.runs._collecting import InputError
from aboveboard.privacy.files.runs._copying import Copies
from aboveboard.privacy.files.runs._naming import restored_path
from aboveboard.privacy.files.runs._scanning import Event, FileEnd, Scan, Step, file_steps
from aboveboard.privacy.files.runs._targets import Targets
from aboveboard.privacy.files.runs._written import STREAM, Written, sha256_of


def restore_file(
    source: Path | str, target: Path | str, restoring: Restoring, scan: Scan | None = None
) -> None:
    """Writes a file with the values back, whole or not at all; raises FileError for what cannot be read."""
    given = Input(Path(source), str(source), Path(Path(source).name))
    for event in restore_files([given], Targets(exact=Path(target)), restoring, scan or Scan()):
        if isinstance(event, FileEnd) and event.error is not None:
            raise event.error


def restore_files(
    sources: Iterable[Input | InputError],
    targets: Targets,
    restoring: Restoring,
    scan: Scan,
    written: Written | None = None,
) -> Iterator[Event]:
    """Restores each file to its target; nothing is looked for.

    With `written` (the copies that the table knows), a file that is none of them and whose stand-ins have
    numbers is an error: they may stand for others.
    """
    way = _WayBack(restoring, written)
    copies = Copies(targets, way.unit, rename=way.path)
    with ExitStack() as stack:
        yield from copies.run(_unlooked(sources, scan, way, stack))


@dataclass(slots=True)
class _WayBack:
    """Restores one file after another, each as far as the table may speak for it."""

    restoring: Restoring
    written: Written | None

    def begin(self, source: Input, stack: ExitStack) -> Input:
        """The file at hand, to be read as returned: of stdin, a copy is read that can be read twice."""
        if self.written is None:
            return source
        if source.is_stdin:
            source = stack.enter_context(_read_twice(source))
        is_own = self.written.has(_digest(source), STREAM if source.is_stdin else source.path.name)
        self.restoring = replace(self.restoring, stranger="" if is_own else source.name)
        return source

    def unit(self, unit: Unit) -> Any:
        return unit.restored(self.restoring)

    def path(self, relative: Path) -> Path:
        return restored_path(relative, self.restoring)


@contextmanager
def _read_twice(stdin: Input) -> Iterator[Input]:
    """Stdin as a file that can be read again, of masked text as it came."""
    with TemporaryFile() as spooled:
        shutil.copyfileobj(sys.stdin.buffer, spooled)
        spooled.seek(0)
        yield replace(stdin, stream=spooled)


def _digest(source: Input) -> bytes:
    """The SHA-256 of a file; of nothing where it cannot be read, which whoever reads it next will say."""
    with suppress(FileError, OSError), open_regular(source) as file:
        digest = sha256_of(file)
        if source.is_stdin:
            file.seek(0)
        return digest
    return b""


def _unlooked(
    sources: Iterable[Input | InputError], scan: Scan, way: _WayBack, stack: ExitStack
) -> Iterator[tuple[Step, Found]]:
    for source in sources:
        if isinstance(source, InputError):
            yield Step(source.name, error=source.error), []
        else:
            plain = replace(scan, header=False)  # names of columns tell nothing here
            for step in file_steps(way.begin(source, stack), plain):
                yield step, [[] for _ in step.excerpts]
