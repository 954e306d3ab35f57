"""Parquet (extra `files`): rows in batches, masked within their schema.

Strings of any depth are looked into, and so are whole numbers, decimals and dates, written as text. A masked
string stays a string. A number or date that is found cannot hold a stand-in: it becomes null, which is said.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._cells import Cell, CellUnit, PlainForm
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._inputs import Input
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.masking._masking import Masking

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 1024
_MOST_BATCH = 1 << 30
_FREE = 1 << 30
_MOST_RATIO = 1000
_GROUP = 1 << 26
_EXACT = 1 << 53
_CURE = "see that the file is whole"


class ParquetReader:
    """One Parquet file, a batch of rows at a time."""

    suffix = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input) -> None:
        self.count = 0
        self._source = source
        self._name = source.name
        self._schema: pa.Schema | None = None
        self._nulled: Counter[str] = Counter()

    @property
    def notes(self) -> list[str]:
        """What could not be masked without a change of the schema."""
        return [f"{self._name}: {n} values of column {c!r} are null now" for c, n in self._nulled.items()]

    def units(self) -> Iterator["ParquetUnit"]:
        pq, errors = pyarrow_parquet()
        try:
            with pq.ParquetFile(self._source.path, pre_buffer=False) as file:
                self._schema = file.schema_arrow
                self._refuse_bomb(file.metadata)
                yield from self._groups(file)
        except errors as error:
            raise self._broken(error) from error

    def _groups(self, file: "pq.ParquetFile") -> Iterator["ParquetUnit"]:
        row, size = 1, self._source.path.stat().st_size
        for number in range(file.num_row_groups):
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=[number], use_threads=False):
                if batch.nbytes > _MOST_BATCH:
                    raise FileError("rows too large to read", where=f"{self._name}, row {row}", cure=_CURE)
                yield ParquetUnit(self._name, batch, row, self._nulled)
                row += batch.num_rows
            self.count = size * (number + 1) // file.num_row_groups

    def _refuse_bomb(self, metadata: "pq.FileMetaData") -> None:
        size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
        packed = self._source.path.stat().st_size
        if size > _FREE and size > _MOST_RATIO * packed:
            raise FileError("unpacks like a decompression bomb", where=self._name, cure=_CURE)

    def _broken(self, error: Exception) -> FileError:
        if isinstance(error, OSError) and error.errno:
            return FileError(error.strerror or "cannot be read", where=self._name)
        # The library's message may quote what it read: its kind is enough.
        what = f"truncated or broken Parquet ({type(error).__name__})"
        return FileError(what, where=self._name, cure=_CURE)

    def writer(self, file: BinaryIO) -> "ParquetCopy":
        assert self._schema is not None  # read with the first unit, or when there was none
        return ParquetCopy(file, self._schema)


def pyarrow_parquet() -> tuple[Any, tuple[type[Exception], ...]]:
    """The library, and what it raises for broken files; FileError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        cure = "install the extra: pip install 'aboveboard[files]'"
        raise FileError("Parquet needs pyarrow, which is not installed", cure=cure) from error
    return pyarrow.parquet, (pyarrow.ArrowException, ValueError, OSError)


class ParquetUnit:
    """A batch of rows; its cells are the leaves of its columns, in order."""

    def __init__(self, name: str, batch: "pa.RecordBatch", row: int, nulled: Counter[str]) -> None:
        self._batch = batch
        self._nulled = nulled
        self._columns = {
            place: batch.column(place).to_pylist()
            for place, field in enumerate(batch.schema)
            if _may_hold(field.type)
        }
        self._cells = CellUnit(name, list(self._leaves(row)), PlainForm())
        self.text = self._cells.text

    def _leaves(self, row: int) -> Iterator[Cell]:
        for place, values in self._columns.items():
            name = self._batch.schema.names[place]
            for offset, value in enumerate(values):
                for text, path, key in _leaves(value, name, name):
                    yield Cell(text, raw=text, name=key, path=path, record=row + offset)

    def settle(self, found: Sequence[PersonalData]) -> list[FileFinding]:
        return self._cells.settle(found)

    def masked(self, masking: Masking) -> "pa.RecordBatch":
        return self._changed(self._cells.masked_values(masking))

    def restored(self, restoring: Restoring) -> "pa.RecordBatch":
        return self._changed(self._cells.restored_values(restoring))

    def _changed(self, texts: list[str]) -> "pa.RecordBatch":
        import pyarrow as pa

        if texts == [cell.value for cell in self._cells.cells]:
            return self._batch
        feed = iter(texts)
        columns = list(self._batch.columns)
        for place, values in self._columns.items():
            field = self._batch.schema.field(place)
            put = _Put(feed, field.name, self._nulled)
            columns[place] = pa.array([put(value) for value in values], type=field.type)
        return pa.RecordBatch.from_arrays(columns, schema=self._batch.schema)


def _may_hold(kind: "pa.DataType") -> bool:
    """Whether a column may hold personal data: not flags, bytes and times of day or of events."""
    import pyarrow.types as types

    nothing = (types.is_boolean, types.is_null, types.is_binary, types.is_large_binary)
    times = (types.is_timestamp, types.is_time, types.is_duration, types.is_fixed_size_binary)
    return not any(is_kind(kind) for is_kind in (*nothing, *times))


def _leaves(value: Any, path: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Text, path and name of each leaf that is looked into."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}", str(name))
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            yield from _leaves(each, f"{path}[{index}]", key)
    else:
        text = _text_of(value)
        if text is not None:
            yield text, path, key


def _text_of(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | datetime):
        return None
    if isinstance(value, int | Decimal | date):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))  # what a data frame makes of numbers when one is missing
    return None


class _Put:
    """Puts changed texts back where they came from, in the same order."""

    def __init__(self, feed: Iterator[str], column: str, nulled: Counter[str]) -> None:
        self._feed = feed
        self._column = column
        self._nulled = nulled

    def __call__(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self(each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self(each) for each in value)
        text = _text_of(value)
        if text is None:
            return value
        new = next(self._feed)
        if isinstance(value, str) or new == text:
            return new if isinstance(value, str) else value
        self._nulled[self._column] += 1
        return None


class ParquetCopy:
    """Writes batches in row groups of a size that reads well."""

    def __init__(self, file: BinaryIO, schema: "pa.Schema") -> None:
        pq, _ = pyarrow_parquet()
        self._schema = schema
        self._writer = pq.ParquetWriter(file, schema)
        self._batches: list[pa.RecordBatch] = []
        self._size = 0

    def write(self, piece: "pa.RecordBatch") -> None:
        self._batches.append(piece)
        self._size += piece.nbytes
        if self._size >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches, self._schema))
        self._batches, self._size = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()
