"""Small files that unpack to more than memory or time hold: told by their footer, and by what was unpacked.

A dictionary makes a few bytes of any number of values, and the sizes of a footer count it once.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._input import Input

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

CURE = "see that the file is whole"
_FREE = 1 << 28
_MOST_RATIO = 400
_SMALLEST = 4


@dataclass(slots=True)
class Bomb:
    """How much of a file was unpacked so far, in bytes."""

    source: Input
    unpacked: int = 0

    def check(self, metadata: "pq.FileMetaData") -> None:
        """Raises FileError for what the footer says: the sizes of its columns, and so many values."""
        groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        self._refuse(sum(group.total_byte_size for group in groups))
        self._refuse(metadata.num_rows * metadata.num_columns * _SMALLEST)

    def add(self, size: int) -> None:
        """So many bytes more were unpacked."""
        self.unpacked += size
        self._refuse(self.unpacked)

    def _refuse(self, size: int) -> None:
        if size > _FREE and size > _MOST_RATIO * self.source.path.stat().st_size:
            raise FileError("unpacks like a decompression bomb", where=self.source.name, cure=CURE)


def values_in(batch: "pa.RecordBatch") -> tuple[int, int]:
    """How many values a batch has at any depth, and their bytes, each value of a dictionary as often as it
    stands there.
    """
    sizes = [_values(column) for column in batch.columns]
    return sum(values for values, _ in sizes), sum(size for _, size in sizes)


def _values(array: "pa.Array") -> tuple[int, int]:
    import pyarrow.compute as compute
    import pyarrow.types as types

    if types.is_dictionary(array.type):
        widest = compute.max(compute.binary_length(array.dictionary)).as_py() if _is_text(array) else 8
        return len(array), len(array) * (widest or 0)
    if types.is_struct(array.type):
        inner = [_values(each) for each in array.flatten()]
        return sum(values for values, _ in inner), sum(size for _, size in inner)
    if types.is_list(array.type) or types.is_large_list(array.type) or types.is_fixed_size_list(array.type):
        values, size = _values(array.flatten())
        return len(array) + values, size
    if types.is_map(array.type):
        keys, items = _values(array.keys), _values(array.items)
        return len(array) + keys[0] + items[0], keys[1] + items[1]
    return len(array), int(array.nbytes)


def _is_text(array: "pa.Array") -> bool:
    import pyarrow.types as types

    kind = array.type.value_type
    return any(is_kind(kind) for is_kind in (types.is_string, types.is_large_string, types.is_binary))
