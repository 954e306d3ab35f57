"""Where copies go: below a folder, to one path, in place, or to stdout."""

import itertools
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aboveboard.privacy.files._errors import FileError, LeftOutError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._unit import Reader, Writer
from aboveboard.privacy.files.runs._writing import NewFile, Stream, mode_of, place_below
from aboveboard.privacy.files.runs._written import STREAM

Rename = Callable[[Path], Path]
"""What a copy is called below its folder."""


@dataclass(frozen=True, slots=True)
class Target:
    """One copy being written: `path` is its place, None for stdout."""

    writer: Writer
    path: Path | None
    new: NewFile | Stream
    is_renamed: bool = False

    @property
    def name(self) -> str:
        """What the copy's file is called."""
        return self.path.name if self.path is not None else STREAM

    def complete(self) -> None:
        """All is written; it has yet to take its place."""
        self.writer.close()

    def abandon(self) -> None:
        """Nothing is left of it."""
        self.writer.abandon()
        self.new.abandon()


@dataclass(frozen=True, slots=True)
class Targets:
    """The place of each source's copy. `taken` are those given out so far: no two sources share one.

    `table` holds the stand-ins: it is neither masked nor overwritten by a copy. Unless `keep_names`, what of
    a person stands in the names of files below `folder` is masked or restored with what they hold.
    """

    folder: Path | None = None
    exact: Path | None = None
    in_place: bool = False
    taken: set[Path] = field(default_factory=set, repr=False)
    table: Path | None = None
    keep_names: bool = False
    renamed: set[Path] = field(default_factory=set, repr=False)

    def open(self, source: Input, reader: Reader, rename: Rename) -> Target:
        """A new file for this source's copy; raises FileError when there is no place for it."""
        if self._is_table(source.path):
            raise LeftOutError("the table of stand-ins, which is not masked", where=source.name)
        relative = source.relative if self.keep_names or self.folder is None else rename(source.relative)
        path = self._path(source, relative, reader)
        if path is None:
            stream = Stream(sys.stdout.buffer)
            return Target(reader.writer(stream.file), None, stream)
        if relative != source.relative or path in self.renamed:
            path = self._free(path)
        self._refuse_shared(path, source)
        new = NewFile(path, mode_of(source.path) if not source.is_stdin else 0o600)
        return Target(reader.writer(new.file), path, new, relative != source.relative)

    def _free(self, path: Path) -> Path:
        """A path like it that no other copy has: two names may read the same once they are masked."""
        suffix = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
        stem = path.name[: len(path.name) - len(suffix)]
        numbers = (path.with_name(f"{stem}_{number}{suffix}") for number in itertools.count(2))
        free = next(each for each in itertools.chain([path], numbers) if each not in self.taken)
        self.renamed.add(free)
        return free

    def _path(self, source: Input, relative: Path, reader: Reader) -> Path | None:
        if self.exact is not None:
            return self.exact
        if self.in_place:
            return self._own_place(source, reader)
        if self.folder is not None:
            return place_below(self.folder, relative.with_name(relative.name + reader.suffix))
        if source.is_stdin:
            return None
        raise FileError("no place for the copy", where=source.name, cure="name a folder with --out")

    def _own_place(self, source: Input, reader: Reader) -> Path:
        if source.is_stdin or reader.suffix or source.path.is_symlink():
            raise FileError("cannot be changed in place", where=source.name, cure="name a folder with --out")
        return source.path

    def _is_table(self, path: Path) -> bool:
        return self.table is not None and path.resolve() == self.table.resolve()

    def _refuse_shared(self, path: Path, source: Input) -> None:
        if self._is_table(path):
            cure = "name a table outside the output folder"
            raise FileError(f"the table lies where its copy belongs, {path}", where=source.name, cure=cure)
        if path in self.taken:
            cure = "give them in folders of their own, or one at a time"
            raise FileError(f"another file goes to {path} already", where=source.name, cure=cure)
        self.taken.add(path)
        if not self.in_place and not source.is_stdin and path.exists() and path.samefile(source.path):
            cure = "name another folder with --out, or say --in-place"
            raise FileError("the copy would take the place of the file itself", where=source.name, cure=cure)
