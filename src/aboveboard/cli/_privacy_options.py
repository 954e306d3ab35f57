"""The options that `privacy scan`, `mask` and `restore` share, and what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.privacy.files import Scan, Selection

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
_FORMATS = ("text", "json", "jsonl", "csv", "parquet", "pdf", "docx")  # KINDS, without the import

WITH_ERRORS = 3
"""The exit code when a file could not be read or written; the others were."""
WITH_RESUME = "the same command with --resume goes on from there"

_PATHS = click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(path_type=Path, allow_dash=True, readable=False),  # what cannot be read stops no other
)
_SELECTING = (
    click.option("--include", multiple=True, metavar="GLOB", help="Only such files of folders: '*.csv'."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="No such files or folders: 'build'."),
    click.option("--hidden", is_flag=True, help="Hidden files and folders as well (never .git)."),
)
_READING = (
    click.option(
        "--format", "kind", type=click.Choice(_FORMATS), help="Kind of the files.  [default: by name]"
    ),
    click.option("--encoding", help="Of the text.  [default: as marked, else UTF-8]"),
)
HEADER = click.option(
    "--header",
    type=click.Choice(["yes", "no", "auto"]),
    default="auto",
    help="Whether the first row of CSV names the columns.  [default: by the rows]",
)
KEEP_NAMES = click.option("--keep-names", is_flag=True, help="Leave the names of files as they are.")
_LOOKING = (
    HEADER,
    click.option("--types", metavar="TYPE,…", help="Only these; `aboveboard privacy types` lists all."),
    click.option(
        "--min-confidence", "least", type=click.FloatRange(0, 1), default=0.0, help="Drop what is less sure."
    ),
    click.option("--jobs", type=click.IntRange(1, 256), help="Processes.  [default: one for each core]"),
)


def shared_options(*, looking: bool) -> Callable[[F], F]:
    """Adds the arguments that say what is read, and (`looking`) what is looked for."""

    def decorate(function: F) -> F:
        for option in reversed((_PATHS, *_SELECTING, *_READING, *(_LOOKING if looking else ()))):
            function = option(function)
        return function

    return decorate


@dataclass(frozen=True, slots=True)
class Reading:
    """What the shared options say. `types` and the like keep their defaults where nothing is looked for."""

    paths: Sequence[Path]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    hidden: bool
    kind: str | None
    encoding: str | None
    types: str | None = None
    least: float = 0.0
    jobs: int | None = None
    header: str = "auto"

    def selection(self) -> "Selection":
        """Which files of folders are read."""
        from aboveboard.privacy.files import Selection

        return Selection(self.include, self.exclude, self.hidden)

    def scan(self) -> "Scan":
        """How files are read; raises AboveboardError for an unknown type or encoding."""
        from aboveboard.privacy.files import Looking, Scan, check_encoding

        if self.encoding:
            check_encoding(self.encoding)
        looking = Looking(named_types(self.types), self.least)
        return Scan(looking, self.kind, self.encoding, self.jobs or cores(), header=is_header(self.header))


def is_header(choice: str) -> bool | None:
    """What `--header` says; None: judge by the rows."""
    return {"yes": True, "no": False}.get(choice)


def named_types(text: str | None) -> frozenset[str] | None:
    """`email,phone` as a set; None when nothing is said."""
    if text is None:
        return None
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise AboveboardError("no type is named", cure="`aboveboard privacy types` lists them")
    return names


def cores() -> int:
    """How many processors this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def refuse_together(**given: object) -> None:
    """Raises AboveboardError when more than one of these options is given."""
    named = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if len(named) > 1:
        raise AboveboardError(f"{' and '.join(named)} exclude each other", cure="give one of them")
