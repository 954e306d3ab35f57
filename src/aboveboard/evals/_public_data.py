"""Public benchmarks: found in a folder the user names, else fetched once by pinned revision and digest."""

import http.client
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path

from aboveboard.evals._errors import DataUnavailableError, SuiteDataError
from aboveboard.files import write_whole
from aboveboard.values import digest_bytes, digest_file

_TIMEOUT = 30.0
_LARGEST = 64 * 2**20
_STEP = 2**18
"""Bytes read at a time while fetching."""

MARK = ".fetched"
"""In a folder that we fill: its files are held to their digests, and the missing ones are fetched.

A folder without it is the user's own: nothing is put into it, and what it lacks is told.
"""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PublicData:
    """The files of a benchmark. `layouts` are the places, below a data folder, where they may lie.

    `url` has a place for the file's `name`; `pinned` maps file names to the SHA-256 they must have.
    """

    name: str
    url: str
    layouts: Sequence[str]
    pinned: Mapping[str, str]
    files: Sequence[str] = field(default=())

    def find(self, folder: Path) -> list[Path]:
        """The benchmark's files in a folder, in the order of their names; empty when there are none."""
        for layout in self.layouts:
            found = [path for name in sorted(self.files) if (path := folder / layout / name).is_file()]
            if found:
                return found
        return []

    def obtain(self, folder: Path, tell: Tell) -> list[Path]:
        """The files: the user's own as they are, else ours, of which those that are missing are fetched.

        Every pinned file among ours is held to its digest each time. Raises DataUnavailableError when a
        file cannot be fetched, SuiteDataError when one is not what it should be.
        """
        found = self.find(folder)
        if found and not _is_ours(found[0].parent):
            return found
        try:
            self._complete(folder / self.layouts[0], tell)
        except OSError as error:
            raise DataUnavailableError(
                f"the public data of {self.name} cannot be kept: {error}",
                where=str(folder),
                cure="free some space or mend the folder's permissions, or name another folder",
            ) from error
        return self.find(folder)

    def note(self, folder: Path) -> tuple[str, ...]:
        """What a reader must know of the user's own files: which are absent, and which are not the released
        ones; empty when nothing is amiss. Call it when `obtain` has succeeded."""
        found = {path.name: path for path in self.find(folder)}
        absent = [name for name in self.pinned if name not in found]
        other = [name for name in self.pinned if name in found and not self._is_pinned(found[name])]
        notes = []
        if absent:
            notes.append(f"{self.name}: not in the folder of data and so not measured: {', '.join(absent)}")
        if other:
            notes.append(f"{self.name}: not the released files, by their SHA-256: {', '.join(other)}")
        return tuple(notes)

    def _complete(self, target: Path, tell: Tell) -> None:
        target.mkdir(parents=True, exist_ok=True)
        (target / MARK).touch()
        for number, name in enumerate(self.pinned, 1):
            if not (target / name).is_file():
                line = f"{self.name}: fetching {name} ({number} of {len(self.pinned)})"
                tell(line)
                self._store(target, name, self._fetch(name, _percent_of(line, tell)))
            elif not self._is_pinned(target / name):
                raise SuiteDataError(
                    f"{name} has changed since it was fetched",
                    where=str(target / name),
                    cure="delete it, and it is fetched again",
                )

    def _is_pinned(self, path: Path) -> bool:
        return digest_file(path) == f"sha256:{self.pinned[path.name]}"

    def _store(self, target: Path, name: str, content: bytes) -> None:
        if digest_bytes(content) != f"sha256:{self.pinned[name]}":
            raise SuiteDataError(
                f"{name} is not the file this version was written for",
                where=self.url.format(name=name),
                cure="use the released data (give its folder with ABOVEBOARD_DATA)",
            )
        write_whole(target / name, content)

    def _fetch(self, name: str, tell: Callable[[int], None]) -> bytes:
        address = self.url.format(name=name)
        if not address.startswith("https://"):
            raise SuiteDataError("public data are only fetched over https", where=address)
        try:
            with urllib.request.urlopen(address, timeout=_TIMEOUT) as reply:  # noqa: S310 - https, see above
                return _read(reply, tell)
        except (http.client.HTTPException, OSError) as error:
            raise DataUnavailableError(
                f"the public data of {self.name} cannot be fetched: {getattr(error, 'reason', error)}",
                where=address,
                cure="connect to the network, or set ABOVEBOARD_DATA to a folder that holds "
                f"{self.layouts[0]}/{name}",
            ) from error


def _percent_of(line: str, tell: Tell) -> Callable[[int], None]:
    return lambda percent: tell(f"{line}, {percent} %")


def _is_ours(folder: Path) -> bool:
    return (folder / MARK).exists()


def _read(reply: HTTPResponse, tell: Callable[[int], None]) -> bytes:
    """The body, at most _LARGEST bytes; tells every tenth of it when the server says how long it is."""
    length = reply.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else 0
    content, told = bytearray(), 0
    while len(content) < _LARGEST and (piece := reply.read(_STEP)):
        content += piece
        percent = min(100, 100 * len(content) // total) if total else 0
        if percent // 10 > told // 10:
            told = percent
            tell(percent)
    return bytes(content)


def digests(files: Sequence[Path]) -> dict[str, str]:
    """The SHA-256 of each file by its name."""
    return {path.name: digest_file(path) for path in files}
