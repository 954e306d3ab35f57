"""Through many files at once, or one: findings in a stable order, errors kept to their file."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from aboveboard.privacy.files._errors import FileError, of_system
from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._looking import Looking
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._unit import Reader, Unit
from aboveboard.privacy.files.formats import Layout, Sizes, encoding_named, open_reader
from aboveboard.privacy.files.runs._collecting import InputError
from aboveboard.privacy.files.runs._journal import Journal
from aboveboard.privacy.files.runs._pool import looked_into
from aboveboard.privacy.files.runs._targets import Target


@dataclass(frozen=True, slots=True)
class Scan:
    """How files are read: what is looked for, as which kind and encoding (None: by themselves), with how many
    processes, whether the first row of CSV names the columns (None: by the rows), and the journal (None:
    none) that lets a stopped run go on. `key` (32 bytes, never kept beside the journal) is what a journal is
    believed by; without it, none is.
    """

    looking: Looking = field(default_factory=Looking)
    kind: str | None = None
    encoding: str | None = None
    jobs: int = 1
    journal: Path | None = None
    resume: bool = False
    key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    header: bool | None = None
    sizes: Sizes = field(default_factory=Sizes)

    def digest(self, *others: str) -> str:
        """What must be the same for a stopped run to go on."""
        import aboveboard
        from aboveboard.values import digest_json

        types = sorted(self.looking.types) if self.looking.types is not None else None
        parts = [aboveboard.__version__, types, str(self.looking.least), self.kind, self.encoding]
        parts += [str(self.header), *others]
        return digest_json(parts)


@dataclass(frozen=True, slots=True)
class Step:
    """A unit with what was found in it, or the end of a file (`unit` is None) with its error, if any."""

    name: str
    number: int = 0
    source: Input | None = None
    reader: Reader | None = None
    unit: Unit | None = None
    known: Found | None = None
    error: FileError | None = None
    read: int = 0

    @property
    def excerpts(self) -> Sequence[Excerpt]:
        return self.unit.excerpts if self.unit is not None else ()


@dataclass(frozen=True, slots=True)
class FileEnd:
    """A file is done: how many bytes were read, what is wrong with it (`error`: not read to its end;
    `problems`: all the same), what else is to be known, where its copy lies, whether under another name.
    """

    name: str
    read: int = 0
    error: FileError | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    written: Path | None = None
    is_renamed: bool = False


@dataclass(frozen=True, slots=True)
class Advance:
    """So many bytes of a file are behind us."""

    name: str
    read: int


Event = FileFinding | Advance | FileEnd


def scan_file(path: Path | str, scan: Scan | None = None) -> Iterator[FileFinding]:
    """The findings of one file, in order; raises FileError for what cannot be read, once it gets there."""
    source = Input(Path(path), str(path), Path(Path(path).name))
    for event in scan_files([source], scan or Scan()):
        if isinstance(event, FileFinding):
            yield event
        elif isinstance(event, FileEnd) and event.error is not None:
            raise event.error


def scan_files(sources: Iterable[Input | InputError], scan: Scan) -> Iterator[Event]:
    """What is found in each file, how far it is read, and how it ended; files in the order given."""
    with ExitStack() as stack:
        journal = open_journal(scan, stack)
        for step, found in steps(sources, scan, journal):
            if step.unit is not None:
                yield from step.unit.settle(found)
                yield Advance(step.name, step.read)
            else:
                yield ended(step, step.error)
        if journal is not None:
            journal.remove()


def open_journal(scan: Scan, stack: ExitStack, *others: str) -> Journal | None:
    """The run's journal, if it is to have one."""
    if scan.journal is None:
        return None
    return stack.enter_context(Journal(scan.journal, scan.digest(*others), scan.key, resume=scan.resume))


def ended(step: Step, error: FileError | None, written: Target | None = None) -> FileEnd:
    """What is said at the end of a file."""
    if step.reader is None:
        return FileEnd(step.name, step.read, error)
    place = (written.path, written.is_renamed) if written is not None else ()
    said = (tuple(step.reader.problems), tuple(step.reader.notes))
    return FileEnd(step.name, step.read, error, *said, *place)


def steps(
    sources: Iterable[Input | InputError], scan: Scan, journal: Journal | None
) -> Iterator[tuple[Step, Found]]:
    """Each step with what was found, recorded in the journal before it is handed on."""
    for step, found in looked_into(_steps(sources, scan, journal), scan.looking, scan.jobs):
        if journal is not None and step.unit is not None and step.known is None:
            journal.record(step.name, step.number, step.excerpts, found)
        yield step, found


def _steps(sources: Iterable[Input | InputError], scan: Scan, journal: Journal | None) -> Iterator[Step]:
    for source in sources:
        if isinstance(source, InputError):
            yield Step(source.name, error=source.error)
        else:
            yield from file_steps(source, scan, journal)


def file_steps(source: Input, scan: Scan, journal: Journal | None = None) -> Iterator[Step]:
    """The units of a file and its end; every failure of the file is in its end."""
    reader: Reader | None = None
    error: FileError | None = None
    try:
        encoding = encoding_named(scan.encoding) if scan.encoding else None
        reader = open_reader(source, scan.kind, Layout(encoding, scan.header, scan.sizes))
        for number, unit in enumerate(reader.units()):
            known = journal.known(source.name, number, unit.excerpts) if journal is not None else None
            yield Step(source.name, number, source, reader, unit, known, read=reader.count)
    except FileError as raised:
        error = raised
    except OSError as raised:
        error = of_system(raised, source.name)
    yield Step(source.name, 0, source, reader, error=error, read=reader.count if reader is not None else 0)
