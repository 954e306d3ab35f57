"""The whole log as plain files that any web server can serve and anyone can check (c2sp.org/tlog-tiles)."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from aboveboard.files import sync_folder, write_whole
from aboveboard.ledger._errors import LedgerExportError, NoteError
from aboveboard.ledger._reader import LedgerReader
from aboveboard.ledger._tlog_proof import open_by_log
from aboveboard.ledger.notes import Checkpoint, NoteVerifier, parse_checkpoint
from aboveboard.ledger.tree import ENTRIES, HASH_BYTES, Tile, partial_tiles, tiles_of

Progress = Callable[[int, int], None]
"""Told (files done, files in all)."""


_AT_ONCE = 8
"""Files written at a time: the disk takes several `fsync`s together in little more time than one."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: `written` new files, `kept` ones that were there already."""

    size: int
    written: int
    kept: int


def export(
    reader: LedgerReader, directory: Path, vkey: str | None = None, *, progress: Progress | None = None
) -> Exported:
    """Writes the log up to its newest checkpoint, with the verifier key in `vkey`; again only what is new.

    The checkpoint is replaced last, so that at every moment it covers only tiles that are there: an export
    that was interrupted is simply run again. Raises LedgerExportError when the folder holds another log or
    another history, or cannot be written.
    """
    log = NoteVerifier.from_text(vkey or reader.vkey)
    note = reader.checkpoint()
    checkpoint = parse_checkpoint(open_by_log(note, log).text)
    try:
        before = _earlier(reader, directory, log, checkpoint)
        files = _Files(reader, directory)
        files.write_tiles(checkpoint.size, progress or _silent)
        files.finish(note, log.vkey)
        _drop_outgrown(directory, before, checkpoint.size)
    except OSError as error:
        raise LedgerExportError(
            f"the export cannot be written: {error.strerror}",
            where=str(error.filename or directory),
            cure="make room or allow writing there, then run the export again: it goes on where it stopped",
        ) from error
    return Exported(checkpoint.size, files.written, files.kept)


class _Files:
    """The folder being filled."""

    def __init__(self, reader: LedgerReader, directory: Path) -> None:
        self.written = 0
        self.kept = 0
        self._reader = reader
        self._directory = directory
        self._folders: set[Path] = set()

    def write_tiles(self, size: int, progress: Progress) -> None:
        total = sum(1 for _ in tiles_of(size))
        tiles = tiles_of(size)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            while group := list(islice(tiles, 4 * _AT_ONCE)):
                for tile in group:
                    self._make_folder((self._directory / tile.path).parent)
                for is_new in pool.map(self._write_tile, group):
                    self.written += is_new
                    self.kept += not is_new
                    progress(self.written + self.kept, total)

    def finish(self, note: bytes, vkey: str) -> None:
        """Makes every tile durable, and only then publishes the checkpoint that covers them."""
        self._directory.mkdir(parents=True, exist_ok=True)
        write_whole(self._directory / "vkey", vkey.encode() + b"\n")
        cosigned = self._reader.cosigned_checkpoint()
        if cosigned is not None:
            write_whole(self._directory / "cosigned", cosigned)
        for folder in sorted(self._folders | {self._directory}):
            sync_folder(folder)
        write_whole(self._directory / "checkpoint", note)
        sync_folder(self._directory)

    def _write_tile(self, tile: Tile) -> bool:
        """Whether it had to be written."""
        path = self._directory / tile.path
        if _is_there(path, tile):
            return False
        write_whole(path, self._reader.read_tile(tile))
        return True

    def _make_folder(self, folder: Path) -> None:
        """Makes a folder, and remembers it and those above it for the sync at the end."""
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            while folder != self._directory:
                self._folders.add(folder)
                folder = folder.parent


def _is_there(path: Path, tile: Tile) -> bool:
    """Files appear whole, so one of the right length is one that an earlier export wrote."""
    try:
        length = path.stat().st_size
    except FileNotFoundError:
        return False
    return length >= 2 * tile.width if tile.level == ENTRIES else length == tile.width * HASH_BYTES


def _earlier(reader: LedgerReader, directory: Path, log: NoteVerifier, checkpoint: Checkpoint) -> int:
    """The size of the export already in the folder, 0 when there is none."""
    try:
        note = (directory / "checkpoint").read_bytes()
    except FileNotFoundError:
        return 0
    try:
        before = parse_checkpoint(open_by_log(note, log).text)
    except NoteError as error:
        raise _foreign(directory, "another log (its checkpoint is not signed by this key)") from error
    if before.size > checkpoint.size:
        raise _foreign(
            directory, f"a longer history: {before.size} entries, the ledger has {checkpoint.size}"
        )
    if reader.root(before.size) != before.root:
        raise _foreign(directory, f"another history: its first {before.size} entries are not the ledger's")
    return before.size


def _foreign(directory: Path, holds: str) -> LedgerExportError:
    return LedgerExportError(
        f"the folder holds {holds}",
        where=str(directory),
        cure="export to an empty folder, and compare the two with `aboveboard ledger check`",
    )


def _drop_outgrown(directory: Path, before: int, size: int) -> None:
    """Removes the partial tiles of the earlier export whose full tile is now there."""
    now = {(tile.level, tile.index) for tile in partial_tiles(size)}
    for tile in partial_tiles(before):
        if (tile.level, tile.index) not in now:
            shutil.rmtree((directory / tile.path).parent, ignore_errors=True)


def _silent(done: int, total: int) -> None:
    """Nobody watches."""
