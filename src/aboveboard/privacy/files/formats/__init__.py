"""The kinds of files: each read as units of text with their places, and written back as it was."""

from aboveboard.privacy.files.formats._bytes import open_regular
from aboveboard.privacy.files.formats._cells import CellUnit
from aboveboard.privacy.files.formats._encoding import check_encoding, encoding_named
from aboveboard.privacy.files.formats._kinds import CSV, JSONL, KINDS, PARQUET, kind_of
from aboveboard.privacy.files.formats._opening import open_reader
from aboveboard.privacy.files.formats._plain import Layout, Sizes
from aboveboard.privacy.files.formats.parquet import pyarrow_parquet

__all__ = [
    "CSV",
    "JSONL",
    "KINDS",
    "PARQUET",
    "CellUnit",
    "Layout",
    "Sizes",
    "check_encoding",
    "encoding_named",
    "kind_of",
    "open_reader",
    "open_regular",
    "pyarrow_parquet",
]
