"""Writes batches of rows into a new file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from aboveboard.privacy.files.formats.parquet._library import pyarrow_parquet, unwritten

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 1 << 26


class ParquetCopy:
    """Writes batches in row groups of a size that reads well. Raises FileError for what it refuses."""

    def __init__(self, file: BinaryIO, schema: "pa.Schema", name: str) -> None:
        pq, self._errors = pyarrow_parquet()
        self._schema = schema
        self._name = name
        with self._guarded():
            self._writer = pq.ParquetWriter(file, schema)
        self._batches: list[pa.RecordBatch] = []
        self._size = 0

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise unwritten(error, self._name) from error

    def write(self, piece: "pa.RecordBatch") -> None:
        with self._guarded():
            self._batches.append(piece.cast(self._schema))
            self._size += piece.nbytes
            if self._size >= _GROUP:
                self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches, self._schema))
        self._batches, self._size = [], 0

    def close(self) -> None:
        with self._guarded():
            self._flush()
            self._writer.close()

    def abandon(self) -> None:
        self._writer.is_open = False  # else it writes its end into the closed file when it is collected
