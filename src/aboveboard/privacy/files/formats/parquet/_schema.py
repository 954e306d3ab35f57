"""The schema of a copy, and which columns may tell of somebody."""

from typing import TYPE_CHECKING

from aboveboard.privacy.files.formats.parquet._values import is_told

if TYPE_CHECKING:
    import pyarrow as pa


def open_schema(schema: "pa.Schema") -> "pa.Schema":
    """The schema of a copy: any column may hold nulls, as a number that is found becomes one; no metadata."""
    import pyarrow as pa

    return pa.schema([pa.field(field.name, open_type(field.type)) for field in schema])


def open_type(kind: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa
    import pyarrow.types as types

    if types.is_struct(kind):
        inner = (kind.field(place) for place in range(kind.num_fields))
        return pa.struct([pa.field(each.name, open_type(each.type)) for each in inner])
    if types.is_large_list(kind):
        return pa.large_list(open_type(kind.value_type))
    return pa.list_(open_type(kind.value_type)) if types.is_list(kind) else kind


def may_hold(field: "pa.Field") -> bool:
    """Whether a column may hold personal data: not flags and times of day, and no moments of which its name
    does not tell that they are somebody's.
    """
    import pyarrow.types as types

    nothing = (types.is_boolean, types.is_null, types.is_fixed_size_binary, types.is_time, types.is_duration)
    return not any(is_kind(field.type) for is_kind in nothing) and not is_unread_moment(field)


def is_unread_moment(field: "pa.Field") -> bool:
    """Whether a column holds moments that are not looked into: when something happened."""
    import pyarrow.types as types

    return types.is_timestamp(field.type) and not is_told(field.name)


def is_bytes(kind: "pa.DataType") -> bool:
    import pyarrow.types as types

    kinds = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    return any(is_kind(kind) for is_kind in kinds)
