"""Parquet (extra `files`): rows in batches, masked within their schema.

Strings of any depth are looked into, and so are whole numbers, decimals and dates, written as text. A masked
string stays a string. A number or date that is found cannot hold a stand-in: it becomes null, which is said.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from aboveboard.privacy.files._errors import INSTALL, FileError, of_system
from aboveboard.privacy.files._excerpt import Found
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files.formats._cells import Cell, CellUnit, PlainForm
from aboveboard.privacy.masking import Masking

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
    lost = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input) -> None:
        self.count = 0
        self._source = source
        self._name = source.name
        self._schema: pa.Schema | None = None
        self._nulled: Counter[str] = Counter()
        self._about: list[str] = []

    @property
    def notes(self) -> list[str]:
        """What could not be masked without a change of the schema."""
        nulled = [f"{self._name}: {n} values of column {c!r} are null now" for c, n in self._nulled.items()]
        return [*self._about, *nulled]

    def _note_schema(self, schema: "pa.Schema") -> None:
        """Says what of the file a copy does not keep, and what is not looked into."""
        required = [field.name for field in schema if not field.nullable]
        unread = [field.name for field in schema if _is_bytes(field.type)]
        if required:
            self._about.append(f"{self._name}: copies may hold nulls in {_listed(required)}")
        if schema.metadata or any(field.metadata for field in schema):
            self._about.append(f"{self._name}: metadata of the schema was not looked into; copies lack it")
        if unread:
            self._about.append(f"{self._name}: of the bytes in {_listed(unread)} only UTF-8 was looked into")

    def units(self) -> Iterator["ParquetUnit"]:
        pq, errors = pyarrow_parquet()
        try:
            with pq.ParquetFile(self._source.path, pre_buffer=False) as file:
                self._schema = _open_schema(file.schema_arrow)
                self._note_schema(file.schema_arrow)
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
            return of_system(error, self._name)
        # The library's message may quote what it read: its kind is enough.
        what = f"truncated or broken Parquet ({type(error).__name__})"
        return FileError(what, where=self._name, cure=_CURE)

    def writer(self, file: BinaryIO) -> "ParquetCopy":
        assert self._schema is not None  # read with the first unit, or when there was none
        return ParquetCopy(file, self._schema, self._name)


def _open_schema(schema: "pa.Schema") -> "pa.Schema":
    """The schema of a copy: any column may hold nulls, as a number that is found becomes one; no metadata."""
    import pyarrow as pa

    return pa.schema([pa.field(field.name, _open_type(field.type)) for field in schema])


def _open_type(kind: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa
    import pyarrow.types as types

    if types.is_struct(kind):
        inner = (kind.field(place) for place in range(kind.num_fields))
        return pa.struct([pa.field(each.name, _open_type(each.type)) for each in inner])
    if types.is_large_list(kind):
        return pa.large_list(_open_type(kind.value_type))
    return pa.list_(_open_type(kind.value_type)) if types.is_list(kind) else kind


def _listed(names: list[str]) -> str:
    some = ", ".join(repr(name) for name in names[:10])
    return f"{len(names)} columns ({some}{', …' if len(names) > 10 else ''})"


def pyarrow_parquet() -> tuple[Any, tuple[type[Exception], ...]]:
    """The library, and what it raises for broken files; FileError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise FileError("Parquet needs pyarrow, which is not installed", cure=INSTALL) from error
    return pyarrow.parquet, (pyarrow.ArrowException, ValueError, OSError, OverflowError)


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
        self.excerpts = self._cells.excerpts

    def _leaves(self, row: int) -> Iterator[Cell]:
        for place, values in self._columns.items():
            name = self._batch.schema.names[place]
            for offset, value in enumerate(values):
                for text, path, key in _leaves(value, name, name):
                    yield Cell(text, raw=text, name=key, path=path, record=row + offset)

    def settle(self, found: Found) -> list[FileFinding]:
        return self._cells.settle(found)

    def masked(self, masking: Masking) -> "pa.RecordBatch":
        return self._changed(self._cells.masked_values(masking))

    def restored(self, restoring: Restoring) -> "pa.RecordBatch":
        return self._changed(self._cells.restored_values(restoring))

    def _changed(self, texts: list[str]) -> "pa.RecordBatch":
        if texts == [cell.value for cell in self._cells.cells]:
            return self._batch
        _, errors = pyarrow_parquet()
        try:
            return self._rebuilt(texts)
        except errors as error:
            raise _unwritten(error, self._cells.name) from error

    def _rebuilt(self, texts: list[str]) -> "pa.RecordBatch":
        import pyarrow as pa

        feed = iter(texts)
        columns = list(self._batch.columns)
        for place, values in self._columns.items():
            field = self._batch.schema.field(place)
            put = _Put(feed, field.name, self._nulled)
            columns[place] = pa.array([put(value) for value in values], type=_open_type(field.type))
        return pa.RecordBatch.from_arrays(columns, names=self._batch.schema.names)


def _may_hold(kind: "pa.DataType") -> bool:
    """Whether a column may hold personal data: not flags and times of day or of events."""
    import pyarrow.types as types

    nothing = (types.is_boolean, types.is_null, types.is_fixed_size_binary)
    times = (types.is_timestamp, types.is_time, types.is_duration)
    return not any(is_kind(kind) for is_kind in (*nothing, *times))


def _is_bytes(kind: "pa.DataType") -> bool:
    import pyarrow.types as types

    kinds = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    return any(is_kind(kind) for is_kind in kinds)


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
    if isinstance(value, bytes):
        return _decoded(value)
    if isinstance(value, bool | datetime):
        return None
    if isinstance(value, int | Decimal | date):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))  # what a data frame makes of numbers when one is missing
    return None


def _decoded(value: bytes) -> str | None:
    """Bytes that are text, as writers without a type for strings keep it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
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
        if new == text or isinstance(value, str):
            return value if new == text else new
        if isinstance(value, bytes):
            return new.encode()
        self._nulled[self._column] += 1
        return None


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
            raise _unwritten(error, self._name) from error

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


def _unwritten(error: Exception, name: str) -> FileError:
    if isinstance(error, OSError) and error.errno:
        return of_system(error, name, "cannot be written")
    return FileError(f"cannot be written as Parquet ({type(error).__name__})", where=name)
