"""The files that a command is to read: those named, and those in the folders named."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from aboveboard.privacy.files._errors import FileError, LeftOutError
from aboveboard.privacy.files._input import STDIN, Input, name_of


@dataclass(frozen=True, slots=True)
class InputError:
    """Something named or met on the way that is not read, and why."""

    name: str
    error: FileError


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder are read: glob patterns of names or relative paths, hidden ones on request."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    not_below: Path | None = None

    def takes(self, relative: Path) -> bool:
        if self.include and not _matches(relative, self.include):
            return False
        return not _matches(relative, self.exclude)

    def enters(self, folder: Path, relative: Path) -> bool:
        if self.not_below is not None and folder.resolve() == self.not_below.resolve():
            return False
        return not _matches(relative, self.exclude)


def _matches(relative: Path, patterns: Sequence[str]) -> bool:
    return any(fnmatch(relative.name, each) or fnmatch(relative.as_posix(), each) for each in patterns)


def collect(paths: Sequence[Path], selection: Selection) -> Iterator[Input | InputError]:
    """The inputs below these paths, folders in the order of names. Links in folders are not followed."""
    several = len(paths) > 1
    for path in paths:
        if str(path) == STDIN:
            yield Input(path, "(stdin)", Path("stdin"))
        elif path.is_dir():
            base = Path(path.resolve().name) if several else Path()
            yield from _walk(path, base, path, selection)
        elif path.exists():
            yield Input(path, name_of(path), Path(path.name))
        else:
            error = FileError("no such file", where=name_of(path), cure="see how it is spelt")
            yield InputError(name_of(path), error)


def _walk(folder: Path, base: Path, root: Path, selection: Selection) -> Iterator[Input | InputError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(name_of(folder), FileError(error.strerror or "unreadable", where=name_of(folder)))
        return
    for entry in entries:
        if entry.name.startswith(".") and not selection.hidden:
            continue
        path = folder / entry.name
        relative = path.relative_to(root)
        if entry.is_symlink():
            if selection.takes(relative):
                yield InputError(name_of(path), LeftOutError("a link, not followed", where=name_of(path)))
        elif entry.is_dir(follow_symlinks=False):
            if entry.name != ".git" and selection.enters(path, relative):
                yield from _walk(path, base, root, selection)
        elif selection.takes(relative):
            yield _regular(path, base / relative)


def _regular(path: Path, relative: Path) -> Input | InputError:
    if stat.S_ISREG(path.lstat().st_mode):
        return Input(path, name_of(path), relative)
    return InputError(name_of(path), LeftOutError("not a regular file", where=name_of(path)))
