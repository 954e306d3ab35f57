"""The files that a command is to read: those named, and those in the folders named."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from aboveboard.privacy.files._errors import FileError, LeftOutError, of_system
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

    def takes(self, relative: Path) -> bool:
        if self.include and not _matches(relative, self.include):
            return False
        return not _matches(relative, self.exclude)

    def enters(self, relative: Path) -> bool:
        """Whether a folder is read, given that the one above it is."""
        is_hidden = relative.name.startswith(".") and not self.hidden
        return not is_hidden and relative.name != ".git" and not _matches(relative, self.exclude)


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


def refuse_inside(out: Path, paths: Sequence[Path], selection: Selection) -> None:
    """Raises FileError for a folder of copies that lies in a folder that is read: the next run would take
    them for more input. One that the selection leaves out is none.
    """
    for path in paths:
        root, place = path.resolve(), out.resolve()
        if str(path) == STDIN or not path.is_dir() or not place.is_relative_to(root):
            continue
        relative = place.relative_to(root)
        steps = [*reversed(relative.parents), relative][1:]
        if all(map(selection.enters, steps)):
            inside = f"leave it out: --exclude {steps[0].name}" if steps else "say --in-place"
            what = f"the copies would lie in {path}, which is read: the next run would take them for input"
            cure = f"name a folder outside it with --out, or {inside}"
            raise FileError(what, where=str(out), cure=cure)


def _walk(folder: Path, base: Path, root: Path, selection: Selection) -> Iterator[Input | InputError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(name_of(folder), of_system(error, name_of(folder)))
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
            if selection.enters(relative):
                yield from _walk(path, base, root, selection)
        elif selection.takes(relative):
            yield _regular(path, base / relative)


def _regular(path: Path, relative: Path) -> Input | InputError:
    if stat.S_ISREG(path.lstat().st_mode):
        return Input(path, name_of(path), relative)
    return InputError(name_of(path), LeftOutError("not a regular file", where=name_of(path)))
