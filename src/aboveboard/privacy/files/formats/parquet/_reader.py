"""One Parquet file, read a batch of rows at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from aboveboard.privacy.files._errors import FileError, of_system
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files.formats.parquet._bomb import CURE, Bomb, values_in
from aboveboard.privacy.files.formats.parquet._copy import ParquetCopy
from aboveboard.privacy.files.formats.parquet._library import pyarrow_parquet
from aboveboard.privacy.files.formats.parquet._schema import is_bytes, is_unread_moment, open_schema
from aboveboard.privacy.files.formats.parquet._unit import ParquetUnit

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 1024
_MOST_BATCH = 1 << 27
_MOST_VALUES = 1 << 20


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
        self._bomb = Bomb(source)

    @property
    def notes(self) -> list[str]:
        """What could not be masked without a change of the schema."""
        nulled = [f"{self._name}: {n} values of column {c!r} are null now" for c, n in self._nulled.items()]
        return [*self._about, *nulled]

    def _note_schema(self, schema: "pa.Schema") -> None:
        """Says what of the file a copy does not keep, and what is not looked into."""
        required = [field.name for field in schema if not field.nullable]
        unread = [field.name for field in schema if is_bytes(field.type)]
        moments = [field.name for field in schema if is_unread_moment(field)]
        if required:
            self._about.append(f"{self._name}: copies may hold nulls in {_listed(required)}")
        if schema.metadata or any(field.metadata for field in schema):
            self._about.append(f"{self._name}: metadata of the schema was not looked into; copies lack it")
        if unread:
            self._about.append(f"{self._name}: of the bytes in {_listed(unread)} only UTF-8 was looked into")
        if moments:
            self._about.append(f"{self._name}: moments in {_listed(moments)} were not looked into")

    def units(self) -> Iterator[ParquetUnit]:
        pq, errors = pyarrow_parquet()
        try:
            with pq.ParquetFile(self._source.path, pre_buffer=False) as file:
                self._schema = open_schema(file.schema_arrow)
                self._note_schema(file.schema_arrow)
                self._bomb.check(file.metadata)
                yield from self._groups(file)
        except errors as error:
            raise self._broken(error) from error

    def _groups(self, file: "pq.ParquetFile") -> Iterator[ParquetUnit]:
        row, size = 1, self._source.path.stat().st_size
        for number in range(file.num_row_groups):
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=[number], use_threads=False):
                for part in self._parts(batch, row):
                    yield ParquetUnit(self._name, part, row, self._nulled)
                    row += part.num_rows
            self.count = size * (number + 1) // file.num_row_groups

    def _parts(self, batch: "pa.RecordBatch", row: int) -> "Iterator[pa.RecordBatch]":
        """The batch, in parts of so few values that they fit into memory as texts."""
        values, size = values_in(batch)
        if values <= _MOST_VALUES and size <= _MOST_BATCH:
            self._bomb.add(size)
            yield batch
        elif batch.num_rows == 1:
            raise FileError("a row too large to read", where=f"{self._name}, row {row}", cure=CURE)
        else:
            half = batch.num_rows // 2
            yield from self._halves(batch, half, row)

    def _halves(self, batch: "pa.RecordBatch", half: int, row: int) -> "Iterator[pa.RecordBatch]":
        for part, begin in ((batch.slice(0, half), row), (batch.slice(half), row + half)):
            yield from self._parts(part, begin)

    def _broken(self, error: Exception) -> FileError:
        if isinstance(error, OSError) and error.errno:
            return of_system(error, self._name)
        # The library's message may quote what it read: its kind is enough.
        what = f"truncated or broken Parquet ({type(error).__name__})"
        return FileError(what, where=self._name, cure=CURE)

    def writer(self, file: BinaryIO) -> "ParquetCopy":
        assert self._schema is not None  # read with the first unit, or when there was none
        return ParquetCopy(file, self._schema, self._name)


def _listed(names: list[str]) -> str:
    some = ", ".join(repr(name) for name in names[:10])
    return f"{len(names)} columns ({some}{', …' if len(names) > 10 else ''})"
