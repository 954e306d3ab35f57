"""A piece of a file that is looked into at once, and what reads and writes such pieces."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Protocol

from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.masking import Masking


class Unit(Protocol):
    """A piece of a file. The units of a file are settled in order."""

    @property
    def excerpts(self) -> Sequence[Excerpt]:
        """What is to be looked into; `settle` takes what was found in each."""

    def settle(self, found: Found) -> list[FileFinding]:
        """The findings that are this unit's own, with their places."""

    def masked(self, masking: Masking) -> Any:
        """The unit with its own findings replaced, as its writer takes it; after `settle`."""

    def restored(self, restoring: Restoring) -> Any:
        """The unit with its stand-ins replaced by their values, as its writer takes it."""


class Writer(Protocol):
    """Writes one file, piece by piece."""

    def write(self, piece: Any) -> None:
        """Takes what a unit's `masked` or `restored` returned."""

    def close(self) -> None:
        """Writes what belongs at the end; the file given stays open."""

    def abandon(self) -> None:
        """Writes nothing more, not even when it is collected."""


class Reader(Protocol):
    """One file, read once."""

    @property
    def problems(self) -> Sequence[str]:
        """Lines on what is broken in the file; it was read all the same."""

    @property
    def notes(self) -> Sequence[str]:
        """Lines on what was not looked into, or could not be kept as it was."""

    @property
    def count(self) -> int:
        """How many of the file's bytes are read."""

    @property
    def suffix(self) -> str:
        """What is added to the name of a masked copy that is of another kind: `.txt` for PDF."""

    @property
    def lost(self) -> str:
        """What a masked copy lacks, since nobody looked into it; known with the first unit."""

    def units(self) -> Iterator[Unit]:
        """The pieces of the file in order; raises FileError where it cannot go on."""

    def writer(self, file: BinaryIO) -> Writer:
        """What writes the pieces into a new file; after the first unit was asked for."""
