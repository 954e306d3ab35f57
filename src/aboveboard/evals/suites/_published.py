"""Data of suites that lie outside the package: published benchmarks, and files that their owner gives."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aboveboard.evals._errors import DataUnavailableError, SuiteDataError
from aboveboard.evals._item import Options
from aboveboard.evals._public_data import PublicData, digests
from aboveboard.values import digest_json

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Published:
    """A published benchmark as a suite uses it: fetched once, or read from the folder named by the user."""

    data: PublicData

    def files(self, options: Options) -> list[Path]:
        """Its files; raises DataUnavailableError and SuiteDataError."""
        return _obtained(self.data, folder_of(options, self.data.name), options)

    def digest(self, options: Options) -> str:
        """The digest of the files' own SHA-256 digests, by name."""
        return digest_json(digests(self.files(options)))

    def note(self, options: Options) -> tuple[str, ...]:
        """Which files are absent, and which are not the released ones."""
        return self.data.note(folder_of(options, self.data.name))


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Files that the user puts into the folder of data; nothing is fetched. `what` tells how they look."""

    name: str
    paths: tuple[str, ...]
    what: str

    def files(self, options: Options) -> list[Path]:
        """The files, in the order of `paths`; raises DataUnavailableError that says how they look."""
        folder = folder_of(options, self.name)
        missing = [path for path in self.paths if not (folder / path).is_file()]
        if missing:
            raise DataUnavailableError(
                f"{self.name} needs {' and '.join(missing)} in the folder of data",
                where=str(folder),
                cure=self.what,
            )
        return [folder / path for path in self.paths]

    def digest(self, options: Options) -> str:
        """The digest of the files' own SHA-256 digests, by name."""
        return digest_json(digests(self.files(options)))


def read_csv(path: Path, what: str, make: Callable[[int, dict[str, str]], Made]) -> list[Made]:
    """What is made of each row of a benchmark's table, by its number and its cells.

    Raises SuiteDataError that names the line.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        try:
            return [make(number, row) for number, row in enumerate(reader)]
        except (KeyError, ValueError, csv.Error) as error:
            raise not_released(what, f"{path}:{reader.line_num}", error) from error


def not_released(what: str, where: str, error: Exception) -> SuiteDataError:
    """The error for a file of a benchmark that does not read as the released one does."""
    return SuiteDataError(
        f"not {what}: {error!r}",
        where=where,
        cure="use the file as it was released; one that was fetched may be deleted, and is fetched again",
    )


def _obtained(data: PublicData, folder: Path, options: Options) -> list[Path]:
    """The files of a benchmark, fetched if they are missing and may be."""
    if not options.may_fetch and not data.find(folder):
        raise DataUnavailableError(
            f"the public data of {data.name} were not fetched yet",
            where=str(folder),
            cure="a run fetches them",
        )
    return data.obtain(folder, options.tell)


def folder_of(options: Options, name: str) -> Path:
    """The folder of data; raises DataUnavailableError when none is given."""
    if options.data_dir is None:
        raise DataUnavailableError(
            f"{name} needs a folder for its data",
            where=name,
            cure="set ABOVEBOARD_DATA to a folder that has them, or may hold them",
        )
    return options.data_dir
