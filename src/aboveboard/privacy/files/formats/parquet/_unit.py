"""A batch of rows, looked into and changed value by value."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aboveboard.privacy.files._excerpt import Found
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files.formats._cells import Cell, CellUnit, PlainForm
from aboveboard.privacy.files.formats.parquet._library import pyarrow_parquet, unwritten
from aboveboard.privacy.files.formats.parquet._schema import may_hold, open_type
from aboveboard.privacy.files.formats.parquet._values import Put, leaves
from aboveboard.privacy.masking import Masking

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetUnit:
    """A batch of rows; its cells are the leaves of its columns, in order."""

    def __init__(self, name: str, batch: "pa.RecordBatch", row: int, nulled: Counter[str]) -> None:
        self._batch = batch
        self._nulled = nulled
        self._columns = {
            place: batch.column(place).to_pylist()
            for place, field in enumerate(batch.schema)
            if may_hold(field)
        }
        self._cells = CellUnit(name, list(self._leaves(row)), PlainForm())
        self.excerpts = self._cells.excerpts

    def _leaves(self, row: int) -> Iterator[Cell]:
        names = self._batch.schema.names
        for place, values in self._columns.items():
            name = names[place]
            for offset, value in enumerate(values):
                for text, path, key in leaves(value, name, name):
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
            raise unwritten(error, self._cells.name) from error

    def _rebuilt(self, texts: list[str]) -> "pa.RecordBatch":
        import pyarrow as pa

        feed = iter(texts)
        columns = list(self._batch.columns)
        for place, values in self._columns.items():
            field = self._batch.schema.field(place)
            put = Put(feed, field.name, self._nulled)
            columns[place] = pa.array([put(value) for value in values], type=open_type(field.type))
        return pa.RecordBatch.from_arrays(columns, names=self._batch.schema.names)
